"""slidebuild: reproducible slide decks from remark.js Markdown."""

__version__ = "0.1.0"
