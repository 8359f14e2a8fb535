"""What a convolution does: by numbers on a small grid, and by three filters on the cosmic web."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from plots import nbody, style

KERNEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
"""The horizontal slope (Sobel)."""


def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """What deep learning calls a convolution: a sliding weighted sum, without padding."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel)


def table(axes: Axes, corner: tuple[float, float], values: np.ndarray, fills: np.ndarray) -> None:
    """A grid of numbers, the first row on top."""
    for (row, column), value in np.ndenumerate(values):
        x, y = corner[0] + column * 0.62, corner[1] - row * 0.62
        axes.add_patch(Rectangle((x, y), 0.62, 0.62, fc=fills[row, column], ec="white", lw=2.2))
        dark = fills[row, column] in (style.COOL, style.WARM, style.INK)
        axes.text(
            x + 0.31,
            y + 0.31,
            f"{value:d}".replace("-", "−"),
            ha="center",
            va="center_baseline",
            fontsize=20,
            color="white" if dark else style.INK,
        )


def draw_numbers() -> None:
    """A 6 × 6 image, a 3 × 3 kernel, the 4 × 4 result, with one window marked."""
    image = np.array(
        [
            [0, 0, 1, 3, 3, 3],
            [0, 0, 2, 3, 3, 3],
            [0, 1, 3, 3, 3, 2],
            [0, 1, 3, 3, 2, 1],
            [1, 2, 3, 3, 1, 0],
            [2, 3, 3, 2, 1, 0],
        ]
    )
    result = correlate(image, KERNEL)
    drawing, axes = style.canvas(10.4, 4.5)
    row, column = 1, 1
    fills = np.full(image.shape, "#e6eaf2", dtype=object)
    fills[row : row + 3, column : column + 3] = "#f9cfae"
    table(axes, (0.2, 3.5), image, fills)
    axes.add_patch(
        Rectangle((0.2 + column * 0.62, 3.5 - (row + 2) * 0.62), 1.86, 1.86, fc="none", ec=style.WARM, lw=4, zorder=3)
    )
    axes.text(4.45, 2.25, "∗", fontsize=30, ha="center", va="center")
    table(axes, (4.95, 2.6), KERNEL, np.full((3, 3), "#f9cfae", dtype=object))
    axes.text(7.2, 2.25, "=", fontsize=30, ha="center", va="center")
    fills = np.full(result.shape, "#d5e8ef", dtype=object)
    fills[row, column] = style.WARM
    table(axes, (7.7, 2.9), result, fills)
    for x, word in ((2.06, "image 6 × 6"), (5.88, "kernel 3 × 3"), (8.94, "feature map 4 × 4")):
        axes.text(x, 0.0, word, ha="center", color=style.MUTED, fontsize=20, va="bottom")
    window = image[row : row + 3, column : column + 3]
    style.report(
        "convolution:",
        " + ".join(f"{k}·{v}" for k, v in zip(KERNEL.ravel(), window.ravel(), strict=True)),
        "=",
        result[row, column],
    )
    style.save_svg(drawing, "convolution")


def smooth(width: float) -> np.ndarray:
    """A Gaussian kernel, its width in cells."""
    axis = np.arange(-int(3 * width), int(3 * width) + 1)
    bell = np.exp(-0.5 * (axis / width) ** 2)
    kernel = np.outer(bell, bell)
    return kernel / kernel.sum()


def draw_filters() -> None:
    """The cosmic web through a blur, a slope and a spot finder."""
    (moment,) = nbody.evolve(np.array([0.6]))
    field = np.log10(np.maximum(1 + moment.delta, 0.05))[60:224, 60:224]
    spot = smooth(1.5)
    wide = smooth(3.0)
    pad = (wide.shape[0] - spot.shape[0]) // 2
    spot = np.pad(spot, pad) - wide
    slope = correlate(np.pad(smooth(1.2), 1), KERNEL / 4)
    drawing = Figure(figsize=(12, 3.5), layout="constrained")
    panels = (
        ("input", field, None),
        ("blur", correlate(field, smooth(3.0)), None),
        ("slope", correlate(field, slope), "RdBu_r"),
        ("spots", np.maximum(0, correlate(field, spot)), None),
    )
    for axes, (title, data, colours) in zip(drawing.subplots(1, 4), panels, strict=True):
        limit = np.percentile(np.abs(data), 99.3)
        low = -limit if colours else np.percentile(data, 2)
        axes.imshow(data, cmap=colours or style.COSMOS, vmin=low, vmax=limit, interpolation="bicubic")
        axes.set(xticks=[], yticks=[], title=title)
        axes.spines[:].set_visible(False)
    style.save_png(drawing, "filters", 125)


def draw() -> None:
    """All figures of this file."""
    draw_numbers()
    draw_filters()
