"""What a file says about itself as XMP: a packet of RDF in XML. (ISO 16684-1; for PDF/UA, ISO 14289-1, 5)

The bytes are those that pikepdf's `open_metadata` writes, which loads lxml to do so (12 ms).
"""

from __future__ import annotations

from typing import Final

from slidebuild.patterns import regex

_PREFIXES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
_CONTAINERS: Final = {
    "dc:title": '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>',
    "dc:description": '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>',
    "dc:creator": "<rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq>",
    "dc:language": "<rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag>",
}
"""What a value stands in: by language, in order or without; all others stand for themselves."""
_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="pikepdf">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about="">{}</rdf:Description></rdf:RDF>
</x:xmpmeta>

<?xpacket end="w"?>
"""
_FORBIDDEN: Final = regex("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no place for (section 2.2)."""
_ESCAPED: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def packet(properties: dict[str, str]) -> bytes:
    """A packet with those properties (`dc:title`) that have a value."""
    shown = ((name, _FORBIDDEN.sub("", value).translate(_ESCAPED)) for name, value in properties.items())
    elements = (_element(name, value) for name, value in shown if value)
    return _PACKET.format("".join(elements)).encode()


def _element(name: str, value: str) -> str:
    prefix = name.partition(":")[0]
    content = _CONTAINERS.get(name, "{}").format(value)
    return f'<{name} xmlns:{prefix}="{_PREFIXES[prefix]}">{content}</{name}>'
