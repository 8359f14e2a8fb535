"""XMP as pikepdf writes it."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Pdf

from slidebuild.pdf.xmp import packet

NAMES = (
    *("dc:title", "dc:creator", "dc:description", "dc:language"),
    *("pdf:Keywords", "xmp:CreatorTool", "xmp:CreateDate", "pdfuaid:part"),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&\"'\r\n\t\0\x0b\ufffe{}"), max_size=30)


def of_pikepdf(properties: dict[str, str]) -> bytes:
    pdf = Pdf.new()
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        for name, value in properties.items():
            xmp[name] = [value] if name in {"dc:creator", "dc:language"} else value
    return pdf.Root.Metadata.read_bytes()


@given(
    st.dictionaries(st.sampled_from((*NAMES, "xmp:CreatorTool", "pdfuaid:part")), TEXTS.map(lambda text: f"a{text}"))
)
def test_a_packet_is_the_one_that_pikepdf_writes(properties: dict[str, str]) -> None:
    properties = {"dc:format": "application/pdf", **properties}  # without any, it writes no description
    assert packet(properties) == of_pikepdf(properties)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30)))
def test_any_text_gives_xml(properties: dict[str, str]) -> None:
    ElementTree.fromstring(packet(properties))


def test_properties_without_a_value_are_left_out() -> None:
    assert packet({"dc:title": "a", "dc:description": "", "pdf:Keywords": "\0"}) == packet({"dc:title": "a"})
