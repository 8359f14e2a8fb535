"""A page as the compiler writes it, made by hand: seven slides that hold what the player has to deal with."""

from __future__ import annotations

import base64
import io
import json
import wave
from dataclasses import dataclass, field

from slidebuild import player


@dataclass(frozen=True)
class Leaf:
    """One slide of the page. `number` is what is printed on it."""

    title: str
    body: str
    number: int
    name: str | None = None
    classes: str = ""
    notes: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    incremental: bool = False


def _silence() -> str:
    """A second of silence as a data address."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 8000)
    return "data:audio/wav;base64," + base64.b64encode(buffer.getvalue()).decode()


LONG_NOTES = "<p>Say hello, <em>slowly</em>.</p>" + "".join(
    f"<p>Point {n}: look at the audience.</p>" for n in range(1, 9)
)

LINKS = '<p>See <a href="#end">the end</a>, <a href="#detail">a detail</a>, <a href="#4">the fourth</a>.</p>'
CONTROLS = '<p><input id="field"> <button id="knob">Knob</button></p><p id="detail">A detail to be linked to.</p>'
WIDE = '<div style="height:900px;width:3000px;background:linear-gradient(#fed,#def)">tall</div>'
SCROLLER = f'<div id="scroller" style="overflow:auto;height:200px">{WIDE}</div>'

LEAVES = (
    Leaf(
        "Seven slides",
        "<h1>Seven slides</h1><p>A deck for the player’s tests</p>",
        number=1,
        classes="center, middle",
        notes=LONG_NOTES,
    ),
    Leaf(
        "Introduction",
        f"<h1>Introduction</h1>{LINKS}<ul><li>one</li><li>two</li></ul>",
        number=2,
        name="intro",
        notes="<p>Notes of the <strong>introduction</strong>.</p>",
    ),
    Leaf(
        "Introduction",
        "<h1>Introduction</h1><ul><li>one</li><li>two</li><li>three</li></ul>",
        number=2,
        incremental=True,
        properties={"count": "false", "continued": "true"},
    ),
    Leaf(
        "Controls",
        f"<h2>Controls</h2>{CONTROLS}",
        number=3,
        classes="inverse",
        properties={"class": "inverse", "speaker": "Ada"},
    ),
    Leaf(
        "Sound",
        f'<h2>Sound</h2><audio id="noise" autoplay controls src="{_silence()}"></audio>',
        number=4,
        name="sound",
    ),
    Leaf("Long code", f"<h2>Long code</h2>{SCROLLER}", number=5),
    Leaf("The end", "<h1>The end</h1>", number=6, name="end", classes="center, middle"),
)

THEME = """
body { font-family: Georgia, serif; }
.remark-slide-content { padding: 1em 4em; background: #fff; font-size: 24px; vertical-align: top; }
.remark-slide-content.center { text-align: center; } .remark-slide-content.middle { vertical-align: middle; }
.remark-slide-content.inverse { background: #23303b; color: #fff; }
.remark-slide-number { position: absolute; right: 20px; bottom: 12px; opacity: .5; font-size: 20px; }
"""


def build_page(
    leaves: tuple[Leaf, ...] = LEAVES,
    *,
    ratio: tuple[int, int] = (16, 9),
    options: dict[str, object] | None = None,
    after: str = "",
    lang: str = "en",
) -> str:
    """The page; `options` are the deck's under remark.js's names, `after` is put behind the player."""
    width = 681 * ratio[0] // ratio[1]
    data = {
        "ratio": f"{ratio[0]}:{ratio[1]}",
        **(options or {}),
        "slides": [_data(leaf) for leaf in leaves],
    }
    return f"""<!DOCTYPE html>
<html lang="{lang}" data-sb-ratio="{ratio[0]}:{ratio[1]}" style="--sb-width:{width}px;--sb-height:681px">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Seven slides</title>
<link rel="icon" href="data:,"><script>{player.head_script()}</script>
<style title="remark">{player.stylesheet()}</style><style>{THEME}</style></head>
<body class="remark-container">
<div class="remark-slides-area">
{"".join(_container(leaf, index, leaves) for index, leaf in enumerate(leaves))}</div>
<script type="application/json" id="sb-deck">{_json(data)}</script>
<script>{player.script({}, lang)}</script>{after}
</body></html>
"""


def _data(leaf: Leaf) -> dict[str, object]:
    entry = {"name": leaf.name, "number": leaf.number, "properties": leaf.properties, "title": leaf.title}
    return {**entry, "notes": bool(leaf.notes)}


def _json(data: object) -> str:
    return json.dumps(data).replace("<", r"\u003c")


def _container(leaf: Leaf, index: int, leaves: tuple[Leaf, ...]) -> str:
    identifier = f' id="slide-{leaf.name}"' if leaf.name else ""
    name = f' id="{leaf.name}"' if leaf.name else ""
    incremental = " remark-slide-incremental" if leaf.incremental else ""
    return (
        f'<div class="remark-slide-container"{name} data-sb-index="{index}" role="region" aria-roledescription="slide"'
        f' aria-label="{index + 1} of {len(leaves)}: {leaf.title}"><div class="remark-slide-scaler">'
        f'<div class="remark-slide{incremental}">'
        f'<div class="remark-slide-content {leaf.classes.replace(",", "")} hljs-default"{identifier}>{leaf.body}'
        f'<div class="remark-slide-number">{leaf.number} / {leaves[-1].number}</div></div></div></div>'
        f'<div class="remark-slide-notes">{leaf.notes}</div></div>\n'
    )
