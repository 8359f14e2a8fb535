"""Values out of JavaScript literals: whatever is written, nothing is run and nothing raises."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.importer.javascript import tokens
from slidebuild.importer.literals import Array, Object, Reader, RegExp, Unreadable, Value
from slidebuild.importer.scripts import read_script


def read(code: str) -> Value:
    return Reader(tokens(code)).value()


def plain(value: Value) -> Any:
    match value.content:
        case Array(items=items):
            return [plain(item) for item in items]
        case Object(members=members):
            return {member.name: plain(member.value) for member in members}
        case content:
            return content


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc$_", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_json_is_read_as_json(value: Any) -> None:
    assert plain(read(json.dumps(value))) == value
    assert plain(read(json.dumps(value, indent=1, ensure_ascii=False))) == value


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_the_same_in_all_three_quotes(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    for quote in "'\"`":
        literal = quote + escaped.replace(quote, "\\" + quote).replace("${", "\\${") + quote
        assert read(literal).content == text


@given(st.text() | st.text("{}[](),:;'\"`/\\*+=>!-.abremark \n0"))
def test_any_text_is_read_and_places_stay_inside_it(code: str) -> None:
    value = read(code)
    assert 0 <= value.start <= value.end <= len(code)
    found = tokens(code)
    assert all(code[token.start : token.end] == token.text for token in found)
    for call in read_script("remark.create(" + code).creations:
        assert call.end <= len(code) + len("remark.create(")


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("{ratio: '16:9', /* wide */ highlightLines: true, // yes\n}", {"ratio": "16:9", "highlightLines": True}),
        ("{'a-b': [1, .5, -2, 0x10, 1e3,], }", {"a-b": [1, 0.5, -2, 16, 1000]}),
        ("{a: !0, b: !1, c: null, d: undefined}", {"a": True, "b": False, "c": None, "d": None}),
        (
            r"'\u00e9\x41\u{1F600}\ud83d\ude00\'\
'",
            "éA😀😀'",
        ),
        (r"/[/`]\/a+/gi", RegExp(r"[/`]\/a+", "gi")),
        ("`two\nlines`", "two\nlines"),
    ],
    ids=range(6),
)
def test_literals(code: str, value: Any) -> None:
    assert plain(read(code)) == value


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("'a' + 'b'", "expression"),
        ("`a${b}`", "expression"),
        ("window.location.hash", "expression"),
        ("isWide ? '16:9' : '4:3'", "expression"),
        ("16/9", "expression"),
        ("[1, 2", "expression"),
        ("function (a) { return {b: 1}; }", "function"),
        ("(a, b) => a", "function"),
        ("async x => x", "function"),
    ],
)
def test_what_only_running_tells_is_unreadable(code: str, what: str) -> None:
    assert read(code).content == Unreadable(what)  # type: ignore[arg-type]


def test_an_unreadable_member_leaves_the_others_readable() -> None:
    value = read("{a: 1, f() { return 2 }, get g() {return 3}, ...rest, short, [c]: 4, h: x => ({y: 1}), z: 5}")
    assert isinstance(value.content, Object)
    names = [(member.name, member.value.content) for member in value.content.members]
    function, expression = Unreadable("function"), Unreadable("expression")
    assert names == [
        ("a", 1),
        ("f", function),
        ("get", function),
        ("", expression),
        ("short", expression),
        ("", expression),
        ("h", function),
        ("z", 5),
    ]


def test_deep_nesting_is_unreadable_and_does_not_overflow() -> None:
    assert isinstance(read("[" * 20_000 + "]" * 20_000).content, Array)
    assert isinstance(read("[" * 20_000).content, Unreadable)


def test_a_call_is_found_between_comments_strings_and_regular_expressions() -> None:
    code = """
      // remark.create({a: 1})
      var s = "remark.create({b: 2})", r = /remark.create\\(/;
      window.slideshow = window.remark.create({c: 3}, function () { ready(); });
    """
    script = read_script(code)
    (call,) = script.creations
    assert call.options is not None
    assert plain(call.options) == {"c": 3}
    assert [value.content for value in call.others] == [Unreadable("function")]
    assert script.rest is not None
    assert code[script.rest :].startswith("var s")


def test_options_in_a_variable_are_found_when_it_is_assigned_once() -> None:
    once = read_script("const options = {ratio: '16:9'}\nremark.create(options)")
    assert once.creations[0].options is not None
    assert plain(once.creations[0].options) == {"ratio": "16:9"}
    assert once.rest is None
    twice = read_script("let o = {a: 1}; o = {a: 2}; remark.create(o)")
    assert twice.creations[0].options is not None
    assert isinstance(twice.creations[0].options.content, Unreadable)


def test_macros_are_found_with_their_parameters() -> None:
    script = read_script(
        "remark.macros.scale = function (percentage, alt = 'x') { return this; };\n"
        "remark.macros['up-case'] = text => text.toUpperCase()\n"
        "remark.create();"
    )
    assert [(macro.name, macro.parameters) for macro in script.macros] == [
        ("scale", ("percentage", "alt")),
        ("up-case", ("text",)),
    ]
    assert script.macros[1].code == "remark.macros['up-case'] = text => text.toUpperCase()"
    assert script.rest is None
