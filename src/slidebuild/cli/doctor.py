"""`slidebuild doctor`."""

from __future__ import annotations

import json
import os
import sys

import click

from slidebuild.cli.options import examples
from slidebuild.cli.run import EXIT_ENVIRONMENT


@click.command(
    epilog=examples("""
slidebuild doctor              versions, browser, sandbox, fonts
slidebuild doctor --install    get a browser and an emoji font where there is none
""")
)
@click.option("--install", "wants_install", is_flag=True, help="Install a browser and an emoji font where missing.")
@click.option("--browser", metavar="FILE", help="Chromium, Chrome or Edge to examine.", envvar="SLIDEBUILD_BROWSER")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def doctor(wants_install: bool, browser: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Tell what slidebuild finds on this machine and what to do about each fault.

    A browser is looked for in this order: --browser or SLIDEBUILD_BROWSER, Playwright's own, a Chromium, Chrome or
    Edge of the system. Only PDFs need one. Exits with 3 when PDFs cannot be made.
    """
    from slidebuild.browser.doctor import draw_report, examine
    from slidebuild.browser.errors import BrowserError
    from slidebuild.browser.install import install

    if wants_install:
        try:
            install(browser, os.environ, lambda line: click.echo(line, err=True))
        except BrowserError as error:
            click.echo(f"error: {error}", err=True)
    report = examine(browser)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(draw_report(report)))
    sys.exit(0 if report.is_fit else EXIT_ENVIRONMENT)
