"""Diagnostics as GitHub workflow commands: they show as annotations on the changed lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from slidebuild.diagnostics import Diagnostic


def workflow_command(diagnostic: Diagnostic, folder: str = "") -> str:
    """`::warning file=…,line=…,col=…,title=…::message`; `folder` is the project's, as seen from the repository."""
    properties: dict[str, str] = {}
    span = diagnostic.span
    path = span.source.path if span is not None else diagnostic.path
    if path and path != "-":
        properties["file"] = f"{folder}/{path}" if folder else path
    if span is not None:
        start, end = span.position, span.source.position(max(span.start, span.end - 1))
        properties |= {"line": str(start.line), "endLine": str(end.line), "col": str(start.column)}
        if start.line == end.line:
            properties["endColumn"] = str(end.column)
    properties["title"] = diagnostic.code
    message = diagnostic.message if diagnostic.hint is None else f"{diagnostic.message}\nhint: {diagnostic.hint}"
    listed = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    return f"::{diagnostic.severity} {listed}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
