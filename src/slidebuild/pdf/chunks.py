"""Slides that are loaded and printed together: a browser takes as long for a page of one slide as for several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

from slidebuild.pdf.picture_file import Size
from slidebuild.records import dataclass

MOST: Final = 28
"""Slides: the time for each grows with what stands on a page, and so does the browser's memory."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some slides, in order."""

    slides: tuple[int, ...]
    sizes: Mapping[str, Size]
    """What pictures are resampled to, by address."""


def chunks(slides: Sequence[int], sizes: Mapping[int, Mapping[str, Size | None]]) -> list[Chunk]:
    """Slides in chunks of about equal length; first those without pictures to resample.

    `sizes`: what the pictures of a slide are resampled to, None for those that stay. A slide where one has another size
    than on the slides of a chunk goes into another chunk: what a slide shows depends on itself alone.
    """
    plain = [index for index in slides if not any(sizes.get(index, {}).values())]
    groups: list[tuple[list[int], dict[str, Size | None]]] = []
    for index in sorted(set(slides) - set(plain)):
        own = sizes[index]
        for members, together in groups:
            if all(together.get(address, size) == size for address, size in own.items()):
                members.append(index)
                together |= own
                break
        else:
            groups.append(([index], dict(own)))
    found = [Chunk(part, {}) for part in _parts(plain)]
    for members, _ in groups:
        for part in _parts(members):
            wanted = {address: size for index in part for address, size in sizes[index].items() if size is not None}
            found.append(Chunk(part, wanted))
    return found


def _parts(slides: Sequence[int]) -> list[tuple[int, ...]]:
    count = ceil(len(slides) / MOST)
    if not count:
        return []
    length = ceil(len(slides) / count)
    return [tuple(slides[start : start + length]) for start in range(0, len(slides), length)]
