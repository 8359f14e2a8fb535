"""The macros that every deck may use; the first line of each docstring shows how."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from slidebuild.macros.call import Call
from slidebuild.patterns import regex

_LENGTH: Final = regex(r"\d+(?:\.\d+)?(?:%|[a-z]+)?", re.ASCII | re.IGNORECASE)


def _length(text: str) -> str:
    """A CSS length; a bare number counts px. ValueError for anything else."""
    if not _LENGTH.fullmatch(text):
        raise ValueError(f"`{text}` is no size; write 300px or 60%")
    return text + "px" if text[-1].isdigit() else text


def hello(_call: Call, *_arguments: str) -> str:
    """`![:hello]` (remark.js's own example)."""
    return "hello!"


def img(call: Call, width: str = "", alt: str = "", *more: str) -> str:
    """`![:img 60%, what it shows](figure.svg)`: a picture with its width."""
    address = call.need_target("figure.svg")
    style = f' style="width: {_length(width)}"' if width else ""
    text = ", ".join((alt, *more)) if alt else ""
    return f'<img src="{_escape(address)}" alt="{_escape(text)}"{style}>'


_RANGE: Final = regex(r"(\d+)?(-)?(\d+)?")


def include(call: Call, *arguments: str) -> str:
    """`![:include python, 3-12](train.py)`: a file or some of its lines as code, or as Markdown without a language."""
    lines = call.read(call.need_target("file")).splitlines()
    language = ""
    for argument in arguments:
        found = _RANGE.fullmatch(argument)
        if argument and found:
            first = int(found[1] or 1)
            last = int(found[3] or len(lines)) if found[2] else first
            if not 1 <= first <= last <= len(lines):
                raise ValueError(f"there are no lines {argument}: the file has {len(lines)}")
            lines = lines[first - 1 : last]
        else:
            language = argument
    text = "\n".join(lines)
    if language in ("", "markdown", "md"):
        return text
    ticks = max((len(run) for run in re.findall("`{3,}", text)), default=2) + 1
    return f"\n{'`' * ticks}{language}\n{text}\n{'`' * ticks}\n"


def video(call: Call, width: str = "100%", *options: str) -> str:
    """`![:video 70%, loop, autoplay](clip.webm)`: a video with controls; `poster=FILE` sets its still."""
    address = call.need_target("clip.webm")
    attributes = [f'src="{_escape(address)}"', f'style="width: {_length(width)}"', "controls", 'preload="metadata"']
    for option in options:
        name, _, value = option.partition("=")
        if name in ("loop", "autoplay", "muted"):
            attributes.append(name)
        elif name in ("poster", "title") and value:
            attributes.append(f'{name}="{_escape(value)}"')
        else:
            known = "loop, autoplay, muted, poster=FILE, title=TEXT"
            raise ValueError(f"`{option}` is no option of a video; known: {known}")
    return f"<video {' '.join(attributes)}></video>"


def youtube(call: Call, identifier: str = "", width: str = "100%") -> str:
    """`![:youtube dQw4w9WgXcQ]`: a YouTube video in a frame (the only built-in that needs the network, when shown)."""
    identifier = identifier or call.need_target("id")
    if not re.fullmatch(r"[\w-]{5,20}", identifier, re.ASCII):
        raise ValueError(f"`{identifier}` is no YouTube id")
    source = f"https://www.youtube-nocookie.com/embed/{identifier}"
    style = f"width: {_length(width)}; aspect-ratio: 16/9; border: 0"
    return f'<iframe src="{source}" style="{style}" title="YouTube video" loading="lazy" allowfullscreen></iframe>'


def qr(call: Call, width: str = "160px") -> str:
    """`![:qr 160px](https://example.org)`: a QR code."""
    import segno

    text = call.need_target("text")
    buffer = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(buffer, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    label = _escape(f"QR code: {text}")
    return f'<img class="sb-qr" src="data:image/svg+xml;base64,{data}" alt="{label}" style="width: {_length(width)}">'


def progress(_call: Call) -> str:
    """`![:progress]`: a bar that shows how far the talk has come; best in a layout."""
    return '<div class="sb-progress" role="presentation"><i></i></div>'


def _escape(text: str) -> str:
    from html import escape

    return escape(text)


MACROS: Final[Mapping[str, Callable[..., str]]] = MappingProxyType(
    {
        "hello": hello,
        "img": img,
        "include": include,
        "progress": progress,
        "qr": qr,
        "video": video,
        "youtube": youtube,
    }
)
"""By the name that decks use."""
