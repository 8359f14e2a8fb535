from __future__ import annotations

import gzip
from collections.abc import Callable
from importlib.resources import files
from unittest.mock import patch

import pytest

from slidebuild import player
from slidebuild.player.join import JoinError, join_modules
from slidebuild.player.shorten import shorten

LANGUAGES = sorted(path.name.removesuffix(".json") for path in (files("slidebuild.player") / "languages").iterdir())


class Kept(dict[str, bytes]):
    """A cache in memory."""

    def put(self, key: str, data: bytes) -> None:
        self[key] = data


def _reader(**modules: str) -> Callable[[str], str]:
    return lambda name: modules[name.removesuffix(".js")]


MAIN = """
import { a } from './a.js';
import { b, c } from './b.js';

export function main() {
  return a + b + c;
}
"""
A = """
import { c } from './b.js';
// One.
export const a = c;
"""
B = """
/**
 * Two.
 */
export const b = 1;
export const c = 2;
"""


def test_modules_stand_once_and_after_what_they_import() -> None:
    joined = join_modules("main.js", _reader(main=MAIN, a=A, b=B))
    assert joined == "const b=1;const c=2;const a=c;function main(){return a + b + c;}\n"


def test_blanks_and_line_ends_go_where_they_mean_nothing() -> None:
    main = """
export function main(a) {
  const text = 'a = b, { c }' || `x = ${a} ;`;
  const found = /a = b ;/.test(text) ? [a, - -a] : null; // not ; this
  const other = 'it\\'s = so';
  return { text, found,
    other };
}
"""
    assert join_modules("main.js", _reader(main=main)) == (
        "function main(a){const text = 'a = b, { c }' || `x = ${a} ;`;"
        "const found = /a = b ;/.test(text) ? [a, - -a] : null; // not ; this\n"
        "const other = 'it\\'s = so';return{text,found,other};}\n"
    )


IMPORT = "import { a } from './a.js';\n"
REFUSED = {
    "a.js does not export a": {"main": IMPORT, "a": "const a = 1;\n"},
    "b is already declared in a.js": {"main": IMPORT + "const b = 1;\n", "a": "export const a = 1;\nconst b = 2;\n"},
    "in a circle": {"main": IMPORT, "a": "import { b } from './main.js';\nexport const a = 1;\n"},
    "main.js:1: not understood: import a": {"main": "import a from './a.js';\n"},
    "main.js:1: not understood: import { a as b }": {"main": "import { a as b } from './a.js';\n"},
    "main.js:1: not understood: export default": {"main": "export default function () {\n}\n"},
    "main.js:2: not understood: start": {"main": "\nstart();\n"},
    "main.js:1: not understood: const": {"main": "const { a, b } = c;\n"},
    "template text over several lines": {"main": "const a = `x\n  y`;\n"},
    "a comment that goes on": {"main": "const a = 1; /* and\n  so on */\n"},
    "code after a comment": {"main": "/* one\n*/ const a = 1;\n"},
    "a comment does not end": {"main": "/* one\n"},
}


@pytest.mark.parametrize("complaint", REFUSED)
def test_the_joiner_refuses_what_it_does_not_understand(complaint: str) -> None:
    with pytest.raises(JoinError) as caught:
        join_modules("main.js", _reader(**REFUSED[complaint]))
    assert complaint in str(caught.value)


def test_names_of_modules_become_short() -> None:
    code = "const limit=3;function count(list){return limit<list.length?[limit]:count(list);}"
    assert shorten(code, ["count", "limit"]) == "const a=3;function b(list){return a<list.length?[a]:b(list);}"


@pytest.mark.parametrize(
    "use",
    ["thing.name()", "f({name})", "f({a,name})", "f({name:1})", "const{name}=f()", "`${name}`", "f({name(){}})"],
)
def test_a_name_that_may_mean_something_else_stays(use: str) -> None:
    code = f"const name=1;{use};"
    assert shorten(code, ["name"]) == code


@pytest.mark.parametrize("use", ["'name'", '"name"', "/name/", "f(x,/[/]name/)", "1 // name", "named", "$name"])
def test_text_and_other_names_are_left_alone_and_the_name_is_shortened(use: str) -> None:
    assert shorten(f"const name={use};", ["name"]) == f"const a={use};"


def test_short_names_are_none_that_the_code_uses() -> None:
    assert shorten("const name=a;", ["name"]) == "const b=a;"
    names = [f"name{number}" for number in range(60)]
    short = shorten(",".join(names), names).split(",")
    assert len({*short}) == 60
    assert not {*short} & {"as", "do", "if", "in", "is", "of"}


def test_the_joined_code_comes_from_the_cache() -> None:
    cache = Kept()
    with patch.dict(player._joined, clear=True):
        made = player.script({}, "fr", cache)
    with patch.dict(player._joined, clear=True), patch("slidebuild.player.join.join_modules") as join:
        assert player.script({}, "fr", cache) == made == player.script({}, "fr")
    assert join.call_count == 0


def test_the_script_is_safe_inside_a_page() -> None:
    code = player.script({"slideNumberFormat": "</script><!-- \u2028"})
    assert "</script" not in code.lower()
    assert "<!--" not in code
    assert "\u2028" not in code
    assert code.isascii() or "\u2028" not in code


def test_the_same_options_give_the_same_script() -> None:
    assert player.script({"a": 1, "b": 2}) == player.script({"b": 2, "a": 1})
    assert player.stylesheet() == player.stylesheet()


def test_options_that_are_not_json_are_refused() -> None:
    with pytest.raises(TypeError):
        player.script({"a": object()})


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_player_is_small_in_every_language(language: str) -> None:
    assert len(gzip.compress(player.script({}, language).encode())) <= 15_000


def test_the_players_stylesheet_is_small() -> None:
    assert len(gzip.compress(player.stylesheet().encode())) <= 6_000


def test_nothing_is_fetched_and_no_module_syntax_is_left() -> None:
    text = player.script({}) + player.stylesheet()
    for word in ("http:", "https:", "import ", "export ", "@import"):
        assert word not in text
