"""Figures of training runs on two toy problems: two moons (classes) and a pencil of polynomial fits."""

from __future__ import annotations

import sys

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from plots import movies, style

sys.path.insert(0, str(style.IMAGES.parent / "decks" / "_parts"))

import train


def moons(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Two interleaved half circles with noise: points (count, 2), classes (count, 1)."""
    angle = rng.uniform(0, np.pi, count)
    label = rng.integers(0, 2, count)
    x = np.where(label, 1 - np.cos(angle), np.cos(angle))
    y = np.where(label, 0.5 - np.sin(angle), np.sin(angle))
    points = np.stack([x - 0.5, y - 0.25], axis=1) + rng.normal(0, 0.17, (count, 2))
    return points * 1.2, label[:, None].astype(float)


class MoonRun:
    """A training run on two moons; keeps the score on a grid and the losses after each epoch."""

    def __init__(self, epochs: int) -> None:
        rng = np.random.default_rng(8)
        self.x, self.y = moons(240, rng)
        held_x, held_y = moons(400, rng)
        axis_x, axis_y = np.linspace(-2.5, 2.5, 120), np.linspace(-1.9, 1.9, 90)
        self.grid = np.meshgrid(axis_x, axis_y)
        points = np.stack([axis.ravel() for axis in self.grid], axis=1)
        params = train.initialise((2, 24, 24, 1), rng)
        self.scores, self.losses, self.held = [], [], []
        for loss in train.train(params, (self.x, self.y), train.cross_entropy, train.Adam(4e-3), epochs, rng, 32):
            score = 1 / (1 + np.exp(-train.forward(params, points)[-1]))
            self.scores.append(score.reshape(self.grid[0].shape))
            self.losses.append(loss)
            self.held.append(train.cross_entropy(train.forward(params, held_x)[-1], held_y)[0])
            self.accuracy = float(np.mean((train.forward(params, held_x)[-1] > 0) == (held_y > 0)))

    def paint(self, axes: Axes, epoch: int) -> None:
        """The score after an epoch (1-based), the boundary, the points."""
        score = self.scores[epoch - 1]
        axes.contourf(*self.grid, score, levels=np.linspace(0, 1, 11), cmap=style.DIVERGING)
        axes.contour(*self.grid, score, levels=[0.5], colors=[style.INK], linewidths=2.6)
        for value, colour, marker in ((0, style.COOL, "o"), (1, style.WARM, "s")):
            chosen = self.y[:, 0] == value
            axes.scatter(*self.x[chosen].T, s=26, c=colour, marker=marker, edgecolors="white", linewidths=0.7)
        axes.set(xticks=[], yticks=[], xlim=(-2.5, 2.5), ylim=(-1.9, 1.9))
        axes.spines[:].set_visible(False)

    def curve(self, axes: Axes, epoch: int) -> None:
        """The loss so far."""
        steps = np.arange(1, epoch + 1)
        axes.plot(steps, self.losses[:epoch], color=style.WARM, label="training")
        axes.plot(steps, self.held[:epoch], color=style.COOL, label="validation")
        axes.plot(epoch, self.losses[epoch - 1], "o", color=style.WARM, ms=9)
        axes.set(xlim=(0, len(self.losses)), ylim=(0, 0.75), xlabel="epoch", ylabel="cross-entropy")


def draw_moons() -> None:
    """The boundary at three stages of training, and the run as a GIF."""
    run = MoonRun(120)
    stages = (1, 12, 120)
    for number, epoch in enumerate(stages, 1):
        drawing = style.figure(10, 4.3)
        left, right = drawing.subplots(1, 2, width_ratios=[1.3, 1])
        run.paint(left, epoch)
        left.set_title(f"after {epoch} epoch{'s' if epoch > 1 else ''}")
        run.curve(right, epoch)
        right.legend(loc="upper right")
        style.save_png(drawing, f"boundary_{number}", 150, colours=128)
    frames, times = [], []
    for epoch in [*range(1, 12), *range(12, 60, 3), *range(60, 121, 6)]:
        drawing = style.figure(8, 3.5, facecolor="#fbfaf7")
        left, right = drawing.subplots(1, 2, width_ratios=[1.3, 1])
        run.paint(left, epoch)
        left.set_title(f"epoch {epoch}")
        run.curve(right, epoch)
        drawing.patch.set_alpha(1)
        frames.append(style.to_image(drawing, 115, transparent=False))
        times.append(160)
    times[-1] = 2500
    movies.gif(frames, "training-run", times)
    style.report(
        f"moons: accuracy on new points {run.accuracy:.3f}, last losses {run.losses[-1]:.3f} {run.held[-1]:.3f}"
    )


def draw_bias_variance() -> None:
    """Polynomials of rising degree fitted to many draws of one data set: the fits, and the error's parts."""
    rng = np.random.default_rng(3)
    noise, count, draws = 0.35, 24, 300
    grid = np.linspace(-1, 1, 81)

    def truth(x: np.ndarray) -> np.ndarray:
        return np.sin(4.5 * x) + 0.6 * x**2

    x = np.linspace(-1, 1, count)
    samples = truth(x) + rng.normal(0, noise, (draws, count))
    degrees = np.arange(0, 17)
    fits = {d: np.polynomial.chebyshev.chebfit(x, samples.T, d) for d in degrees}
    curves = {d: np.polynomial.chebyshev.chebval(grid, fits[d]) for d in degrees}
    bias = np.array([np.mean((curves[d].mean(axis=0) - truth(grid)) ** 2) for d in degrees])
    variance = np.array([np.mean(curves[d].var(axis=0)) for d in degrees])
    drawing = Figure(figsize=(12, 3.75), layout="constrained")
    *panels, last = drawing.subplots(1, 4, width_ratios=[1, 1, 1, 1.45])
    for axes, degree, title in zip(panels, (2, 5, 15), ("too stiff", "about right", "too flexible"), strict=True):
        axes.plot(grid, curves[degree][:16].T, color=style.COOL, lw=1, alpha=0.35)
        axes.plot(grid, truth(grid), color=style.INK, lw=3)
        axes.plot(x, samples[0], "o", color=style.WARM, ms=6, mec="white", mew=0.6)
        axes.set(xticks=[], yticks=[], ylim=(-1.6, 2.6), title=f"{title}\ndegree {degree}")
    last.semilogy(degrees, bias, color=style.PLUM, label="bias²")
    last.semilogy(degrees, variance, color=style.COOL, label="variance")
    last.semilogy(degrees, bias + variance + noise**2, color=style.WARM, lw=4, label="total")
    last.axhline(noise**2, color=style.MUTED, ls=":", lw=2.2, label="noise")
    last.set(xlabel="degree", ylim=(2e-3, 14), title="expected squared error")
    last.legend(ncols=2, loc="upper right", columnspacing=1, handlelength=1.4)
    style.save_svg(drawing, "bias-variance")


def draw_approximation() -> None:
    """A curve built from ever more rectifiers: the least-squares sum of hinges at even places."""
    grid = np.linspace(0, 1, 400)
    goal = np.exp(-3 * grid) * np.sin(12 * grid) + 0.4 * grid
    drawing = style.figure(10, 3.9)
    for axes, hinges in zip(drawing.subplots(1, 3, sharey=True), (3, 8, 30), strict=True):
        knots = np.linspace(0, 1, hinges, endpoint=False)
        basis = np.column_stack([np.ones_like(grid), *[np.maximum(0, grid - knot) for knot in knots]])
        fit = basis @ np.linalg.lstsq(basis, goal, rcond=None)[0]
        axes.plot(grid, goal, color=style.PALE, lw=9)
        axes.plot(grid, fit, color=style.WARM, lw=2.6)
        axes.plot(knots, np.full(hinges, -0.62), "|", color=style.COOL, ms=12, mew=2.2)
        axes.set(xticks=[], yticks=[], title=f"{hinges} neurons", ylim=(-0.7, 1.0))
    style.save_svg(drawing, "approximation")


def draw() -> None:
    """All figures of this file."""
    draw_moons()
    draw_bias_variance()
    draw_approximation()
