"""Layers of settings to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from slidebuild.diagnostics import CODES, Diagnostics, Severity
from slidebuild.layer import Layer
from slidebuild.settings.keys import IGNORED, KEYS, MATH, NESTED, Key
from slidebuild.settings.model import MathSettings, Settings
from slidebuild.settings.rules import read_level


def build_settings(layers: Iterable[Layer], diagnostics: Diagnostics) -> Settings:
    """Settings from layers, weakest first. What is wrong is reported and left at what it was."""
    settings = Settings()
    for layer in layers:
        changes: dict[str, Any] = {}
        for name, value in layer.values.items():
            if name in NESTED:
                changes[name] = _nested(name, NESTED[name], value, getattr(settings, name), layer, diagnostics)
            elif name == "math":
                changes[name] = _math(value, settings.math, layer, diagnostics)
            elif name == "check":
                changes[name] = _rules(value, settings.check, layer, diagnostics)
            elif name in KEYS:
                _set(KEYS[name], name, value, layer, diagnostics, changes)
            elif name not in IGNORED:
                _report_unknown(name, (*KEYS, *NESTED), layer, diagnostics)
        settings = replace(settings, **changes)
    return settings


def _math(value: Any, current: MathSettings, layer: Layer, diagnostics: Diagnostics) -> MathSettings:
    """`math: false` in short, else a mapping; macros come to those of weaker layers."""
    if value in ("katex", "mathjax"):
        value = {"engine": value}
    if not isinstance(value, Mapping):
        try:
            return replace(current, **KEYS["math"].read(value))
        except ValueError as error:
            _report_value("math", str(error), layer, diagnostics)
            return current
    new: MathSettings = _nested("math", MATH, value, current, layer, diagnostics)
    macros = tuple(sorted({**dict(current.macros), **dict(new.macros)}.items()))
    return replace(new, macros=macros, enabled=current.enabled or not {"macros", "code", "tags"}.isdisjoint(value))


def _nested(
    name: str, keys: Mapping[str, Key], value: Any, current: Any, layer: Layer, diagnostics: Diagnostics
) -> Any:
    if value is None:
        return current
    if not isinstance(value, Mapping):
        example = next(iter(keys))
        _report_value(name, f"a mapping (`{name}: {{{example}: …}}`)", layer, diagnostics)
        return current
    changes: dict[str, Any] = {}
    for key, inner in value.items():
        dotted = f"{name}.{key}"
        if key in keys:
            _set(keys[key], dotted, inner, layer, diagnostics, changes)
        elif not (name == "timer" and key == "formatter"):
            _report_unknown(dotted, tuple(f"{name}.{known}" for known in keys), layer, diagnostics)
    return replace(current, **changes)


def _rules(
    value: Any, current: tuple[tuple[str, str], ...], layer: Layer, diagnostics: Diagnostics
) -> tuple[tuple[str, str], ...]:
    """What a layer says about rules, over what weaker ones have said."""
    levels = dict(current)
    try:
        written = KEYS["check"].read(value or {})
    except ValueError as error:
        _report_value("check", str(error), layer, diagnostics)
        return current
    for code, level in written.items():
        if code not in CODES:
            _report_unknown(f"check.{code}", tuple(f"check.{known}" for known in CODES), layer, diagnostics)
            continue
        try:
            levels[code] = read_level(code, level)
        except ValueError as error:
            _report_value(f"check.{code}", str(error), layer, diagnostics)
    return tuple(sorted(levels.items()))


def _set(key: Key, name: str, value: Any, layer: Layer, diagnostics: Diagnostics, changes: dict[str, Any]) -> None:
    if key.is_trusted and not layer.is_trusted:
        message = f"`{name}` is code or reaches beyond the deck, so a deck may not set it"
        diagnostics.add("forbidden-setting", message, layer.where(name), hint="move it to slidebuild.yml")
        return
    if value is None and (key.takes_null or key.of_remark):
        if key.takes_null:
            changes[key.field] = None
        return
    try:
        changes[key.field] = key.read(value)
    except ValueError as error:
        severity = Severity.WARNING if key.of_remark else None
        _report_value(name, str(error), layer, diagnostics, severity)


def _report_value(
    name: str, expected: str, layer: Layer, diagnostics: Diagnostics, severity: Severity | None = None
) -> None:
    message = f"`{name}` must be {expected}"
    diagnostics.add("bad-setting-value", message, layer.where(name), path=layer.path, severity=severity)


def _report_unknown(name: str, known: Iterable[str], layer: Layer, diagnostics: Diagnostics) -> None:
    import difflib

    near = difflib.get_close_matches(name, known, 1, cutoff=0.6)
    diagnostics.add(
        "unknown-setting",
        f"there is no setting `{name}`",
        layer.where(name),
        hint=f"did you mean `{near[0]}`?" if near else None,
        path=layer.path,
    )
