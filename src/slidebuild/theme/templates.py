"""Jinja2 templates of a theme and its ancestors.

Templates are named below `templates/`. One that a theme lacks is its nearest ancestor's; `{% extends
"parent/page.html.j2" %}` is the next one up the chain, so a child can override a single block. The environment is
sandboxed, escapes by itself, and a name that is not defined is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Final, TypeAlias

import jinja2
from jinja2.sandbox import SandboxedEnvironment

Read: TypeAlias = Callable[[str, str], str | None]
"""(theme, path below its folder) -> text of the file."""

PARENT: Final = "parent/"
FAULTS: Final = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a mistake in a template raises."""


class ThemeEnvironment(SandboxedEnvironment):
    """Resolves names along a chain of themes; full names are `theme:path`."""

    chain: tuple[str, ...] = ()
    read: Read

    def owner(self, path: str, after: str | None = None) -> str | None:
        """The full name of the nearest template of that path (beyond the theme `after`)."""
        start = self.chain.index(after) + 1 if after is not None else 0
        for theme in self.chain[start:]:
            if self.read(theme, f"templates/{path}") is not None:
                return f"{theme}:{path}"
        return None

    def fill(self, path: str, context: Mapping[str, Any]) -> str:
        """Fill in a template. Raises one of `FAULTS`."""
        return self.get_template(self.owner(path) or f":{path}").render(context)

    def join_path(self, template: str, parent: str) -> str:
        """The full name of a template that another one names (Jinja's hook for `extends` and `include`)."""
        if template.startswith(PARENT):
            found = self.owner(template.removeprefix(PARENT), parent.partition(":")[0])
        else:
            found = self.owner(template)
        return found or f":{template}"


def environment(chain: tuple[str, ...], read: Read) -> ThemeEnvironment:
    """The environment of a theme: `chain` is its own name, then its ancestors."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        theme, _, path = name.partition(":")
        text = read(theme, f"templates/{path}") if theme else None
        return None if text is None else (text, f"themes/{theme}/templates/{path}", lambda: True)

    made = ThemeEnvironment(
        loader=jinja2.FunctionLoader(load),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.chain = chain
    made.read = read
    return made


def place(error: BaseException) -> tuple[str, int] | None:
    """File and 1-based line of the template in which an error was raised, if it was in one."""
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return error.filename, error.lineno
    found = None
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith("themes/") and file.endswith(".j2"):
            found = file, trace.tb_lineno
        trace = trace.tb_next
    return found
