"""The one-page of a submission: the form's answers, letter for letter, on one page.

Made only of what ``validate`` let through: there is no way to here from a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.errors import FieldProblem, PageOverflow, SubmissionError
from pipeline.flow.catalogue import Form, form_of
from pipeline.flow.documents import Checked, archive_copy, check, file_name, finish, finish_open
from pipeline.flow.one_page_template import OnePageTemplate
from pipeline.model.definition import SYSTEM_VALUES
from pipeline.model.display import shown_text
from pipeline.model.field import Field, FieldType, Value
from pipeline.model.limits import Limits
from pipeline.model.submission import Submission
from pipeline.model.system import Receipt, system_values
from pipeline.model.validation import Stage
from pipeline.pdf.reflow import reflow
from pipeline.pdf.states import ProvenPdf, SecuredPdf

_BUTTONS = (FieldType.CHECKBOX, FieldType.RADIO)


_NO_RECEIPT = Receipt()


def one_page(
    form: Form, submission: Submission, receipt: Receipt = _NO_RECEIPT, *, encrypt: bool = True
) -> SecuredPdf | ProvenPdf:
    """The one-page of a form that has one: closed up, flattened, encrypted, proven.

    Raises ``PageOverflow`` where the texts do not fit, ``SubmissionError`` where one does not fit
    its own box, ``ProofError``.
    """
    page, checked = _closed_up(form, submission, receipt)
    if not encrypt:
        return finish_open(page, _accepted(checked), receipt)
    return finish(page, _accepted(checked), receipt=receipt, checked=checked)


def one_page_warnings(form: Form, checked: Checked) -> tuple[FieldProblem, ...]:
    """That the answers together are too long for the form's one-page, at the longest of them."""
    sheet = form.one_page
    if sheet is None or checked.submission is None:
        return ()
    values = one_page_values(form, sheet, checked.submission, _NO_RECEIPT)
    try:
        reflow(sheet.pdf, sheet.template, sheet.fonts, values)
    except PageOverflow as error:
        longest = [each.field for each in error.problems if each.field in form.template.by_name]
        return tuple(
            FieldProblem(name, "one_page_overflow", dict(error.data), "warning")
            for name in longest or [""]
        )
    return ()


def one_page_archive_copy(
    form: Form, submission: Submission, receipt: Receipt = _NO_RECEIPT
) -> ProvenPdf:
    """The same as PDF/A-2b, not encrypted. Raises ``NotArchivable``, too."""
    page, checked = _closed_up(form, submission, receipt)
    return archive_copy(page, _accepted(checked), receipt)


def _accepted(checked: Checked) -> Submission:
    if checked.submission is None:
        raise SubmissionError(checked.errors)
    return checked.submission


def _closed_up(form: Form, submission: Submission, receipt: Receipt) -> tuple[Form, Checked]:
    sheet = form.one_page
    assert sheet is not None
    values = one_page_values(form, sheet, submission, receipt)
    data = reflow(sheet.pdf, sheet.template, sheet.fonts, values)
    page = form_of(data, form.id, sheet.document, Limits(max_bytes=len(data)))
    shown = {name: value for name, value in values.items() if name in page.template.by_name}
    return page, check(page, shown, Stage.DRAFT)


def one_page_values(
    form: Form, sheet: OnePageTemplate, submission: Submission, receipt: Receipt
) -> dict[str, Value]:
    """What the one-page's fields show, by their names; those that show nothing are left out."""
    definition = form.template.definition
    words = system_values(
        replace(definition, system={word: word for word in SYSTEM_VALUES}), receipt
    )
    known: dict[str, Value] = {**words, **system_values(definition, receipt), **submission.values}
    shown = {
        name: shown_text(form.template.by_name[name], value)
        if name in form.template.by_name
        else str(value)
        for name, value in known.items()
    }
    values: dict[str, Value] = {}
    for target in sheet.template.data_fields():
        pattern = sheet.definition.values.get(target.name)
        if pattern is not None:
            values[target.name] = pattern.text(shown)
        elif target.type in _BUTTONS:
            values[target.name] = _state(target, known.get(target.name))
        else:
            values[target.name] = shown.get(target.name, "")
    return {name: value for name, value in values.items() if value not in ("", False)}


def _state(target: Field, answer: Value | None) -> Value:
    """A check box is on where the answer is yes, or the very state that it stands for."""
    if target.type is FieldType.CHECKBOX and len(target.on_states) == 1:
        return answer is True or answer == target.on_states[0]
    return answer if isinstance(answer, str) and answer in target.on_states else False


def one_page_name(form: Form, values: Mapping[str, Value]) -> str:
    """The file's name, by form.toml's pattern; else, or where that is the definitive PDF's own,
    this with ``one-page`` behind it."""
    assert form.one_page is not None
    own = file_name(form, values)
    pattern = form.one_page.definition.file_name
    if pattern:
        named = replace(form.template.definition, file_name=pattern)
        template = replace(form.template, definition=named)
        name = file_name(replace(form, template=template), values)
        if name != own:
            return name
    return own.removesuffix(".pdf") + "-one-page.pdf"
