"""From the name of a language, as highlight.js 9 knows it, to the Pygments lexer that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from slidebuild.patterns import regex

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_NOT_HIGHLIGHTED: Final = frozenset(("nohighlight", "no-highlight", "plain", "plaintext", "text", "txt"))

_PYGMENTS_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        other: name
        for name, others in {
            "ada": "adb ads",
            "applescript": "osascript",
            "bat": "dos cmd",
            "c": "h",
            "capnp": "capnproto",
            "cfc": "coldfusion",
            "clean": "dcl icl",
            "clojure": "clojure-repl",
            "cmake": "cmake.in",
            "coffeescript": "cson iced",
            "cpp": "cc cxx h++ hh hpp hxx",
            "console": "terminal",
            "crmsh": "crm",
            "delphi": "dfm dpr freepascal lazarus lfm lpr oxygene",
            "diff": "patch",
            "docker": "containerfile",
            "erlang": "erlang-repl",
            "fortran": "f95 irpf90",
            "fsharp": "fs",
            "gas": "armasm arm avrasm",
            "gcode": "nc",
            "gherkin": "feature",
            "go": "gomod",
            "groovy": "gradle",
            "handlebars": "hbs html.handlebars html.hbs htmlbars",
            "html": "xhtml",
            "http": "https",
            "java": "processing",
            "javascript": "cjs es6 mjs node",
            "json": "geojson jsonc",
            "kotlin": "kt kts",
            "livescript": "ls",
            "make": "mak mk",
            "markdown": "mkd mkdown remark rmarkdown rmd",
            "mips": "mipsasm",
            "nasm": "x86asm",
            "nginx": "nginxconf",
            "objective-c": "mm",
            "ocaml": "ml",
            "openscad": "scad",
            "perl": "pm",
            "php": "php6 php7",
            "pkgconfig": "pc",
            "postgresql": "pgsql",
            "powershell": "ps",
            "puppet": "pp",
            "python": "gyp ipython",
            "q": "kdb",
            "qml": "qt",
            "reasonml": "re",
            "ruby": "gemspec podspec thor",
            "scilab": "sci",
            "scss": "stylus styl",
            "sql": "n1ql",
            "stan": "stanfuncs",
            "stata": "ado",
            "systemverilog": "svh",
            "tcl": "tk",
            "twig": "craftcms",
            "vb.net": "vb",
            "vbscript": "vbs vbscript-html",
            "xml": "atom plist rss svg wsf xjb xsd xsl",
            "xquery": "xpath",
            "zephir": "zep",
            "zone": "bind dns",
        }.items()
        for other in others.split()
    }
)
"""Names that highlight.js 9 (or habit) knows and Pygments does not -> a name of the Pygments lexer for it."""

_SHELL_PROMPT: Final = regex(r"^\s{0,3}(?:[\w.@:~/\\()\[\]-]*[$#%>] )", re.MULTILINE)
_DOLLAR_PROMPT: Final = regex(r"^\$ ", re.MULTILINE)
_PYTHON_PROMPT: Final = regex(r"^(?:>>> |In \[\d+\]: )", re.MULTILINE)
_SHELL_SCRIPTS: Final = frozenset(("bash", "sh", "zsh"))
_SHELL_SESSIONS: Final = frozenset(("console", "shell", "shellsession", "terminal"))


def is_not_highlighted(name: str) -> bool:
    """Whether a class says that the code shall stay as it is (highlight.js: `nohighlight`, `text`, …)."""
    return name.lower() in _NOT_HIGHLIGHTED


def is_known(name: str) -> bool:
    """Whether there is a lexer for a language."""
    return _pygments_name(name) is not None


def close_names(name: str) -> list[str]:
    """Names of languages that look alike, the closest first."""
    import difflib

    return difflib.get_close_matches(name.lower(), [*_lexer_names(), *_PYGMENTS_NAMES], n=1, cutoff=0.75)


def make_lexer(name: str, text: str) -> Lexer | None:
    """A lexer for a text in a language; None when there is no such language.

    As in highlight.js, one name stands for a script and for a session with prompts, which Pygments reads with two
    lexers, so the text has a say. Lexers that others installed as plug-ins are left out: the same deck has to give
    the same bytes on any machine.
    """
    from pygments.lexers import find_lexer_class

    lexer_name = _pygments_name(_dialect(name.lower(), text))
    lexer_class: Callable[..., Lexer] | None = find_lexer_class(lexer_name) if lexer_name else None
    options: dict[str, Any] = {"startinline": True} if lexer_name == "PHP" and "<?" not in text else {}
    return lexer_class(**options) if lexer_class else None


def _dialect(name: str, text: str) -> str:
    if name in _SHELL_SESSIONS | _SHELL_SCRIPTS:
        prompt = _SHELL_PROMPT if name in _SHELL_SESSIONS else _DOLLAR_PROMPT
        return "console" if prompt.search(text) else "bash"
    if name in {"python", "py", "ipython"} and _PYTHON_PROMPT.search(text):
        return "pycon"
    return name


def _pygments_name(name: str) -> str | None:
    lower = name.lower()
    names = _lexer_names()
    return names.get(lower) or names.get(_PYGMENTS_NAMES.get(lower, ""))


@cache
def _lexer_names() -> Mapping[str, str]:
    """Alias -> full name of each lexer that comes with Pygments; no lexer is imported for it."""
    from pygments.lexers import get_all_lexers

    return {alias.lower(): name for name, aliases, *_ in get_all_lexers(plugins=False) for alias in aliases}
