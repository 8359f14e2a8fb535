"""Moving pictures: the collapse of the toy universe as WebM (VP9), a training run as GIF."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from importlib.resources import files

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from plots import style

SIDE = 576
RATE = 24
HOLD = 24


def label(picture: Image.Image, text: str) -> Image.Image:
    """A picture with a caption in its lower left corner."""
    font = ImageFont.truetype(str(files("fontpkg_fira_sans") / "files" / "FiraSans-Regular.ttf"), 24)
    pen = ImageDraw.Draw(picture)
    pen.text((18, picture.height - 44), text, font=font, fill="white", stroke_width=3, stroke_fill=style.NIGHT)
    return picture


def collapse(history: Sequence[tuple[float, np.ndarray]]) -> None:
    """Write `collapse.webm` and its poster from (scale factor, RGB map) pairs; the last one is held for a second."""
    frames = [
        label(Image.fromarray(pixels).resize((SIDE, SIDE), Image.Resampling.BICUBIC), f"redshift z = {1 / a - 1:.1f}")
        for a, pixels in history
    ]
    frames[-1].save(style.IMAGES / "collapse-poster.jpg", quality=85, optimize=True)
    with av.open(style.IMAGES / "collapse.webm", "w", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libvpx-vp9", rate=RATE)
        stream.width = stream.height = SIDE
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, RATE)
        stream.codec_context.thread_count = 1
        stream.options = {"crf": "40", "b": "0", "cpu-used": "2", "flags": "+bitexact"}
        for picture in [*frames, *[frames[-1]] * HOLD]:
            for packet in stream.encode(av.VideoFrame.from_image(picture)):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)


def gif(frames: Sequence[Image.Image], name: str, milliseconds: Sequence[int], colours: int = 28) -> None:
    """Write frames of one size as an endless GIF with one palette."""
    flat = [frame.convert("RGB") for frame in frames]
    sheet = Image.new("RGB", (flat[0].width, flat[0].height * 3))
    for row, frame in enumerate((flat[0], flat[len(flat) // 2], flat[-1])):
        sheet.paste(frame, (0, row * frame.height))
    palette = sheet.quantize(colours)
    indexed = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in flat]
    indexed[0].save(
        style.IMAGES / f"{name}.gif",
        save_all=True,
        append_images=indexed[1:],
        duration=list(milliseconds),
        loop=0,
        optimize=False,
    )
