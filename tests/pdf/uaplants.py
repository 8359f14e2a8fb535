"""One fault for each rule of PDF/UA-1, put into a file that has none."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

Plant = Callable[[Pdf], object]
PLANTS: dict[str, Plant] = {}
"""By checkpoint."""


def plants(*checkpoints: str) -> Callable[[Plant], Plant]:
    def remember(plant: Plant) -> Plant:
        PLANTS.update(dict.fromkeys(checkpoints, plant))
        return plant

    return remember


# -- what is in the file -----------------------------------------------------------------------------------------------


def tags(pdf: Pdf, kind: str) -> list[Any]:
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if element.get("/S") == f"/{kind}":
            found.append(element)
        kids = element.get("/K", Array())
        waiting += [kid for kid in (kids if isinstance(kids, Array) else [kids]) if isinstance(kid, Dictionary)]
    return found


def add_tag(pdf: Pdf, parent: Any, kind: str, **entries: Any) -> Any:
    tag = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, **entries))
    kids = parent.get("/K", Array())
    parent.K = Array([*(kids if isinstance(kids, Array) else [kids]), tag])
    return tag


def rename(pdf: Pdf, kind: str, new: str, index: int = -1) -> None:
    tags(pdf, kind)[index].S = Name(f"/{new}")


def draw(pdf: Pdf, content: bytes) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + content)


def annotate(pdf: Pdf, subtype: str, **entries: Any) -> Any:
    made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([10, 20, 110, 120]), **entries)
    annotation = pdf.make_indirect(made)
    pdf.pages[0].Annots = Array([*pdf.pages[0].get("/Annots", Array()), annotation])
    return annotation


def own(pdf: Pdf, annotation: Any, kind: str, **entries: Any) -> None:
    reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=pdf.pages[0].obj)
    add_tag(pdf, tags(pdf, "Sect")[0], kind, K=reference, **entries)


def text_font(pdf: Pdf) -> Any:
    return next(font for font in pdf.pages[0].Resources.Font.values() if font.Subtype == Name.Type0)


def show(pdf: Pdf, font: Object, operand: bytes) -> None:
    pdf.pages[0].Resources.Font[Name.FX] = pdf.make_indirect(font)
    draw(pdf, b"/Artifact BMC BT /FX 9 Tf " + operand + b" Tj ET EMC")


def latin_font(pdf: Pdf, flags: int, *, has_map: bool = False, **entries: Any) -> None:
    """A simple TrueType font, with or without a character map of its own."""
    whole = (files("fontpkg_fira_sans") / "files/FiraSans-Regular.ttf").read_bytes()
    data = whole if has_map else whole.replace(b"cmap", b"none", 1)
    described = Dictionary(Type=Name.FontDescriptor, Flags=flags, FontFile2=pdf.make_stream(data))
    base = {"Type": Name.Font, "Subtype": Name.TrueType, "BaseFont": Name.Latin, "FontDescriptor": described}
    show(pdf, Dictionary(**base, **entries), b"(a)")


def own_map(pdf: Pdf, data: bytes = b"", **entries: Any) -> None:
    """A composite font whose CMap is in the file."""
    system = {"Registry": String("Adobe"), "Ordering": String("Identity"), "Supplement": 0}
    wanted = {key: entries.pop(key) for key in list(entries) if key in system}
    font = text_font(pdf)
    font.Encoding = Stream(pdf, data, CIDSystemInfo=Dictionary(**{**system, **wanted}), **entries)


def change_map(pdf: Pdf, old: bytes, new: bytes) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        font.ToUnicode = pdf.make_stream(font.ToUnicode.read_bytes().replace(old, new))


def layers(pdf: Pdf, **entries: Any) -> None:
    named = Dictionary(Name=String("all"))
    pdf.Root.OCProperties = Dictionary(**{"D": named, **entries})


def metadata(pdf: Pdf, old: bytes, new: bytes) -> None:
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata = pdf.make_stream(data.replace(old, new))


# -- faults ------------------------------------------------------------------------------------------------------------

PLANTS.update(
    {
        "6.2": lambda pdf: pdf.Root.__delitem__("/MarkInfo"),
        "01-004": lambda pdf: draw(pdf, b"/Artifact BMC /P <</MCID 0>> BDC EMC EMC"),
        "01-005": lambda pdf: draw(pdf, b"0 0 10 10 re f"),
        "01-007": lambda pdf: pdf.Root.MarkInfo.__setitem__("/Suspects", True),
        "02-001": lambda pdf: rename(pdf, "P", "Verse"),
        "02-003": lambda pdf: pdf.Root.StructTreeRoot.__setitem__("/RoleMap", Dictionary(A=Name.B, B=Name.A)),
        "02-004": lambda pdf: pdf.Root.StructTreeRoot.__setitem__("/RoleMap", Dictionary(P=Name.Div, Em=Name.Span)),
        "06-001": lambda pdf: pdf.Root.__delitem__("/Metadata"),
        "06-002": lambda pdf: metadata(pdf, b">1</pdfuaid:part>", b">2</pdfuaid:part>"),
        "06-003": lambda pdf: metadata(pdf, b"dc:title", b"dc:subject"),
        "07-001": lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle"),
        "07-002": lambda pdf: pdf.Root.ViewerPreferences.__setitem__("/DisplayDocTitle", False),
        "09-004": lambda pdf: tags(pdf, "TR")[0].__setitem__("/K", tags(pdf, "TR")[0].K[0]),
        "09-005": lambda pdf: rename(pdf, "LBody", "P"),
        "09-006": lambda pdf: add_tag(pdf, tags(pdf, "Sect")[0], "TOCI"),
        "09-007": lambda pdf: add_tag(pdf, tags(pdf, "P")[0], "RT"),
        "09-008": lambda pdf: add_tag(pdf, tags(pdf, "P")[0], "WT"),
        "10-001": lambda pdf: change_map(pdf, b"beginbf", b"beginnothing"),
        "13-004": lambda pdf: tags(pdf, "Figure")[0].__delitem__("/Alt"),
        "14-002": lambda pdf: rename(pdf, "H1", "H2"),
        "14-003": lambda pdf: add_tag(pdf, tags(pdf, "Sect")[0], "H6"),
        "14-007": lambda pdf: rename(pdf, "H2", "H"),
        "17-002": lambda pdf: tags(pdf, "Formula")[0].__delitem__("/Alt"),
        "19-003": lambda pdf: add_tag(pdf, tags(pdf, "P")[0], "Note"),
        "20-001": lambda pdf: layers(pdf, Configs=Array([Dictionary()])),
        "20-002": lambda pdf: layers(pdf, D=Dictionary()),
        "20-003": lambda pdf: layers(pdf, D=Dictionary(Name=String("all"), AS=Array())),
        "21-001": lambda pdf: pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("a.csv"), EF=Dictionary())),
        "26-001": lambda pdf: pdf.trailer.__setitem__("/Encrypt", Dictionary(Filter=Name.Standard)),
        "26-002": lambda pdf: pdf.trailer.__setitem__("/Encrypt", Dictionary(Filter=Name.Standard, P=-3904)),
        "28-002": lambda pdf: annotate(pdf, "Text", Contents=String("a note")),
        "28-004": lambda pdf: own(pdf, annotate(pdf, "Text"), "Annot"),
        "28-006": lambda pdf: annotate(pdf, "Hologram"),
        "28-007": lambda pdf: annotate(pdf, "TrapNet"),
        "28-008": lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs"),
        "28-009": lambda pdf: pdf.pages[0].obj.__setitem__("/Tabs", Name.R),
        "28-011": lambda pdf: rename(pdf, "Link", "Span", 0),
        "28-012": lambda pdf: pdf.pages[0].Annots[0].__delitem__("/Contents"),
        "28-016": lambda pdf: annotate(pdf, "FileAttachment", FS=String("a.csv")),
        "28-017": lambda pdf: own(pdf, annotate(pdf, "PrinterMark"), "Span"),
        "28-018": lambda pdf: annotate(pdf, "PrinterMark", AP=Dictionary(N=pdf.make_stream(b"0 0 1 1 re f"))),
        "30-001": lambda pdf: Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form, Ref=Dictionary()),
        "31-001": lambda pdf: own_map(pdf, Registry=String("Somebody")),
        "31-002": lambda pdf: own_map(pdf, Ordering=String("UCS")),
        "31-003": lambda pdf: own_map(pdf, Supplement=7),
        "31-004": lambda pdf: text_font(pdf).DescendantFonts[0].__setitem__("/CIDToGIDMap", Name.Other),
        "31-005": lambda pdf: text_font(pdf).DescendantFonts[0].__delitem__("/CIDToGIDMap"),
        "31-006": lambda pdf: text_font(pdf).__setitem__("/Encoding", Name("/My-Own-H")),
        "31-007": lambda pdf: own_map(pdf, b"/WMode 1 def", WMode=0),
        "31-008": lambda pdf: own_map(pdf, UseCMap=Name("/My-Own-H")),
        "31-009": lambda pdf: text_font(pdf).DescendantFonts[0].FontDescriptor.__delitem__("/FontFile2"),
        "31-011": lambda pdf: show(pdf, text_font(pdf), b"<FFF0>"),
        "31-016": lambda pdf: text_font(pdf).DescendantFonts[0].__setitem__("/W", Array([0, 9000, 250])),
        "31-017": lambda pdf: latin_font(pdf, 32, Encoding=Name.WinAnsiEncoding),
        "31-019": lambda pdf: latin_font(pdf, 32),
        "31-020": lambda pdf: latin_font(pdf, 32, Encoding=Dictionary(Type=Name.Encoding)),
        "31-021": lambda pdf: latin_font(pdf, 32, Encoding=Name.MacExpertEncoding),
        "31-023": lambda pdf: latin_font(pdf, 32, Encoding=Dictionary(Differences=Array([65, Name.alpha]))),
        "31-024": lambda pdf: latin_font(pdf, 4, Encoding=Name.WinAnsiEncoding),
        "31-025": lambda pdf: latin_font(pdf, 4),
        "31-026": lambda pdf: latin_font(pdf, 4, has_map=True),
        "31-027": lambda pdf: text_font(pdf).__delitem__("/ToUnicode"),
        "31-028": lambda pdf: change_map(pdf, b"endcmap", b"1 beginbfchar\n<0001> <0000>\nendbfchar\nendcmap"),
        "31-029": lambda pdf: change_map(pdf, b"endcmap", b"1 beginbfrange\n<01> <02> <FEFE>\nendbfrange\nendcmap"),
        "31-030": lambda pdf: show(pdf, text_font(pdf), b"(\\000\\000)"),
    }
)


@plants("01-003")
def artifact_in_a_tag(pdf: Pdf) -> None:
    page = pdf.pages[0]
    data = page.Contents.read_bytes()
    at = data.index(b"BDC", data.index(b"/MCID")) + 3
    page.Contents = pdf.make_stream(data[:at] + b" /Artifact BMC EMC " + data[at:])


@plants("11-001", "11-002", "11-003", "11-004", "11-006")
def no_language(pdf: Pdf) -> None:
    del pdf.Root["/Lang"]
    for tag in [*tags(pdf, "Document"), *tags(pdf, "Sect")]:
        if "/Lang" in tag:
            del tag["/Lang"]


@plants("11-005")
def field_without_language(pdf: Pdf) -> None:
    del pdf.Root["/Lang"]
    annotate(pdf, "Widget", TU=String("your name"))


@plants("14-006")
def two_headings_without_level(pdf: Pdf) -> None:
    section = tags(pdf, "Sect")[0]
    add_tag(pdf, section, "H")
    add_tag(pdf, section, "H")


@plants("15-003")
def headers_without_scope(pdf: Pdf) -> None:
    for cell in [*tags(pdf, "TH"), *tags(pdf, "TD")]:
        if "/A" in cell:
            del cell["/A"]


@plants("19-004")
def notes_of_one_name(pdf: Pdf) -> None:
    for _ in range(2):
        add_tag(pdf, tags(pdf, "P")[0], "Note", ID=String("n"))


@plants("25-001")
def form_of_the_viewer(pdf: Pdf) -> None:
    data = b"<config><dynamicRender>required</dynamicRender></config>"
    pdf.Root.AcroForm = Dictionary(XFA=Array([String("config"), pdf.make_stream(data)]))


@plants("28-005", "28-010")
def bare_field(pdf: Pdf) -> None:
    annotate(pdf, "Widget")


@plants("28-014", "28-015")
def bare_clip(pdf: Pdf) -> None:
    clip = Dictionary(Type=Name.MediaClip, S=Name.MCD)
    action = Dictionary(S=Name.Rendition, R=Dictionary(S=Name.MR, C=clip))
    own(pdf, annotate(pdf, "Screen", Contents=String("a film"), A=action), "Annot")


@plants("30-002")
def form_drawn_twice(pdf: Pdf) -> None:
    form = Stream(pdf, b"/P <</MCID 0>> BDC 0 0 1 1 re f EMC", Type=Name.XObject, Subtype=Name.Form)
    pdf.pages[0].Resources.XObject = Dictionary(Twice=pdf.make_indirect(form))
    draw(pdf, b"/Twice Do /Twice Do")
    content = Dictionary(Type=Name.MCR, Pg=pdf.pages[0].obj, Stm=form, MCID=0)
    add_tag(pdf, tags(pdf, "Sect")[0], "P", K=content)
