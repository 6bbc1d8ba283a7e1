"""The proof: what is not there, in the wrong place, or left over, is found; what is there is not
doubted."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from pipeline.appearance.compose import Composed, compose
from pipeline.errors import ProofError
from pipeline.flow.documents import Form
from pipeline.pdf.proof import prove
from pipeline.pdf.proof_texts import says
from pipeline.pdf.states import FlatPdf
from tests.pdf import small_forms
from tests.pdf.forms import definitive, form_of, submitted
from tests.pdf.small_forms import COMB, MULTILINE, Sheet


def composed(form: Form, values: dict[str, object]) -> Composed:
    return compose(form.boxes, submitted(form, values).values, form.fonts.for_document())


def flat(form: Form, values: dict[str, object]) -> FlatPdf:
    return form.skeleton.document(composed(form, values))


def complaints(form: Form, shown: FlatPdf, wanted: dict[str, object]) -> list[tuple[str, str]]:
    """What the proof says of ``shown`` where ``wanted`` was submitted."""
    try:
        prove(shown, form.witness, composed(form, wanted))
    except ProofError as error:
        return [(problem.field, problem.code) for problem in error.problems]
    return []


@pytest.fixture(scope="module")
def form() -> Form:
    return form_of(small_forms.every_type())


RIGHT: dict[str, object] = {
    "name": "Anna",
    "story": "Eerste\nTweede",
    "code": "AB12",
    "agreed": True,
    "colour": "green",
    "fruit": "p",
    "fruits": ["a"],
}


def test_what_is_right_is_proven(form: Form) -> None:
    assert complaints(form, flat(form, RIGHT), RIGHT) == []


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("name", "Ann"),
        ("name", ""),
        ("name", "anna"),
        ("story", "Eerste"),
        ("story", "Tweede\nEerste"),
        ("story", "Eerste\nAnderhalve\nTweede"),
        ("code", "AB21"),
        ("fruit", "a"),
        ("fruits", ["p"]),
    ],
)
def test_another_text_is_found_out(form: Form, field: str, shown: object) -> None:
    found = complaints(form, flat(form, RIGHT | {field: shown}), RIGHT)
    assert found == [(field, "not_found_in_box")]


def test_another_mark_is_found_out(form: Form) -> None:
    assert complaints(form, flat(form, RIGHT | {"agreed": False}), RIGHT) == [
        ("agreed", "mark_not_drawn")
    ]
    assert complaints(form, flat(form, RIGHT), RIGHT | {"agreed": False}) == [
        ("agreed", "mark_drawn")
    ]
    assert complaints(form, flat(form, RIGHT | {"colour": "red"}), RIGHT) == [
        ("colour", "mark_drawn"),
        ("colour", "mark_not_drawn"),
    ]


def test_a_text_in_another_box_is_found_out(form: Form) -> None:
    made = composed(form, RIGHT)
    moved = tuple(
        replace(each, content=b"1 0 0 1 0 -40 cm\n" + each.content)
        if each.field == "name"
        else each
        for each in made.appearances
    )
    shown = form.skeleton.document(replace(made, appearances=moved))
    assert ("name", "not_found_in_box") in complaints(form, shown, RIGHT)


@pytest.mark.parametrize(
    ("field", "shift", "found"),
    [
        ("story", b"1 0 0 1 0 16 cm", True),
        ("story", b"1 0 0 1 0 -56 cm", True),
        ("story", b"1 0 0 1 -12 0 cm", True),
        ("story", b"1 0 0 1 0.5 -0.5 cm", False),
        ("name", b"1 0 0 1 200 0 cm", True),
    ],
)
def test_text_that_leaves_its_box_is_found_out(
    form: Form, field: str, shift: bytes, found: bool
) -> None:
    """The first of its lines, the last, the beginning of all, none, the end of one."""
    values = RIGHT | {"name": "Anna van der Meer"}
    made = composed(form, values)
    moved = tuple(
        replace(each, content=shift + b"\n" + each.content) if each.field == field else each
        for each in made.appearances
    )
    shown = form.skeleton.document(replace(made, appearances=moved))
    problems = [code for name, code in complaints(form, shown, values) if name == field]
    assert problems == (["not_found_in_box"] if found else [])


def test_a_text_on_another_page_is_found_out() -> None:
    sheet = Sheet(pages=2)
    sheet.text("here")
    sheet.text("there", page=1)
    form = form_of(sheet.bytes())
    right = {"here": "Anna", "there": "Bram"}
    swapped = {"here": "Bram", "there": "Anna"}
    assert complaints(form, flat(form, swapped), right) == [
        ("here", "not_found_in_box"),
        ("there", "not_found_in_box"),
    ]
    doubled = {"here": "Anna", "there": "Anna"}
    assert complaints(form, flat(form, doubled), {"here": "Anna"}) == [
        ("there", "text_in_empty_box")
    ]


@pytest.mark.parametrize("wrong", range(6))
def test_of_buttons_side_by_side_the_wrong_one_is_named(wrong: int) -> None:
    """They are drawn together and cut apart."""
    sheet = Sheet()
    names = [f"b{number}" for number in range(6)]
    for number, name in enumerate(names):
        left, foot = 20.3 + 41.7 * number, 150.2 - 17.9 * (number % 3)
        sheet.checkbox(name, (left, foot, left + 15.4, foot + 15.4))
    form = form_of(sheet.bytes())
    right: dict[str, object] = {name: number % 2 == 0 for number, name in enumerate(names)}
    other = right | {names[wrong]: not right[names[wrong]]}
    assert complaints(form, flat(form, right), right) == []
    code = "mark_not_drawn" if right[names[wrong]] else "mark_drawn"
    assert complaints(form, flat(form, other), right) == [(names[wrong], code)]


@pytest.mark.parametrize("field", ["name", "story", "fruit"])
def test_text_in_a_box_without_an_answer_is_found_out(form: Form, field: str) -> None:
    assert complaints(form, flat(form, RIGHT), RIGHT | {field: ""}) == [
        (field, "text_in_empty_box")
    ]


def test_a_form_that_is_left_is_found_out(form: Form) -> None:
    with pikepdf.open(BytesIO(flat(form, RIGHT))) as pdf:
        pdf.Root.AcroForm = Dictionary(Fields=[pdf.make_indirect(Dictionary(FT=Name.Tx, T="x"))])
        out = BytesIO()
        pdf.save(out)
    assert complaints(form, FlatPdf(out.getvalue()), RIGHT) == [("", "form_left")]


def test_a_lost_page_is_found_out() -> None:
    sheet = Sheet(pages=2)
    sheet.text("name")
    form = form_of(sheet.bytes())
    with pikepdf.open(BytesIO(flat(form, {"name": "x"}))) as pdf:
        del pdf.pages[1]
        out = BytesIO()
        pdf.save(out)
    assert complaints(form, FlatPdf(out.getvalue()), {"name": "x"}) == [("", "page_count")]


def test_every_field_that_is_wrong_is_named(form: Form) -> None:
    found = complaints(form, form.blank, RIGHT)
    assert [name for name, _ in found] == [
        "name", "story", "code", "fruit", "fruits", "agreed", "colour",
    ]  # fmt: skip


def test_text_that_covers_a_box_is_no_mark() -> None:
    sheet = Sheet()
    sheet.text("name", (20, 150, 280, 170))
    sheet.checkbox("agreed", (20, 150, 36, 166))
    definitive(form_of(sheet.bytes()), {"name": "MMMMM"})


def test_a_box_whose_drawings_are_alike_is_drawn_anew() -> None:
    """On and Off paint the same: without a drawing of ours nobody could tell them apart."""
    sheet = Sheet()
    same = Dictionary(
        N=Dictionary(Yes=sheet.stream(small_forms.TICK), Off=sheet.stream(small_forms.TICK))
    )
    sheet.checkbox("agreed", AP=same)
    form = form_of(sheet.bytes())
    definitive(form, {"agreed": True})
    definitive(form, {"agreed": False})


@pytest.mark.parametrize("colour", [b"0 1 0 rg", b"1 0.6 0 rg", b"0.7 0.7 0 rg"])
def test_a_bright_mark_is_a_mark(colour: bytes) -> None:
    """As light as its ground, but of another colour."""
    sheet = Sheet()
    states = Dictionary(
        N=Dictionary(
            Yes=sheet.stream(b"0.8 g 0 0 16 16 re f " + colour + b" 4 4 8 8 re f"),
            Off=sheet.stream(b"0.8 g 0 0 16 16 re f"),
        )
    )
    sheet.checkbox("agreed", AP=states)
    definitive(form_of(sheet.bytes()), {"agreed": True})


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("Anna", "Anna"),
        ("vooraf Anna achteraf", "Anna"),
        ("A n n a", "Anna"),
        ("regel een\r\nregel twee", "regel een regel twee"),
        ("af\ufffegebroken", "af-gebroken"),
        ("ﬁets", "fiets"),
        ("e\u0301en", "\u00e9en"),
        ("x\u200by", "xy"),
    ],
)
def test_says(found: str, wanted: str) -> None:
    assert says(found, wanted)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("Ann", "Anna"),
        ("", "x"),
        ("nnaA", "Anna"),
        ("Lodz", "Łódź"),
        ("e", "é"),
        ("19.25", "19,25"),
    ],
)
def test_does_not_say(found: str, wanted: str) -> None:
    assert not says(found, wanted)


TURNING = {
    "Hebrew": "שלום (abc) [בדיקה] 12,50 €",
    "Arabic": "مرحبا ½ (تقريبا) ١٢٣ 45,6 لا",
    "brackets and marks": "ع`à q\u0323 ל'ע(\u05e9",
    "an isolate": "}9 \u2067ש[1\u2069 ab, לה!",
}


@pytest.mark.parametrize("text", TURNING.values(), ids=TURNING.keys())
@pytest.mark.parametrize("kind", ["line", "lines", "comb"])
def test_text_that_turns_is_proven_and_any_change_of_it_is_found_out(kind: str, text: str) -> None:
    entries = {"line": {}, "lines": {"Ff": MULTILINE}, "comb": {"Ff": COMB, "MaxLen": 40}}[kind]
    sheet = Sheet(size=(500, 200))
    sheet.text("name", (20, 60, 90 if kind == "lines" else 480, 180), **entries)
    form = form_of(sheet.bytes())
    right: dict[str, object] = {"name": text}
    assert complaints(form, flat(form, right), right) == []
    letters = [at for at, char in enumerate(text) if char.isalpha()]
    first, last = letters[0], letters[-1]
    exchanged = [*text]
    exchanged[first], exchanged[last] = text[last], text[first]
    for wrong in (text[:last] + text[last + 1 :], text[:first] + "x" + text[first + 1 :],
                  "".join(exchanged)):  # fmt: skip
        found = complaints(form, flat(form, {"name": wrong}), right)
        assert found == [("name", "not_found_in_box")]
