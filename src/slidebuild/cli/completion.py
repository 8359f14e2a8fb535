"""`slidebuild completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from slidebuild.cli.options import examples


@click.command(
    epilog=examples("""
slidebuild completion bash >> ~/.bashrc
slidebuild completion zsh >> ~/.zshrc
slidebuild completion fish > ~/.config/fish/completions/slidebuild.fish
""")
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that completes slidebuild's commands and options in a shell."""
    root = context.find_root().command
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"click does not know the shell {shell}")
    click.echo(found(root, {}, "slidebuild", "_SLIDEBUILD_COMPLETE").source())
