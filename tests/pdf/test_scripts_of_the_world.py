"""Text in many scripts: finished, read back by readers that did not write it, and looked at.

Values come back in the normal form that they are kept in (NFC).
"""

from __future__ import annotations

import unicodedata
from importlib.util import find_spec

import pytest
from pikepdf import String
from PIL import ImageChops

from pipeline.appearance.direction import has_right_to_left
from pipeline.flow import documents
from pipeline.pdf.faces import packaged_faces
from pipeline.pdf.fallback_font import FallbackFont
from tests.pdf import small_forms
from tests.pdf.forms import TODAY, definitive, filled, form_of, received
from tests.pdf.judges import (
    opened,
    picture,
    poppler_picture,
    poppler_text,
    text_in,
    without_embedded_values,
)
from tests.pdf.small_forms import MULTILINE, Sheet

LEFT_TO_RIGHT = {
    "Vietnamese": "Nguyễn Thị Ắ ằ ẵ Ộ ử Đặng",
    "Polish": "Zażółć gęślą jaźń, ŁÓDŹ",
    "Turkish": "İstanbul ıssız Şişli ğ Ğ",
    "Czech": "Příliš žluťoučký kůň ďábel",
    "Romanian": "Țară și Șură",
    "Greek": "Ωμέγα Αθήνα ΰ Ϊ",
    "Cyrillic": "Жук Їжак Ґанок ўсё Ѣ",
    "stressed Cyrillic": "за\u0301мок Ю\u0301рий",
    "letters that only parts make": "e\u0323\u0301 q\u0323\u0306 m\u0304\u0301 g\u0303",
    "letters of other scripts in turn": "aΩЖ ωa жΩ",
}
if find_spec("fontpkg_noto_sans") is not None:
    LEFT_TO_RIGHT |= {
        "polytonic Greek": "ᾄ ᾦ ᾷ ΐ Ἄλφα Ῥόδος ᾮ",
        "Azerbaijani": "Əliyev, Bakı",
        "signs": "100 ₺, 20 ₽, 3 ₹, 4 ‰, Jean‐Luc",
    }

RIGHT_TO_LEFT = {
    "Hebrew": "שלום עולם",
    "Hebrew with points": "בְּרֵאשִׁית בָּרָא אֱלֹהִים",
    "Hebrew with a sum": "סך הכל: 12,50 €",
    "Hebrew with brackets": "שלום (abc) [בדיקה]",
    "Arabic": "بيت تبن ثوب لا إله",
    "Arabic with points": "مُحَمَّدٌ رَسُولٌ",
    "Arabic with both kinds of digits": "الرقم ١٢٣ و 45,6 (تقريبا)",
    "Persian": "می\u200cخواهم پژوهش گچ ۱۲۳",
    "a Hebrew word among Latin ones": "abc (שלום) def - 12/3",
    "Urdu": "اردو ٹیکسٹ ہے",
}

ALL = LEFT_TO_RIGHT | RIGHT_TO_LEFT


@pytest.mark.parametrize("text", ALL.values(), ids=ALL.keys())
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_it_comes_back_from_a_finished_document(text: str, form: str) -> None:
    template = form_of(small_forms.one_text_field())
    final = definitive(template, {"name": unicodedata.normalize(form, text)})
    kept = {"name": unicodedata.normalize("NFC", text)}
    assert received(template, final) == kept
    assert received(template, without_embedded_values(final)) == kept


@pytest.mark.parametrize("text", ALL.values(), ids=ALL.keys())
def test_it_comes_back_from_a_filled_form(text: str) -> None:
    template = form_of(small_forms.one_text_field())
    data = filled(template, {"name": text})
    assert received(template, data) == {"name": unicodedata.normalize("NFC", text)}


@pytest.mark.parametrize("text", LEFT_TO_RIGHT.values(), ids=LEFT_TO_RIGHT.keys())
def test_strangers_read_the_very_text(text: str) -> None:
    template = form_of(small_forms.one_text_field())
    final = definitive(template, {"name": text})
    kept = unicodedata.normalize("NFC", text)
    found = text_in(final, template.template.fields[0].widgets[0].rect).strip()
    assert unicodedata.normalize("NFC", found) == kept
    assert unicodedata.normalize("NFC", poppler_text(final).strip()) == kept


@pytest.mark.parametrize("text", RIGHT_TO_LEFT.values(), ids=RIGHT_TO_LEFT.keys())
def test_strangers_find_the_words_whole(text: str) -> None:
    """Readers differ on a line's order, and on the side of a letter that its marks are on: each
    word's letters must be there in their order, with no space among them."""
    template = form_of(small_forms.one_text_field())
    final = definitive(template, {"name": text})
    for found in (text_in(final, template.template.fields[0].widgets[0].rect), poppler_text(final)):
        for word in letters(text).split():
            if has_right_to_left(word):
                assert word in letters(found)
        assert sorted(marks(found)) == sorted(marks(text))


def letters(text: str) -> str:
    """Letters and spaces alone: without marks, brackets and signs that nobody sees."""
    return "".join(
        char
        for char in unicodedata.normalize("NFKC", text)
        if char.isspace() or unicodedata.category(char)[0] in "LN"
    )


def marks(text: str) -> list[str]:
    return [char for char in unicodedata.normalize("NFKC", text) if unicodedata.combining(char)]


@pytest.mark.parametrize("text", ALL.values(), ids=ALL.keys())
def test_nothing_of_it_is_cut_off(text: str) -> None:
    """In a box with room the text is drawn just as in one that is far too high."""
    pictures = []
    for height in (20, 60):
        sheet = Sheet()
        middle = 100
        corners = (20, middle - height / 2, 280, middle + height / 2)
        sheet.text("name", corners, DA=String("/Helv 11 Tf 0 g"))
        pictures.append(poppler_picture(definitive(form_of(sheet.bytes()), {"name": text}), 0, 144))
    assert ImageChops.difference(*pictures).getbbox() is None
    assert ImageChops.invert(pictures[0]).getbbox() is not None


@pytest.mark.parametrize("text", ["ا", "لا", "ب", "Ż", "שָׁ"])
def test_it_is_found_in_the_lowest_box(text: str) -> None:
    """The letters' boxes, as a reader of pages sees them, lie on their line."""
    sheet = Sheet()
    sheet.text("name", (20, 150, 80, 162), DA=String("/Helv 12 Tf 0 g"))
    template = form_of(sheet.bytes())
    final = definitive(template, {"name": text})
    assert received(template, without_embedded_values(final)) == {
        "name": unicodedata.normalize("NFC", text)
    }


def test_a_letter_stands_alike_however_it_was_typed() -> None:
    template = form_of(small_forms.one_text_field())
    drawn = [
        picture(definitive(template, {"name": unicodedata.normalize(form, "Nguyễn ộ Ắ")}))
        for form in ("NFC", "NFD")
    ]
    assert ImageChops.difference(*drawn).getbbox() is None


def test_marks_stand_on_their_letters() -> None:
    """A dot below is below, an acute above, each within its letter's width."""
    fallback = FallbackFont(packaged_faces())
    low, high = fallback.reach("q")
    below, above = fallback.reach("q\u0323\u0306")
    assert below < low
    assert above > high
    assert fallback.width("q\u0323\u0306") == fallback.width("q")


def test_each_paragraph_has_its_own_direction() -> None:
    """Of the lines of one field, each begins on the side where its first letter says."""
    sheet = Sheet()
    sheet.text("name", small_forms.AREA, Ff=MULTILINE)
    template = form_of(sheet.bytes())
    text = "abc אבג.\nאבג abc."
    final = definitive(template, {"name": text})
    assert received(template, without_embedded_values(final)) == {"name": text}
    with opened(final) as document:
        page = document[0].get_textpage()
        placed = [
            (
                round(page.get_charbox(at)[1] / 4),
                page.get_charbox(at)[0],
                page.get_text_range(at, 1),
            )
            for at in range(page.count_chars())
        ]
    stops = {}
    for wanted in ("a", "."):
        for height, x, char in placed:
            if char == wanted:
                line = min((abs(height - other), other) for other in stops or {height: 0})[1]
                stops.setdefault(line if abs(line - height) < 2 else height, {})[wanted] = x
    first, second = (stops[height] for height in sorted(stops, reverse=True))
    assert first["."] > first["a"]
    assert second["."] < second["a"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ok 😀", "😀"),
        ("👩‍👩‍👧", "👩"),
        ("👍🏽", "👍"),
        ("❤️", "❤"),
        ("🇳🇱", "🇳"),
        ("a 漢字", "漢"),
        ("葛\U000e0100城", "葛"),
        ("e\u20dd", "e\u20dd"),
        ("שׁ ก", "ก"),
        ("a\U000110bd", "\U000110bd"),
        ("e" + "\u0323" * 500, "ẹ" + "\u0323" * 8),
    ],
)
def test_what_no_font_has_is_named(text: str, named: str) -> None:
    """The character itself, whatever joins or varies it; a mark with the letter that bears it."""
    form = form_of(small_forms.one_text_field())
    checked = documents.check(form, {"name": text}, documents.Stage.DRAFT, TODAY)
    assert [(each.code, each.data) for each in checked.problems] == [
        ("no_glyph", {"character": named})
    ]


@pytest.mark.parametrize(
    "text",
    ["a\u200db", "a\ufe0fb", "שלום\u200f!", "\u2068abc\u2069 אבג", "ה\u200cבה"],
)
def test_what_nobody_sees_is_kept(text: str) -> None:
    form = form_of(small_forms.one_text_field())
    final = definitive(form, {"name": text})
    assert received(form, final) == {"name": text}
    assert received(form, filled(form, {"name": text})) == {"name": text}


@pytest.mark.parametrize("line", ["Ấp Đông, Gò Vấp " * 4, "q\u0301\u0302 " * 30])
def test_equal_lines_with_high_letters_are_all_read(line: str) -> None:
    """PDFium would take them for one line that was printed twice."""
    sheet = Sheet(size=(600, 300))
    sheet.text("name", (20, 20, 580, 280), Ff=MULTILINE)
    template = form_of(sheet.bytes())
    text = "\n".join([line.strip()] * 5)
    final = definitive(template, {"name": text})
    found = text_in(final, template.template.fields[0].widgets[0].rect)
    assert "".join(found.split()) == "".join(unicodedata.normalize("NFC", text).split())


def test_a_soft_hyphen_is_not_shown() -> None:
    form = form_of(small_forms.one_text_field())
    with_it, without = (definitive(form, {"name": text}) for text in ("Za\u00adpfen", "Zapfen"))
    assert poppler_text(with_it).strip() == "Zapfen"
    assert text_in(with_it, form.template.fields[0].widgets[0].rect).strip() == "Zapfen"
    assert received(form, filled(form, {"name": "Za\u00adpfen"})) == {"name": "Za\u00adpfen"}
    assert str(received(form, with_it)["name"]).replace("\u00ad", "") == "Zapfen"
    assert received(form, without) == {"name": "Zapfen"}


def test_a_mark_of_another_face_is_not_set_beside_its_letter() -> None:
    """Two faces do not know of one another: the mark would stand anywhere."""
    fallback = FallbackFont(packaged_faces())
    assert fallback.missing("ω\u064e") == "ω\u064e"
    assert fallback.missing("ω\u0301") == ""


WRAPPED = {
    "Hebrew": "שלום עולם (abc) [בדיקה] ועוד English words בתוך עברית. סוף המשפט!",
    "Arabic that Latin words break": "مرحبا بالعالم (تقريبا) "
    "English words that go on here نص 45,6 ثم.",
    "Latin with Hebrew": "abc (שלום) def - 12/3 and more latin text with עברית words, at last.",
    "two paragraphs": "abc אבג is a line that has to be broken.\n"
    "אבג abc def ghi jkl דהו זחט יכל מנס.",
}


@pytest.mark.parametrize("text", WRAPPED.values(), ids=WRAPPED.keys())
def test_wrapped_lines_keep_their_direction(text: str) -> None:
    sheet = Sheet()
    sheet.text("name", (20, 20, 130, 180), Ff=MULTILINE, DA=String("/Helv 11 Tf 0 g"))
    template = form_of(sheet.bytes())
    final = definitive(template, {"name": text})
    assert received(template, final) == {"name": text}
    assert received(template, without_embedded_values(final)) == {"name": text}


def test_a_broken_word_has_its_hyphen() -> None:
    """Readers are told that it is a soft one. ISO 32000-2, 14.8.2.2.3."""
    sheet = Sheet()
    sheet.text("name", (20, 20, 100, 180), Ff=MULTILINE, DA=String("/Helv 11 Tf 0 g"))
    template = form_of(sheet.bytes())
    text = "Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesellschaft"
    final = definitive(template, {"name": text})
    assert received(template, final) == {"name": text}
    back = str(received(template, without_embedded_values(final))["name"])
    assert back.replace("\u00ad", "") == text.replace("\u00ad", "")
    assert "\u00ad" in poppler_text(final)
