"""Plots of plain functions and of published numbers: activations, descent paths, the growth of surveys."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from plots import style

Function = Callable[[np.ndarray], np.ndarray]

SURVEYS = (
    # name, year of the catalogue, objects, kind, where its name goes (dx in years, factor in y)
    ("CfA", 1983, 2.4e3, "spectra", (1, 0.38)),
    ("Las Campanas", 1996, 2.6e4, "spectra", (1, 0.38)),
    ("2dF", 2003, 2.2e5, "spectra", (1, 0.38)),
    ("SDSS", 2009, 9.3e5, "spectra", (1, 0.38)),
    ("BOSS", 2015, 1.5e6, "spectra", (1, 0.38)),
    ("DESI DR1", 2025, 1.5e7, "spectra", (-7, 0.3)),
    ("APM", 1990, 2e6, "images", (-4.2, 1.4)),
    ("SDSS", 2011, 2e8, "images", (-8, 1.4)),
    ("DES", 2021, 5.4e8, "images", (-4, 2.0)),
    ("Euclid", 2030, 1.5e9, "images", (1, 0.42)),
    ("Euclid", 2031, 2.5e7, "spectra", (0.5, 0.33)),
    ("Rubin LSST", 2035, 2e10, "images", (-13.5, 1.2)),
)
"""Rounded to two digits from the surveys' own papers; after 2025, plans."""


def draw_surveys() -> None:
    """Objects per survey by year, in three stages: before 2000, to 2025, planned."""
    for stage, limit in ((1, 2000), (2, 2026), (3, 2040)):
        drawing = style.figure(10, 4.7)
        axes = drawing.subplots()
        axes.set(yscale="log", xlim=(1978, 2040), ylim=(5e2, 1e11), ylabel="galaxies and quasars")
        axes.grid(axis="y")
        for name, year, count, kind, (shift, factor) in SURVEYS:
            if year > limit:
                continue
            colour = style.WARM if kind == "spectra" else style.COOL
            fill = "white" if year > 2025 else colour
            marker = "o" if kind == "spectra" else "s"
            axes.plot(year, count, marker, ms=13, mfc=fill, mec=colour, mew=2.6, clip_on=False, zorder=3)
            axes.text(year + shift, count * factor, name, color=colour, fontsize=15, va="center")
        axes.text(1979, 2e10, "■ images", color=style.COOL)
        axes.text(1979, 3e9, "● spectra", color=style.WARM)
        if stage == 3:
            axes.text(1992, 2e10, "open: planned", color=style.MUTED)
        style.save_svg(drawing, f"surveys_{stage}")


def sigmoid(x: np.ndarray) -> np.ndarray:
    """The logistic function."""
    return 1 / (1 + np.exp(-x))


ACTIVATIONS: tuple[tuple[str, Function, Function], ...] = (
    ("sigmoid", sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x))),
    ("tanh", np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    ("ReLU", lambda x: np.maximum(0, x), lambda x: (x > 0).astype(float)),
    ("SiLU", lambda x: x * sigmoid(x), lambda x: sigmoid(x) * (1 + x * (1 - sigmoid(x)))),
)


def draw_activations() -> None:
    """Four activation functions and their derivatives."""
    x = np.linspace(-4, 4, 401)
    drawing = style.figure(11.5, 3.7)
    for axes, (name, function, slope) in zip(drawing.subplots(1, 4, sharey=True), ACTIVATIONS, strict=True):
        axes.axhline(0, color=style.PALE, lw=1.5)
        axes.axvline(0, color=style.PALE, lw=1.5)
        axes.plot(x, function(x), color=style.WARM, lw=4, label="σ(u)")
        axes.plot(x, slope(x), color=style.COOL, ls="--", lw=2.8, label="σ′(u)")
        axes.set(title=name, ylim=(-1.25, 2.4), xticks=[-4, 0, 4], yticks=[-1, 0, 1, 2])
    drawing.axes[0].legend(loc="upper left", handlelength=1.6)
    style.save_svg(drawing, "activations")


def valley(w: np.ndarray) -> tuple[float, np.ndarray]:
    """A long bent valley: its height and slope."""
    x, y = w
    height = 0.06 * x**2 + (y - 0.35 * np.sin(1.5 * x)) ** 2
    bend = y - 0.35 * np.sin(1.5 * x)
    return float(height), np.array([0.12 * x - 2 * bend * 0.525 * np.cos(1.5 * x), 2 * bend])


def path(update: Callable[[np.ndarray, int], np.ndarray], steps: int) -> np.ndarray:
    """The way from a fixed start."""
    ways = [np.array([-3.4, 1.25])]
    for t in range(1, steps + 1):
        ways.append(ways[-1] - update(valley(ways[-1])[1], t))
    return np.array(ways)


def momentum(rate: float, keep: float) -> Callable[[np.ndarray, int], np.ndarray]:
    """Heavy-ball update."""
    speed = np.zeros(2)

    def update(slope: np.ndarray, _: int) -> np.ndarray:
        nonlocal speed
        speed = keep * speed + rate * slope
        return speed

    return update


def adam(rate: float) -> Callable[[np.ndarray, int], np.ndarray]:
    """Adam with its usual constants."""
    mean, square = np.zeros(2), np.zeros(2)

    def update(slope: np.ndarray, t: int) -> np.ndarray:
        nonlocal mean, square
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        return rate * (mean / (1 - 0.9**t)) / (np.sqrt(square / (1 - 0.999**t)) + 1e-8)

    return update


def draw_paths() -> None:
    """Forty steps down one valley by three rules."""
    drawing = style.figure(10, 4.4)
    axes = drawing.subplots()
    x, y = np.meshgrid(np.linspace(-4, 2.6, 260), np.linspace(-1.5, 1.7, 140))
    height = 0.06 * x**2 + (y - 0.35 * np.sin(1.5 * x)) ** 2
    axes.contour(x, y, height, levels=np.geomspace(0.01, 4, 13), colors=["#c3cbdb"], linewidths=1.3)
    for rule, colour, marker, name in (
        (lambda slope, _: 0.8 * slope, style.COOL, "o", "gradient descent, η = 0.8"),
        (momentum(0.1, 0.85), style.PLUM, "s", "with momentum, η = 0.1, β = 0.85"),
        (adam(0.18), style.WARM, "^", "Adam, η = 0.18"),
    ):
        way = path(rule, 40)
        axes.plot(*way.T, color=colour, marker=marker, ms=6, lw=2.2, label=name)
        style.report(f"{name}: height after 40 steps {valley(way[-1])[0]:.5f}")
    axes.plot(0, 0, "*", ms=20, color=style.INK)
    axes.plot(-3.4, 1.25, "o", ms=13, mfc="white", mec=style.INK, mew=2.5)
    axes.set(xticks=[], yticks=[], xlabel="weight $w_1$", ylabel="weight $w_2$", xlim=(-4, 2.6), ylim=(-1.5, 1.7))
    axes.legend(loc="lower right", framealpha=0.9, frameon=True, edgecolor="none", facecolor="#fbfaf7")
    style.save_svg(drawing, "descent-paths")


def draw() -> None:
    """All figures of this file."""
    draw_surveys()
    draw_activations()
    draw_paths()
