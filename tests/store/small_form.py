"""A form of one page, drawn in code: enough fields for drafts, submissions and jobs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

FORM_ID = "small-form"

DEFINITION = """
title = "Small form"
retention_days = 60
reference = "SMALL"
file_name = "small-{school}"
key = ["school"]
required_at_submit = ["agreed"]
"""

ANSWERS: dict[str, object] = {"school": "De Boom", "pupils": "19,25", "agreed": True}
KEPT = {"school": "De Boom", "pupils": "19.25", "agreed": True, "note": ""}


def small_form_pdf(width: int = 300) -> bytes:
    """Texts ``school`` (required, 20 code points) and ``note``, ``pupils``, ``agreed``."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(width, 200))
    helvetica = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
    )
    fields = [
        _text(pdf, "school", 160, MaxLen=20, Ff=2),
        _text(pdf, "pupils", 130, AA=_two_decimals()),
        _text(pdf, "note", 100),
        _checkbox(pdf, "agreed", 70),
    ]
    for field in fields:
        field.P = page.obj
    page.obj.Annots = Array(fields)
    pdf.Root.AcroForm = Dictionary(
        Fields=Array(fields),
        DR=Dictionary(Font=Dictionary(Helv=helvetica)),
        DA=String("/Helv 10 Tf 0 g"),
    )
    out = BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def small_form_folder(parent: Path, width: int = 300) -> Path:
    """A form's folder in ``parent``: template.pdf and form.toml."""
    folder = parent / FORM_ID
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "template.pdf").write_bytes(small_form_pdf(width))
    (folder / "form.toml").write_text(DEFINITION, encoding="utf-8")
    return folder


def _text(pdf: Pdf, name: str, bottom: int, **more: Any) -> Dictionary:
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String(name),
        TU=String(name.title()),
        Rect=Array([20, bottom, 280, bottom + 20]),
        F=4,
        DA=String("/Helv 10 Tf 0 g"),
    )
    for key, value in more.items():
        field[f"/{key}"] = value
    return pdf.make_indirect(field)


def _checkbox(pdf: Pdf, name: str, bottom: int) -> Dictionary:
    appearance = pdf.make_stream(b"")
    appearance.Type, appearance.Subtype = Name.XObject, Name.Form
    appearance.BBox = Array([0, 0, 20, 20])
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Btn,
            T=String(name),
            Rect=Array([20, bottom, 40, bottom + 20]),
            F=4,
            AS=Name.Off,
            MK=Dictionary(CA=String("4")),
            AP=Dictionary(N=Dictionary(Yes=appearance, Off=appearance)),
        )
    )


def _two_decimals() -> Dictionary:
    script = 'AFNumber_Format(2, 3, 0, 0, "", true);'
    return Dictionary(F=Dictionary(S=Name.JavaScript, JS=String(script)))
