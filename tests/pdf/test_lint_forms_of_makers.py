"""Forms as other programs make them: checked, filled, finished and read back."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from pipeline.flow.linting import lint_form
from pipeline.lint.behaviour import behaviour
from tests.pdf import maker_forms
from tests.pdf.forms import LIMITS, definitive, filled, form_of, received
from tests.pdf.judges import page_text
from tests.pdf.office_form import office, office_form

MAKERS: dict[str, tuple[Callable[[], bytes], set[str], set[str]]] = {
    "acrobat": (
        maker_forms.acrobat,
        {"document_script", "xfa", "no_tags"},
        {"label_missing", "calculation_not_in_order", "format_script", "keystroke_script"},
    ),
    "script_library": (
        maker_forms.script_library,
        {"label_missing", "no_max_len", "no_tags", "no_language", "no_title"},
        {"states_say_nothing", "font_missing", "no_on_state", "equal_on_states"},
    ),
    "word_processor": (
        maker_forms.word_processor,
        {"no_max_len", "title_not_displayed"},
        {"overlap", "label_missing", "label_is_name", "no_language", "no_title"},
    ),
}
"""Each with codes that must be found, and codes that must not."""


@pytest.mark.parametrize("maker", MAKERS)
def test_what_is_found_of_each(maker: str) -> None:
    draw, wanted, unwanted = MAKERS[maker]
    found = {each.code for each in lint_form(form_of(draw()), LIMITS).findings}
    assert wanted <= found
    assert not unwanted & found


@pytest.mark.parametrize("maker", MAKERS)
def test_each_goes_the_whole_way(maker: str) -> None:
    form = form_of(MAKERS[maker][0]())
    values = {name: v for name, v in maker_forms.VALUES.items() if name in form.template.by_name}
    expected = dict(values) | ({"total": "156.25"} if "total" in form.template.by_name else {})
    for make in (filled, definitive):
        data = make(form, values)
        back = {name: value for name, value in received(form, data).items() if value is not False}
        assert back == expected
    assert "Zoë" in page_text(definitive(form, values))


def test_the_online_form_in_words() -> None:
    report = lint_form(form_of(maker_forms.acrobat()), LIMITS)
    told = {each.name: behaviour(report.subject, each) for each in report.subject.template.fields}
    assert told == {
        "person.name": "one line of text, at most 30 characters, required",
        "person.born": "date, typed or picked: dd-mm-yyyy or as 2024-02-01",
        "amount": "number with at most 2 decimals",
        "total": "calculated: PRD of amount, amount, number with at most 2 decimals",
        "kind": "drop-down list, one of 2: First, Second",
    }


needs_office = pytest.mark.skipif(
    office() is None, reason="no soffice: apt-get install libreoffice-writer to make its form"
)


@needs_office
def test_a_form_of_libreoffice_is_checked() -> None:
    report = lint_form(form_of(office_form()), LIMITS)
    found = {each.code for each in report.findings}
    assert (
        not {"label_missing", "no_tags", "no_language", "no_title", "title_not_displayed"} & found
    )
    assert [each.field for each in report.findings if each.code == "no_max_len"] == ["plaats"]
    labels = {field.name: field.label for field in report.subject.template.fields}
    assert labels["naam"] == "Uw naam"
    told = {each.name: behaviour(report.subject, each) for each in report.subject.template.fields}
    assert told["naam"] == "one line of text, at most 40 characters"
    assert told["fruit"] == "drop-down list, one of 2: Appel, Peer"


@needs_office
def test_a_form_of_libreoffice_without_help_texts_gets_suggestions() -> None:
    report = lint_form(form_of(office_form(labels=False)), LIMITS)
    told = {each.field: each.data["suggestion"] for each in report.findings
            if each.code == "label_missing"}  # fmt: skip
    assert told == {
        "naam": "Uw naam", "plaats": "Woonplaats", "akkoord": "Ik ga akkoord",
        "fruit": "Fruit naar keuze",
    }  # fmt: skip


@needs_office
def test_a_form_of_libreoffice_goes_the_whole_way() -> None:
    form = form_of(office_form())
    values = {"naam": "Zoë Łukasiewicz", "plaats": "Maastricht", "akkoord": True, "fruit": "Peer"}
    for make in (filled, definitive):
        assert received(form, make(form, values)) == values
    final = definitive(form, values)
    assert "Maastricht" in page_text(final)
    assert PdfReader(BytesIO(final)).get_fields() in (None, {})
