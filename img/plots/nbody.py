"""A two-dimensional toy universe: Gaussian initial conditions, Zel'dovich start, particle-mesh gravity.

Einstein-de Sitter background, time is the scale factor a, H0 = 1. With the momentum p = a^2 dx/dt the equations
are dx/da = p a^(-3/2) and dp/da = -(3/2) a^(-1/2) grad(inverse Laplacian of delta), so that linear theory grows as a.
Lengths are Mpc/h. The initial spectrum has the variance per log k of cold dark matter (BBKS transfer function).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from PIL import Image, ImageFilter

from plots import movies, style

BOX = 120.0
MESH = 256
PARTICLES = 512
START = 0.03
SEED = 11


@dataclass(frozen=True, slots=True)
class Moment:
    """The density contrast at one scale factor."""

    a: float
    delta: np.ndarray


def wave_numbers(mesh: int) -> tuple[np.ndarray, np.ndarray]:
    """kx and ky of a real 2-D transform."""
    spacing = BOX / mesh
    return (
        2 * np.pi * np.fft.fftfreq(mesh, spacing)[:, None],
        2 * np.pi * np.fft.rfftfreq(mesh, spacing)[None, :],
    )


def spectrum(k: np.ndarray) -> np.ndarray:
    """Shape of the 2-D linear power spectrum: k * P_CDM(k), which keeps CDM's variance per log k."""
    q = np.maximum(k, 1e-9) / 0.21
    transfer = np.log(1 + 2.34 * q) / (2.34 * q)
    transfer *= (1 + 3.89 * q + (16.1 * q) ** 2 + (5.46 * q) ** 3 + (6.71 * q) ** 4) ** -0.25
    return k**1.96 * transfer**2


def linear_field(rng: np.random.Generator) -> np.ndarray:
    """A Gaussian field at a = 1 whose spread, smoothed over 4 Mpc/h, is one."""
    kx, ky = wave_numbers(PARTICLES)
    k = np.hypot(kx, ky)
    modes = np.fft.rfft2(rng.standard_normal((PARTICLES, PARTICLES))) * np.sqrt(spectrum(k))
    modes *= np.exp(-0.5 * (k * 0.4) ** 2)
    modes[0, 0] = 0
    smooth = np.fft.irfft2(modes * np.exp(-0.5 * (k * 4) ** 2))
    return np.fft.irfft2(modes) / smooth.std()


def gradient_of_potential(delta: np.ndarray) -> np.ndarray:
    """The gradient of the inverse Laplacian of a field, as an array (2, n, n)."""
    kx, ky = wave_numbers(delta.shape[0])
    square = kx**2 + ky**2
    square[0, 0] = 1
    modes = -np.fft.rfft2(delta) / square
    return np.stack([np.fft.irfft2(1j * kx * modes), np.fft.irfft2(1j * ky * modes)])


def corners(x: np.ndarray, mesh: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each of a particle's four mesh cells: the flat index and the weight (cloud in cell)."""
    scaled = x * (mesh / BOX)
    low = np.floor(scaled).astype(np.int64)
    part = scaled - low
    for i in (0, 1):
        for j in (0, 1):
            weight = np.abs(1 - i - part[0]) * np.abs(1 - j - part[1])
            yield ((low[0] + i) % mesh) * mesh + (low[1] + j) % mesh, weight


def density(x: np.ndarray, mesh: int = MESH) -> np.ndarray:
    """The density contrast of particles on a mesh."""
    total = np.zeros(mesh * mesh)
    for index, weight in corners(x, mesh):
        total += np.bincount(index, weights=weight, minlength=mesh * mesh)
    return (total / total.mean() - 1).reshape(mesh, mesh)


def evolve(times: np.ndarray) -> Iterator[Moment]:
    """The density at each scale factor (rising), by kick, drift, kick."""
    displacement = -gradient_of_potential(linear_field(np.random.default_rng(SEED))).reshape(2, -1)
    grid = (np.arange(PARTICLES) + 0.5) * (BOX / PARTICLES)
    rest = np.stack(np.meshgrid(grid, grid, indexing="ij")).reshape(2, -1)
    x, p, a = rest + START * displacement, START**1.5 * displacement, START
    for goal in times:
        steps = max(1, int(np.ceil((goal - a) / 0.012)))
        for end in np.linspace(a, goal, steps + 1)[1:]:
            middle = (a + end) / 2
            p = p + kick(x, a, middle)
            x = (x + 2 * p * (a**-0.5 - end**-0.5)) % BOX
            p = p + kick(x, middle, end)
            a = end
        yield Moment(float(a), density(x))


def kick(x: np.ndarray, begin: float, end: float) -> np.ndarray:
    """Change of momentum between two scale factors with the particles held."""
    field = gradient_of_potential(density(x)).reshape(2, -1)
    pull = np.zeros_like(x)
    for index, weight in corners(x, MESH):
        pull += field[:, index] * weight
    return -3 * (end**0.5 - begin**0.5) * pull


def power(delta: np.ndarray, bins: int = 22) -> tuple[np.ndarray, np.ndarray]:
    """Wave numbers (h/Mpc) and the isotropic power spectrum (Mpc/h)^2 of a field."""
    mesh = delta.shape[0]
    kx, ky = wave_numbers(mesh)
    k = np.hypot(kx, ky)
    modes = np.abs(np.fft.rfft2(delta)) ** 2 * BOX**2 / mesh**4
    edges = np.geomspace(2 * np.pi / BOX, np.pi * mesh / BOX, bins + 1)
    place = np.digitize(k, edges)
    rows = [(k[place == i].mean(), modes[place == i].mean()) for i in range(1, bins + 1) if (place == i).any()]
    wave, value = np.array(rows).T
    return wave, value


def shade(delta: np.ndarray) -> np.ndarray:
    """Log density as RGB bytes, the same scale for all moments."""
    return style.colour_map(np.log10(np.maximum(1 + delta, 0.02)), -1.0, 1.45)


def scrambled(field: np.ndarray) -> np.ndarray:
    """A field with the same Fourier amplitudes and random phases."""
    noise = np.fft.rfft2(np.random.default_rng(5).standard_normal(field.shape))
    modes = np.abs(np.fft.rfft2(field)) * noise / np.abs(noise)
    modes[0, 0] = np.fft.rfft2(field)[0, 0]
    return np.fft.irfft2(modes)


def draw_moments(moments: list[Moment]) -> None:
    """Three maps side by side, revealed one after the other; one file for each stage."""
    for stage in (1, 2, 3):
        drawing = style.figure(10, 3.72)
        for axes, moment, column in zip(drawing.subplots(1, 3), moments, (1, 2, 3), strict=True):
            axes.set(xticks=[], yticks=[])
            axes.spines[:].set_visible(False)
            axes.set_title(f"a = {moment.a:.2f},  z = {1 / moment.a - 1:.1f}", visible=column <= stage)
            if column <= stage:
                axes.imshow(shade(moment.delta), interpolation="bicubic")
            else:
                axes.imshow(np.full((2, 2, 3), (240, 238, 231), np.uint8))
        style.save_png(drawing, f"universe_{stage}", 150)


def draw_spectrum(moments: list[Moment]) -> None:
    """The power spectrum of the three moments, with linear theory."""
    drawing = style.figure(6.4, 4.9)
    axes = drawing.subplots()
    for moment, colour in zip(moments, (style.COOL, style.PLUM, style.WARM), strict=True):
        axes.loglog(*power(moment.delta), color=colour, label=f"a = {moment.a:.2f}")
        initial_k, initial = power(linear_field(np.random.default_rng(SEED)))
        axes.loglog(initial_k, initial * moment.a**2, "--", color=colour, lw=1.8)
    axes.set(xlim=(0.05, 4), ylim=(1e-3, 9e2), xlabel="wave number k  [h/Mpc]", ylabel="P(k)  [(Mpc/h)²]")
    axes.legend(title="dashed: linear theory", title_fontsize=14, loc="lower left")
    style.save_svg(drawing, "spectrum")


def draw_twins(moment: Moment) -> None:
    """The log density, its phase-scrambled twin, and their common power spectrum."""
    field = np.log10(np.maximum(1 + moment.delta, 0.02))
    twin = scrambled(field)
    drawing = Figure(figsize=(12, 4.1), layout="constrained")
    left, middle, right = drawing.subplots(1, 3, width_ratios=[1, 1, 1.05])
    for axes, data, title in ((left, field, "map A: gravity"), (middle, twin, "map B: shuffled phases")):
        axes.imshow(style.colour_map(data, -1.0, 1.45), interpolation="bicubic")
        axes.set(xticks=[], yticks=[], title=title)
        axes.spines[:].set_visible(False)
    right.loglog(*power(field), color=style.WARM, lw=7, alpha=0.45, label="map A")
    right.loglog(*power(twin), color=style.INK, lw=2.2, ls="--", label="map B")
    right.set(title="the same P(k)", xlabel="k  [h/Mpc]")
    right.legend(loc="lower left")
    style.save_png(drawing, "twins", 130)


def draw_background(moment: Moment) -> None:
    """A dark, calm strip of the cosmic web for title slides, 16:9."""
    field = np.log10(np.maximum(1 + moment.delta, 0.02))
    wide = np.concatenate([field, field], axis=1)[40 : 40 + 180, 30 : 30 + 320]
    shadow = style.colour_map(wide, -0.9, 2.6).astype(float) * np.linspace(0.35, 1.0, 320)[None, :, None]
    picture = Image.fromarray(shadow.round().astype(np.uint8)).resize((1280, 720), Image.Resampling.BICUBIC)
    picture.filter(ImageFilter.GaussianBlur(3)).save(style.IMAGES / "cosmic-web.jpg", quality=80, optimize=True)


def draw() -> None:
    """All pictures of the toy universe, and its film."""
    shown = (0.08, 0.35, 1.0)
    history = list(evolve(np.unique([*np.geomspace(0.035, 1.0, 108), *shown])))
    moments = [moment for moment in history if any(abs(moment.a - a) < 1e-9 for a in shown)]
    draw_moments(moments)
    draw_spectrum(moments)
    draw_twins(moments[-1])
    draw_background(moments[-1])
    movies.collapse([(moment.a, shade(moment.delta)) for moment in history])
