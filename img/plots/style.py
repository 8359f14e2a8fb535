"""One look for all figures: colours, type, line widths, and how a figure becomes the same file each time.

Sizes are meant for a slide 1210 px wide: a figure 10 inches wide fills it, so 16 pt read as about 25 px.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from PIL import Image

IMAGES = Path(__file__).resolve().parent.parent

INK = "#14213d"  # text, axes
NIGHT = "#0b1230"  # deep-space background
MUTED = "#66708a"
PALE = "#dfe4ee"
WARM = "#d9661f"  # the accent
GOLD = "#f2a541"
COOL = "#1f7a9c"
PLUM = "#8a3f86"
LEAF = "#3f8a58"

COSMOS = LinearSegmentedColormap.from_list(
    "cosmos", ["#070b20", "#14204f", "#45327f", "#96407f", "#dd6a45", "#f7b85a", "#fff6dc"]
)
"""Density maps, from void to cluster."""
DIVERGING = LinearSegmentedColormap.from_list("diverging", ["#8fc0d4", "#c4dfe8", "#fdfaf4", "#f8d3b4", "#efac7a"])
"""Class scores, pale enough for points on top."""


def use() -> None:
    """Set matplotlib's defaults; the letters are those of the slides (the theme's Fira Sans, from its package)."""
    mpl.use("Agg")
    for face in ("Regular", "SemiBold"):
        font_manager.fontManager.addfont(str(files("fontpkg_fira_sans") / "files" / f"FiraSans-{face}.ttf"))
    mpl.rcParams.update(
        {
            "font.family": ["Fira Sans", "DejaVu Sans"],
            "font.size": 17,
            "mathtext.fontset": "stix",
            "axes.edgecolor": INK,
            "axes.labelcolor": INK,
            "axes.titlecolor": INK,
            "axes.titlesize": 18,
            "axes.titlepad": 12,
            "axes.linewidth": 1.4,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": False,
            "grid.color": PALE,
            "grid.linewidth": 1.0,
            "text.color": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "xtick.labelsize": 15,
            "ytick.labelsize": 15,
            "xtick.major.width": 1.4,
            "ytick.major.width": 1.4,
            "lines.linewidth": 3.0,
            "lines.solid_capstyle": "round",
            "legend.frameon": False,
            "legend.fontsize": 16,
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            "savefig.transparent": True,
            "svg.fonttype": "path",
            "svg.hashsalt": "slidebuild",
        }
    )


def report(*words: object) -> None:
    """Say a number that the lecture quotes."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def figure(width: float, height: float, **layout: object) -> Figure:
    """A new figure, its size in inches."""
    return Figure(figsize=(width, height), layout="constrained", **layout)


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """A drawing area in inches, without axes, for diagrams."""
    drawing = Figure(figsize=(width, height))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    axes.axis("off")
    return drawing, axes


def save_svg(drawing: Figure, name: str) -> Path:
    """Write a figure as SVG: text as paths, no date, stable ids."""
    path = IMAGES / f"{name}.svg"
    drawing.savefig(path, metadata={"Date": None, "Creator": None})
    text = path.read_text(encoding="utf-8")
    path.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", encoding="utf-8")
    return path


def to_image(drawing: Figure, dpi: int, *, transparent: bool = True) -> Image.Image:
    """A figure as pixels, see-through or on its own colour."""
    buffer = BytesIO()
    drawing.savefig(buffer, format="png", dpi=dpi, transparent=transparent)
    return Image.open(buffer)


def save_png(drawing: Figure, name: str, dpi: int, colours: int = 200) -> Path:
    """Write a figure as a transparent palette PNG."""
    path = IMAGES / f"{name}.png"
    picture = to_image(drawing, dpi).quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)
    return path


def colour_map(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Values as RGB bytes of the density map's colours."""
    shade = np.clip((values - low) / (high - low), 0, 1)
    return (COSMOS(shade)[..., :3] * 255).round().astype(np.uint8)


def save_map(pixels: np.ndarray, name: str, size: int, colours: int = 96) -> Path:
    """Write RGB pixels as a palette PNG of the given width in px (height in proportion)."""
    picture = Image.fromarray(pixels)
    height = round(size * picture.height / picture.width)
    picture = picture.resize((size, height), Image.Resampling.BICUBIC)
    path = IMAGES / f"{name}.png"
    picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
    return path
