"""Small forms, drawn in code: each function says what its PDF exercises and gives its bytes.

``Sheet`` is the drawing board that they share; a test that needs one more thing takes it itself.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from pikepdf.exceptions import PageCopyWarning

Corners = Sequence[float]

READ_ONLY, REQUIRED = 1 << 0, 1 << 1
MULTILINE, PASSWORD, COMB = 1 << 12, 1 << 13, 1 << 24
NO_TOGGLE_TO_OFF, RADIO, PUSH_BUTTON, RADIOS_IN_UNISON = 1 << 14, 1 << 15, 1 << 16, 1 << 25
COMBO, EDIT, MULTI_SELECT = 1 << 17, 1 << 18, 1 << 21

HIDDEN, PRINT, NO_ROTATE, NO_VIEW = 1 << 1, 1 << 2, 1 << 4, 1 << 5

WIDE = (20.0, 150.0, 280.0, 170.0)
BOX = (20.0, 150.0, 36.0, 166.0)
AREA = (20.0, 60.0, 280.0, 170.0)

TICK = b"q 0 0 0 rg 3 3 10 10 re f Q"
DOT = b"q 0.9 0.9 0.95 rg 0 0 16 16 re f Q"


class Sheet:
    """A document with blank pages, an AcroForm and Helvetica as its default font."""

    def __init__(self, pages: int = 1, size: tuple[float, float] = (300, 200)) -> None:
        self.pdf = Pdf.new()
        for _ in range(pages):
            self.pdf.add_blank_page(page_size=size)
        self.helvetica = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        )
        self.form = self.pdf.make_indirect(
            Dictionary(
                Fields=Array(),
                DR=Dictionary(Font=Dictionary(Helv=self.helvetica)),
                DA=String("/Helv 0 Tf 0 g"),
            )
        )
        self.pdf.Root.AcroForm = self.form

    def page(self, number: int = 0) -> pikepdf.Object:
        return self.pdf.pages[number].obj

    def annotate(self, annotation: pikepdf.Object, page: int = 0) -> pikepdf.Object:
        """Puts an annotation on a page."""
        here = self.page(page)
        if "/Annots" not in here:
            here.Annots = Array()
        here.Annots.append(annotation)
        return annotation

    def enter(self, field: pikepdf.Object) -> pikepdf.Object:
        """Puts a root field into /Fields."""
        self.form.Fields.append(field)
        return field

    def widget(self, corners: Corners, **entries: Any) -> pikepdf.Object:
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                Rect=Array(list(corners)),
                **({"F": PRINT} | entries),
            )
        )

    def text(
        self, name: str, corners: Corners = WIDE, page: int = 0, **entries: Any
    ) -> pikepdf.Object:
        """A text field that is its own widget."""
        return self._field(name, corners, page, {"FT": Name.Tx} | entries)

    def choice(
        self,
        name: str,
        options: Sequence[tuple[str, str]],
        corners: Corners = WIDE,
        page: int = 0,
        **entries: Any,
    ) -> pikepdf.Object:
        """A combo box unless ``Ff`` says otherwise; ``options`` are (export, display)."""
        listed = Array([Array([String(export), String(shown)]) for export, shown in options])
        return self._field(
            name, corners, page, {"FT": Name.Ch, "Ff": COMBO, "Opt": listed} | entries
        )

    def checkbox(
        self, name: str, corners: Corners = BOX, page: int = 0, on: str = "Yes", **entries: Any
    ) -> pikepdf.Object:
        """A check box with a drawing of its own for both states."""
        drawn = {"FT": Name.Btn, "AS": Name.Off, "AP": self.states(on)}
        return self._field(name, corners, page, drawn | entries)

    def radio(
        self,
        name: str,
        states: Sequence[str],
        corners: Corners = BOX,
        page: int = 0,
        step: float = 30,
        **entries: Any,
    ) -> pikepdf.Object:
        """A radio group: a field with a widget a state, side by side."""
        flags = RADIO | NO_TOGGLE_TO_OFF
        group = self.pdf.make_indirect(
            Dictionary(FT=Name.Btn, T=String(name), **({"Ff": flags} | entries))
        )
        group.Kids = Array()
        left, bottom, right, top = corners
        for number, state in enumerate(states):
            moved = (left + number * step, bottom, right + number * step, top)
            kid = self.widget(moved, Parent=group, AS=Name.Off, AP=self.states(state))
            group.Kids.append(kid)
            self.annotate(kid, page)
        return self.enter(group)

    def instruction(self, words: str, corners: Corners = (20, 10, 280, 30)) -> pikepdf.Object:
        """Words that are visible but do not print: for the screen only."""
        content = b"q 1 1 0 rg 0 0 260 20 re f Q BT /Helv 8 Tf 4 6 Td (%s) Tj ET"
        stream = self.stream(content % words.encode(), (0, 0, 260, 20))
        stream.Resources = Dictionary(Font=Dictionary(Helv=self.helvetica))
        return self.annotate(
            self.pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.FreeText,
                    Contents=String(words),
                    DA=String("/Helv 8 Tf 0 g"),
                    Rect=Array(list(corners)),
                    AP=Dictionary(N=stream),
                )
            )
        )

    def link(self, address: str, corners: Corners = (20, 180, 100, 195)) -> pikepdf.Object:
        action = Dictionary(S=Name.URI, URI=String(address))
        return self.annotate(
            self.pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=Array(list(corners)),
                    Border=Array([0, 0, 0]),
                    A=action,
                )
            )
        )

    def states(self, on: str, drawing: bytes = TICK) -> Dictionary:
        """An AP whose on-state has a mark and whose Off-state has none."""
        return Dictionary(
            N=Dictionary({f"/{on}": self.stream(drawing), "/Off": self.stream(DOT)}),
        )

    def stream(self, content: bytes, box: Corners = (0, 0, 16, 16)) -> pikepdf.Stream:
        stream = self.pdf.make_stream(content)
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array(list(box))
        return stream

    def print_text(self, words: str, x: float, y: float, page: int = 0, size: float = 10) -> None:
        """Static text of the template itself."""
        here = self.pdf.pages[page]
        here.obj.Resources = Dictionary(Font=Dictionary(Helv=self.helvetica))
        here.contents_add(f"BT /Helv {size} Tf {x} {y} Td ({words}) Tj ET".encode())

    def bytes(self, **save: Any) -> bytes:
        out = BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PageCopyWarning)  # lost widgets are meant
            self.pdf.save(out, static_id="encryption" not in save, **save)
        return out.getvalue()

    def _field(
        self, name: str, corners: Corners, page: int, entries: dict[str, Any]
    ) -> pikepdf.Object:
        field = self.widget(corners, T=String(name), **entries)
        self.annotate(field, page)
        return self.enter(field)


def script(source: str) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(source))


def actions(**scripts: str) -> Dictionary:
    """An AA dictionary: ``F`` format, ``K`` keystroke, ``V`` validate, ``C`` calculate."""
    return Dictionary({f"/{key}": script(source) for key, source in scripts.items()})


def one_text_field(
    max_len: int | None = None, flags: int = 0, corners: Corners = WIDE, **entries: Any
) -> bytes:
    """``name``: a text field, with a limit where one is given."""
    sheet = Sheet()
    limit = {} if max_len is None else {"MaxLen": max_len}
    sheet.text("name", corners, Ff=flags, **limit, **entries)
    return sheet.bytes()


def multiline(**entries: Any) -> bytes:
    """``story``: a text area of about nine lines at 10 points."""
    return _one(lambda sheet: sheet.text("story", AREA, Ff=MULTILINE, **entries))


def comb(cells: int = 8, **entries: Any) -> bytes:
    """``code``: equal cells with dividers."""
    look = {"MK": Dictionary(BC=Array([0])), "BS": Dictionary(W=1)}
    return _one(lambda sheet: sheet.text("code", Ff=COMB, MaxLen=cells, **look, **entries))


def checkbox(on: str = "Yes", **entries: Any) -> bytes:
    """``agreed``: a check box that the PDF draws itself."""
    return _one(lambda sheet: sheet.checkbox("agreed", on=on, **entries))


def undrawn_checkbox(caption: str = "4") -> bytes:
    """``agreed``: a check box without any appearance: MK alone says how it looks."""
    sheet = Sheet()
    look = Dictionary(CA=String(caption), BC=Array([0]), BG=Array([1, 1, 1]))
    field = sheet.checkbox("agreed", MK=look)
    del field["/AP"], field["/AS"]
    return sheet.bytes()


def radio_group(states: Sequence[str] = ("red", "green", "blue"), **entries: Any) -> bytes:
    """``colour``: a radio group with a widget a state."""
    return _one(lambda sheet: sheet.radio("colour", states, **entries))


def choice(editable: bool = False, **entries: Any) -> bytes:
    """``fruit``: a combo box whose exports differ from what it shows."""
    flags = COMBO | (EDIT if editable else 0)
    options = [("a", "Appel"), ("p", "Peer"), ("k", "Kers, zoet")]
    return _one(lambda sheet: sheet.choice("fruit", options, Ff=flags, **entries))


def list_box() -> bytes:
    """``fruits``: a list box that takes several."""
    options = [("a", "Appel"), ("p", "Peer"), ("k", "Kers")]
    return _one(lambda sheet: sheet.choice("fruits", options, AREA, Ff=MULTI_SELECT))


def every_type() -> bytes:
    """A page with one field of each type, an instruction and a link."""
    sheet = Sheet(size=(300, 400))
    sheet.print_text("Formulier", 20, 380)
    sheet.text("name", (20, 340, 280, 360), Ff=REQUIRED, MaxLen=40, TU=String("Naam"))
    sheet.text("story", (20, 260, 280, 330), Ff=MULTILINE)
    sheet.text("code", (20, 230, 180, 250), Ff=COMB, MaxLen=8)
    sheet.checkbox("agreed", (20, 200, 36, 216))
    sheet.radio("colour", ["red", "green", "blue"], (20, 170, 36, 186))
    sheet.choice("fruit", [("a", "Appel"), ("p", "Peer")], (20, 140, 180, 160))
    sheet.choice(
        "fruits", [("a", "Appel"), ("p", "Peer"), ("k", "Kers")], (20, 80, 180, 130),
        Ff=MULTI_SELECT,
    )  # fmt: skip
    sheet.text("signed", (20, 40, 180, 60), FT=Name.Sig)
    sheet.text("reset", (200, 40, 280, 60), FT=Name.Btn, Ff=PUSH_BUTTON)
    sheet.instruction("Vul alles in")
    sheet.link("https://example.org/")
    return sheet.bytes()


def orphan_widget() -> bytes:
    """``lost`` lies on the page, but /Fields does not reach it."""
    sheet = Sheet()
    sheet.annotate(sheet.widget(WIDE, FT=Name.Tx, T=String("lost")))
    return sheet.bytes()


def shared_parent() -> bytes:
    """``person`` hands its flags, MaxLen and DA down to ``person.name`` and ``person.town``."""
    sheet = Sheet()
    parent = sheet.pdf.make_indirect(
        Dictionary(
            FT=Name.Tx, T=String("person"), Ff=REQUIRED, MaxLen=7, DA=String("/Helv 9 Tf 0 g")
        )
    )
    kids = []
    for partial, bottom in (("name", 150), ("town", 120)):
        kid = sheet.widget((20, bottom, 280, bottom + 20), T=String(partial), Parent=parent)
        kids.append(sheet.annotate(kid))
    parent.Kids = Array(kids)
    sheet.enter(parent)
    return sheet.bytes()


def same_name_twice() -> bytes:
    """``name`` is two field dictionaries of one name: they are one field. ISO 32000-2, 12.7.4.2."""
    sheet = Sheet()
    sheet.text("name", (20, 150, 280, 170))
    sheet.text("name", (20, 120, 280, 140))
    return sheet.bytes()


def rotated(page_rotation: int = 0, widget_rotation: int = 0) -> bytes:
    """``name`` on a turned page, in a turned box, or both."""
    sheet = Sheet()
    if page_rotation:
        sheet.page().Rotate = page_rotation
    upright = (widget_rotation % 180) == 0
    corners = (40, 100, 200, 120) if upright else (100, 20, 120, 180)
    sheet.text("name", corners, MK=Dictionary(R=widget_rotation), DA=String("/Helv 10 Tf 0 g"))
    return sheet.bytes()


def tagged_form() -> bytes:
    """A tagged page: a paragraph, and a Form element for each of ``name`` and ``agreed``."""
    sheet = Sheet()
    pdf, page = sheet.pdf, sheet.page()
    sheet.print_text("Hallo", 20, 180)
    pdf.pages[0].contents_coalesce()
    content = b"/P <</MCID 0>> BDC " + page.Contents.read_bytes() + b" EMC"
    page.Contents = pdf.make_stream(content)
    page.StructParents = 0
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    words = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page, K=0))
    elements = [words]
    numbers = Array([0, pdf.make_indirect(Array([words]))])
    fields = (
        sheet.text("name", WIDE, TU=String("Uw naam")),
        sheet.checkbox("agreed", (20, 100, 36, 116), TU=String("Akkoord")),
    )
    for key, field in enumerate(fields, 1):
        reference = Dictionary(Type=Name.OBJR, Obj=field, Pg=page)
        element = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Form, P=document, K=reference)
        )
        field.StructParent = key
        elements.append(element)
        numbers.extend(Array([key, element]))
    document.K = Array(elements)
    root.K = document
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = 3
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("nl")
    return sheet.bytes()


def encrypted(user: str = "", owner: str = "owner", revision: int = 6) -> bytes:
    """``name`` in a document with passwords; without ``user`` everybody may open it."""
    sheet = Sheet()
    sheet.text("name")
    modern = revision >= 4
    protection = pikepdf.Encryption(
        user=user,
        owner=owner,
        R=revision,
        aes=modern,
        metadata=modern,
    )
    return sheet.bytes(encryption=protection)


def dynamic_xfa() -> bytes:
    """The pages exist only inside an XFA engine: NeedsRendering."""
    sheet = Sheet()
    sheet.text("name")
    sheet.form.XFA = sheet.pdf.make_stream(b"<xdp:xdp/>")
    sheet.pdf.Root.NeedsRendering = True
    return sheet.bytes()


def xfa_only() -> bytes:
    """All fields are in the XFA: the AcroForm has none."""
    sheet = Sheet()
    sheet.form.XFA = sheet.pdf.make_stream(b"<xdp:xdp/>")
    return sheet.bytes()


def static_xfa(datasets: bytes = b"") -> bytes:
    """A hybrid: ordinary fields, with an XFA copy beside them."""
    sheet = Sheet()
    sheet.text("name", V=String("Anna"))
    sheet.form.XFA = Array(
        [
            String("template"),
            sheet.pdf.make_stream(b"<template/>"),
            String("datasets"),
            sheet.pdf.make_stream(datasets or b"<xfa:datasets/>"),
        ]
    )
    return sheet.bytes()


def without_fields(pages: int = 1, words: str = "Geen formulier") -> bytes:
    """A plain document."""
    sheet = Sheet(pages)
    for number in range(pages):
        sheet.print_text(words, 20, 100, number)
    del sheet.pdf.Root["/AcroForm"]
    return sheet.bytes()


def many_fields(count: int) -> bytes:
    """``count`` text fields."""
    sheet = Sheet()
    for number in range(count):
        sheet.text(f"f{number}")
    return sheet.bytes()


def _one(draw: Any) -> bytes:
    sheet = Sheet()
    draw(sheet)
    return sheet.bytes()
