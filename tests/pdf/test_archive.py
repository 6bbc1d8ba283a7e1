"""A finished document for an archive: PDF/A-2b. veraPDF's own verdict: ``make conformance``."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms
from pypdf import PdfReader

from pipeline.errors import NotArchivable
from pipeline.flow import documents
from pipeline.flow.documents import Form, Receipt
from pipeline.pdf.archive import archival, srgb_profile
from pipeline.pdf.states import FlatPdf
from pipeline.wording import error_sentence
from tests.pdf import small_forms
from tests.pdf.forms import form_of, received, submitted
from tests.pdf.judges import is_sound, page_text
from tests.pdf.small_fonts import small_font
from tests.pdf.small_forms import Sheet

ASCII = "".join(map(chr, range(32, 127)))


def embedded_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    program = pdf.make_stream(small_font(ASCII, name="Small"))
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name.Small,
            FirstChar=32,
            LastChar=126,
            Widths=Array([1000] * 95),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=Dictionary(
                Type=Name.FontDescriptor, FontName=Name.Small, Flags=32, FontFile2=program
            ),
        )
    )


def embedded_form() -> Form:
    """Its only font is in the file."""
    sheet = Sheet()
    sheet.form.DR = Dictionary(Font=Dictionary(Own=embedded_font(sheet.pdf)))
    sheet.form.DA = String("/Own 10 Tf 0 g")
    sheet.text("name", TU=String("Naam"), DA=String("/Own 10 Tf 0 g"))
    sheet.pdf.Root.Lang = String("nl")
    return form_of(sheet.bytes())


def test_it_says_what_it_is_and_what_was_submitted() -> None:
    form = embedded_form()
    sent = submitted(form, {"name": "Łódź & <één>"})
    copy = documents.archive_copy(form, sent, Receipt("FP-2026-000007"))
    assert is_sound(copy)
    assert "Łódź & <één>" in page_text(copy)
    assert received(form, copy) == sent.values
    reader = PdfReader(BytesIO(copy))
    assert not reader.is_encrypted
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert metadata.dc_identifier == "FP-2026-000007"
    with pikepdf.open(BytesIO(copy)) as pdf:
        xmp = pdf.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "B")
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == Name.GTS_PDFA1
        profile = ImageCms.ImageCmsProfile(BytesIO(intent.DestOutputProfile.read_bytes()))
        assert "sRGB" in ImageCms.getProfileDescription(profile)


def test_a_document_is_the_same_bytes_each_time() -> None:
    assert srgb_profile() == srgb_profile.__wrapped__()


def test_metadata_of_a_template_are_kept_as_the_standard_has_them() -> None:
    with pikepdf.open(BytesIO(embedded_form().blank)) as pdf:
        with pdf.open_metadata() as xmp:
            xmp["dc:title"] = "Een & ander"
            xmp["dc:creator"] = ["A <a>", "B"]
            xmp["pdfuaid:part"] = "1"
        out = BytesIO()
        pdf.save(out)
    with pikepdf.open(BytesIO(archival(FlatPdf(out.getvalue())))) as pdf:
        xmp = pdf.open_metadata()
        assert xmp["dc:title"] == "Een & ander"
        assert xmp["dc:creator"] == ["A <a>", "B"]
        assert xmp["pdfuaid:part"] == "1"
        assert b"pdfaExtension:schemas" in pdf.Root.Metadata.read_bytes()


def standard_font(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(Extra=font))


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = b"text"


def undrawn_note(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), F=4)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def hidden_link(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), F=2)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def annotation_of_no_place(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([Name.A, 0, 9, 9]), F=4)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def launching_link(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), F=4)
    link.A = Dictionary(S=Name.Launch, F=String("x.exe"))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def layers(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary())


def stream_elsewhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Extra = pdf.make_stream(b"", F=String("elsewhere.bin"))


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (standard_font, "fonts"),
        (attachment, "attachments"),
        (undrawn_note, "annotations"),
        (hidden_link, "annotations"),
        (annotation_of_no_place, "annotations"),
        (launching_link, "actions"),
        (layers, "optional_content"),
        (stream_elsewhere, "external_data"),
    ],
)
def test_what_cannot_be_it_says_why(harm: Callable[[pikepdf.Pdf], None], reason: str) -> None:
    with pikepdf.open(BytesIO(embedded_form().blank)) as pdf:
        harm(pdf)
        out = BytesIO()
        pdf.save(out)
    with pytest.raises(NotArchivable) as caught:
        archival(FlatPdf(out.getvalue()))
    assert caught.value.data["reasons"] == (reason,)
    assert reason in error_sentence(caught.value)


def test_a_form_with_a_standard_font_is_no_archive_copy() -> None:
    form = form_of(small_forms.one_text_field())
    with pytest.raises(NotArchivable):
        documents.archive_copy(form, submitted(form, {"name": "Anna"}))
