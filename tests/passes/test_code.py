"""Code blocks and inline code, as remark.js 0.15 leaves them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidebuild import dom
from slidebuild.deck import ResolvedSlide, Run, Text
from slidebuild.diagnostics import Diagnostics
from slidebuild.passes.code import highlight_code
from slidebuild.settings import Settings
from slidebuild.slides import Slide
from slidebuild.source import SourceFile


def slide_of(html: str, source: str = "", notes: str = "") -> Slide:
    span = SourceFile("decks/talk.md", source).span(0, len(source))
    content = (Text((Run(source, span),)),)
    resolved = ResolvedSlide(0, 1, None, content, (), {}, continues=False, is_counted=True, span=span)
    return Slide(resolved, dom.parse(html), dom.parse(notes))


def highlighted(html: str, **settings: object) -> str:
    """The tree after the pass; it must not have anything to say but that a star marks a line (`star-line-marker`)."""
    slide, diagnostics = slide_of(html), Diagnostics()
    highlight_code(slide, Settings(**settings), diagnostics)  # type: ignore[arg-type]
    assert {item.code for item in diagnostics} <= {"star-line-marker"}
    return dom.inner_html(slide.content)


def without_tokens(html: str) -> str:
    return re.sub(r'<span class="hljs-[^"]*">([^<]*)</span>', r"\1", html)


def lines_of(html: str, **settings: object) -> list[str]:
    """HTML of each line of a block, without tokens."""
    found = without_tokens(highlighted(html, **settings))
    return re.findall(r'<div class="remark-code-line[^"]*">(.*?)</div>', found)


def block(code: str, language: str = "") -> str:
    return (
        f'<pre><code class="{language}">{dom.escape(code)}</code></pre>'
        if language
        else f"<pre><code>{code}</code></pre>"
    )


def test_each_line_becomes_a_div_and_the_empty_last_one_goes() -> None:
    assert highlighted("<pre><code>a\n\nb\n</code></pre>") == (
        '<pre><code class="remark-code"><div class="remark-code-line">a</div>'
        '<div class="remark-code-line"></div><div class="remark-code-line">b</div></code></pre>'
    )


def test_empty_block_has_no_lines() -> None:
    assert highlighted(block("", "python")) == '<pre><code class="python hljs remark-code"></code></pre>'


def test_only_one_empty_line_goes() -> None:
    assert lines_of("<pre><code>a\n\n</code></pre>") == ["a", ""]


def test_last_line_without_line_end_stays() -> None:
    assert lines_of("<pre><code>a\nb</code></pre>") == ["a", "b"]


def test_tokens_have_the_class_names_of_highlight_js() -> None:
    assert highlighted(block("def f():\n    return 'x'  # y\n", "python")) == (
        '<pre><code class="python hljs remark-code">'
        '<div class="remark-code-line"><span class="hljs-keyword">def</span> <span class="hljs-title">f</span>():</div>'
        '<div class="remark-code-line">    <span class="hljs-keyword">return</span> '
        '<span class="hljs-string">\'x\'</span>  <span class="hljs-comment"># y</span></div></code></pre>'
    )


@pytest.mark.parametrize(
    ("language", "code", "name", "text"),
    [
        ("js", "class A extends B {}", "title", "A"),
        ("html", '<p class="a">', "name", "p"),
        ("html", '<p class="a">', "attr", "class"),
        ("css", "a { color: red }", "attribute", "color"),
        ("css", "a { color: red }", "selector-tag", "a"),
        ("json", '{"a": 1}', "attr", '"a"'),
        ("diff", "+ new", "addition", "+ new"),
        ("diff", "- old", "deletion", "- old"),
        ("c", "#include <x.h>", "meta", "#include"),
        ("rust", "/// doc", "comment", "/// doc"),
        ("markdown", "# Title", "section", "# Title"),
        ("php", "function f() {}", "keyword", "function"),
        ("shell", "$ ls", "meta", "$ "),
        ("shell", "if true; then", "keyword", "if"),
        ("bash", "$ ls", "meta", "$ "),
        ("bash", "# a $ b", "comment", "# a $ b"),
        ("python", ">>> 1", "meta", ">>> "),
    ],
)
def test_token_class(language: str, code: str, name: str, text: str) -> None:
    assert f'<span class="hljs-{name}">{dom.escape(text)}</span>' in highlighted(block(code + "\n", language))


def test_token_over_several_lines_is_one_span_a_line() -> None:
    assert highlighted(block("/* a\nb */\n", "c")) == (
        '<pre><code class="c hljs remark-code">'
        '<div class="remark-code-line"><span class="hljs-comment">/* a</span></div>'
        '<div class="remark-code-line"><span class="hljs-comment">b */</span></div></code></pre>'
    )


def test_language_of_the_settings_counts_where_there_is_none() -> None:
    found = highlighted("<pre><code>if\n</code></pre><p><code>x</code></p>", highlight_language="python")
    assert '<code class="python hljs remark-code">' in found
    assert '<code class="python remark-inline-code">x</code>' in found


@pytest.mark.parametrize("language", ["nohighlight", "no-highlight", "plain", "text"])
def test_code_can_be_left_as_it_is(language: str) -> None:
    found = highlighted(block("if 1:\n", language), highlight_language="python")
    assert found == f'<pre><code class="{language} remark-code"><div class="remark-code-line">if 1:</div></code></pre>'


def test_language_may_have_a_prefix_or_stand_at_the_pre() -> None:
    assert "hljs-keyword" in highlighted(block("if 1: 2", "language-python"))
    assert "hljs-keyword" in highlighted('<pre class="python"><code class="big">if 1: 2</code></pre>')


def test_name_of_a_language_in_any_case() -> None:
    assert "hljs-keyword" in highlighted(block("FROM debian", "Dockerfile"))


def test_unknown_language_is_a_notice_at_its_place() -> None:
    slide, diagnostics = slide_of(block("x < y\n", "pyhton"), "# T\n\n```pyhton\nx < y\n```\n"), Diagnostics()
    highlight_code(slide, Settings(), diagnostics)
    [notice] = diagnostics
    assert (notice.code, str(notice.span), notice.hint) == (
        "unknown-language",
        "decks/talk.md:3:1",
        "did you mean `python`?",
    )
    assert '<div class="remark-code-line">x &lt; y</div>' in dom.inner_html(slide.content)


def test_unknown_language_of_the_settings_is_said_once_for_all_slides() -> None:
    diagnostics = Diagnostics()
    for source in ("one", "two"):
        highlight_code(slide_of(block("x"), source), Settings(highlight_language="zzz"), diagnostics)
    assert [(notice.code, notice.span) for notice in diagnostics] == [("unknown-language", None)]


def test_star_at_the_start_marks_a_line() -> None:
    code = "<pre><code>a = 1\n* b = 2\n*c = 3\n** d\n *e\n</code></pre>"
    assert lines_of(code, highlight_lines=True) == ["a = 1", "  b = 2", "c = 3", "* d", " *e"]
    found = highlighted(code, highlight_lines=True)
    marked = re.findall(r'<div class="remark-code-line remark-code-line-highlighted">(.*?)</div>', found)
    assert marked == ["  b = 2", "c = 3", "* d"]


def test_star_is_text_unless_lines_are_highlighted() -> None:
    assert lines_of("<pre><code>* a\n</code></pre>") == ["* a"]


def test_back_ticks_mark_a_span() -> None:
    code = block("x = `marked` + `two`\n`no` y\n", "python")
    mark = '<span class="remark-code-span-highlighted">{}</span>'.format
    assert lines_of(code, highlight_spans=True) == [f"x = {mark('marked')} + {mark('two')}", "`no` y"]


def test_backslash_keeps_back_ticks() -> None:
    assert lines_of("<pre><code>y = \\`kept\\`\n</code></pre>", highlight_spans=True) == ["y = `kept\\`"]


def test_lexer_sees_the_code_without_markers() -> None:
    found = highlighted(block("print(`'a'`)\n*return 1\n", "python"), highlight_spans=True, highlight_lines=True)
    assert '<span class="remark-code-span-highlighted"><span class="hljs-string">\'a\'</span></span>' in found
    assert '<span class="hljs-keyword">return</span>' in found


def test_span_cuts_a_token_in_pieces() -> None:
    assert highlighted(block('"a `b` c"', "python"), highlight_spans=True) == (
        '<pre><code class="python hljs remark-code"><div class="remark-code-line"><span class="hljs-string">"a </span>'
        '<span class="remark-code-span-highlighted"><span class="hljs-string">b</span></span>'
        '<span class="hljs-string"> c"</span></div></code></pre>'
    )


@pytest.mark.parametrize(
    ("pattern", "code", "expected"),
    [
        ("«([^»]+?)»", "a «b» \\«c»", "a [b] «c»"),
        ("&lt;&lt;(.+?)&gt;&gt;", "a <<b & c>> d", "a [b &amp; c] d"),
        ("(?<word>b+)", "abbc", "a[bb]c"),
        ("@@[^]", "a @@b", "a [@@b]"),
        ("(c)$", "cc", "c[c]"),
        ("([[c])", "a[c", "a[[]c"),
    ],
)
def test_spans_by_a_pattern_of_the_deck(pattern: str, code: str, expected: str) -> None:
    [line] = lines_of(block(code, "text"), highlight_spans=pattern)
    assert re.sub(r'<span class="remark-code-span-highlighted">(.*?)</span>', r"[\1]", line) == expected


def test_bad_pattern_is_a_diagnostic_and_marks_nothing() -> None:
    slide, diagnostics = slide_of("<pre><code>a `b`\n</code></pre>"), Diagnostics()
    highlight_code(slide, Settings(highlight_spans="(a"), diagnostics)
    assert [found.code for found in diagnostics] == ["bad-setting-value"]
    assert "a `b`" in dom.inner_html(slide.content)


def test_inline_code_is_named_so_and_coloured_on_request() -> None:
    inline = '<p><code class="js">var x = 1</code></p>'
    assert highlighted(inline) == '<p><code class="js remark-inline-code">var x = 1</code></p>'
    assert highlighted(inline, highlight_inline_code=True) == (
        '<p><code class="js remark-inline-code hljs"><span class="hljs-keyword">var</span> x = '
        '<span class="hljs-number">1</span></code></p>'
    )
    assert highlighted("<code>x</code>", highlight_inline_code=True) == '<code class="remark-inline-code">x</code>'


def test_markup_inside_a_block_is_kept_and_cut_at_lines_by_the_parser() -> None:
    assert highlighted('<pre><code class="c">a <b>x\ny</b> z\nq</code></pre>') == (
        '<pre><code class="c hljs remark-code"><div class="remark-code-line">a <b>x</b></div>'
        '<div class="remark-code-line"><b>y</b> z</div><div class="remark-code-line">q</div></code></pre>'
    )


def test_last_line_that_ends_in_markup_is_lost_as_in_remark() -> None:
    assert lines_of("<pre><code>a\nb <b>c</b></code></pre>") == ["a"]


def test_lines_and_spans_are_marked_in_markup_too() -> None:
    found = highlighted(
        "<pre><code>*a <i>b</i>\nc `<b>d</b>`\n</code></pre>", highlight_lines=True, highlight_spans=True
    )
    assert found == (
        '<pre><code class="remark-code"><div class="remark-code-line remark-code-line-highlighted">a <i>b</i></div>'
        '<div class="remark-code-line">c <span class="remark-code-span-highlighted"><b>d</b></span></div></code></pre>'
    )


def test_code_inside_code_is_inline_code() -> None:
    found = highlighted("<pre><code>a <code>b</code> c\n</code></pre>")
    assert '<div class="remark-code-line">a <code class="remark-inline-code">b</code> c</div>' in found


def test_notes_are_highlighted_as_well() -> None:
    slide = slide_of("", notes="<pre><code>a\n</code></pre>")
    highlight_code(slide, Settings(), Diagnostics())
    assert 'class="remark-code-line"' in dom.inner_html(slide.notes)


@given(
    code=st.text(st.sampled_from("ab 1'\"`*/#\n\\<>&{}\t\u00a0é🙂")),
    language=st.sampled_from(["python", "js", "html", "bash", "c", "diff", "shell", "markdown", "php", "yaml"]),
)
def test_text_stays_the_same_whatever_the_tokens(code: str, language: str) -> None:
    html = highlighted(block(code + "\n", language))
    lines = re.findall(r'<div class="remark-code-line">(.*?)</div>', html, re.DOTALL)
    assert [dom.text(dom.parse(line)) for line in lines] == code.split("\n")


@given(code=st.text(st.sampled_from("ab `\\<&;mp*\n")), pattern=st.sampled_from([True, "(p)", "`(.*?)`", "b"]))
def test_spans_keep_tokens_and_lines_apart(code: str, pattern: bool | str) -> None:
    options = {"highlight_lines": True, "highlight_spans": pattern}
    coloured = highlighted(block(code, "python"), **options)
    plain = highlighted(block(code, "text"), **options)
    assert without_tokens(coloured).replace("python hljs ", "text ") == plain
