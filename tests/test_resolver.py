"""Promises of the resolver that no single deck in `tests/spec` shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild.deck import ContentClass, MacroCall, ResolvedDeck, SourceDeck, Text, runs
from slidebuild.diagnostics import Diagnostics
from slidebuild.parser import parse, parse_fragment
from slidebuild.resolver import resolve
from slidebuild.resolver.text import with_variables
from slidebuild.settings import PdfSettings, Settings
from slidebuild.source import SourceFile


def resolved(text: str, settings: Settings | None = None) -> tuple[ResolvedDeck, list[str]]:
    diagnostics = Diagnostics()
    deck = parse(SourceFile("decks/talk.md", text), diagnostics)
    return resolve(deck, lambda _path: None, settings or Settings(), diagnostics), [d.code for d in diagnostics]


PROPERTIES = st.sampled_from(
    ["layout: true", "layout: false", "name: a", "template: a", "count: false", "exclude: true", "class: x", "k: {{k}}"]
)
DECKS = st.lists(
    st.tuples(
        st.sampled_from(["---\n", "--\n"]),
        st.lists(PROPERTIES, max_size=3),
        st.sampled_from(["t", "{{content}}", "{{k}}{{k}}", ""]),
    )
).map(lambda parts: "\n".join(f"{mark}{chr(10).join(found)}\n\n{text}" for mark, found, text in parts))


@given(DECKS)
def test_any_deck_resolves_to_slides_numbered_in_order(text: str) -> None:
    deck, _ = resolved(text)
    assert [slide.index for slide in deck.slides] == list(range(len(deck.slides)))
    numbers = [slide.number for slide in deck.slides]
    assert numbers == sorted(numbers)
    assert deck.total == (numbers[-1] if numbers else 0)
    assert all(run.text for slide in deck.slides for run in slide.runs())


def test_text_keeps_the_place_where_it_was_written() -> None:
    deck, _ = resolved("layout: true\n\nhead {{what}}\n---\nwhat: now\n\nbody\n--\n\nmore")
    last = deck.slides[-1]
    assert [(run.text, str(run.span)) for run in runs(last.content)] == [
        ("\n\nhead ", "decks/talk.md:1:13"),
        ("now", "decks/talk.md:3:6"),
        ("\n\nbody", "decks/talk.md:5:10"),
        ("\n\nmore", "decks/talk.md:8:3"),
    ]


def test_the_nth_use_of_an_address_is_found_in_its_own_line() -> None:
    deck, _ = resolved("![](a.png)\n\n![](a.png)\n--\n\n![](a.png)")
    places = [str(deck.slides[1].locate("a.png", nth)) for nth in range(4)]
    assert places == ["decks/talk.md:1:5", "decks/talk.md:3:5", "decks/talk.md:6:5", str(deck.slides[1].span)]


def test_the_skipped_slide_is_kept_aside_with_its_links() -> None:
    deck, said = resolved("# A\n---\nname: skipped\nexclude: true\n\nwatch [it][o]\n\n[o]: https://example.org")
    assert deck.placeholder is not None
    assert deck.placeholder.index == -1
    assert deck.placeholder_links["o"].address == "https://example.org"
    assert len(deck.slides) == 1
    assert said == []


def test_decks_have_marked_it_by_a_heading_too() -> None:
    deck, said = resolved("exclude: true\n# PDF Animation Replacement\nx\n---\n# A")
    assert deck.placeholder is not None
    assert said == []


def test_the_setting_names_another_one() -> None:
    text = "name: skipped\nexclude: true\nA\n---\nname: other\nexclude: true\nB\n---\n# C"
    deck, _ = resolved(text, Settings(pdf=PdfSettings(placeholder="other")))
    assert deck.placeholder is not None
    assert next(runs(deck.placeholder.content)).text.strip() == "B"


def test_two_of_them_are_told_and_the_first_wins() -> None:
    deck, said = resolved("name: skipped\nA\n---\nname: skipped\nB")
    assert deck.placeholder is not None
    assert next(runs(deck.placeholder.content)).text.strip() == "A"
    assert "several-placeholders" in said


def test_two_of_them_are_told_where_the_second_stands() -> None:
    diagnostics = Diagnostics()
    deck = parse(SourceFile("decks/talk.md", "name: skipped\nA\n---\nname: skipped\nB"), diagnostics)
    resolve(deck, lambda _path: None, Settings(), diagnostics)
    (found,) = (item for item in diagnostics if item.code == "several-placeholders")
    assert found.message == "2 slides could replace animated ones in the PDF; the first one does"
    assert (str(found.span), found.hint) == ("decks/talk.md:3:4", "keep one `name: skipped`")


@pytest.mark.parametrize(
    ("text", "place"),
    [("# PDF animation replacement\n---\nname: b\nB", "decks/talk.md:1:1"), ("include: no.md", "None")],
)
def test_a_placeholder_that_the_setting_names_in_vain_is_told_and_none_stands_in(text: str, place: str) -> None:
    diagnostics = Diagnostics()
    settings = Settings(pdf=PdfSettings(placeholder="other"))
    shown = resolve(parse(SourceFile("decks/talk.md", text), diagnostics), lambda _path: None, settings, diagnostics)
    (found,) = (item for item in diagnostics if item.code == "unknown-template")
    assert found.message == "`pdf.placeholder` names no slide: other"
    assert (str(found.span), found.hint) == (place, "name: other")
    assert shown.placeholder is None


def test_a_placeholder_that_the_setting_names_is_told_nothing_about() -> None:
    deck, said = resolved("A\n---\nname: other\nB", Settings(pdf=PdfSettings(placeholder="other")))
    assert deck.placeholder is not None
    assert said == []


@pytest.mark.parametrize("heading", ["pdf animation replacement", "\n\n######\tPDF Animation Replacement ##\nmore"])
def test_a_heading_marks_only_as_a_heading(heading: str) -> None:
    marked = heading if "#" in heading else f"# {heading}"
    assert resolved(marked)[0].placeholder is not None
    assert resolved(f"x\n\n{marked}")[0].placeholder is None
    assert resolved(marked.replace("#", ""))[0].placeholder is None


def test_hundreds_of_steps_take_no_time_to_speak_of() -> None:
    deck, _ = resolved("\n--\n".join(f"step {number}\n" for number in range(300)))
    assert len(deck.slides) == 300


def test_a_slide_knows_what_it_inherits_from_and_where_each_property_was_written() -> None:
    deck, _ = resolved(
        "layout: true\nname: base\nclass: a\nk: v\n---\nclass: b\nbody\n--\n\nmore\n---\ntemplate: base\nx"
    )
    first, step, last = deck.slides
    assert first.ancestor is not None
    assert (first.ancestor.kind, first.ancestor.name, str(first.ancestor.span)) == (
        "layout",
        "base",
        "decks/talk.md:1:1",
    )
    assert step.ancestor is not None
    assert step.ancestor.kind == "step"
    assert step.ancestor.parent is not None
    assert step.ancestor.parent.kind == "layout"
    assert last.ancestor is not None
    assert (last.ancestor.kind, last.ancestor.name) == ("template", "base")
    assert first.class_names == ("a", "b")
    assert [str(span) for span in first.property_spans["class"]] == ["decks/talk.md:3:1", "decks/talk.md:6:1"]
    assert [str(span) for span in first.property_spans["k"]] == ["decks/talk.md:4:1"]
    assert first.properties["k"] == "v"


def test_an_unknown_template_is_told_where_it_is_named_with_the_nearest_name() -> None:
    diagnostics = Diagnostics()
    text = "name: titles\n\n# A\n---\ntemplate: title\n\n# B\n---\ntemplate: later\n\nC\n---\nname: later\n\nD\n---\n"
    text += "template: qq\n\nE"
    deck = parse(SourceFile("decks/talk.md", text), diagnostics)
    resolve(deck, lambda _path: None, Settings(), diagnostics)
    told = [(str(item.span), item.message, item.hint) for item in diagnostics if item.code == "unknown-template"]
    message = "there is no slide called `{}` before this one, so the template is ignored"
    assert told == [
        ("decks/talk.md:5:1", message.format("title"), "did you mean `titles`?"),
        ("decks/talk.md:9:1", message.format("later"), "a template must stand before the slides that use it"),
        ("decks/talk.md:17:1", message.format("qq"), "give the template slide a `name:`"),
    ]


def test_decks_that_multiply_by_including_one_another_are_stopped() -> None:
    files = {f"{n}.md": f"include: {n + 1}.md\n---\ninclude: {n + 1}.md\n" for n in range(40)}
    diagnostics = Diagnostics()

    def parsed(path: str) -> SourceDeck | None:
        return parse(SourceFile(path, files.get(path, "end")), diagnostics)

    deck = parsed("0.md")
    assert deck is not None
    resolve(deck, parsed, Settings(), diagnostics)
    (found,) = diagnostics
    assert (found.code, found.message) == ("include-cycle", "more than 1000 decks are included")
    assert found.hint == "decks that include one another multiply"
    assert found.span is not None
    assert found.span.text.startswith("include: ")


@pytest.mark.parametrize(
    ("address", "asked"), [("no.md", ["decks/no.md"]), ("../../no.md", []), ("https://a/b.md", [])]
)
def test_only_decks_inside_the_project_are_looked_for_and_those_missing_are_told(
    address: str, asked: list[str]
) -> None:
    paths: list[str] = []
    diagnostics = Diagnostics()
    text = f"include: {address}\nA\n---\nB"
    deck = parse(SourceFile("decks/talk.md", text), diagnostics)
    shown = resolve(deck, paths.append, Settings(), diagnostics)
    (found,) = diagnostics
    assert (found.code, found.message) == ("missing-include", f"there is no deck {address} to include")
    assert str(found.span) == "decks/talk.md:1:1"
    assert found.hint == "addresses count from the folder of the file they stand in, and stay inside the project"
    assert paths == asked
    assert len(shown.slides) == 2
    assert shown.includes == {}


@pytest.mark.parametrize(("number", "said"), [(1000, []), (1001, ["include-cycle"])])
def test_a_deck_may_include_a_thousand_others(number: int, said: list[str]) -> None:
    diagnostics = Diagnostics()
    deck = parse(SourceFile("talk.md", "\n---\n".join(f"include: {n}.md" for n in range(number))), diagnostics)
    shown = resolve(deck, lambda path: parse(SourceFile(path, "x"), diagnostics), Settings(), diagnostics)
    assert len(shown.slides) == 1000
    assert [item.code for item in diagnostics] == said


def test_what_a_deck_that_includes_itself_is_told_and_that_the_slides_after_it_are_shown() -> None:
    texts = {"decks/a.md": "include: b.md\n---\nlast", "decks/b.md": "include: a.md\n---\nnext"}
    diagnostics = Diagnostics()

    def parsed(path: str) -> SourceDeck:
        return parse(SourceFile(path, texts[path]), diagnostics)

    deck = resolve(parsed("decks/a.md"), parsed, Settings(), diagnostics)
    (found,) = diagnostics
    assert found.message == "a.md includes itself: decks/a.md → decks/b.md → decks/a.md"
    assert (str(found.span), found.hint) == ("decks/b.md:1:1", "take one of these `include:` out")
    assert ["".join(run.text for run in slide.runs()).strip() for slide in deck.slides] == ["next", "last"]


def test_a_macro_call_in_a_template_stays_where_it_stands() -> None:
    deck, _ = resolved("layout: true\n\nA ![:m] {{content}} ![:n]\n---\nB")
    shown = [node.text if isinstance(node, Text) else "" for node in deck.slides[0].content]
    assert shown == ["\n\nA ", "", " \nB ", ""]


def test_text_that_a_macro_made_keeps_the_place_of_its_call() -> None:
    place = SourceFile("talk.md", "x ![:m]").span(2, 7)
    filled = with_variables(parse_fragment("longer {{k}} text", place, Diagnostics()), {"k": "v"})
    assert [(run.text, run.span) for run in runs(filled)] == [("longer ", place), ("v", place), (" text", place)]


def test_a_first_slide_continues_nothing_whatever_it_says() -> None:
    deck, _ = resolved("continued: true\n\nA", Settings(count_incremental_slides=False))
    assert (deck.slides[0].number, deck.slides[0].ancestor) == (1, None)


def test_a_deck_that_shows_nothing_has_no_slides_to_count() -> None:
    assert resolved("exclude: true\n\nA")[0].total == 0


@pytest.mark.parametrize(("properties", "name"), [("exclude: true\n", "skipped"), ("", None)])
def test_the_skipped_slide_has_its_name_unless_it_is_shown_under_it(properties: str, name: str | None) -> None:
    deck, _ = resolved(f"name: skipped\n{properties}\nA\n---\nB")
    assert deck.placeholder is not None
    assert deck.placeholder.name == name


@pytest.mark.parametrize("notes", ["text", ".red[class]", "text and .red[class]"])
def test_inherited_notes_are_a_paragraph_of_their_own(notes: str) -> None:
    settings = Settings(inherit_presenter_notes=True)
    deck, _ = resolved(f"layout: true\n???\n{notes}\n---\nA\n???\nown\n---\nB", settings)
    both, inherited = ["".join(run.text for run in runs(slide.notes)) for slide in deck.slides]
    assert both.endswith("\n\n\nown")
    assert both == f"{inherited}\n\n\nown"
    spans = [run.span for run in runs(deck.slides[0].notes)]
    assert spans == sorted(spans, key=lambda span: span.start)


def test_the_blank_line_before_own_notes_stands_where_the_inherited_ones_end() -> None:
    settings = Settings(inherit_presenter_notes=True)
    deck, _ = resolved("layout: true\n???\nabove\n---\nA\n???\nown", settings)
    above, blank_line, _ = runs(deck.slides[0].notes)
    assert blank_line.text == "\n\n"
    assert blank_line.span == above.span.source.span(above.span.end)


def test_notes_are_inherited_only_when_settings_say_so() -> None:
    deck, _ = resolved("layout: true\n???\nabove\n---\nA\n???\nown")
    assert "".join(run.text for run in runs(deck.slides[0].notes)) == "\nown"


@pytest.mark.parametrize(("with_notes", "notes"), [(True, "\nsay"), (False, "")])
def test_the_skipped_slide_has_its_notes_unless_notes_are_left_out(with_notes: bool, notes: str) -> None:
    text = "name: skipped\nexclude: true\n\nA\n???\nsay\n---\nB"
    deck, _ = resolved(text, Settings(include_presenter_notes=with_notes))
    assert deck.placeholder is not None
    assert "".join(run.text for run in runs(deck.placeholder.notes)) == notes


def test_a_class_without_a_value_is_inherited() -> None:
    deck, _ = resolved("layout: true\nclass: a\n---\nclass:\n\nB")
    assert deck.slides[0].class_names == ("a",)
    assert [span.text for span in deck.slides[0].property_spans["class"]] == ["class: a"]


def test_slides_say_whether_they_are_counted() -> None:
    deck, _ = resolved("A\n---\ncount: false\n\nB")
    assert [slide.is_counted for slide in deck.slides] == [True, False]


STEPPED = "```text {1|2}\na\nb\n```"


def test_two_slides_of_one_name_are_told_unless_the_first_is_not_shown() -> None:
    diagnostics = Diagnostics()
    deck = parse(SourceFile("decks/talk.md", "name: a\n---\nname: a\n---\nname: a"), diagnostics)
    resolve(deck, lambda _path: None, Settings(), diagnostics)
    first, _ = diagnostics
    assert (first.code, str(first.span)) == ("duplicate-slide-name", "decks/talk.md:3:1")
    assert first.message == "two slides are called `a`; links to `#a` go to the later one"
    assert first.hint == "the other one stands at decks/talk.md:1:1"
    assert resolved("name: a\nexclude: true\n---\nname: a")[1] == []


def test_what_templates_that_inherit_from_each_other_are_told() -> None:
    diagnostics = Diagnostics()
    deck = parse(SourceFile("talk.md", "name: a\ntemplate: b\n---\nname: b\ntemplate: a"), diagnostics)
    resolve(deck, lambda _path: None, Settings(), diagnostics)
    (found,) = (item for item in diagnostics if item.code == "template-cycle")
    assert found.message == "templates inherit from each other: a → b → a"
    assert (str(found.span), found.hint) == ("talk.md:5:1", "take one of these `template:` out")


def test_a_step_with_nothing_before_it_that_is_shown_inherits_nothing() -> None:
    deck, _ = resolved("layout: true\n\nA\n--\n\nB")
    assert [(slide.ancestor, slide.number) for slide in deck.slides] == [(None, 1)]


def test_variables_in_content_classes_are_filled_in_and_macro_calls_are_kept() -> None:
    deck, _ = resolved("k: v\n\n.a[{{k}}] ![:m]")
    _, node, _, call = deck.slides[0].content
    assert isinstance(node, ContentClass)
    assert [run.text for run in runs(node.children)] == ["v"]
    assert isinstance(call, MacroCall)


@pytest.mark.parametrize(("continued", "expected"), [("true", True), ("false", False), ("True", False)])
def test_a_deck_may_say_itself_whether_a_slide_continues(continued: str, expected: bool) -> None:
    deck, _ = resolved(f"A\n---\ncontinued: {continued}\n\nB\n--\ncontinued: {continued}\n\nC")
    assert [slide.continues for slide in deck.slides] == [False, expected, expected]


@pytest.mark.parametrize("properties", ["exclude: true", "layout: true", "class: a,secret"])
def test_slides_that_are_not_shown_make_no_code_steps(properties: str) -> None:
    deck, _ = resolved(f"A\n---\n{properties}\n\n{STEPPED}", Settings(excluded_classes=("secret",)))
    assert len(deck.slides) == 1


@pytest.mark.parametrize("properties", ["", "continued: true\n"])
def test_code_steps_of_every_slide_begin_with_the_first(properties: str) -> None:
    deck, _ = resolved(f"{properties}\n{STEPPED}\n---\n{STEPPED}")
    assert [slide.properties["code-step"] for slide in deck.slides] == ["1", "2", "1", "2"]


def test_code_steps_of_a_later_step_and_of_several_fences_are_counted_on() -> None:
    deck, _ = resolved(f"A\n--\n{STEPPED}")
    assert [slide.properties.get("code-step") for slide in deck.slides] == [None, "1", "2"]
    deck, _ = resolved(f".left[\n{STEPPED}\n]\n.right[\n{STEPPED}\n]\n\n{STEPPED}")
    assert [slide.properties["code-step"] for slide in deck.slides] == ["1", "2", "3", "4"]


def test_the_step_that_code_shows_has_its_place_where_its_slide_begins_or_ends() -> None:
    text = f"A\n---\nB\n\n{STEPPED}"
    deck, _ = resolved(text)
    places = [slide.property_spans["code-step"] for slide in deck.slides[1:]]
    assert [(span.start, span.end) for (span,) in places] == [(5, 5), (len(text), len(text))]
    assert {span.source.path for (span,) in places} == {"decks/talk.md"}


@pytest.mark.parametrize("classes", ["secret", "a, secret", "a secret b"])
def test_slides_of_an_excluded_class_are_not_shown_whatever_else_they_are(classes: str) -> None:
    deck, _ = resolved(f"A\n---\nclass: {classes}\n\nB", Settings(excluded_classes=("secret",)))
    assert len(deck.slides) == 1


def test_included_decks_are_known_by_the_first_place_that_names_them() -> None:
    deck = parse(SourceFile("decks/talk.md", "include: b.md\n---\ninclude: b.md\n"), Diagnostics())
    shown = resolve(deck, lambda path: parse(SourceFile(path, "B"), Diagnostics()), Settings(), Diagnostics())
    assert {path: str(span) for path, span in shown.includes.items()} == {"decks/b.md": "decks/talk.md:1:1"}
