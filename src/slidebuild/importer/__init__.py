"""Old decks in: a page of remark.js or xaringan becomes a deck of the project. Scripts are read, never run."""

from slidebuild.importer.files import Origin, Outputs
from slidebuild.importer.finding import deck_name, distinct, find_pages, is_deck_name
from slidebuild.importer.importing import ImportedDeck, import_page
from slidebuild.importer.macros import MODULE, OldMacro, module

__all__ = [
    "MODULE",
    "ImportedDeck",
    "OldMacro",
    "Origin",
    "Outputs",
    "deck_name",
    "distinct",
    "find_pages",
    "import_page",
    "is_deck_name",
    "module",
]
