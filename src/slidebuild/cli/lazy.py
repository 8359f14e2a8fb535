"""A click group whose commands are imported only when they run: `slidebuild --version` stays quick."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from slidebuild.cli.interruption import patient
from slidebuild.cli.run import EXIT_INTERRUPTED


class LazyGroup(click.Group):
    """Commands are named by `module:function`."""

    def __init__(
        self, *args: Any, lazy_commands: Mapping[str, str], summaries: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy_commands
        self._summaries = summaries

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; Ctrl-C leaves with 130, as shells count a process ended by SIGINT."""
        atexit.register(gc.freeze)  # and as the process ends, all that it still holds need not be looked through
        try:
            with patient():
                return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            _forget_interruption()
            ctx.exit(EXIT_INTERRUPTED)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """All commands, in the order of the table."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None if there is none of that name."""
        place = self._lazy.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        module, _, name = place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest command as a hint for a mistyped one."""
        if args and args[0] not in self._lazy and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], self._lazy, 1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"No such command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands from the summaries."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._summaries[name]) for name in self._lazy])


def _forget_interruption() -> None:
    """Let Python leave with the exit code it is given.

    One that was interrupted while it ran a text, as `dataclasses` and `namedtuple` do when a module is loaded, keeps
    that in mind until it runs the next, and under `-m` ends itself by SIGINT whatever it is told to leave with
    (`_Py_UnhandledKeyboardInterrupt` in CPython's pythonrun.c and main.c).
    """
    exec("")  # noqa: S102
