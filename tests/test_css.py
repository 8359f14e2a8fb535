"""Addresses in stylesheets, flattened imports, backgrounds through the CSSOM."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.css import background_style, flatten, normalise, quote, references, rewrite


def addresses(css: str) -> list[str]:
    return [reference.address for reference in references(css)]


def test_addresses_are_found_in_every_notation() -> None:
    css = """@import "a.css"; @import url(b.css) print; p { background: url(c.png), url( 'd e.png' ), URL("f.png"); }
    @font-face { src: url(g.woff2) format("woff2") }
    q { background: image-set("h.png" 1x, url(i.png) 2x); content: "no.png" }"""
    assert addresses(css) == ["a.css", "b.css", "c.png", "d e.png", "f.png", "g.woff2", "h.png", "i.png"]


def test_imports_are_told_from_other_addresses() -> None:
    assert [reference.kind for reference in references('@import "a.css"; p { b: url(c) }')] == ["import", "url"]


def test_fragments_namespaces_and_comments_are_no_addresses() -> None:
    assert addresses("@namespace svg url(http://x/); /* url(a) */ p { mask: url(#m); b: 'url(c)' }") == []


def test_addresses_in_nested_rules_are_found() -> None:
    assert addresses("@layer a { @media print { p { & q { b: url(deep.png) } } } }") == ["deep.png"]


def test_escapes_in_addresses_are_undone() -> None:
    assert addresses(r"p { a: url(x\29 y.png) url('q\'r') }") == ["x)y.png", "q'r"]


def test_rewriting_changes_addresses_and_nothing_else() -> None:
    css = "p{ b : url(a.png)  /* url(a.png) */ ; c:url('b.png') }\n@import \"x.css\" layer(y);\n.o{;;color:}"
    assert rewrite(css, lambda reference: f"new/{reference.address}") == (
        'p{ b : url("new/a.png")  /* url(a.png) */ ; c:url("new/b.png") }\n@import "new/x.css" layer(y);\n.o{;;color:}'
    )


def test_what_is_not_changed_stays_as_written() -> None:
    css = "p { b: url(  a.png  ); c: url('d') }"
    assert rewrite(css, lambda reference: None) == css


@given(st.text(alphabet="url()'\"\\ {}[]@import;:/*\n#a.é-", max_size=60))
def test_any_text_can_be_searched_and_left_alone(css: str) -> None:
    assert rewrite(css, lambda reference: None) == normalise(css)
    rewrite(css, lambda reference: "x")


def test_deep_nesting_is_no_recursion() -> None:
    assert addresses("p{a:" + "(" * 5_000 + "url(x)" + ")" * 5_000 + "}") == ["x"]


@given(st.text(max_size=30).filter(lambda text: text.strip() == text and text and not text.startswith("#")))
def test_a_quoted_address_means_the_same(address: str) -> None:
    found = [reference.address for reference in references(f"p {{ a: url({quote(address)}) }}")]
    assert found == [address.replace("\0", "\ufffd").strip()]


# --- imports


def test_local_imports_are_put_in_place_and_addresses_count_from_the_root() -> None:
    files = {
        "css/main.css": '@charset "utf-8";@import "parts/type.css";\np { background: url(../img/a.png) }',
        "css/parts/type.css": "q { background: url(b.png) }",
    }
    flat = flatten("css/main.css", files.get)
    assert flat.text == 'q { background: url("css/parts/b.png") }\np { background: url("img/a.png") }'
    assert flat.imports == ()
    assert flat.missing == ()


def test_conditions_of_an_import_stay() -> None:
    files = {"a.css": '@import "b.css" layer(x.y) supports(display: grid) print and (color);', "b.css": "p {}"}
    flat = flatten("a.css", files.get)
    assert flat.text == "@layer x.y {\n@supports (display: grid) {\n@media print and (color) {\np {}\n}\n}\n}"


def test_an_anonymous_layer_stays_anonymous() -> None:
    assert flatten("a.css", {"a.css": '@import "b.css" layer;', "b.css": "p {}"}.get).text == "@layer  {\np {}\n}"


def test_remote_imports_are_kept_apart_because_they_must_stand_first() -> None:
    flat = flatten("a.css", {"a.css": "p {}\n@import url(https://x.test/f.css?a&b) screen; q {}"}.get)
    assert flat.imports == ('@import url("https://x.test/f.css?a&b") screen;',)
    assert flat.text == "p {}\n q {}"


def test_missing_imports_and_cycles_are_told() -> None:
    files = {"a.css": '@import "b.css"; @import "gone.css"; p {}', "b.css": '@import "a.css"; q {}'}
    flat = flatten("a.css", files.get)
    assert flat.missing == ("a.css", "gone.css")
    assert flat.text.split() == ["q", "{}", "p", "{}"]


def test_remote_and_data_addresses_stay_when_flattened() -> None:
    css = 'p { a: url("https://x.test/a.png"); b: url("data:image/png;base64,AA==") }'
    assert flatten("x/a.css", {"x/a.css": css}.get).text == css


# --- backgrounds


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("url(a.png)", 'url("a.png")'),
        ("url('a b.png')", 'url("a b.png")'),
        ("URL( a.png )", 'url("a.png")'),
        ("url(a.png", 'url("a.png")'),
        ("url(a.png), url(b.png)", 'url("a.png"), url("b.png")'),
        ("none", "none"),
        ("inherit", "inherit"),
        ("linear-gradient(red, blue), url(a.png)", 'linear-gradient(red, blue), url("a.png")'),
        ("var(--x)", "var(--x)"),
    ],
)
def test_a_valid_background_image_is_kept_with_double_quotes(value: str, result: str) -> None:
    assert background_style({"background-image": value}) == f"background-image: {result};"


@pytest.mark.parametrize(
    "value",
    ["", "img/a.png", "url(a b.png)", "url(a.png) no-repeat", "url(a) !important", "red", "url(a);", "inherit, none"],
)
def test_an_invalid_background_image_disappears(value: str) -> None:
    assert background_style({"background-image": value}) == ""


@pytest.mark.parametrize(
    "value", ["red", "#FFF", "rgb(1, 2, 3)", "hsl(120, 50%, 50%)", "transparent", "oklch(0.5 0.1 200)"]
)
def test_colours_are_kept(value: str) -> None:
    assert background_style({"background-color": value}) == f"background-color: {value};"


@pytest.mark.parametrize("value", ["reddish", "#12345", "red;", "red blue", "url(a)"])
def test_other_words_are_no_colour(value: str) -> None:
    assert background_style({"background-color": value}) == ""


@pytest.mark.parametrize(
    "value", ["cover", "contain", "50%", "100% 50%", "0 10px", "auto", "50%, 20px", "calc(1px + 2%)"]
)
def test_sizes_are_kept(value: str) -> None:
    assert background_style({"background-size": value}) == f"background-size: {value};"


@pytest.mark.parametrize("value", ["no-repeat", "10 10", "cover contain", "1px 2px 3px"])
def test_other_words_are_no_size(value: str) -> None:
    assert background_style({"background-size": value}) == ""


@pytest.mark.parametrize(
    "value", ["center", "top left", "50% 20%", "right 10px top 5px", "left", "0 0", "95% 5%, left"]
)
def test_positions_are_kept(value: str) -> None:
    assert background_style({"background-position": value}) == f"background-position: {value};"


@pytest.mark.parametrize("value", ["middle", "left right", "top bottom", "10 10", "1px 2px 3px 4px"])
def test_other_words_are_no_position(value: str) -> None:
    assert background_style({"background-position": value}) == ""


def test_backgrounds_come_in_a_fixed_order_with_mapped_addresses() -> None:
    properties = {"class": "x", "background-size": "cover", "background-image": "url(a.png)"}
    style = background_style(properties, lambda address: f"assets/{address}")
    assert style == 'background-image: url("assets/a.png"); background-size: cover;'
