"""Which font writes what: the form's own by its own encoding, else shaped and embedded faces."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from pipeline.pdf.embedding import embed
from pipeline.pdf.faces import packaged_faces
from pipeline.pdf.fallback_font import Codes, FallbackFont
from pipeline.pdf.fonts import read_font_book
from pipeline.pdf.simple_font import SimpleFont, read_simple_font, standard_font
from tests.pdf import small_forms
from tests.pdf.forms import definitive, form_of, received
from tests.pdf.judges import page_text, poppler_text, text_in, without_embedded_values
from tests.pdf.small_forms import Sheet


def simple(**entries: object) -> SimpleFont | None:
    pdf = pikepdf.Pdf.new()
    made = {"Type": Name.Font, "Subtype": Name.Type1, "BaseFont": Name.Helvetica} | entries
    return read_simple_font("FpD0", "F", pdf.make_indirect(Dictionary(**made)))


def test_a_standard_font_knows_its_widths() -> None:
    helvetica = standard_font("Helvetica")
    assert helvetica.width("A") == pytest.approx(0.667)
    assert helvetica.width("il") == pytest.approx(0.444)
    assert standard_font("Courier").width("iW") == pytest.approx(1.2)


def test_a_standard_font_covers_west_european_letters_and_says_what_it_lacks() -> None:
    helvetica = standard_font("Helvetica")
    assert helvetica.covers("Zoë € ‘ja’ – ½ \u00a0ÿ")
    assert not helvetica.covers("Łódź")
    assert helvetica.missing("aŁ") == "Ł"


def test_differences_say_which_code_is_which() -> None:
    encoding = Dictionary(
        BaseEncoding=Name.WinAnsiEncoding, Differences=Array([65, Name.Lslash, Name.zacute])
    )
    font = simple(Encoding=encoding)
    assert font is not None
    assert font.show("Łź", 10).runs == (("FpD0", b"(AB) Tj"),)
    assert not font.covers("A")
    assert font.covers("C")


def test_the_mac_s_encoding() -> None:
    font = simple(Encoding=Name.MacRomanEncoding)
    assert font is not None
    assert font.show("é", 10).runs[0][1] == b"(\x8e) Tj"


def test_the_font_s_own_widths_win() -> None:
    font = simple(Encoding=Name.WinAnsiEncoding, FirstChar=65, LastChar=66, Widths=Array([300, 0]))
    assert font is not None
    assert font.width("A") == pytest.approx(0.3)
    assert not font.covers("B"), "a glyph without a width is none"


@pytest.mark.parametrize(
    "entries",
    [
        {"Subtype": Name.Type3},
        {"Subtype": Name.Type0},
        {"BaseFont": Name.ZapfDingbats},
        {"BaseFont": Name("/ABCDEF+Wingdings-Regular")},
    ],
)
def test_fonts_that_cannot_be_used_by_their_encoding(entries: dict[str, object]) -> None:
    assert simple(**entries) is None


def test_a_subset_s_encoding_promises_more_than_it_holds() -> None:
    """An embedded program with three letters under WinAnsi: only those are used."""
    face = packaged_faces()[0]
    fallback = FallbackFont([face])
    pdf = pikepdf.Pdf.new()
    whole = TTFont(BytesIO(face.blob_face.blob.data))
    from fontTools import subset

    maker = subset.Subsetter()
    maker.populate(text="abc")
    maker.subset(whole)
    program = BytesIO()
    whole.save(program)
    descriptor = Dictionary(FontFile2=pdf.make_stream(program.getvalue()), Flags=32)
    font = read_simple_font(
        "FpD0", "F",
        pdf.make_indirect(
            Dictionary(
                Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+Open"),
                Encoding=Name.WinAnsiEncoding, FontDescriptor=descriptor,
                FirstChar=97, Widths=Array([500] * 26),
            )
        ),
    )  # fmt: skip
    assert font is not None
    assert font.covers("abc")
    assert not font.covers("d")
    assert fallback.missing("d") == ""


def test_brackets_and_backslashes_are_escaped() -> None:
    assert standard_font("Helvetica").show("a(b)\\", 10).runs[0][1] == rb"(a\(b\)\\) Tj"


def test_acrobat_s_short_names_mean_the_standard_fonts() -> None:
    book = read_font_book(pikepdf.Pdf.new())
    assert getattr(book.typeface("TiRo", "a"), "standard", "") == "Times-Roman"
    assert getattr(book.typeface("Nameless", "a"), "standard", "") == "Helvetica"
    assert book.typeface("TiRo", "Ł") is book.fallback


def test_text_from_right_to_left_is_for_the_fallback() -> None:
    sheet = Sheet()
    encoding = Dictionary(Differences=Array([65, Name.afii57664, Name.afii57665]))
    sheet.form.DR.Font.Hebr = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=encoding
    )
    sheet.text("name")
    book = form_of(sheet.bytes()).fonts
    assert book.simple["Hebr"].covers("אב")
    assert book.typeface("Hebr", "אב") is book.fallback


def test_the_fallback_says_what_no_face_has() -> None:
    fallback = FallbackFont(packaged_faces())
    assert fallback.missing("Zoë Łódź Ωδ Жук İı שלום مرحبا €\n") == ""
    assert fallback.missing("a字b") == "字"
    assert fallback.missing("a\u200db") == ""
    assert fallback.missing("a\U000110bdb") == "\U000110bd", (
        "it is to be seen, though it is a format sign"
    )


def test_what_no_font_has_is_a_problem_with_the_character() -> None:
    from pipeline.flow import documents
    from tests.pdf.forms import TODAY

    form = form_of(small_forms.one_text_field())
    checked = documents.check(form, {"name": "漢字"}, documents.Stage.DRAFT, TODAY)
    assert [(each.field, each.code, each.data) for each in checked.problems] == [
        ("name", "no_glyph", {"character": "漢"})
    ]


def test_the_width_is_what_is_set() -> None:
    """Kerning included: the sum of what the content stream moves by."""
    fallback = FallbackFont(packaged_faces())
    form = form_of(small_forms.one_text_field(DA=String("/Helv 20 Tf 0 g")))
    final = definitive(form, {"name": "ŁAVAVAT"})
    from tests.pdf.judges import opened

    with opened(final) as document:
        text = document[0].get_textpage()
        left = text.get_charbox(0, loose=True)[0]
        right = text.get_charbox(6, loose=True)[2]
    size = 20 if fallback.width("ŁAVAVAT") * 20 < 256 else 0
    assert right - left == pytest.approx(fallback.width("ŁAVAVAT") * size, abs=2)


def test_a_glyph_of_two_meanings_has_two_codes() -> None:
    codes = Codes(glyph_count=100)
    assert codes.code(3, " ") == 3
    assert codes.code(3, "\u00a0") == 100
    assert codes.code(3, " ") == 3
    assert codes.code(7, "x") == 7
    assert codes.code(3, "\u2003") == 101


def test_codes_are_each_document_s_own() -> None:
    book = form_of(small_forms.one_text_field()).fonts
    first = book.for_document().typeface("Helv", "Ł\u00a0Ł ").show("Ł\u00a0Ł ", 10)
    again = book.for_document().typeface("Helv", "Ł\u00a0Ł ").show("Ł\u00a0Ł ", 10)
    assert first == again


def test_the_subset_holds_what_is_used_and_little_else() -> None:
    face = packaged_faces()[0]
    fallback = FallbackFont([face])
    fallback.show("Łódź", 10)
    pdf = pikepdf.Pdf.new()
    font = embed(pdf, face, fallback.glyphs()[face.key])
    cid_font = font.DescendantFonts[0]
    program = cid_font.FontDescriptor.FontFile2.read_bytes()
    assert len(program) < 2_000
    drawn = TTFont(BytesIO(program))
    numbers = cid_font.CIDToGIDMap.read_bytes()
    for code in fallback.glyphs()[face.key]:
        number = int.from_bytes(numbers[2 * code : 2 * code + 2], "big")
        assert drawn["glyf"][drawn.getGlyphName(number)].numberOfContours != 0


def test_a_font_without_glyphs_is_a_font() -> None:
    """What a compiled template keeps between its documents."""
    pdf = pikepdf.Pdf.new()
    for face in packaged_faces():
        font = embed(pdf, face, {})
        assert len(font.DescendantFonts[0].W) == 0
        program = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
        assert TTFont(BytesIO(program))["maxp"].numGlyphs == 1


def test_a_letter_with_its_marks_is_one_glyph() -> None:
    """Whoever reads it then finds the letter whole: no mark is a character of its own."""
    fallback = FallbackFont(packaged_faces())
    fallback.show("q\u0323\u0306 שָׁ نُ", 10)
    shown = [glyph for glyphs in fallback.glyphs().values() for glyph in glyphs.values()]
    assert sorted(len(glyph.text) for glyph in shown) == [1, 2, 3, 3]
    assert not any(unicodedata.combining(glyph.text[0]) for glyph in shown)
    assert all(glyph.parts for glyph in shown if glyph.text != " ")


def test_codes_run_out_last() -> None:
    """A face can have as many glyphs as there are codes: those that are not used are lent."""
    codes = Codes(glyph_count=65_535)
    assert codes.code(3, " ") == 3
    assert codes.code(3, "\u00a0") == 65_535
    assert codes.code(3, "\u2003") == 1
    assert codes.code(1, "x") == 2
    assert codes.code(2, "y") == 4


TEXTS = [
    "Łódź, Gdańsk, Żółć",
    "İstanbul ıssız Ş ğ",
    "Ωδ Αθήνα ΰ",
    "Жук Їжак Ѣ",
    "e\u0323\u0301 q\u0323 m\u0304",
    "a\u00a0b c\u202fd",
    "µ μ Ω",
    "שלום",
    "סך הכל 12,50 €",
    "(שלום) abc",
    "بيت تبن ثوب",
    "سلام لا إله إلا",
    "الرقم 123",
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_set_is_read(text: str) -> None:
    """By the proof (PDFium), and by pdfplumber from the pages alone."""
    form = form_of(small_forms.one_text_field())
    final = definitive(form, {"name": text})
    assert received(form, final) == {"name": unicodedata.normalize("NFC", text)}
    alone = received(form, without_embedded_values(final))["name"]
    assert str(alone).split() == unicodedata.normalize("NFC", text).split()


@pytest.mark.parametrize("text", ["Łódź", "Ωδ", "Жук", "a(b) ½"])
def test_poppler_and_pdfium_read_the_very_text(text: str) -> None:
    form = form_of(small_forms.one_text_field())
    final = definitive(form, {"name": text})
    assert text_in(final, form.template.fields[0].widgets[0].rect).strip() == text
    assert poppler_text(final).strip() == text
    assert page_text(final).strip() == text


def test_a_number_among_hebrew_words_stands_the_right_way_round() -> None:
    """Painted, not only stored: the digits from left to right are those that were typed."""
    from tests.pdf.judges import opened

    form = form_of(small_forms.one_text_field())
    final = definitive(form, {"name": "מחיר 12,50 ש"})
    with opened(final) as document:
        page = document[0].get_textpage()
        placed = sorted(
            (page.get_charbox(at)[0], page.get_text_range(at, 1))
            for at in range(page.count_chars())
        )
    assert "12,50" in "".join(char for _, char in placed)
