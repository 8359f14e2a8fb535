"""A project: its settings file and macros, decks opened for compiling, and where their outputs go."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from slidebuild.cache import NO_CACHE, Cache, entry_key
from slidebuild.decode import decode
from slidebuild.diagnostics import Diagnostics
from slidebuild.layer import Layer
from slidebuild.project.decks import deck_id, find_decks
from slidebuild.project.loader import FileLoader, FolderThemes, RevisionThemes, is_hidden
from slidebuild.project.root import SETTINGS_FILE
from slidebuild.records import dataclass
from slidebuild.source import SourceFile

if TYPE_CHECKING:
    from slidebuild.compiler import Inputs, Shelf
    from slidebuild.project.revision import RevisionFolder

AssetMode = Literal["copy", "inline", "link"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where the page or PDF of a deck goes."""

    file: Path
    asset_folder: str
    """Address of copied assets as seen from the page."""


@dataclass(frozen=True, slots=True)
class OpenedDeck:
    """A deck read from disk with all it is compiled with."""

    source: SourceFile
    inputs: Inputs
    loader: FileLoader


@dataclass(frozen=True, slots=True)
class Project:
    """A folder of talks."""

    root: Path
    settings: Layer = field(default_factory=lambda: Layer({}))
    """Of `slidebuild.yml`."""
    macro_modules: tuple[object, ...] = ()
    """Modules that `slidebuild.yml` names."""
    stronger: tuple[Layer, ...] = ()
    """Settings of `--config` and the command line, weakest first."""
    cache: Cache = NO_CACHE
    base: RevisionFolder | None = None
    """Where code and settings come from when the folder is a stranger's."""

    @staticmethod
    def open(root: Path, diagnostics: Diagnostics, base: RevisionFolder | None = None) -> Project:
        """The project at a root; faults of `slidebuild.yml` and of its macro modules are errors.

        With `base`, `slidebuild.yml`, themes and macro modules are those of that revision, and nothing that lies in the
        folder is run. Raises RevisionError.
        """
        layer = settings_layer(root, diagnostics, base)
        if layer is None:
            return Project(root, base=base)
        modules = []
        for name in _texts(layer.values.get("macros")):
            try:
                modules.append(load_module(name, root) if base is None else load_from_revision(name, base))
            except Exception as error:  # noqa: BLE001  the project's own code may raise anything
                message = f"macro module `{name}` cannot be loaded: {error}"
                diagnostics.add("bad-settings", message, layer.where("macros"), path=SETTINGS_FILE)
        return Project(root, _from_root(layer), tuple(modules), base=base)

    @property
    def fence(self) -> Path | None:
        """The work tree that is not trusted: nothing is written there through symlinks, no cache is kept in it."""
        return self.base.revision.top if self.base is not None else None

    def override(self, *layers: Layer) -> Project:
        """The same project with settings that go over the deck's own."""
        return replace(self, stronger=(*self.stronger, *layers))

    def decks(self) -> tuple[str, ...]:
        """Root-relative paths of all decks."""
        return find_decks(self.root, _texts(self.settings.values.get("decks")))

    def themes(self, loader: FileLoader | None = None) -> FolderThemes | RevisionThemes:
        """The project's own themes; `loader` remembers what was read of them."""
        return FolderThemes(loader or FileLoader(self.root)) if self.base is None else RevisionThemes(self.base)

    def macro_files(self) -> tuple[str, ...]:
        """Root-relative paths of the Python files that macros of the project come from, those they import included."""
        if not self.macro_modules:
            return ()
        found = set()
        for name, module in tuple(sys.modules.items()):
            file = Path(getattr(module, "__file__", None) or "")
            if (
                file.is_relative_to(self.root)
                and "site-packages" not in file.parts
                and not name.startswith("slidebuild")
            ):
                found.add(file.relative_to(self.root).as_posix())
        return tuple(sorted(found))

    def open_deck(
        self, path: str, diagnostics: Diagnostics, *, assets: AssetMode = "copy", asset_folder: str = "assets"
    ) -> OpenedDeck | None:
        """Read a deck by its root-relative path; None, with an error, when it cannot be read or is no text."""
        data = self.read_deck(path, diagnostics)
        return (
            None if data is None else self.open_text(path, data, diagnostics, assets=assets, asset_folder=asset_folder)
        )

    def read_deck(self, path: str, diagnostics: Diagnostics) -> bytes | None:
        """The bytes of a deck by its root-relative path; None, with an error, when it cannot be read."""
        try:
            file = (self.root / path).resolve()
            if not file.is_relative_to(self.root) or is_hidden(file.relative_to(self.root)):
                raise PermissionError(None, "it is a link to a file outside the project")
            return file.read_bytes()
        except (OSError, RuntimeError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            diagnostics.add("unreadable-file", f"cannot be read: {reason}", path=path, hint=_hint(self, path))
            return None

    def open_text(
        self,
        path: str,
        data: bytes,
        diagnostics: Diagnostics,
        *,
        assets: AssetMode = "copy",
        asset_folder: str = "assets",
    ) -> OpenedDeck | None:
        """A deck from bytes, as if it stood at a path (`-` for standard input); None when it is no text."""
        source = decode(path, data, diagnostics)
        if source is None:
            return None
        from slidebuild.compiler import Inputs
        from slidebuild.macros import find_macros
        from slidebuild.project.cache import user_cache

        loader = FileLoader(self.root, is_guarded=self.base is not None)
        inputs = Inputs(
            loader=loader,
            themes=self.themes(loader),
            macros=find_macros(self.macro_modules),
            weaker=(self.settings,),
            stronger=(*self.stronger, *self._restraints(source, diagnostics)),
            assets=assets,
            asset_folder=asset_folder,
            cache=self.cache,
            lasting=user_cache(),
            shelf=self._shelf(source.path, assets, asset_folder),
        )
        return OpenedDeck(source, inputs, loader)

    def _shelf(self, path: str, assets: AssetMode, folder: str) -> Shelf | None:
        """Where the deck's finished slides are kept; those with their pictures inside are too big for it.

        A page and a PDF have their own: they name their files differently, and a shelf holds what was made last.
        """
        if self.cache is NO_CACHE or assets == "inline":
            return None
        from slidebuild.compiler import CacheShelf

        return CacheShelf(self.cache, entry_key("slides", path, assets, folder))

    def _restraints(self, source: SourceFile, diagnostics: Diagnostics) -> Iterator[Layer]:
        """What a stranger's deck must not do: run scripts in print, bring an engine for formulas or a pattern.

        A regular expression that takes for ever is easily written, and Python gives none up.
        """
        if self.base is None:
            return
        yield Layer({"pdf": {"javascript": False}, "math": {"engine": "mathml"}})
        from slidebuild.front_matter import split

        key = "highlightSpans"
        written = split(source, Diagnostics()).layer
        if not isinstance(written.values.get(key, False), bool):
            message = f"`{key}` holds a pattern, which a deck that is not trusted may not bring"
            diagnostics.add("forbidden-setting", message, written.where(key), hint="move it to slidebuild.yml")
            yield Layer({key: self.settings.values.get(key, False)})

    def target(self, path: str, output: Path | None, suffix: Literal[".html", ".pdf"]) -> Target:
        """Where an output of a deck goes.

        Without `output`, or when it is a folder, `FOLDER/<id>/index.html` or `FOLDER/<id>/<id>.pdf`, FOLDER being
        `dist` in the root; a file (`x.html`, `x.pdf`) has its assets in `x_assets/`.
        """
        if output is not None and output.suffix.lower() == suffix:
            return Target(output, f"{output.stem}_assets")
        identifier = deck_id(path)
        folder = (output if output is not None else self.root / "dist") / identifier
        name = "index.html" if suffix == ".html" else f"{Path(identifier).name}.pdf"
        return Target(folder / name, "assets")


def settings_layer(root: Path, diagnostics: Diagnostics, base: RevisionFolder | None = None) -> Layer | None:
    """What `slidebuild.yml` says, in the folder or in the revision; None where there is none. Raises RevisionError."""
    if base is not None:
        data = base.read(SETTINGS_FILE)
        return None if data is None else parse_settings(data, SETTINGS_FILE, diagnostics)
    path = root / SETTINGS_FILE
    return read_settings(path, SETTINGS_FILE, diagnostics) if path.is_file() else None


def read_settings(path: Path, shown: str, diagnostics: Diagnostics) -> Layer:
    """Settings of a YAML or JSON file, called `shown` in diagnostics; an empty layer (with an error) if it is bad."""
    try:
        data = path.read_bytes()
    except OSError as error:
        diagnostics.add("unreadable-file", f"cannot be read: {error.strerror or error}", path=shown)
        return Layer({}, path=shown)
    return parse_settings(data, shown, diagnostics)


def parse_settings(data: bytes, shown: str, diagnostics: Diagnostics) -> Layer:
    """As `read_settings`, from bytes."""
    source = decode(shown, data or b"{}", diagnostics)
    if source is None:
        return Layer({}, path=shown)
    from slidebuild.yaml_text import YamlError, YamlMapping, read_mapping

    try:
        mapping = read_mapping(source)
    except YamlError as error:
        diagnostics.add("bad-settings", str(error), error.span)
        mapping = YamlMapping({}, {})
    return Layer(mapping.values, mapping.where, shown)


def load_module(name: str, root: Path) -> object:
    """The Python module that `slidebuild.yml` names: a file `name.py` in the project root, else an installed module.

    Raises ImportError if there is neither, and whatever the module itself raises.
    """
    file = root / (name.replace(".", "/") + ".py")
    if not file.is_file():
        return importlib.import_module(name)
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def load_from_revision(name: str, base: RevisionFolder) -> object:
    """As `load_module`, with the module's text from the revision; an installed module is not looked for in the folder.

    Raises ImportError if there is neither, and whatever the module itself raises.
    """
    path = name.replace(".", "/") + ".py"
    data = base.read(path)
    if data is None:
        return importlib.import_module(name)
    module = types.ModuleType(name)
    module.__file__ = f"<{base.revision.name}:{path}>"
    sys.modules[name] = module
    exec(compile(data, module.__file__, "exec"), module.__dict__)  # noqa: S102 (a macro module is code)
    return module


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _from_root(layer: Layer) -> Layer:
    """Files that `slidebuild.yml` names count from the root, wherever the deck lies."""
    values: dict[str, Any] = dict(layer.values)
    for key in ("css", "logo", "logoDark"):
        if isinstance(values.get(key), str):
            values[key] = _rooted(values[key])
        elif isinstance(values.get(key), list):
            values[key] = [_rooted(item) if isinstance(item, str) else item for item in values[key]]
    return replace(layer, values=values)


def _rooted(address: str) -> str:
    from slidebuild.source import is_local

    return f"/{address}" if is_local(address) and not address.startswith("/") else address


def _hint(project: Project, path: str) -> str | None:
    import difflib

    near = difflib.get_close_matches(path, project.decks(), 1)
    return f"did you mean {near[0]}?" if near else None


def command_line_layer(values: Mapping[str, Any]) -> Layer:
    """Settings given as options; None means not given."""
    return Layer({key: value for key, value in values.items() if value is not None})
