"""What can be wrong with a deck: diagnostics are values, collected and shown; bugs are exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from slidebuild.records import dataclass
from slidebuild.source import Span


class Severity(IntEnum):
    """How bad it is: an error stops the output, a warning does not (unless `--strict`), a notice never does."""

    NOTICE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


_N, _W, _E = Severity.NOTICE, Severity.WARNING, Severity.ERROR

CODES: Final[Mapping[str, tuple[Severity, str]]] = MappingProxyType(
    {
        # reading files
        "unreadable-file": (_E, "a file cannot be opened"),
        "binary-file": (_E, "a deck holds bytes that are no text"),
        "not-utf-8": (_W, "a text is not UTF-8 and was read as Windows-1252"),
        "mojibake": (_W, "text was once decoded with the wrong character set"),
        "no-slides": (_W, "a deck shows no slide"),
        "empty-deck": (_W, "a deck has no text"),
        "unwritable-output": (_E, "an output cannot be written"),
        "output-clash": (_E, "two decks would write the same output"),
        # importing old pages
        "no-deck-found": (_E, "a page or folder holds no remark.js slides"),
        "not-imported": (_W, "a part of an old page that a deck has no place for"),
        "would-overwrite": (_E, "a file that is there would be overwritten"),
        # settings
        "bad-settings": (_E, "a settings file or front matter is no YAML mapping"),
        "unknown-setting": (_W, "a setting that does not exist"),
        "bad-setting-value": (_E, "a setting with a value of the wrong kind"),
        "forbidden-setting": (_E, "a setting that only slidebuild.yml may hold"),
        # deck syntax
        "unclosed-content-class": (_W, "`.class[` without its `]`"),
        "nesting-too-deep": (_W, "content classes or elements nested beyond the limit"),
        "unknown-template": (_W, "`template:` names no slide"),
        "template-cycle": (_E, "templates that inherit from each other"),
        "duplicate-slide-name": (_W, "two slides of one name"),
        "unknown-macro": (_W, "a macro that is not defined"),
        "macro-failed": (_W, "a macro raised an error"),
        "include-cycle": (_E, "a deck that includes itself"),
        "missing-include": (_E, "an included file does not exist"),
        "undefined-link-reference": (_W, "`[text][id]` without a definition of the id"),
        "stray-bracket": (_W, "a `]` that closes nothing, or that closes a content class from within code"),
        "suspicious-class-dots": (_W, "two dots before a content class: `..center[`"),
        "separator-with-trailing-space": (_W, "a separator with blanks after it, which separates nothing"),
        "unknown-property": (_W, "a slide property that is nearly one of those that mean something"),
        "property-after-text": (_W, "a slide property below the slide's text, where it is text itself"),
        "unused-link-definition": (_N, "a link definition that no slide uses"),
        "malformed-attribute": (_W, "an attribute of an HTML tag that a browser reads otherwise than meant"),
        "unclosed-html-element": (_W, "an HTML element that is never closed, so that it holds what follows"),
        "unclosed-fence": (_W, "a code fence without its end, or one that remark.js does not take for code"),
        "unclosed-math": (_W, "`$$` without its partner"),
        "bad-fence-attribute": (_W, "words in the braces of a code fence that mean nothing there"),
        "star-line-marker": (_N, "a `*` that marks a line of code, but may be code itself"),
        "inert-script": (_W, "a `<script>` inside a slide, which does not run"),
        "written-for-old-remark": (_N, "the deck shows signs of being written for remark.js before 0.11"),
        "several-placeholders": (_W, "more than one slide could stand in for animated slides"),
        # slides
        "missing-image": (_W, "a picture does not exist"),
        "image-case-mismatch": (_W, "a picture whose name is written with other capitals than the file's"),
        "missing-media": (_W, "a video, audio or other file does not exist"),
        "missing-stylesheet": (_W, "a stylesheet of the deck does not exist"),
        "outside-root": (_W, "an address leaves the project"),
        "remote-asset": (_W, "the deck loads something from the network"),
        "bad-lock": (_E, "`slidebuild.lock` is damaged"),
        "not-vendored": (_E, "a remote file that `slidebuild vendor` could not load"),
        "other-package": (_W, "an installed package is another than `slidebuild.lock` says"),
        "stale-copy": (_E, "a stored copy of a remote file is gone, or is not the one that was stored"),
        "bad-formula": (_W, "TeX that cannot be typeset"),
        "duplicate-label": (_W, "two equations with one `\\label`"),
        "unknown-language": (_N, "a code language without a highlighter"),
        "dead-deck-link": (_W, "a link to another deck, or a slide of it, that the site does not have"),
        "build-crashed": (_E, "a process that built a deck ended by itself"),
        "long-code-line": (_N, "a line of code with more columns than a slide shows"),
        "tall-code": (_N, "code with more lines than a slide shows"),
        "dead-link": (_W, "a link to a slide or file that does not exist"),
        # rules of `slidebuild check` (see check/rules.py)
        "missing-alt": (_N, "a picture without a text for those who do not see it"),
        "heading-order": (_N, "a heading that skips a level"),
        "duplicate-title": (_N, "two slides, not beside each other, with one title"),
        "missing-notes": (_N, "a slide without speaker notes"),
        "too-much-text": (_N, "a slide with more words than an audience reads"),
        "oversized-picture": (_N, "a picture that is far larger than it is shown, or than a deck should carry"),
        "unused-picture": (_N, "a picture that nothing in the project uses"),
        "slide-overflow": (_W, "text or a picture that ends beyond the slide"),
        "clipped-content": (_W, "text that is cut off by the box it stands in"),
        "low-contrast": (_W, "text that hardly stands out from what is behind it"),
        "small-text": (_N, "text too small to be read from a seat"),
        "unshipped-font": (_N, "a font that neither theme nor deck brings along"),
        "unreachable-link": (_W, "a link to a page of the web that is not there"),
        "misspelt-word": (_N, "a word that is in no dictionary, while one that is a slip away is"),
        "unknown-word": (_N, "a word that is in no dictionary"),
        "waiver-without-reason": (_W, "a finding is waived without saying why"),
        "unknown-rule": (_W, "a waiver names a rule that does not exist"),
        "unused-waiver": (_N, "a waiver of something that was not found"),
        # themes
        "unknown-theme": (_E, "a theme that is not installed"),
        "bad-theme": (_E, "a theme that cannot be used"),
        # PDF
        "page-count": (_E, "the PDF does not hold a page for each slide"),
        "broken-pdf": (_E, "the PDF fails its own checks"),
        "not-pdf-ua": (_E, "a PDF breaks a rule of PDF/UA-1"),
        "verapdf-failed": (_W, "veraPDF is there, but gave no verdict"),
        "request-refused": (_W, "a page asked for something outside the deck while it was printed"),
        "no-online-address": (_W, "an animated slide is replaced, but the deck does not say where it is online"),
        "placeholder-address": (_W, "the slide that replaces animated ones links to another deck than `url:`"),
        "unknown-slide": (_E, "a slide was asked for that the deck does not have"),
        "unknown-tag": (_W, "an audience was asked for that no slide is tagged with"),
        "picture-too-large": (_W, "a picture of so many pixels that it is not opened"),
        "pdf-too-large": (_W, "the PDF is larger than `pdf.max_mb` allows"),
        "blank-slide": (_W, "a slide that has content prints as an empty page"),
        "missing-glyph": (_W, "a character that no font has, which prints as a box"),
        "asset-not-loaded": (_W, "a picture or font did not load before printing"),
    }
)
"""Every diagnostic: code -> (usual severity, what it means). Codes are stable; messages are not."""


@dataclass(frozen=True, slots=True)
class Fix:
    """The one safe repair of a mistake."""

    span: Span
    """What to replace."""
    replacement: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to tell the author."""

    code: str
    """Kebab-case key of `CODES`."""
    severity: Severity
    message: str
    """One sentence, no full stop, naming the thing."""
    span: Span | None = None
    """Where it was written; None when the file could not even be read."""
    hint: str | None = None
    """What to do about it, in one line."""
    path: str | None = None
    """The file, where there is no span."""
    fix: Fix | None = None
    """What `slidebuild check --fix` does about it, where that is safe."""


class Diagnostics:
    """Collects diagnostics, in the order they were found, each only once."""

    def __init__(self) -> None:
        self._items: dict[Diagnostic, None] = {}

    def add(
        self,
        code: str,
        message: str,
        span: Span | None = None,
        *,
        hint: str | None = None,
        path: str | None = None,
        severity: Severity | None = None,
        fix: Fix | None = None,
    ) -> None:
        """Add one; the severity is that of `CODES` unless given. KeyError for an unknown code (a bug)."""
        usual = CODES[code][0]
        self._items[Diagnostic(code, severity or usual, message, span, hint, path, fix)] = None

    def extend(self, others: Iterator[Diagnostic]) -> None:
        """Add those collected elsewhere."""
        for item in others:
            self._items[item] = None

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(tuple(self._items))

    def __len__(self) -> int:
        return len(self._items)

    def sorted(self) -> list[Diagnostic]:
        """By file and place; those without a place first."""
        return sorted(
            self._items,
            key=lambda d: (d.span.source.path, d.span.now.start, d.code) if d.span else (d.path or "", -1, d.code),
        )

    @property
    def worst(self) -> Severity | None:
        """The highest severity, or None when there is nothing to say."""
        return max((d.severity for d in self._items), default=None)

    @property
    def has_errors(self) -> bool:
        """Whether something stops the output."""
        return self.worst is Severity.ERROR
