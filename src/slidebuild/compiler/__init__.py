"""The pure pipeline: text in, values out; pictures, includes and themes come through the loaders it is given.

compiled = compile_deck(source, inputs, diagnostics)     # all stages up to the passes
page = make_page(compiled, diagnostics)                  # the HTML deck with the files it needs
"""

from slidebuild.compiler.model import Compiled, CompiledSlide, Inputs, Resolved
from slidebuild.compiler.pages import Page, make_page, make_print_page, make_still_page, page_slide
from slidebuild.compiler.pipeline import compile_deck, resolve_deck
from slidebuild.compiler.shelves import CacheShelf, MemoryShelf, Shelf

__all__ = [
    "CacheShelf",
    "Compiled",
    "CompiledSlide",
    "Inputs",
    "MemoryShelf",
    "Page",
    "Resolved",
    "Shelf",
    "compile_deck",
    "make_page",
    "make_print_page",
    "make_still_page",
    "page_slide",
    "resolve_deck",
]
