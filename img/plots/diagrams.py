"""Drawings by code: a neuron, a perceptron, the computational graph of one neuron, a convolutional network, logos."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Polygon

from plots import style

Point = tuple[float, float]


def arrow(axes: Axes, begin: Point, end: Point, colour: str = style.INK, width: float = 2.2, bend: float = 0) -> None:
    """An arrow between two points."""
    axes.add_patch(
        FancyArrowPatch(
            begin,
            end,
            arrowstyle="-|>",
            mutation_scale=17,
            lw=width,
            color=colour,
            shrinkA=0,
            shrinkB=0,
            connectionstyle=f"arc3,rad={bend}",
        )
    )


def cell(
    axes: Axes, place: Point, radius: float, text: str, fill: str, colour: str = "white", size: float = 19
) -> None:
    """A filled circle with a word in it."""
    axes.add_patch(Circle(place, radius, fc=fill, ec="white", lw=2.5, zorder=3))
    axes.text(*place, text, ha="center", va="center_baseline", color=colour, fontsize=size, zorder=4)


def draw_neuron() -> None:
    """Weighted sum, then the activation."""
    drawing, axes = style.canvas(10, 4.3)
    for i, y in enumerate((3.6, 2.15, 0.7), 1):
        cell(axes, (1.0, y), 0.48, f"$x_{i}$", style.COOL)
        arrow(axes, (1.52, y), (4.02, 2.15 + (y - 2.15) * 0.22))
        axes.text(2.75, 2.15 + (y - 2.15) * 0.62 + 0.26, f"$w_{i}$", ha="center", fontsize=20, color=style.WARM)
    cell(axes, (4.7, 2.15), 0.72, "Σ", style.INK, size=30)
    cell(axes, (4.7, 3.85), 0.38, "$b$", style.GOLD, style.INK)
    arrow(axes, (4.7, 3.44), (4.7, 2.92), style.GOLD)
    arrow(axes, (5.45, 2.15), (6.55, 2.15))
    axes.text(6.0, 2.42, "$u$", ha="center", fontsize=20)
    box = FancyBboxPatch(
        (6.6, 1.5), 1.5, 1.3, boxstyle="round,pad=0,rounding_size=0.18", fc="#fdf1e6", ec=style.WARM, lw=2.5
    )
    axes.add_patch(box)
    x = np.linspace(-1, 1, 60)
    axes.plot(7.35 + 0.55 * x, 2.15 + 0.42 * np.tanh(3.2 * x), color=style.WARM, lw=3.5)
    axes.text(7.35, 1.12, r"$\sigma$", ha="center", fontsize=22, color=style.WARM)
    arrow(axes, (8.13, 2.15), (9.15, 2.15))
    axes.text(9.3, 2.15, "$a$", va="center", fontsize=24)
    axes.text(4.7, 1.12, "sum", ha="center", color=style.MUTED, fontsize=18)
    axes.text(7.35, 0.72, "activation", ha="center", color=style.MUTED, fontsize=18)
    style.save_svg(drawing, "neuron")


def layer(x: float, count: int, middle: float, gap: float) -> list[Point]:
    """Places of a layer's neurons, centred."""
    return [(x, middle + (i - (count - 1) / 2) * gap) for i in reversed(range(count))]


def draw_layers(axes: Axes, layers: list[list[Point]], radius: float) -> None:
    """Discs in four layers, each joined to all of the next."""
    for left, right in pairwise(layers):
        for a in left:
            for b in right:
                axes.plot(*zip(a, b, strict=True), color="#b9c2d6", lw=1.1, zorder=1)
    for places, fill in zip(layers, (style.COOL, style.INK, style.INK, style.WARM), strict=True):
        for place in places:
            axes.add_patch(Circle(place, radius, fc=fill, ec="white", lw=2, zorder=3))


def draw_perceptron() -> None:
    """Five numbers in, two hidden layers, one number out; large, and small to stand beside code."""
    drawing, axes = style.canvas(10, 4.9)
    layers = [layer(x, n, 2.72, gap) for x, n, gap in ((1.9, 5, 0.8), (4.1, 6, 0.72), (6.3, 6, 0.72), (8.3, 1, 1))]
    draw_layers(axes, layers, 0.27)
    for place, name in zip(layers[0], ("u − g", "g − r", "r − i", "i − z", "i"), strict=True):
        axes.text(place[0] - 0.42, place[1], name, ha="right", va="center", fontsize=18)
    axes.text(8.72, layers[-1][0][1], "redshift", va="center", fontsize=19)
    for x, word in ((1.9, "input"), (5.2, "hidden layers"), (8.3, "output")):
        axes.text(x, 0.1, word, ha="center", color=style.MUTED, fontsize=18)
    style.save_svg(drawing, "perceptron")
    drawing, axes = style.canvas(5, 3.7)
    layers = [layer(x, n, 2.05, gap) for x, n, gap in ((0.5, 5, 0.62), (1.85, 6, 0.56), (3.2, 6, 0.56), (4.5, 1, 1))]
    draw_layers(axes, layers, 0.2)
    for places, word in zip(layers, ("5", "64", "64", "1"), strict=True):
        axes.text(places[0][0], 0.02, word, ha="center", va="bottom", color=style.MUTED, fontsize=17)
    style.save_svg(drawing, "perceptron-small")


def block(axes: Axes, place: Point, size: tuple[float, float, float], fill: str) -> float:
    """A box in parallel projection (width, height, depth); returns the x of its right edge."""
    (x, y), (w, h, d) = place, size
    slope = 0.45
    front = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    top = [(x, y + h), (x + w, y + h), (x + w + d * slope, y + h + d * slope), (x + d * slope, y + h + d * slope)]
    side = [(x + w, y), (x + w, y + h), (x + w + d * slope, y + h + d * slope), (x + w + d * slope, y + d * slope)]
    for face, alpha in ((front, 1.0), (top, 0.75), (side, 0.55)):
        axes.add_patch(Polygon(face, fc="white", ec="none", zorder=2))
        axes.add_patch(Polygon(face, fc=fill, ec="white", lw=1.6, alpha=alpha, zorder=3))
    return x + w + d * slope


def draw_convnet() -> None:
    """Feature maps shrink and deepen until two numbers are left."""
    drawing, axes = style.canvas(11.5, 4.6)
    middle = 2.45
    x = 0.35
    blocks = (
        (0.12, 3.0, "64×64×1", style.PLUM),
        (0.40, 2.4, "32×32×16", style.COOL),
        (0.75, 1.6, "16×16×32", style.COOL),
        (1.15, 1.0, "8×8×64", style.COOL),
    )
    for i, (width, side, text, fill) in enumerate(blocks):
        right = block(axes, (x, middle - side / 2 - side * 0.15), (width, side * 0.9, side * 0.75), fill)
        axes.text((x + right) / 2, 0.12, text, ha="center", fontsize=17)
        if i < len(blocks) - 1:
            arrow(axes, (right + 0.12, middle), (right + 0.72, middle))
        x = right + 0.85
    arrow(axes, (right + 0.12, middle), (right + 0.72, middle))
    x = right + 0.95
    for step in range(7):
        axes.add_patch(Circle((x + 0.1, middle + (step - 3) * 0.36), 0.15, fc=style.INK, ec="white", lw=1.5, zorder=3))
    axes.text(x + 0.1, 0.12, "dense", ha="center", fontsize=17)
    arrow(axes, (x + 0.45, middle), (x + 1.0, middle))
    for y, name in ((middle + 0.5, r"$\Omega_{\rm m}$"), (middle - 0.5, r"$\sigma_8$")):
        cell(axes, (x + 1.55, y), 0.42, name, style.WARM, size=18)
    axes.text(3.9, 4.3, "convolve + pool, three times", ha="center", fontsize=18, color=style.MUTED)
    style.report(f"convnet ends at x = {x + 1.97:.2f} of 11.5")
    style.save_svg(drawing, "convnet")


def draw_graph() -> None:
    """Values run forward, derivatives backward; small dots move along both ways (SMIL)."""
    drawing, axes = style.canvas(11, 3.6)
    names = (("x", style.COOL), ("u", style.INK), ("a", style.INK), (r"\hat y", style.INK), ("L", style.WARM))
    xs = [0.9 + 2.3 * i for i in range(5)]
    up, down, middle = 2.35, 1.25, 1.8
    for (name, fill), x in zip(names, xs, strict=True):
        cell(axes, (x, middle), 0.62, f"${name}$", fill, size=26)
    forward = (r"$W^{(1)}x + b^{(1)}$", r"$\sigma(u)$", r"$W^{(2)}a + b^{(2)}$", r"$\frac{1}{2}(\hat y - y)^2$")
    back = (r"$\times\; W^{(1)}$", r"$\times\; \sigma\mathrm{′}(u)$", r"$\times\; W^{(2)}$", r"$\hat y - y$")
    paths = []
    for left, right, ahead, behind in zip(xs, xs[1:], forward, back, strict=False):
        begin, end = left + 0.52, right - 0.52
        arrow(axes, (begin, up - 0.2), (end, up - 0.2), style.COOL, bend=-0.16)
        arrow(axes, (end, down + 0.2), (begin, down + 0.2), style.WARM, bend=-0.16)
        axes.text((begin + end) / 2, up + 0.33, ahead, ha="center", fontsize=22, color=style.COOL)
        axes.text((begin + end) / 2, down - 0.66, behind, ha="center", fontsize=22, color=style.WARM)
        paths.append((begin, end))
    axes.text(0.2, 3.28, "forward: values", color=style.COOL, fontsize=19)
    axes.text(10.8, 0.1, "backward: derivatives of L", color=style.WARM, fontsize=19, ha="right")
    add_pulses(style.save_svg(drawing, "backprop"), paths, (up - 0.2, down + 0.2))


def add_pulses(path: Path, arrows: list[tuple[float, float]], heights: tuple[float, float]) -> None:
    """Let a dot run along each arrow of the graph, one after the other: forward first, then back."""
    total = 2 * len(arrows)
    dots = []
    ways = [(b, e, heights[0], 0.16, style.COOL) for b, e in arrows]
    ways += [(e, b, heights[1], 0.16, style.WARM) for b, e in reversed(arrows)]
    for i, (begin, end, height, bend, colour) in enumerate(ways):
        lift = bend * (end - begin)
        points = ((begin, height), ((begin + end) / 2, height + lift), (end, height))
        (x0, y0), (x1, y1), (x2, y2) = ((x * 72, (3.6 - y) * 72) for x, y in points)
        on, off = i / total, (i + 1) / total
        times = f"0;{on:.4f};{off:.4f};1"
        dots.append(
            f'<circle r="6" fill="{colour}" stroke="#fff" stroke-width="1.5" opacity="0">'
            f'<animateMotion dur="6s" repeatCount="indefinite" calcMode="linear" keyPoints="0;0;1;1" '
            f'keyTimes="{times}" path="M{x0:.1f} {y0:.1f}Q{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f}"/>'
            f'<animate attributeName="opacity" dur="6s" repeatCount="indefinite" calcMode="discrete" '
            f'values="0;1;0;0" keyTimes="0;{max(on, 0.0001):.4f};{off - 0.0001:.4f};1"/></circle>'
        )
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("</svg>", "\n".join([*dots, "</svg>"])), encoding="utf-8")


def draw_split() -> None:
    """One data set in three parts."""
    drawing, axes = style.canvas(10, 1.5)
    x = 0.1
    for share, word, fill in ((0.6, "training", style.WARM), (0.2, "validation", style.COOL), (0.2, "test", style.INK)):
        width = 9.8 * share
        axes.add_patch(
            FancyBboxPatch(
                (x + 0.06, 0.35), width - 0.12, 0.8, boxstyle="round,pad=0,rounding_size=0.12", fc=fill, ec="none"
            )
        )
        axes.text(x + width / 2, 0.75, word, ha="center", va="center_baseline", color="white", fontsize=17)
        x += width
    style.save_svg(drawing, "split")


def star(place: Point, radius: float, sharp: float = 0.22) -> Polygon:
    """A four-pointed star."""
    corners = []
    for i in range(8):
        reach = radius if i % 2 == 0 else radius * sharp
        angle = i * math.pi / 4
        corners.append((place[0] + reach * math.sin(angle), place[1] + reach * math.cos(angle)))
    return Polygon(corners)


def draw_logos() -> None:
    """Two logos of places that do not exist, for light and for dark ground; one is shown on dark slides only."""
    for suffix, ink in (("", style.INK), ("-light", "#f4efe4")):
        drawing, axes = style.canvas(4.6, 1.2)
        axes.add_patch(Circle((0.6, 0.6), 0.5, fc="none", ec=ink, lw=3))
        spark = star((0.74, 0.72), 0.46)
        spark.set(fc=style.GOLD, ec="none", zorder=3)
        axes.add_patch(spark)
        axes.text(
            1.45, 0.68, "Lantern Field", color=ink, fontsize=23, weight="semibold", family="Fira Sans", va="baseline"
        )
        axes.text(1.47, 0.22, "SUMMER SCHOOL", color=ink, fontsize=15.5, va="baseline")
        style.save_svg(drawing, f"logo-school{suffix}")
        if not suffix:
            continue
        drawing, axes = style.canvas(4.2, 1.2)
        for i in range(3):
            for j in range(3):
                fill = style.WARM if (i + j) % 3 == 0 else style.COOL if (i + j) % 3 == 1 else ink
                axes.add_patch(
                    Circle((0.25 + 0.36 * i, 0.24 + 0.36 * j), 0.05 + 0.035 * ((i * 2 + j) % 4), fc=fill, ec="none")
                )
        axes.text(
            1.35, 0.68, "Lattice Hill", color=ink, fontsize=23, weight="semibold", family="Fira Sans", va="baseline"
        )
        axes.text(1.37, 0.22, "OBSERVATORY", color=ink, fontsize=15.5, va="baseline")
        style.save_svg(drawing, f"logo-observatory{suffix}")


def draw() -> None:
    """All drawings of this file."""
    draw_neuron()
    draw_perceptron()
    draw_convnet()
    draw_graph()
    draw_split()
    draw_logos()
