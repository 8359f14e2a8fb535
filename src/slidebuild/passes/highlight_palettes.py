"""Colours of code for the style names of highlight.js 9: palettes of our own, or the nearest style of Pygments."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `rrggbb`, named after what they are used for."""

    background: str
    text: str
    comment: str
    keyword: str
    string: str
    number: str
    title: str
    """What is defined: functions, classes, headings."""
    type: str
    """Types and built-in names."""
    meta: str
    name: str
    """Element names of markup and CSS selectors."""
    attribute: str
    variable: str


def _palette(colours: str) -> Palette:
    return Palette(*colours.split())


def _base16(background: str, text: str, comment: str, accents: str) -> Palette:
    """A scheme of seven accents, as Tomorrow, Base16, One and their like have them."""
    red, orange, yellow, green, aqua, blue, purple = accents.split()
    return Palette(background, text, comment, purple, green, orange, blue, yellow, aqua, red, orange, red)


_ATELIER: Final = {
    "cave": "be4678 aa573c a06e3b 2a9292 398bc6 576ddb 955ae7|19171c 8b8792 655f6d|efecf4 585260 7e7887",
    "dune": "d73737 b65611 ae9513 60ac39 1fad83 6684e1 b854d4|20201d a6a28c 7d7a68|fefbec 6e6b5e 999580",
    "estuary": "ba6236 ae7313 a5980d 7d9726 5b9d48 36a166 5f9182|22221b 929181 6c6b5a|f4f3ec 5f5e4e 878573",
    "forest": "f22c40 df5320 c38418 7b9726 3d97b8 407ee7 6666ea|1b1918 a8a19f 766e6b|f1efee 68615e 9c9491",
    "heath": "ca402b a65926 bb8a35 918b3b 159393 516aec 7b59c0|1b181b ab9bab 776977|f7f3f7 695d69 9e8f9e",
    "lakeside": "d22d72 935c25 8a8a0f 568c3b 2d8f6f 257fad 6b6bb8|161b1d 7ea2b4 5a7b8c|ebf8ff 516d7b 7195a8",
    "plateau": "ca4949 b45a3c a06e3b 4b8b8b 5485b6 7272ca 8464c4|1b1818 8a8585 655d5d|f4ecec 585050 7e7777",
    "savanna": "b16139 9f713c a07e3b 489963 1c9aa0 478c90 55859b|171c19 87928a 5f6d64|ecf4ee 526057 78877d",
    "seaside": "e6193c 87711d 98981b 29a329 1999b3 3d62f5 ad2bee|131513 8ca68c 687d68|f4fbf4 5e6e5e 809980",
    "sulphurpool": "c94922 c76b29 c08b30 ac9739 22a2c9 3d8fd1 6679cc|202746 979db4 6b7394|f5f7ff 5e6687 898ea4",
}


def _atelier() -> dict[str, Palette]:
    found = {}
    for name, colours in _ATELIER.items():
        accents, dark, light = colours.split("|")
        for kind, ground in (("dark", dark), ("light", light)):
            background, text, comment = ground.split()
            found[f"atelier-{name}-{kind}"] = _base16(background, text, comment, accents)
    return found


PALETTES: Final[Mapping[str, Palette]] = MappingProxyType(
    {
        # background text comment | keyword string number title type meta name attribute variable
        "default": _palette("f5f5f4 292b2e 6b7078 7b1fa2 1b6b3a a84300 0b57a8 006a75 7a5a00 a3152a 8a4200 973b12"),
        "github": _palette("f6f8fa 1f2328 656d76 cf222e 0a3069 0550ae 6f42c1 953800 0550ae 116329 0550ae 953800"),
        "googlecode": _palette("ffffff 1a1a1a 880000 000088 007700 006666 660066 660066 666600 000088 660066 660066"),
        "idea": _palette("ffffff 1a1a1a 6f6f6f 000080 067d17 0000ff 00627a 20606f 808000 000080 0000ff 660e7a"),
        "a11y-light": _palette("fefefe 545454 696969 7928a1 008000 aa5d00 007faa aa5d00 aa5d00 d91e18 aa5d00 d91e18"),
        "a11y-dark": _palette("2b2b2b f8f8f2 d4d0ab dcc6e0 abe338 f5ab35 00e0e0 f5ab35 f5ab35 ffa07a ffd700 ffa07a"),
        "monokai": _palette("272822 f8f8f2 959077 f92672 e6db74 ae81ff a6e22e 66d9ef fd971f f92672 a6e22e fd971f"),
        "darcula": _palette("2b2b2b a9b7c6 8a8a8a cc7832 6a8759 6897bb ffc66d b5b6e3 bbb529 e8bf6a bababa 9876aa"),
        "vs2015": _palette("1e1e1e dcdcdc 57a64a 569cd6 d69d85 b8d7a3 dcdcaa 4ec9b0 9b9b9b 569cd6 9cdcfe 9cdcfe"),
        "obsidian": _palette("282b2e e0e2e4 818e96 93c763 ec7600 ffcd22 8fa9cf b3d0f7 a082bd 8cbbad b3b689 d5ab55"),
        "night-owl": _palette("011627 d6deeb 7f93a0 c792ea ecc48d f78c6c 82aaff addb67 82aaff caece6 7fdbca addb67"),
        "shades-of-purple": _palette(
            "2d2b57 e3dfff b39ddb ff9d00 a5ff90 ff628c fad000 9effff fb94ff 9effff fad000 9effff"
        ),
        "zenburn": _palette("3f3f3f dcdccc 8faf8f f0dfaf cc9393 8cd0d3 efef8f 93e0e3 ffcfaf f0dfaf dfaf8f ffd7a7"),
        "railscasts": _palette("232323 e6e1dc bc9458 cc7833 a5c261 a5c261 ffc66d 6d9cbe 9b859d e8bf6a cda869 d0d0ff"),
        "sunburst": _palette("000000 f8f8f8 aeaeae e28964 65b042 dad085 89bdff 9b859d 8996a8 89bdff e0c589 3e87e3"),
        "ir-black": _palette("000000 f8f8f8 7c7c7c 96cbfe a8ff60 ff73fd ffffb6 ffffb6 6699cc 96cbfe ffffb6 c6c5fe"),
        "arta": _palette("222222 aaaaaa 7a7a7a 6699cc 66cc66 00cc66 ffcc33 cc66cc cc6666 cc66cc 66cccc cc6666"),
        "far": _palette("000080 00ffff 9a9a9a ffffff ffff00 00ff00 ffffff 00ff00 ffff66 ffffff 00ffcc 66ff66"),
        "dark": _palette("444444 dddddd b8b8b8 ffffff e39a9a ffffff e39a9a e39a9a b8b8b8 e39a9a e39a9a e39a9a"),
        "rainbow": _palette("474949 d1d9e1 b0b2b2 d8a9d8 8abeb7 f99157 b5bd68 d8a9d8 f99157 b5bd68 81a2be ffcc66"),
        "magula": _palette("f4f4f4 000000 696969 000080 005500 880000 005500 880000 0000ee 000080 005500 005500"),
        "kimbie.dark": _palette("221a0f d3af86 a57a4c c99fc8 a3b566 f79a32 8ab1b0 f06431 8ab1b0 dc3958 f79a32 dc3958"),
        "kimbie.light": _palette("fbebd4 84613d a57a4c 98676a 6b7a2a b8531a 476a97 a03f22 5b7a79 dc3958 a8620f dc3958"),
        "tomorrow": _base16("ffffff", "4d4d4c", "8e908c", "c82829 f5871f c99e00 718c00 3e999f 4271ae 8959a8"),
        "tomorrow-night": _base16("1d1f21", "c5c8c6", "969896", "cc6666 de935f f0c674 b5bd68 8abeb7 81a2be b294bb"),
        "tomorrow-night-blue": _base16(
            "002451", "ffffff", "8094d0", "ff9da4 ffc58f ffeead d1f1a9 99ffff bbdaff ebbbff"
        ),
        "tomorrow-night-bright": _base16(
            "000000", "eaeaea", "969896", "d54e53 e78c45 e7c547 b9ca4a 70c0b1 7aa6da c397d8"
        ),
        "tomorrow-night-eighties": _base16(
            "2d2d2d", "cccccc", "999999", "f2777a f99157 ffcc66 99cc99 66cccc 6699cc cc99cc"
        ),
        "atom-one-dark": _base16("282c34", "abb2bf", "7f848e", "e06c75 d19a66 e6c07b 98c379 56b6c2 61aeee c678dd"),
        "atom-one-light": _base16("fafafa", "383a42", "8a8b91", "e45649 986801 c18401 50a14f 0184bc 4078f2 a626a4"),
        "ocean": _base16("2b303b", "c0c5ce", "8a93a6", "bf616a d08770 ebcb8b a3be8c 96b5b4 8fa1b3 b48ead"),
        "hopscotch": _base16("322931", "b9b5b8", "989498", "dd464c fd8b19 fdcc59 8fc13e 149b93 1290bf c85e7c"),
        **_atelier(),
    }
)
"""Colours by style name."""

NEAREST: Final[Mapping[str, str]] = MappingProxyType(
    {
        name: like
        for like, names in {
            # palettes above
            "default": "arduino-light color-brewer docco foundation isbl-editor-light lightfair",
            "github": "github-gist",
            "monokai": "monokai-sublime",
            "darcula": "androidstudio darkula",
            "atom-one-dark": "atom-one-dark-reasonable gradient-dark",
            "tomorrow-night": "agate hybrid qtcreator_dark",
            "tomorrow-night-eighties": "an-old-hope codepen-embed gml isbl-editor-dark pojoaque xt256",
            "kimbie.light": "brown-paper school-book",
            # styles of Pygments
            "friendly_grayscale": "ascetic grayscale",
            "dracula": "dracula",
            "gruvbox-dark": "gruvbox-dark",
            "gruvbox-light": "gruvbox-light purebasic",
            "lovelace": "mono-blue",
            "nord": "nord",
            "paraiso-dark": "paraiso-dark",
            "paraiso-light": "paraiso-light",
            "solarized-dark": "solarized-dark",
            "solarized-light": "solarized-light",
            "tango": "routeros",
            "vs": "vs qtcreator_light",
            "xcode": "xcode",
        }.items()
        for name in names.split()
    }
)
"""Other style names -> the palette, or else the style of Pygments, that looks most like them."""
