"""The page: remark's DOM, regions, escaping, print."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from unittest.mock import patch

import pytest

from slidebuild import dom
from slidebuild.deck import ResolvedSlide
from slidebuild.diagnostics import Diagnostics
from slidebuild.document import Document, PageSlide, page_data, render_document, render_print, shown_text, slide_number
from slidebuild.settings import Ratio, Settings
from slidebuild.slides import Slide
from slidebuild.source import SourceFile
from slidebuild.theme import DictThemes, find_theme
from slidebuild.theme.environment import ThemeEnvironment

SPAN = SourceFile("decks/a.md", "").span(0)


def slide(html: str = "<p>text</p>", *, index: int = 0, notes: str = "", **given: object) -> PageSlide:
    resolved = ResolvedSlide(
        index=index,
        number=index + 1,
        name=None,
        content=(),
        notes=(),
        properties={},
        continues=False,
        is_counted=True,
        span=SPAN,
    )
    fields = {key: value for key, value in given.items() if hasattr(resolved, key)}
    others = {key: value for key, value in given.items() if key not in fields}
    made = Slide(replace(resolved, **fields), dom.parse(html), dom.parse(notes))  # type: ignore[arg-type]
    return PageSlide.of(made, **others)  # type: ignore[arg-type]


def document(
    *slides: PageSlide, theme: str = "remark", files: dict[str, str] | None = None, **given: object
) -> Document:
    diagnostics = Diagnostics()
    loader = DictThemes({"x": {path: text.encode() for path, text in (files or {}).items()}})
    values: dict[str, object] = {"settings": Settings(), "title": "A talk", "total": len(slides)} | given
    made = Document(slides=slides, theme=find_theme(theme, diagnostics, loader), **values)  # type: ignore[arg-type]
    assert list(diagnostics) == []
    return made


def html(page: Document) -> str:
    diagnostics = Diagnostics()
    text = render_document(page, diagnostics)
    assert list(diagnostics) == []
    return text


def printed(page: Document) -> str:
    diagnostics = Diagnostics()
    text = render_print(page, diagnostics)
    assert list(diagnostics) == []
    return text


def body(text: str) -> dom.Node:
    return dom.parse(text[text.index("<body") :].partition(">")[2].rpartition("</body>")[0])


def one(text: str, selector: str) -> dom.Node:
    (node,) = dom.select(body(text), selector)
    return node


def test_a_slide_has_the_elements_that_remark_gives_it() -> None:
    text = html(
        document(slide("<h1>A</h1>", name="intro", properties={"class": "center, middle"}, title="A", notes="<p>n</p>"))
    )
    path = (
        ".remark-slides-area > .remark-slide-container > .remark-slide-scaler > .remark-slide > .remark-slide-content"
    )
    content = one(text, path)
    assert dom.classes(content) == ["remark-slide-content", "center", "middle", "hljs-default"]
    assert dom.attribute(content, "id") == "slide-intro"
    assert dom.inner_html(content) == '<h1>A</h1><div class="remark-slide-number">1 / 1</div>'
    assert dom.inner_html(one(text, ".remark-slide-container > .remark-slide-notes")) == "<p>n</p>"
    container = one(text, ".remark-slide-container")
    assert dom.attribute(container, "id") == "intro"
    assert dom.attribute(container, "aria-label") == "1 of 1: A"


def test_a_step_is_incremental() -> None:
    text = html(document(slide(), slide(index=1, continues=True)))
    assert [dom.classes(node) for node in dom.select(body(text), ".remark-slide")] == [
        ["remark-slide"],
        ["remark-slide", "remark-slide-incremental"],
    ]


def test_the_highlight_style_of_a_slide_goes_before_that_of_the_deck() -> None:
    page = document(
        slide(properties={"highlight-style": "zenburn"}), slide(index=1), settings=Settings(highlight_style="vs")
    )
    styles = [dom.classes(node)[-1] for node in dom.select(body(html(page)), ".remark-slide-content")]
    assert styles == ["hljs-zenburn", "hljs-vs"]


def test_the_number_format_is_html_and_replaced_once() -> None:
    assert slide_number("%current%/%total% %current%", 3, 9) == "3/9 %current%"
    page = document(slide(), settings=Settings(slide_number_format="<b>%current%"))
    assert dom.inner_html(one(html(page), ".remark-slide-number")) == "<b>1</b>"


def test_a_background_stands_in_the_style_attribute() -> None:
    page = document(slide(style='background-image: url("a\'b.png");'))
    assert dom.attribute(one(html(page), ".remark-slide-content"), "style") == 'background-image: url("a\'b.png");'


def test_a_slide_survives_being_written_and_read_again() -> None:
    source = "<pre>\n\nx</pre><textarea>\n\ny</textarea><p>a &amp; b &lt; c</p><table><tbody></tbody></table>"
    tree = dom.parse(source)
    content = one(html(document(slide(source))), ".remark-slide-content")
    dom.remove(dom.select(content, ".remark-slide-number")[0])
    assert dom.inner_html(content) == dom.inner_html(tree)
    assert dom.text(dom.select(content, "pre")[0]) == "\nx"


def test_texts_cannot_end_the_element_they_stand_in() -> None:
    page = document(
        slide(title="</script><b>", properties={"x": "<!--<script>"}),
        title="</title><b>",
        theme_css="p { content: '</style><b>' }",
        deck_style="q { content: '</STYLE><b>' }",
        player_script='f("</script><b>", "<!--")',
    )
    text = html(page)
    assert "<b>" not in text.replace("'<\\/style><b>'", "").replace("'<\\/STYLE><b>'", "").replace(
        '"\\x3C/script><b>"', ""
    )
    assert text.count("</script>") == 2
    assert text.count("</style>") == 3
    data = json.loads(dom.text(one(text, "#sb-deck")))
    assert data["slides"][0]["title"] == "</script><b>"
    assert data["slides"][0]["properties"] == {"x": "<!--<script>"}


def test_the_page_tells_the_player_about_slides_and_options() -> None:
    page = document(slide(name="a", notes="<p>n</p>"), slide(index=1), extra={"minutes": 45})
    data = page_data(page)
    assert data["ratio"] == "4:3"
    assert data["navigation"] == {"scroll": True, "touch": True, "click": False, "shortcuts": True}
    assert data["minutes"] == 45
    assert data["slides"] == [
        {"name": "a", "number": 1, "title": "", "notes": True, "properties": {}},
        {"name": None, "number": 2, "title": "", "notes": False, "properties": {}},
    ]


def test_the_root_says_size_scheme_language_and_theme() -> None:
    settings = Settings(ratio=Ratio(16, 9), color_scheme="dark", lang="ar")
    text = html(document(slide(), settings=settings))
    assert text.startswith(
        '<!DOCTYPE html>\n<html lang="ar" dir="rtl" class="sb-theme-remark" data-sb-ratio="16:9" data-sb-scheme="dark"'
        ' data-sb-regions="" style="--sb-width:1210px;--sb-height:681px">\n'
    )


def test_styles_come_in_the_order_in_which_they_count() -> None:
    page = document(
        slide(), player_css="/*1*/", theme_css="/*2*/", base_css="/*3*/", deck_css=["4.css"], deck_style="/*5*/"
    )
    text = html(page)
    order = [text.index(part) for part in ("/*1*/", "/*2*/", "/*3*/", "4.css", "/*5*/")]
    assert order == sorted(order)
    assert text.index('<style title="remark">') < text.index("/*1*/")


def test_regions_follow_the_slide_and_empty_ones_are_left_out() -> None:
    page = document(slide(), theme="default", footer="<b>Course</b>")
    text = html(page)
    footer = one(text, ".remark-slide > .remark-slide-content ~ .sb-region.sb-footer")
    assert dom.inner_html(footer) == "<b>Course</b>"
    assert dom.select(body(text), ".sb-logo") == []
    assert dom.select(body(html(document(slide(), footer="x"))), ".sb-region") == []


def test_a_logo_for_dark_slides_stands_beside_the_other() -> None:
    one_logo = one(html(document(slide(), theme="default", logo="a.svg")), ".sb-logo")
    assert dom.inner_html(one_logo) == '<img src="a.svg" alt="">'
    both = one(html(document(slide(), theme="default", logo="a.svg", logo_dark="b.svg")), ".sb-logo")
    assert [(dom.attribute(img, "src"), dom.classes(img)) for img in dom.select(both, "img")] == [
        ("a.svg", ["sb-light-only"]),
        ("b.svg", ["sb-dark-only"]),
    ]
    dark = one(html(document(slide(), theme="default", logo_dark="b.svg")), ".sb-logo")
    assert dom.inner_html(dark) == '<img src="b.svg" alt="">'


def test_a_region_template_knows_deck_and_slide() -> None:
    files = {
        "theme.yml": "regions: [header]",
        "templates/regions/header.html.j2": "{% if slide.index %}{{ deck.title }} {{ slide.title }}{% endif %}",
    }
    text = html(document(slide(), slide(index=1, title="B & C"), theme="x", files=files))
    assert dom.inner_html(one(text, ".sb-header")) == "A talk B &amp; C"


def test_a_mistake_in_a_template_is_a_diagnostic() -> None:
    files = {"theme.yml": "", "templates/page.html.j2": "{{ nothing }}"}
    diagnostics = Diagnostics()
    assert render_document(document(slide(), theme="x", files=files), diagnostics) == ""
    assert [item.code for item in diagnostics] == ["bad-theme"]


class Kept(dict[str, bytes]):
    def put(self, key: str, data: bytes) -> None:
        self[key] = data


def test_what_stands_around_the_slides_is_kept_as_long_as_templates_and_values_are_what_they_were() -> None:
    kept = Kept()
    files = {
        "theme.yml": "",
        "templates/page.html.j2": '{% extends "parent/page.html.j2" %}{% block head %}<meta name="x">{% endblock %}',
    }

    def made(title: str, *slides: PageSlide) -> str:
        page = document(*slides, theme="x", files=files, title=title)
        with patch.object(ThemeEnvironment, "fill", autospec=True, side_effect=ThemeEnvironment.fill) as filled:
            text = render_document(page, Diagnostics(), kept)
        fills.append(filled.call_count)
        assert text == html(page)
        return text

    fills: list[int] = []
    made("A", slide("<p>one</p>"))
    made("A", slide("<p>two</p>"))
    made("B", slide("<p>two</p>"))
    files["templates/page.html.j2"] = files["templates/page.html.j2"].replace('"x"', '"y"')
    assert '<meta name="y">' in made("B", slide("<p>two</p>"))
    assert fills == [1, 0, 1, 1]


@pytest.mark.parametrize("render", [render_document, render_print])
def test_regions_of_slides_are_kept_as_long_as_what_they_tell_is_what_it_was(render: Callable[..., str]) -> None:
    kept = Kept()
    files = {"theme.yml": "regions: {footer: true}\n", "templates/regions/footer.html.j2": "<p>{{ slide.title }}</p>"}

    def made(*slides: PageSlide) -> str:
        page = document(*slides, theme="x", files=files)
        with patch.object(ThemeEnvironment, "fill", autospec=True, side_effect=ThemeEnvironment.fill) as filled:
            text = render(page, Diagnostics(), kept)
        fills.append(sum(call.args[1].startswith("regions/") for call in filled.call_args_list))
        assert text == render(page, Diagnostics())
        return text

    fills: list[int] = []
    made(slide("<p>one</p>"), slide("<p>two</p>"))
    made(slide("<p>one</p>"), slide("<p>2</p>"))
    assert "<p>New</p>" in made(slide("<p>one</p>"), slide("<p>2</p>", title="New"))
    files["templates/regions/footer.html.j2"] = "<b>{{ slide.title }}</b>"
    assert "<b>New</b>" in made(slide("<p>one</p>"), slide("<p>2</p>", title="New"))
    assert fills == [2, 0, 2, 2]


def test_a_template_that_changes_slides_gets_them() -> None:
    files = {"theme.yml": "", "templates/page.html.j2": "{{ slides | upper }}{{ data | length > 20 }}"}
    text = html(document(slide("<p>loud</p>"), theme="x", files=files))
    assert "<P>LOUD</P>" in text
    assert text.endswith("True")


def test_a_theme_can_add_to_the_head() -> None:
    files = {
        "theme.yml": "",
        "templates/page.html.j2": '{% extends "parent/page.html.j2" %}{% block head %}<meta name="x">{% endblock %}',
    }
    page = document(slide(), theme="x", files=files)
    assert '<meta name="x">' in html(page)
    assert '<meta name="x">' in printed(page)


def test_print_has_no_notes_no_script_and_a_box_for_each_slide() -> None:
    page = document(slide(notes="<p>n</p>"), slide(index=1), player_script="f()", settings=Settings(ratio=Ratio(16, 9)))
    text = printed(page)
    assert "<script" not in text
    assert "remark-slide-notes" not in text
    assert "@page { size: 1210px 681px; margin: 0; }" in text
    assert len(dom.select(body(text), ".remark-slide-container")) == 2


def test_in_print_names_indices_and_steps_lead_to_the_slide_and_nothing_else_does() -> None:
    page = document(
        slide('<h1 id="end">Start</h1><h2 id="other">B</h2>', name="start"),
        slide(index=3, name="end", anchors=("3", "old")),
        slide(index=4),
    )
    text = printed(page)
    ids = [dom.attribute(node, "id") for node in dom.select(body(text), "[id]")]
    assert ids == ["start", "1", "slide-start", "other", "end", "4", "3", "old", "slide-end", "5"]


@pytest.mark.parametrize("make", [html, printed])
def test_content_of_a_slide_gives_its_id_to_the_slide_of_that_name(make: Callable[[Document], str]) -> None:
    text = make(document(slide(name="x"), slide(index=1, name="slide-x"), slide(index=2, name="y")))
    contents = [dom.attribute(node, "id") for node in dom.select(body(text), ".remark-slide-content")]
    assert contents == [None, "slide-slide-x", "slide-y"]
    (found,) = dom.select(body(text), "#slide-x")
    assert "remark-slide-container" in dom.classes(found)


def test_fonts_must_hold_all_text_that_can_be_shown() -> None:
    page = document(slide("<p>α</p>", notes="<p>β</p>"), title="γ", footer="δ", deck_style="p::before { content: 'ε' }")
    assert set("αβγδε") <= set("".join(shown_text(page)))


def test_equal_input_gives_equal_pages() -> None:
    page = document(slide("<p id=a class=b>x</p>", properties={"b": "1", "a": "2"}), theme="default")
    assert html(page) == html(page)
    assert printed(page) == printed(page)
