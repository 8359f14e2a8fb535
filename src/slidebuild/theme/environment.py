"""Jinja2 over the templates of a theme: sandboxed, escapes by itself, and a name that is not defined is an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Final

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from slidebuild.theme.templates import TemplateFaultError, Templates

PARENT: Final = "parent/"
FAULTS: Final = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a mistake in a template raises."""


class ThemeEnvironment(SandboxedEnvironment):
    """Resolves names along a chain of themes."""

    templates: Templates

    def fill(self, path: str, context: Mapping[str, Any]) -> str:
        """Fill in a template. Raises TemplateFaultError."""
        try:
            return self.get_template(self.templates.owner(path) or f":{path}").render(context)
        except FAULTS as error:
            raise TemplateFaultError(str(error), *(place(error) or (None, 0))) from error

    def join_path(self, template: str, parent: str) -> str:
        """The full name of a template that another one names (Jinja's hook for `extends` and `include`)."""
        if template.startswith(PARENT):
            found = self.templates.owner(template.removeprefix(PARENT), parent.partition(":")[0])
        else:
            found = self.templates.owner(template)
        return found or f":{template}"


def environment(templates: Templates) -> ThemeEnvironment:
    """The environment of a theme."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        theme, _, path = name.partition(":")
        text = templates.read(theme, path) if theme else None
        return None if text is None else (text, f"themes/{theme}/templates/{path}", lambda: True)

    made = ThemeEnvironment(
        loader=jinja2.FunctionLoader(load),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.templates = templates
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
