"""The project on disk: where it begins, which decks it has, its settings, and what is written to `dist/`."""

from slidebuild.project.decks import Clash, clashes, deck_id, find_decks
from slidebuild.project.loader import FileLoader, FolderThemes
from slidebuild.project.output import OutputError, write_file, write_page
from slidebuild.project.project import OpenedDeck, Project, Target
from slidebuild.project.root import find_root

__all__ = [
    "Clash",
    "FileLoader",
    "FolderThemes",
    "OpenedDeck",
    "OutputError",
    "Project",
    "Target",
    "clashes",
    "deck_id",
    "find_decks",
    "find_root",
    "write_file",
    "write_page",
]
