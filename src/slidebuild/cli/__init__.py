"""The command line: click commands and exit codes, nothing else. Each command loads what it needs when it runs."""

from __future__ import annotations

import slidebuild.cli.cycles  # noqa: F401  before click is loaded

# isort: split
import click

from slidebuild import __version__
from slidebuild.cli.lazy import LazyGroup

COMMANDS = {
    "html": "slidebuild.cli.html:html",
    "pdf": "slidebuild.cli.pdf:pdf",
    "png": "slidebuild.cli.png:png",
    "build": "slidebuild.cli.build:build",
    "verify": "slidebuild.cli.verify:verify",
    "vendor": "slidebuild.cli.vendor:vendor",
    "notes": "slidebuild.cli.notes:notes",
    "serve": "slidebuild.cli.serve:serve",
    "check": "slidebuild.cli.check:check",
    "explain": "slidebuild.cli.explain:explain",
    "ast": "slidebuild.cli.ast:ast",
    "themes": "slidebuild.cli.themes:themes",
    "new": "slidebuild.cli.new:new",
    "init": "slidebuild.cli.init:init",
    "cache": "slidebuild.cli.cache:cache",
    "import": "slidebuild.cli.import_:import_",
    "doctor": "slidebuild.cli.doctor:doctor",
    "completion": "slidebuild.cli.completion:completion",
}
"""Command -> where it is defined."""

SUMMARIES = {
    "html": "Build decks to static HTML.",
    "pdf": "Print decks to PDF, animated slides replaced.",
    "png": "Draw slides as pictures, thumbnails or a contact sheet.",
    "build": "Build all decks as a site: HTML, PDF, index, search.",
    "vendor": "Store what decks load from the network in the project.",
    "verify": "Build a site again and tell whether, and why, it differs.",
    "notes": "Print titles and notes of a deck as Markdown.",
    "serve": "Preview decks in the browser, rebuilt as you save.",
    "check": "Report what is wrong with decks without building them; --fix repairs.",
    "explain": "Tell where each part of a slide comes from.",
    "ast": "Print the slides of a deck and where everything stands.",
    "themes": "List the themes there are; --html shows them.",
    "new": "Begin a deck or a theme.",
    "init": "Begin a folder of talks.",
    "cache": "Look at what is kept between builds, or throw it away.",
    "import": "Turn old remark.js or xaringan pages into decks.",
    "doctor": "Tell what this machine lacks; --install gets it.",
    "completion": "Print the completion script of a shell.",
}
"""One line for each command in `slidebuild --help`, so that it need not load them."""


@click.group(
    cls=LazyGroup,
    lazy_commands=COMMANDS,
    summaries=SUMMARIES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExamples:\n  slidebuild html decks/talk.md         build dist/talk/index.html\n"
    "  slidebuild pdf                        print every deck of the project\n"
    "  slidebuild serve decks/talk.md        preview it while writing\n\n\b\n"
    "Exit codes: 0 fine, 1 an error (with --strict also a warning), 2 wrong usage,\n"
    "3 something is missing on this machine (a browser), 130 interrupted.",
)
@click.version_option(__version__, prog_name="slidebuild")
def main() -> None:
    """Reproducible slide decks: remark.js Markdown to static HTML, a PDF twin and a live preview."""
