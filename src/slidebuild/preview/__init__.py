"""The live preview: a local server that rebuilds a deck when its files change and tells the pages that show it.

    serve(open_workspace(root, deck="decks/talk.md"), port=8000, open_browser=True)

Only `building` knows projects and the compiler; all else works on a `Workspace`, whose `build` makes a page.
"""

from slidebuild.preview.building import open_workspace
from slidebuild.preview.server import serve
from slidebuild.preview.workspace import Built, Workspace

__all__ = ["Built", "Workspace", "open_workspace", "serve"]
