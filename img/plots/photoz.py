"""Photometric redshifts of a made-up survey: simple spectra through five broad bands, and networks that invert them.

A galaxy's spectrum is a power law with a drop at 4000 Å, set by one number from "red and old" to "blue and young".
Noise grows towards faint magnitudes as in a survey limited by the sky. The numbers that the lecture quotes are printed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plots import style
from plots.training import train

BANDS = (("u", 365, 30), ("g", 480, 60), ("r", 625, 60), ("i", 770, 65), ("z", 905, 60))
"""Name, centre and half width in nm."""
DEPTH = (25.0, 25.8, 25.6, 25.2, 24.4)
"""Magnitude of a five-sigma source."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Galaxies as seen and as they are."""

    magnitudes: np.ndarray
    redshift: np.ndarray
    kind: np.ndarray

    @property
    def features(self) -> np.ndarray:
        """Four colours and a magnitude."""
        return np.column_stack([self.magnitudes[:, :-1] - self.magnitudes[:, 1:], self.magnitudes[:, 3]])

    def part(self, begin: int, end: int) -> Catalogue:
        """Some of the galaxies."""
        return Catalogue(self.magnitudes[begin:end], self.redshift[begin:end], self.kind[begin:end])


def survey(count: int, rng: np.random.Generator) -> Catalogue:
    """Draw galaxies, redden and dim them, add noise."""
    redshift = 0.03 + 1.57 * rng.beta(2.1, 3.0, count)
    kind = rng.beta(0.8, 0.8, count)
    wave = np.linspace(150, 1100, 600)[None, :] / (1 + redshift[:, None])
    drop = 1 - (0.78 - 0.6 * kind[:, None]) / (1 + np.exp((wave - 400) / 9))
    flux = (wave / 400) ** (0.6 - 2.6 * kind[:, None]) * drop
    grid = np.linspace(150, 1100, 600)
    columns = []
    for _, centre, half in BANDS:
        passed = 1 / (1 + np.exp((np.abs(grid - centre) - half) / 6))
        columns.append(-2.5 * np.log10((flux * passed).sum(axis=1) / passed.sum()))
    magnitudes = np.stack(columns, axis=1)
    bright = 19.2 + 2.6 * np.log10(redshift / 0.1) + rng.gamma(2.0, 0.75, count)
    magnitudes += (bright.clip(17, 24.5) - magnitudes[:, 3])[:, None]
    signal = 5 * 10 ** (0.4 * (np.array(DEPTH) - magnitudes))
    sigma = np.hypot(1.086 / signal, 0.015)
    noisy = magnitudes + sigma.clip(0, 0.6) * rng.standard_normal(magnitudes.shape)
    return Catalogue(noisy, redshift, kind)


def quality(predicted: np.ndarray, redshift: np.ndarray) -> tuple[float, float]:
    """Scatter sigma_NMAD and the share of outliers (off by more than 0.15) of (zp - z) / (1 + z)."""
    error = (predicted - redshift) / (1 + redshift)
    return 1.4826 * float(np.median(np.abs(error - np.median(error)))), float(np.mean(np.abs(error) > 0.15))


@dataclass(frozen=True, slots=True)
class Run:
    """A trained network: the loss before training, both losses by epoch, predictions for the test set."""

    start: float
    losses: list[float]
    held: list[float]
    predicted: np.ndarray


def fit(
    learn: Catalogue,
    test: Catalogue,
    hidden: tuple[int, ...],
    optimiser: train.Adam | train.Descent,
    epochs: int,
    *,
    settle: bool = False,
) -> Run:
    """Train a network on standardised features; `settle` takes a tenth of the rate for the last quarter."""
    rng = np.random.default_rng(4)
    mean, spread = learn.features.mean(axis=0), learn.features.std(axis=0)
    x, y = (learn.features - mean) / spread, learn.redshift[:, None]
    test_x, test_y = (test.features - mean) / spread, test.redshift[:, None]
    params = train.initialise((x.shape[1], *hidden, 1), rng)
    losses, held = [], []
    start = train.mean_square(train.forward(params, test_x)[-1], test_y)[0]
    for epoch, loss in enumerate(train.train(params, (x, y), train.mean_square, optimiser, epochs, rng)):
        if settle and epoch == epochs * 3 // 4:
            optimiser.rate /= 10
        losses.append(loss)
        held.append(train.mean_square(train.forward(params, test_x)[-1], test_y)[0])
    return Run(start, losses, held, train.forward(params, test_x)[-1][:, 0])


def draw_sample(galaxies: Catalogue) -> None:
    """Colour against redshift, coloured by the kind of galaxy."""
    drawing = style.figure(6.4, 5.2)
    axes = drawing.subplots()
    some = galaxies.part(0, 1400)
    colour = some.magnitudes[:, 1] - some.magnitudes[:, 2]
    dots = axes.scatter(some.redshift, colour, c=1 - some.kind, s=15, cmap="coolwarm", alpha=0.85, lw=0)
    dots.set_rasterized(True)
    axes.set(xlabel="true redshift z", ylabel="colour  g − r", xlim=(0, 1.6), ylim=(-0.6, 2.2))
    axes.text(1.55, 1.9, "● old, red", color="#b3202c", ha="right")
    axes.text(1.55, 1.65, "● young, blue", color="#3551c4", ha="right")
    style.save_png(drawing, "photoz-sample", 150)


def draw_overfitting(galaxies: Catalogue, test: Catalogue) -> None:
    """Too few galaxies, a big network, no brakes."""
    run = fit(galaxies.part(0, 200), test, (64, 64), train.Adam(1.5e-3), 1500)
    epochs = np.arange(1, len(run.losses) + 1)
    best = int(np.argmin(run.held))
    drawing = style.figure(7.4, 4.9)
    axes = drawing.subplots()
    axes.loglog(epochs, run.losses, color=style.WARM, label="training (200 galaxies)")
    axes.loglog(epochs, run.held, color=style.COOL, label="validation (4000 galaxies)")
    axes.axvline(best + 1, color=style.INK, ls=":", lw=2.2)
    axes.plot(best + 1, run.held[best], "o", ms=12, color=style.INK)
    axes.annotate(
        f"stop here: epoch {best + 1}",
        (best + 1, run.held[best]),
        (14, run.held[best] * 2.6),
        arrowprops={"arrowstyle": "-", "color": style.INK, "lw": 1.4},
    )
    axes.set(xlabel="epoch", ylabel="mean squared error", xlim=(1, len(epochs)))
    axes.legend(loc="lower left")
    style.save_svg(drawing, "overfitting")
    style.report(
        f"overfitting: best {run.held[best]:.4f} at epoch {best + 1}, last {run.losses[-1]:.5f} {run.held[-1]:.4f}"
    )


def draw_rates(galaxies: Catalogue, test: Catalogue) -> None:
    """The same network and data, four learning rates."""
    drawing = style.figure(7.4, 4.9)
    axes = drawing.subplots()
    for rate, colour, word in (
        (0.0003, style.MUTED, "far too low"),
        (0.003, style.COOL, "low"),
        (0.1, style.LEAF, "good"),
        (0.3, style.WARM, "too high"),
    ):
        with np.errstate(all="ignore"):
            run = fit(galaxies.part(0, 2000), test, (32, 32), train.Descent(rate), 60)
        losses = np.nan_to_num([run.start, *run.held], nan=1e99, posinf=1e99).clip(0, 1e6)
        axes.semilogy(np.arange(61), losses, color=colour, label=f"η = {rate:g}   {word}")
    axes.set(xlabel="epoch", ylabel="validation MSE", xlim=(-1, 60), ylim=(0.01, 3))
    axes.legend(loc="upper right")
    style.save_svg(drawing, "learning-rates")


def draw_result(galaxies: Catalogue, test: Catalogue) -> None:
    """Predicted against true redshift, and how size of net and of sample matter."""
    for count in (300, 3000, 30000):
        for hidden in ((), (8,), (64, 64)):
            run = fit(galaxies.part(0, count), test, hidden, train.Adam(2e-3), max(20, 900000 // count), settle=True)
            scatter, outliers = quality(run.predicted, test.redshift)
            style.report(f"photoz: {count:6d} galaxies, hidden {hidden}: NMAD {scatter:.4f}, outliers {outliers:.2%}")
    drawing = style.figure(6.0, 5.4)
    axes = drawing.subplots()
    axes.plot([0, 1.6], [0, 1.6], color=style.INK, lw=1.8)
    for sign in (1, -1):
        edge = np.array([0, 1.6]) + sign * 0.15 * (1 + np.array([0, 1.6]))
        axes.plot([0, 1.6], edge, color=style.INK, lw=1.4, ls=":")
    axes.hexbin(
        test.redshift,
        run.predicted,
        gridsize=70,
        extent=(0, 1.6, 0, 1.6),
        mincnt=1,
        bins="log",
        cmap=style.COSMOS,
        lw=0,
    )
    axes.set(xlim=(0, 1.6), ylim=(0, 1.6), xlabel="true redshift", ylabel="predicted redshift", aspect="equal")
    axes.set(xticks=np.arange(0, 1.7, 0.4), yticks=np.arange(0, 1.7, 0.4))
    style.save_png(drawing, "photoz-result", 150)


def draw() -> None:
    """All figures of this file."""
    rng = np.random.default_rng(2)
    galaxies, test = survey(30000, rng), survey(4000, rng)
    draw_sample(galaxies)
    draw_overfitting(galaxies, test)
    draw_rates(galaxies, test)
    draw_result(galaxies, test)
