"""The live preview: a local server that rebuilds a deck when its files change and tells the pages that show it.

`project` files and the compiler stay out of here: the preview is handed a `Workspace` whose `build` makes a page.
"""

from slidebuild.preview.server import serve
from slidebuild.preview.workspace import Built, Workspace

__all__ = ["Built", "Workspace", "serve"]
