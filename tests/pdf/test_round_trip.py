"""The central law: what was submitted comes back, from the filled form and from the definitive PDF.

``receive(template, fill(template, s)) == s`` and ``receive(template, finish(template, s)) == s``,
over forms and values that hypothesis makes.
"""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import String

from pipeline.errors import SubmissionError
from pipeline.flow import documents
from pipeline.flow.documents import Form
from pipeline.model.field import Field, FieldType
from pipeline.model.submission import Submission
from tests.pdf import small_forms
from tests.pdf.forms import LIMITS, form_of, submitted
from tests.pdf.judges import printed_by_poppler, without_embedded_values
from tests.pdf.small_forms import MULTI_SELECT, MULTILINE, Sheet, actions

LETTERS = "abcxyz ABCXYZ 019 éëïöüÉ ß ŁłŻżóśćńŹ İıŞşĞğ ΑΩαωδάΰ ЖжЇїЫыЉ שלום مرحبا -–'’.,()&€½\u00a0"
MARKED = ("e\u0323\u0301", "q\u0323", "B\u0323", "m\u0304", "a\u0300")
WORDS = st.lists(st.sampled_from([*LETTERS, *MARKED]), max_size=24).map("".join)
LINES = st.lists(st.text(alphabet=LETTERS, max_size=40), max_size=5).map("\n".join)
CODES = st.text(alphabet="ABCXYZ019 -Łé", max_size=8)

BOUNDED = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@cache
def whole_form(size: float, quadding: int, rotation: int) -> Form:
    """One of everything on a page that is turned."""
    sheet = Sheet(size=(400, 400))
    sheet.page().Rotate = rotation
    look = {"DA": String(f"/Helv {size} Tf 0 g"), "Q": quadding}
    sheet.print_text("Naam:", 2, 375)
    sheet.text("name", (40, 360, 390, 380), **look)
    sheet.text("story", (40, 240, 390, 350), Ff=MULTILINE, **look)
    sheet.text("code", (40, 210, 200, 230), Ff=small_forms.COMB, MaxLen=8, **look)
    amount = 'AFNumber_Format(2, 3, 0, 0, "", true);'
    sheet.text("amount", (220, 210, 390, 230), AA=actions(F=amount), **look)
    sheet.text(
        "total", (220, 180, 390, 200), Ff=small_forms.READ_ONLY,
        AA=actions(F=amount, C='AFSimple_Calculate("SUM", new Array ("amount"));'),
        **look,
    )  # fmt: skip
    sheet.checkbox("agreed", (40, 180, 56, 196))
    drawn = sheet.checkbox("drawn", (80, 180, 96, 196))
    del drawn["/AP"]
    sheet.radio("colour", ["red", "green", "Łódź"], (40, 150, 56, 166))
    options = [("a", "Appel"), ("p", "Peer, zoet"), ("ż", "Żurawina")]
    sheet.choice("fruit", options, (40, 120, 200, 140), **look)
    sheet.choice("other", options, (220, 120, 390, 140),
                 Ff=small_forms.COMBO | small_forms.EDIT, **look)  # fmt: skip
    sheet.choice("fruits", options, (40, 50, 200, 110), **look | {"Ff": MULTI_SELECT})
    return form_of(sheet.bytes())


FORMS = st.builds(
    whole_form,
    size=st.sampled_from([0, 9, 12]),
    quadding=st.sampled_from([0, 1, 2]),
    rotation=st.sampled_from([0, 90, 180, 270]),
)
VALUES = st.fixed_dictionaries(
    {
        "name": WORDS,
        "story": LINES,
        "code": CODES,
        "amount": st.one_of(
            st.just(""),
            st.decimals(-99999, 99999, places=2).map(lambda each: f"{each:f}".replace(".", ",")),
        ),
        "agreed": st.booleans(),
        "drawn": st.booleans(),
        "colour": st.sampled_from(["", "red", "green", "Łódź"]),
        "fruit": st.sampled_from(["", "a", "p", "ż"]),
        "other": st.one_of(st.sampled_from(["", "a", "p"]), WORDS),
        "fruits": st.lists(st.sampled_from(["a", "p", "ż"]), unique=True),
    }
)


def submission(form: Form, values: dict[str, object]) -> Submission:
    """Less what does not fit its box: that is another law."""
    while True:
        try:
            return submitted(form, values)
        except SubmissionError as error:
            assert {problem.code for problem in error.problems} == {"does_not_fit"}
            values = {
                name: value
                for name, value in values.items()
                if name not in {problem.field for problem in error.problems}
            }


@BOUNDED
@given(form=FORMS, values=VALUES)
def test_from_the_filled_form(form: Form, values: dict[str, object]) -> None:
    sent = submission(form, values)
    received = documents.receive(form, documents.fill(form, sent), LIMITS)
    assert received.values == sent.values
    assert received.problems == ()


@BOUNDED
@given(form=FORMS, values=VALUES)
def test_from_the_definitive_pdf(form: Form, values: dict[str, object]) -> None:
    sent = submission(form, values)
    received = documents.receive(form, documents.finish(form, sent), LIMITS)
    assert received.source == "embedded"
    assert received.values == sent.values


@BOUNDED
@given(form=FORMS, values=VALUES)
def test_validating_twice_changes_nothing(form: Form, values: dict[str, object]) -> None:
    """What is kept is accepted as it is: a draft that is opened again stays the same."""
    sent = submission(form, values)
    assert submitted(form, dict(sent.values)).values == sent.values


@BOUNDED
@given(form=FORMS, values=VALUES)
def test_a_filled_form_is_a_template_again(form: Form, values: dict[str, object]) -> None:
    sent = submission(form, values)
    again = form_of(documents.fill(form, sent))
    assert submitted(again, {}).values == sent.values


SHORT = st.lists(st.text(alphabet="abŁéΩ", min_size=1, max_size=9), min_size=1, max_size=12)
SIMPLE = st.fixed_dictionaries(
    {
        "name": st.text(alphabet="abc ŁódźéΩЖ-", max_size=20),
        "story": st.lists(SHORT.map(" ".join), max_size=4).map("\n".join),
        "code": st.text(alphabet="ABC019", max_size=8),
        "amount": st.decimals(-999, 999, places=2).map(lambda each: f"{each:f}"),
        "agreed": st.booleans(),
        "drawn": st.booleans(),
        "colour": st.sampled_from(["", "red", "green", "Łódź"]),
        "fruit": st.sampled_from(["", "a", "p", "ż"]),
        "fruits": st.lists(st.sampled_from(["a", "p", "ż"]), unique=True),
    }
)


def seen(field: Field, value: object) -> object:
    """As far as a page can tell it: no blanks at the ends, none doubled, a list's own order."""
    if field.type is FieldType.TEXT and isinstance(value, str):
        return "\n".join(" ".join(line.split()) for line in value.strip("\n ").split("\n"))
    return value


@BOUNDED
@given(form=FORMS, values=SIMPLE)
def test_from_the_pages_alone(form: Form, values: dict[str, object]) -> None:
    sent = submission(form, values)
    alone = without_embedded_values(documents.finish_open(form, sent))
    received = documents.receive(form, alone, LIMITS)
    assert received.source == "page_text"
    for field in form.template.data_fields():
        got = received.values.get(field.name)
        assert seen(field, got or "") == seen(field, sent.values.get(field.name) or ""), field.name


@pytest.mark.parametrize("rotation", [0, 90])
def test_from_a_printed_copy(rotation: int) -> None:
    form = whole_form(9, 0, rotation)
    values = {
        "name": "Zoë Łukasiewicz",
        "story": "Een zin die zo lang is dat hij wel een keer moet worden afgebroken, lang dus, en "
        "dan nog één.\nEen tweede alinea.\n\nEen derde.",
        "code": "AB 12",
        "amount": "19,25",
        "agreed": True,
        "drawn": True,
        "colour": "green",
        "fruit": "p",
        "fruits": ["a", "ż"],
    }
    sent = submission(form, values)
    printed = printed_by_poppler(documents.finish(form, sent))
    received = documents.receive(form, printed, LIMITS)
    assert received.source == "page_text"
    assert received.values == sent.values
