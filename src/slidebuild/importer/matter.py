"""Front matter as YAML text that reads the same by YAML 1.1, YAML 1.2 and as JSON strings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from slidebuild.patterns import regex

WIDTH: Final = 100
"""Lists and mappings that fit into this many characters stand on one line."""

_PLAIN: Final = regex(r"[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9][A-Za-z0-9_./-]*)*", re.ASCII)
_RESERVED: Final = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))
_ESCAPED: Final = regex("[\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def write_matter(settings: Mapping[str, Any]) -> str:
    """Lines `key: value`, without the `---` around them and without a blank one."""
    return "".join(f"{key}: {_value(value)}\n" for key, value in settings.items())


def _value(value: Any) -> str:
    line = _flow(value)
    if isinstance(value, list) and len(line) > WIDTH:
        return "".join(f"\n  - {_flow(item)}" for item in value)
    return line


def _flow(value: Any) -> str:
    """A value on one line. (Depth is that of settings: three at most.)"""
    if isinstance(value, str):
        if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
            return value
        quoted = json.dumps(value, ensure_ascii=False)
        return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
    if isinstance(value, list):
        return f"[{', '.join(_flow(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_flow(key)}: {_flow(item)}' for key, item in value.items())}}}"
    return json.dumps(value)
