"""The quick reading of values says what the thorough one says, field by field."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from pipeline.errors import DynamicXfa, FormpressError, TooLarge
from pipeline.model.field import Field
from pipeline.model.limits import Limits
from pipeline.pdf.field_reader import read_fields
from pipeline.pdf.form_values import FormValues, Held, form_values
from pipeline.pdf.intake import open_pdf
from tests.pdf import small_forms
from tests.pdf.forms import LIMITS, filled, form_of
from tests.pdf.small_forms import COMBO, EDIT, MULTI_SELECT, PUSH_BUTTON, RADIO, WIDE, Sheet

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

FORMS: dict[str, Callable[[], bytes]] = {
    make.__name__: make
    for make in (
        small_forms.one_text_field,
        small_forms.multiline,
        small_forms.comb,
        small_forms.checkbox,
        small_forms.undrawn_checkbox,
        small_forms.radio_group,
        small_forms.choice,
        small_forms.list_box,
        small_forms.every_type,
        small_forms.orphan_widget,
        small_forms.shared_parent,
        small_forms.same_name_twice,
        small_forms.rotated,
        small_forms.tagged_form,
        small_forms.encrypted,
        small_forms.static_xfa,
    )
}

ANSWERS: dict[str, object] = {
    "name": "Zoë Ł\nen", "story": "Een\nTwee", "code": "AB 12", "agreed": True, "colour": "green",
    "fruit": "p", "fruits": ["a", "k"], "lost": "gevonden", "person.name": "Anna",
}  # fmt: skip


def thorough(data: bytes) -> dict[str, Field]:
    with open_pdf(data) as pdf:
        return {each.field.name: each.field for each in read_fields(pdf)}


def told(fields: dict[str, Field]) -> dict[str, Held]:
    return {name: (field.type, field.value) for name, field in fields.items()}


def quick(data: bytes, known: dict[str, Field] | None = None) -> dict[str, Held]:
    with open_pdf(data, only_read=True) as pdf:
        return FormValues(pdf, known).held


@pytest.mark.parametrize("name", FORMS)
def test_both_readings_are_the_same(name: str) -> None:
    blank = FORMS[name]()
    form = form_of(blank)
    answers = {key: value for key, value in ANSWERS.items() if key in form.template.by_name}
    if name != "multiline" and "name" in answers:
        answers["name"] = "Zoë Ł"
    for data in (blank, filled(form, answers)):
        fields = thorough(data)
        assert quick(data) == told(fields)
        assert quick(data, fields) == told(fields)
        assert quick(data, dict(form.template.by_name)) == told(fields)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="no folder ../shared/corpus with real forms")
def test_both_readings_of_real_forms_are_the_same() -> None:
    seen = 0
    for path in sorted(CORPUS.glob("*.pdf")):
        data = path.read_bytes()
        try:
            fields = thorough(data)
        except FormpressError as error:
            with pytest.raises(type(error)):
                quick(data)
            continue
        assert quick(data) == told(fields), path.name
        assert quick(data, fields) == told(fields), path.name
        seen += len(fields)
    assert seen > 1000


TEXTS = st.sampled_from(["", "a", "b", "Off", "Yes", "Łódź", "een\rtwee\r\ndrie", "  ", "x" * 1200])
NAMES = st.sampled_from(["a", "b", "a.b", "", "Łódź"])
STATES = st.sampled_from(["a", "b", "Yes", "Off"])


def drawn_values(sheet: Sheet) -> st.SearchStrategy[Any]:
    """What may stand in V: of the right type, and of others."""
    return st.one_of(
        TEXTS.map(String),
        STATES.map(lambda state: Name("/" + state)),
        st.lists(TEXTS.map(String), max_size=3).map(Array),
        st.sampled_from([3, True, Dictionary(), Array()]),
        TEXTS.map(lambda words: sheet.pdf.make_stream(words.encode("utf-16"))),
    )


def maybe(data: st.DataObject, chance: str) -> bool:
    return data.draw(st.sampled_from([True, False]), label=chance)


def drawn_entries(sheet: Sheet, data: st.DataObject) -> dict[str, Any]:
    """Some of the entries of a field or a widget, sound or not."""
    entries: dict[str, Any] = {}
    flags = st.sampled_from([0, RADIO, PUSH_BUTTON, COMBO, COMBO | EDIT, MULTI_SELECT, 1])
    kinds = st.sampled_from(["Tx", "Tx", "Btn", "Btn", "Ch", "Sig", "X"])
    if maybe(data, "FT"):
        entries["FT"] = Name("/" + data.draw(kinds))
    if maybe(data, "Ff"):
        entries["Ff"] = data.draw(flags)
    if maybe(data, "V"):
        entries["V"] = data.draw(drawn_values(sheet))
    if maybe(data, "Opt"):
        entries["Opt"] = Array([String(each) for each in data.draw(st.lists(TEXTS, max_size=3))])
    if maybe(data, "AS"):
        entries["AS"] = Name("/" + data.draw(STATES))
    if maybe(data, "AP"):
        states = data.draw(st.sets(STATES, max_size=3))
        drawn = {f"/{state}": sheet.stream(b"") for state in states}
        entries["AP"] = Dictionary({f"/{data.draw(st.sampled_from('ND'))}": Dictionary(drawn)})
    return entries


def draw_node(sheet: Sheet, data: st.DataObject, parent: Any, depth: int) -> Any:
    """A field or a widget with what is below it; it may lack what ties it to its parent, or be
    direct, or lie on no page."""
    entries = drawn_entries(sheet, data)
    if maybe(data, "T"):
        entries["T"] = String(data.draw(NAMES))
    if parent is not None and maybe(data, "Parent"):
        entries["Parent"] = parent
    if maybe(data, "is a widget"):
        node = sheet.widget(WIDE, **entries)
        if maybe(data, "lies on a page"):
            sheet.annotate(node)
    else:
        node = sheet.pdf.make_indirect(Dictionary(**entries))
    kids = data.draw(st.integers(0, 3 if depth < 3 else 0), label="kids")
    if kids:
        node.Kids = Array([draw_node(sheet, data, node, depth + 1) for _ in range(kids)])
    return node


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_both_readings_of_any_tree_are_the_same(data: st.DataObject) -> None:
    sheet = Sheet()
    for _ in range(data.draw(st.integers(1, 4), label="roots")):
        root = draw_node(sheet, data, None, 0)
        if maybe(data, "is entered"):
            sheet.enter(root)
    if maybe(data, "has a direct widget"):
        direct = Dictionary(
            Subtype=Name.Widget, Rect=Array(list(WIDE)), **drawn_entries(sheet, data)
        )
        sheet.annotate(direct)
        if maybe(data, "which is a field"):
            sheet.enter(direct)
    pdf = sheet.bytes()
    fields = thorough(pdf)
    assert quick(pdf) == told(fields)
    assert quick(pdf, fields) == told(fields)


def test_what_the_template_knows_is_not_looked_for() -> None:
    """The mark's drawings are gone, but V names a state of the form."""
    form = form_of(small_forms.checkbox(on="Ja"))
    with pikepdf.open(BytesIO(filled(form, {"agreed": True}))) as pdf:
        del pdf.Root.AcroForm.Fields[0]["/AP"]
        del pdf.Root.AcroForm.Fields[0]["/AS"]
        known = FormValues(pdf, form.template.by_name).held
    assert [value for _, value in known.values()] == [True]


def test_too_many_fields_are_refused() -> None:
    with open_pdf(small_forms.many_fields(4)) as pdf, pytest.raises(TooLarge) as caught:
        form_values(pdf, Limits(max_fields=3))
    assert caught.value.data == {"what": "fields", "limit": 3, "found": 4}


def test_fields_that_only_an_xfa_engine_sees() -> None:
    with open_pdf(small_forms.xfa_only()) as pdf, pytest.raises(DynamicXfa):
        form_values(pdf, LIMITS)
