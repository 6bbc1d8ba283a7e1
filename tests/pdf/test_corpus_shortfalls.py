"""What real forms still lose, each with its cause. Mending one makes its test fail: then it moves
to ``test_corpus``."""

from __future__ import annotations

import pytest

from pipeline.flow import documents
from pipeline.flow.documents import Form, Stage
from tests.pdf.forms import LIMITS, definitive, received
from tests.pdf.judges import without_embedded_values
from tests.pdf.test_corpus import CORPUS

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="no folder ../shared/corpus with real forms"),
]


def form(name: str) -> Form:
    return documents.open_form(CORPUS / f"{name}.pdf", LIMITS)


SCRIPTS = {
    "ustaxes_UsTaxes__OR-40-V": (
        "format script", 10, "event.value.toUpperCase(): a script of its own; letters stay as typed"
    ),
    "mozilla_pdf.js__issue18561": ("calculation script", 1, "a script of its own"),
    "mozilla_pdf.js__issue13269": ("validation script", 1, "a script that fills another field"),
    "pikepdf_pikepdf__form_dd0293": ("document script", 1, "functions that all fields may call"),
}  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_of_its_own_are_named_and_not_honoured(name: str) -> None:
    what, count, cause = SCRIPTS[name]
    found = [each.what for each in form(name).template.not_understood]
    assert found.count(what) == count, cause


NOT_SHOWN = {
    "chinapandaman_PyPDFForm__PPF-1162": (226, "pages were taken out, their fields were left"),
    "mozilla_pdf.js__widget_hidden_print": (1, "the Hidden flag, which a script would lift"),
    "qpdf_qpdf__shared-unnamed-field": (1, "no page lists the widget"),
}


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_fields_that_show_nowhere_are_warned_of(name: str) -> None:
    """Their values are in a filled form, and in no definitive PDF."""
    count, cause = NOT_SHOWN[name]
    fields = [each for each in form(name).template.fields if each.fillable]
    raw = {each.name: "x" for each in fields if each.type == "text"}
    raw |= {each.name: True for each in fields if each.type == "checkbox"}
    raw |= {each.name: each.on_states[0] for each in fields if each.type == "radio"}
    raw |= {each.name: each.options[0].export for each in fields if each.type == "choice"}
    told = documents.check(form(name), raw, Stage.DRAFT).problems
    assert sum(each.code == "not_shown" for each in told) == count, cause


BLANK_CHOICES = {
    "chinapandaman_PyPDFForm__test_dropdown_two": ("dropdown_1", " "),
    "mozilla_pdf.js__bug1815476": ("topmostSubform[0].Page1[0].Nivel[0]", "  "),
}


@pytest.mark.parametrize("name", BLANK_CHOICES)
def test_a_choice_that_shows_as_a_blank_is_not_read_from_the_page(name: str) -> None:
    """An option of blanks: the page shows nothing. The data that the PDF carries along have it."""
    field, blank = BLANK_CHOICES[name]
    other = next(each.name for each in form(name).template.fields if each.type == "text")
    final = definitive(form(name), {field: blank, other: "x"})
    assert received(form(name), final)[field] == blank
    assert field not in received(form(name), without_embedded_values(final))


def test_values_of_the_form_s_own_that_cannot_be_set() -> None:
    """A page that was scaled to a quarter with its boxes: what they hold is too wide at the
    smallest legible size; and a letter that no face has. The form cannot be finished with them."""
    told = documents.check(form("qpdf_qpdf__test80b2"), {}, Stage.DRAFT).errors
    found = {(each.field, each.code) for each in told}
    assert {("drop1+1", "does_not_fit"), ("text2", "no_glyph")} <= found


def test_what_xfa_signatures_and_usage_rights_say_is_gone() -> None:
    """They are told by ``check``, and go when the form is filled in: any change breaks them."""
    dd293 = form("pikepdf_pikepdf__form_dd0293")
    assert {"xfa", "usage_rights", "signatures"} <= set(dd293.template.notices)
