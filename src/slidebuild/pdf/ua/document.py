"""Rules about the file as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from pikepdf import Array, Dictionary, Name, Object, Stream

from slidebuild.pdf.ua.rule import Fault
from slidebuild.pdf.ua.subject import Subject

_PART: Final = "http://www.aiim.org/pdfua/ns/id/ part"
_TITLE: Final = "http://purl.org/dc/elements/1.1/ title"
_READERS_MAY: Final = 1 << 9
"""Bit 10 of /P: text may be taken out for readers of people with disabilities (PDF 1.7, table 22)."""


def is_tagged(subject: Subject) -> Iterator[Fault]:
    """The file says that it is tagged, and has tags."""
    root = subject.pdf.Root
    if not bool(root.get(Name.MarkInfo, Dictionary()).get(Name.Marked, False)):
        yield Fault("the catalogue does not say /Marked true")
    if Name.StructTreeRoot not in root:
        yield Fault("the file has no tags")


def no_suspects(subject: Subject) -> Iterator[Fault]:
    """The tags are not marked as suspect."""
    if bool(subject.pdf.Root.get(Name.MarkInfo, Dictionary()).get(Name.Suspects, False)):
        yield Fault("/Suspects is true")


def _values(subject: Subject, name: str) -> list[str]:
    """What the metadata say: XMP writes simple values as elements or attributes, others in containers.

    (`xml.etree` would do; loading it takes 5 ms, expat is there with Python.)
    """
    found: list[str] = []
    texts: list[list[str]] = []
    """Of the elements of that name that are open."""

    def begin(element: str, attributes: dict[str, str]) -> None:
        if name in attributes:
            found.append(attributes[name])
        if element == name:
            texts.append([])

    def read(text: str) -> None:
        for parts in texts:
            parts.append(text)

    def end(element: str) -> None:
        if element == name:
            found.append("".join(texts.pop()))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = begin, read, end
    try:
        parser.Parse(subject.metadata, True)  # noqa: FBT003
    except expat.ExpatError:
        return []
    return found


def has_metadata(subject: Subject) -> Iterator[Fault]:
    """There is XMP."""
    if not subject.metadata:
        yield Fault("the catalogue has no metadata stream")


def has_identifier(subject: Subject) -> Iterator[Fault]:
    """XMP says that the file is PDF/UA-1."""
    if [value.strip() for value in _values(subject, _PART)] != ["1"]:
        yield Fault("the metadata do not say pdfuaid:part 1")


def has_title(subject: Subject) -> Iterator[Fault]:
    """XMP has a title."""
    if not any(value.strip() for value in _values(subject, _TITLE)):
        yield Fault("the metadata have no dc:title")


def shows_title(subject: Subject) -> Iterator[Fault]:
    """Viewers are told about the title."""
    if Name.DisplayDocTitle not in subject.pdf.Root.get(Name.ViewerPreferences, Dictionary()):
        yield Fault("the viewer preferences have no /DisplayDocTitle")


def title_is_shown(subject: Subject) -> Iterator[Fault]:
    """Viewers show the title, not the file's name."""
    found = subject.pdf.Root.get(Name.ViewerPreferences, Dictionary()).get(Name.DisplayDocTitle, True)
    if not bool(found):
        yield Fault("/DisplayDocTitle is false")


def _configurations(subject: Subject) -> list[tuple[str, Object]]:
    layers = subject.pdf.Root.get(Name.OCProperties, Dictionary())
    found = [("D", layers[Name.D])] if Name.D in layers else []
    return found + [("Configs", entry) for entry in layers.get(Name.Configs, Array())]


def layers_have_names(subject: Subject) -> Iterator[Fault]:
    """Further configurations of layers have names."""
    for where, entry in _configurations(subject):
        if where == "Configs" and not str(entry.get(Name.Name, "")):
            yield Fault("a configuration of layers in /Configs has no name")


def default_layers_have_name(subject: Subject) -> Iterator[Fault]:
    """The default configuration of layers has a name."""
    for where, entry in _configurations(subject):
        if where == "D" and not str(entry.get(Name.Name, "")):
            yield Fault("the default configuration of layers has no name")


def layers_do_not_switch(subject: Subject) -> Iterator[Fault]:
    """Layers do not come and go by themselves."""
    for where, entry in _configurations(subject):
        if Name.AS in entry:
            yield Fault(f"a configuration of layers in /{where} has /AS")


def attachments_have_names(subject: Subject) -> Iterator[Fault]:
    """Files within the file have names."""
    for obj in subject.pdf.objects:
        if isinstance(obj, Dictionary) and Name.EF in obj:
            missing = [key for key in ("/F", "/UF") if not str(obj.get(key, ""))]
            if missing:
                yield Fault(f"an attached file has no {' and no '.join(missing)}")


def no_dynamic_form(subject: Subject) -> Iterator[Fault]:
    """No form is laid out by the viewer (XFA)."""
    found = subject.pdf.Root.get(Name.AcroForm, Dictionary()).get(Name.XFA)
    parts = list(found) if isinstance(found, Array) else [found]
    if any(isinstance(part, Stream) and _is_dynamic(part.read_bytes()) for part in parts):
        yield Fault("the form is laid out by the viewer")


def _is_dynamic(data: bytes) -> bool:
    return re.search(rb"<dynamicRender>\s*required\s*</dynamicRender>", data) is not None


def permissions_are_told(subject: Subject) -> Iterator[Fault]:
    """An encrypted file says what is permitted."""
    encryption = subject.pdf.trailer.get(Name.Encrypt)
    if encryption is not None and Name.P not in encryption:
        yield Fault("the file is encrypted and has no /P")


def readers_are_permitted(subject: Subject) -> Iterator[Fault]:
    """An encrypted file is open to screen readers."""
    encryption = subject.pdf.trailer.get(Name.Encrypt)
    if encryption is not None and Name.P in encryption and not int(encryption[Name.P]) & _READERS_MAY:
        yield Fault("the permissions shut screen readers out")
