"""Options of `remark.create({…})` and what a page says about itself, as deck settings."""

from __future__ import annotations

import difflib
from typing import Any, Final

from slidebuild import dom
from slidebuild.diagnostics import Diagnostics
from slidebuild.importer.literals import Array, Member, Object, RegExp, Unreadable, Value
from slidebuild.importer.page import Page, ReadScript
from slidebuild.patterns import regex
from slidebuild.settings import IGNORED, KEYS, NESTED, Key
from slidebuild.source import Span

_FLAGS: Final = regex("[gimsuyd]*")


def page_options(page: Page, diagnostics: Diagnostics) -> dict[str, Any]:
    """Settings, under remark.js's names, from the call of `remark.create`; what is lost is reported."""
    if page.creation is None:
        return {}
    script, call = page.creation
    reading = _Options(script, diagnostics)
    if call.options is not None and not isinstance(call.options.content, Object):
        reading.lost(call.options, "the options of remark.create are no object literal", "write them as front matter")
    for value in call.others:
        reading.lost(value, "the callback of remark.create is a script", "scripts belong to a theme")
    settings: dict[str, Any] = {}
    for member in page.options:
        if member.name in NESTED and isinstance(member.value.content, Object):
            inner: dict[str, Any] = {}
            for part in member.value.content.members:
                reading.take(part, f"{member.name}.{part.name}", NESTED[member.name].get(part.name), inner)
            if inner:
                settings[member.name] = inner
        elif member.name in NESTED and not isinstance(member.value.content, Unreadable):
            reading.lost(member.value, f"the option `{member.name}` must be an object")
        elif member.name not in IGNORED:
            reading.take(member, member.name or "…", KEYS.get(member.name), settings)
    return settings


class _Options:
    def __init__(self, script: ReadScript, diagnostics: Diagnostics) -> None:
        self._script = script
        self._diagnostics = diagnostics

    def lost(self, value: Value, message: str, hint: str | None = None) -> None:
        self._diagnostics.add("not-imported", message, self._span(value), hint=hint)

    def take(self, member: Member, name: str, key: Key | None, settings: dict[str, Any]) -> None:
        """Keep an option under its name if there is such a setting and it takes the value."""
        value = member.value
        if isinstance(value.content, Unreadable):
            message = f"the option `{name}` is {_an(value.content.what)}, which only a browser could tell the value of"
            self.lost(value, message, "write its value as front matter" if key is not None else None)
        elif key is None or key.is_trusted:
            near = difflib.get_close_matches(name, (*KEYS, *NESTED), 1, cutoff=0.75)
            hint = f"did you mean `{near[0]}`?" if near and near[0] != name else None
            self.lost(value, f"there is no setting for the option `{name}`", hint)
        else:
            self._keep(member, name, key, settings)

    def _keep(self, member: Member, name: str, key: Key, settings: dict[str, Any]) -> None:
        plain = self._plain(member.value, name)
        for candidate in (plain, bool(plain)):  # remark asks of switches only whether they are truthy
            try:
                key.read(candidate)
            except ValueError as error:
                expected = str(error)
            else:
                settings[member.name] = candidate
                return
        self.lost(member.value, f"the option `{name}` must be {expected}")

    def _plain(self, value: Value, name: str) -> Any:
        """A value as YAML and JSON have them."""
        match value.content:
            case RegExp(pattern=pattern, flags=flags):
                return {"$regexp": self._pattern(value, name, pattern, flags)}
            case Array(items=items):
                return [self._plain(item, name) for item in items]
            case Object(members=members):
                return {member.name: self._plain(member.value, name) for member in members}
            case Unreadable():
                self.lost(value, f"a part of the option `{name}` is no literal")
                return None
            case plain:
                return plain

    def _pattern(self, value: Value, name: str, pattern: str, flags: str) -> str:
        """A regular expression with the flags that change what it finds written into it (`g` is always meant)."""
        inner = "".join(flag for flag in "ims" if flag in flags)
        if not _FLAGS.fullmatch(flags) or "y" in flags:
            self.lost(value, f"flags `{flags}` of the regular expression of `{name}` are not carried over")
        return f"(?{inner}:{pattern})" if inner else pattern

    def _span(self, value: Value) -> Span:
        return self._script.span(value.start, value.end)


def _an(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


_META: Final = {"author": "author", "description": "description", "keywords": "keywords"}


def page_facts(page: Page) -> dict[str, Any]:
    """Title, author, description, keywords, date, language and address, where the page tells them."""
    meta: dict[str, list[str]] = {}
    facts: dict[str, Any] = {}
    for element in page.elements:
        if element.tag == "meta":
            name = (element.get("name") or element.get("property")).lower()
            content = _flat(element.get("content"))
            if content and content not in meta.setdefault(name, []):
                meta[name].append(content)
        elif element.tag == "title" and not element.in_body and "title" not in facts:
            facts["title"] = _flat(dom.text(element.node))
        elif element.tag == "link" and element.get("rel").lower() == "canonical":
            meta.setdefault("canonical", []).append(element.get("href"))
    for name, key in _META.items():
        facts[key] = ", ".join(meta.get(name, ()))
    facts["date"] = next(iter(meta.get("date", ())), "")
    facts["lang"] = (dom.attribute(page.root, "lang") or dom.attribute(page.root, "xml:lang") or "").strip()
    facts["url"] = next(iter((*meta.get("canonical", ()), *meta.get("og:url", ()))), "")
    return {key: value for key, value in facts.items() if value and _is_good(key, value)}


def _flat(text: str) -> str:
    return " ".join(text.split())


def _is_good(key: str, value: str) -> bool:
    try:
        KEYS[key].read(value)
    except ValueError:
        return False
    return True
