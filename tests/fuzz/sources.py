"""The PDFs that are mutated: small forms made in code, what Formpress makes of them, real forms."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, String

from pipeline.errors import FormpressError
from pipeline.flow import documents
from pipeline.flow.documents import Form, Stage
from pipeline.model.definition import FormDefinition
from pipeline.model.limits import Limits
from tests.pdf import small_forms
from tests.pdf.small_forms import MULTILINE, Sheet

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

LIMITS = Limits()

FIXED = pikepdf.Encryption(owner="owner", user="", R=3, aes=False, metadata=False)
"""Later revisions add chance, by which no seed would give the same bytes again."""


@dataclass(frozen=True)
class Source:
    """``template`` is the form that ``pdf`` was made from: itself, unless Formpress wrote it."""

    name: str
    pdf: bytes
    template: bytes

    @cached_property
    def form(self) -> Form | None:
        """The form that an upload claims to be; ``None`` where the source is none."""
        try:
            return documents.form_of(self.template, "fuzz", FormDefinition(), LIMITS)
        except FormpressError:
            return None

    @property
    def is_made(self) -> bool:
        return not self.name.endswith(".pdf")


def made_sources() -> list[Source]:
    """Forms drawn in code, and the filled and the definitive PDF of the richest of them."""
    drawn = {
        "one_text_field": small_forms.one_text_field(max_len=8),
        "multiline": small_forms.multiline(),
        "comb": small_forms.comb(),
        "undrawn_checkbox": small_forms.undrawn_checkbox(),
        "list_box": small_forms.list_box(),
        "every_type": small_forms.every_type(),
        "everything": _everything(),
        "orphan_widget": small_forms.orphan_widget(),
        "shared_parent": small_forms.shared_parent(),
        "same_name_twice": small_forms.same_name_twice(),
        "rotated": small_forms.rotated(90, 270),
        "tagged_form": small_forms.tagged_form(),
        "encrypted": _encrypted(small_forms.every_type()),
        "static_xfa": small_forms.static_xfa(),
        "many_fields": small_forms.many_fields(60),
    }
    sources = [Source(name, pdf, pdf) for name, pdf in drawn.items()]
    for name in ("everything", "tagged_form"):
        pdf = drawn[name]
        form = documents.form_of(pdf, "fuzz", FormDefinition(), LIMITS)
        values = {key: value for key, value in _VALUES.items() if key in form.template.by_name}
        sent = documents.validate(form, values, Stage.DRAFT)
        sources.append(Source(f"{name}-filled", _settled(documents.fill(form, sent)), pdf))
        final = documents.finish_open(form, sent)
        sources.append(Source(f"{name}-definitive", _settled(final), pdf))
        sources.append(Source(f"{name}-pages", _settled(final, embedded=False), pdf))
    return sources


def corpus_sources(folder: Path = CORPUS) -> list[Source]:
    """The real forms beside the repository, by name; none where the folder is absent."""
    return [
        Source(path.name, pdf, pdf)
        for path in sorted(folder.glob("*.pdf"))
        for pdf in [path.read_bytes()]
    ]


_VALUES: dict[str, object] = {
    "name": "Zoë Łukasiewicz",
    "story": "Een verhaal van twee regels.\nΩδ, en nog iets.",
    "code": "AB-019",
    "amount": "19,25",
    "day": "24-11-2026",
    "agreed": True,
    "colour": "green",
    "fruit": "p",
    "fruits": ["a", "k"],
}


def _everything() -> bytes:
    """Two pages with a field of each type, scripts, a tree of names, bookmarks and a script name
    tree: something for every mutation."""
    sheet = Sheet(pages=2, size=(300, 400))
    pdf = sheet.pdf
    sheet.print_text("Formulier", 20, 380)
    sheet.text("name", (20, 340, 280, 360), MaxLen=40, TU=String("Naam"))
    sheet.text("story", (20, 260, 280, 330), Ff=MULTILINE)
    sheet.text("code", (20, 230, 180, 250), Ff=small_forms.COMB, MaxLen=8)
    sheet.checkbox("agreed", (20, 200, 36, 216))
    sheet.radio("colour", ["red", "green", "blue"], (20, 170, 36, 186))
    options = [("a", "Appel"), ("p", "Peer"), ("k", "Kers")]
    sheet.choice("fruit", options, (20, 140, 180, 160))
    sheet.choice("fruits", options, (20, 80, 180, 130), Ff=small_forms.MULTI_SELECT)
    number = 'AFNumber_Format(2, 3, 0, 0, "", true);'
    sheet.text("amount", (20, 340, 140, 360), 1, AA=small_forms.actions(F=number))
    total = sheet.text(
        "total", (160, 340, 280, 360), 1,
        AA=small_forms.actions(F=number, C='AFSimple_Calculate("SUM", new Array ("amount"));'),
    )  # fmt: skip
    sheet.form.CO = pikepdf.Array([total])
    day = 'AFDate_FormatEx("dd-mm-yyyy");'
    sheet.text("day", (20, 300, 140, 320), 1, AA=small_forms.actions(F=day, K=day))
    sheet.text("signed", (20, 260, 180, 280), 1, FT=Name.Sig)
    sheet.text("reset", (200, 260, 280, 280), 1, FT=Name.Btn, Ff=small_forms.PUSH_BUTTON)
    sheet.instruction("Vul alles in")
    sheet.link("https://example.org/")
    outline = pdf.make_indirect(Dictionary(Title=String("Deel 1"), Dest=String("one")))
    outlines = pdf.make_indirect(Dictionary(First=outline, Last=outline, Count=1))
    outline.Parent = outlines
    pdf.Root.Outlines = outlines
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=[String("doc"), small_forms.script("var a = 1;")]),
        Dests=Dictionary(Names=[String("one"), pikepdf.Array([sheet.page(), Name.Fit])]),
    )
    return sheet.bytes()


def _encrypted(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, static_id=True, encryption=FIXED)
    return out.getvalue()


def _settled(data: bytes, embedded: bool = True) -> bytes:
    """Without the hour it was made, so that a seed gives the same bytes tomorrow."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pieces = pdf.Root.get("/PieceInfo")
        if pieces is not None and embedded:
            pieces.Formpress.LastModified = String("D:20261124120000Z")
        elif pieces is not None:
            del pdf.Root["/PieceInfo"]
        pdf.save(out, static_id=True)
    return out.getvalue()
