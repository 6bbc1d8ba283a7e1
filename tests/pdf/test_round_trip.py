"""The central law: what was submitted comes back, from the filled form and from the definitive PDF.

``receive(template, fill(template, s)) == s`` and ``receive(template, finish(template, s)) == s``,
over forms and values that hypothesis makes. A few dozen of each are tried with every run of the
suite; ``HYPOTHESIS_PROFILE=thorough pytest --timeout 0 tests/pdf/test_round_trip.py`` tries
thousands, other ones each time.

Where the law cannot hold by nature: what no page shows (a hidden field, a password) is not in the
definitive PDF. A line break or a blank at the end of a text cannot be seen on a page; the data
that travel inside the PDF have it.
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, note, settings

from pipeline.errors import SubmissionError
from pipeline.flow import documents
from pipeline.flow.documents import Form
from pipeline.model.field import Field, FieldType, Value
from pipeline.model.submission import Submission
from tests.pdf.forms import LIMITS, form_of, submitted
from tests.pdf.generated_forms import drawn
from tests.pdf.generated_values import Case, cases
from tests.pdf.judges import has_form, opened, root

pytestmark = pytest.mark.timeout(0)  # hypothesis has bounds of its own, also on making smaller

_ALL = settings(deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("bounded", _ALL, max_examples=40, derandomize=True)
settings.register_profile("thorough", _ALL, max_examples=3_000, print_blob=True)
TRIED = settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "bounded"))


def submission(form: Form, values: dict[str, object]) -> Submission:
    """Less what its box or the fonts refuse: those are other laws."""
    while True:
        try:
            return submitted(form, values)
        except SubmissionError as error:
            codes = {problem.code for problem in error.problems}
            assert codes <= {"does_not_fit", "no_glyph"}, error.problems
            event("left out: " + ", ".join(sorted(codes)))
            refused = {problem.field for problem in error.problems}
            values = {name: value for name, value in values.items() if name not in refused}


def sent_to(case: Case) -> tuple[Form, Submission]:
    form = form_of(drawn(case.plan))
    assert {field.name for field in form.template.fields} == {
        field.name for field in case.plan.fields
    }
    sent = submission(form, case.values)
    note(f"sent: {sent.values}")
    return form, sent


@TRIED
@given(cases())
def test_from_the_filled_form(case: Case) -> None:
    form, sent = sent_to(case)
    filled = documents.fill(form, sent)
    received = documents.receive(form, filled, LIMITS)
    assert received.values == sent.values
    assert received.problems == ()
    held = dict(values_by_pypdf(root(filled)["/AcroForm"]["/Fields"]))  # type: ignore[index]
    for field in form.template.data_fields():
        assert as_kept(field, held[field.name]) == (sent.values.get(field.name) or "")


@TRIED
@given(cases())
def test_from_the_definitive_pdf(case: Case) -> None:
    form, sent = sent_to(case)
    definitive = documents.finish_open(form, sent)
    received = documents.receive(form, definitive, LIMITS)
    fields = form.template.by_name
    told = {name: value for name, value in sent.values.items() if is_told(fields[name], value)}
    worked_out_unseen = {
        name: value
        for name, value in received.values.items()
        if fields[name].calculation is not None and not fields[name].painted_widgets()
    }
    assert received.values == boxes_not_ticked(form) | told | worked_out_unseen
    assert received.source == "embedded"
    assert not has_form(definitive)
    for field in form.template.data_fields():
        assert_shown(form, definitive, field, sent.values.get(field.name))


def boxes_not_ticked(form: Form) -> dict[str, Value]:
    """A checkbox is always answered: with no where nothing is to be seen."""
    return {
        field.name: False
        for field in form.template.data_fields()
        if field.type is FieldType.CHECKBOX
    }


def is_told(field: Field, value: Value) -> bool:
    """Whether a page shows the value, a button's by a widget of its own; or the template has it."""
    if field.read_only and field.calculation is None:
        return True
    if field.password:
        return False
    states = {widget.on_state for widget in field.painted_widgets()}
    return bool(states) and (not isinstance(value, str) or states <= {None} or value in states)


def values_by_pypdf(fields: list[Any], above: str = "") -> Iterator[tuple[str, object]]:
    """(fully qualified name, V) of each terminal field."""
    for each in (reference.get_object() for reference in fields):
        name = above + str(each["/T"])
        below = [kid for kid in each.get("/Kids", []) if "/T" in kid.get_object()]
        if below:
            yield from values_by_pypdf(below, name + ".")
        else:
            yield name, each.get("/V")


def as_kept(field: Field, held: object) -> object:
    """A value as this product keeps it, from what another library finds in V."""
    if held is None:
        return ""
    if field.type in (FieldType.CHECKBOX, FieldType.RADIO):
        state = str(held).removeprefix("/")
        several = field.type is FieldType.RADIO or len(field.on_states) > 1
        return "" if state == "Off" else state if several else True
    if field.multi_select:
        return tuple(map(str, held)) if isinstance(held, list) else (str(held),)
    return str(held)


def assert_shown(form: Form, data: bytes, field: Field, value: Value | None) -> None:
    """PDFium finds each of the text's characters in every box that shows them; their order is the
    proof's matter."""
    if field.type not in (FieldType.TEXT, FieldType.CHOICE) or field.password:
        return
    wanted = Counter(seen(documents.shown_text(field, value)))
    for widget in field.painted_widgets() if wanted else ():
        box = widget.rect.grown(2)
        with opened(data) as document:
            words = document[widget.page].get_textpage()
            found = words.get_text_bounded(box.x0, box.y0, box.x1, box.y1)
        missing = wanted - Counter(seen(found))
        assert not missing, (field.name, found)


def seen(text: str) -> str:
    """Signs that leave ink, in the one way that readers agree on: not which way a bracket turns."""
    text = unicodedata.normalize("NFKC", text.replace("\ufffe", "-").replace("\x02", "-"))
    return "".join(
        "|" if unicodedata.mirrored(char) else char
        for char in text
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf", "Mn")
    )


@TRIED
@given(cases())
def test_validating_twice_changes_nothing(case: Case) -> None:
    """What is kept is accepted as it is: a draft that is opened again stays the same."""
    form, sent = sent_to(case)
    assert submitted(form, documents.kept_answers(form, sent.values)).values == sent.values


@TRIED
@given(cases())
def test_a_filled_form_is_a_template_again(case: Case) -> None:
    form, sent = sent_to(case)
    again = form_of(documents.fill(form, sent))
    assert submitted(again, {}).values == sent.values
