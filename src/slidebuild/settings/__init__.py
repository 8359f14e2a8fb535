"""Typed deck settings: remark.js's options under their own names, ours beside them.

One table (`KEYS`) says of each key where it is kept, what values it takes and who may set it. Layers are merged here,
strongest first: command line, `--config`, front matter, `slidebuild.yml`, `theme.yml`, defaults.
"""

from slidebuild.settings.keys import IGNORED, KEYS, MATH, NESTED, SLIDE_PROPERTIES, Key
from slidebuild.settings.layers import build_settings
from slidebuild.settings.model import MathSettings, Navigation, PdfSettings, Ratio, Settings, Timer

__all__ = [
    "IGNORED",
    "KEYS",
    "MATH",
    "NESTED",
    "SLIDE_PROPERTIES",
    "Key",
    "MathSettings",
    "Navigation",
    "PdfSettings",
    "Ratio",
    "Settings",
    "Timer",
    "build_settings",
]
