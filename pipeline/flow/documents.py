"""The stages of a document, from values to a secured PDF. One function a stage; no state."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pipeline.appearance.compose import Composed, compose
from pipeline.errors import FieldProblem, SubmissionError
from pipeline.flow.catalogue import Catalogue, Form, form_of, open_catalogue, open_form
from pipeline.flow.guarded import receive_guarded
from pipeline.flow.receive import FieldReading, Received, receive
from pipeline.model.display import shown_text, typed_text
from pipeline.model.field import Value
from pipeline.model.submission import Submission
from pipeline.model.system import Receipt, system_values
from pipeline.model.validation import Stage, examine, in_page_order
from pipeline.pdf import pdfium
from pipeline.pdf.archive import archival
from pipeline.pdf.embedded_values import visible_values
from pipeline.pdf.fill import fill as fill_pdf
from pipeline.pdf.proof import prove, prove_sealed
from pipeline.pdf.states import FilledPdf, ProvenPdf, SecuredPdf
from pipeline.pdf.watermark import mark_concept

__all__ = [
    "Catalogue", "Checked", "FieldReading", "Form", "Receipt", "Received", "Stage",
    "archive_copy", "check", "field_rules", "file_name", "fill", "finish", "finish_open",
    "flatten_as_filled", "form_of", "kept_answers", "open_catalogue", "open_form", "page_image",
    "preview", "receive", "receive_guarded", "shown_text", "typed_text", "validate",
]  # fmt: skip

_NO_RECEIPT = Receipt()


@dataclass(frozen=True)
class Checked:
    """What came of raw values: kept values, every problem, and the submission if none stops it.

    A value that is wrong stands in ``values`` as it was typed, so that nothing is lost.
    ``composed`` is how the values were set to see whether they fit: ``finish`` can use it again.
    """

    values: dict[str, Value]
    problems: tuple[FieldProblem, ...]
    submission: Submission | None
    composed: Composed

    @property
    def errors(self) -> tuple[FieldProblem, ...]:
        return tuple(problem for problem in self.problems if problem.level == "error")


def check(
    form: Form, raw: Mapping[str, object], stage: Stage, today: date | None = None
) -> Checked:
    """Everything that is wrong with ``raw``, also whether each text can be set in its box.

    ``today`` is by default the day that it is where the form is used.
    """
    today = today or form.template.definition.day(datetime.now(UTC))
    examined = examine(form.template, raw, stage, today)
    wrong = {problem.field for problem in examined.problems if problem.level == "error"}
    composed = _set(form, examined.values)
    problems = in_page_order(
        form.template,
        [
            *examined.problems,
            *(problem for problem in composed.problems if problem.field not in wrong),
            *_unseen(form, raw, examined.values, wrong),
        ],
    )
    failed = any(problem.level == "error" for problem in problems)
    submission = None if failed else Submission(form.template.digest, examined.values)
    return Checked(examined.values, problems, submission, composed)


def _unseen(
    form: Form, raw: Mapping[str, object], values: Mapping[str, Value], wrong: set[str]
) -> list[FieldProblem]:
    """Warnings for what was given to fields that no page shows: only the data have it."""
    return [
        FieldProblem(field.name, "not_shown", level="warning")
        for field in form.template.data_fields()
        if field.name in raw
        and field.name not in wrong
        and values.get(field.name, False) not in ("", (), False, field.value)
        and (
            field.name not in form.template.shown_names
            or (field.on_states and not field.shows(values[field.name]))
        )
    ]


def validate(
    form: Form, raw: Mapping[str, object], stage: Stage = Stage.FINAL, today: date | None = None
) -> Submission:
    """``raw`` as a submission. Raises ``SubmissionError`` with every problem."""
    checked = check(form, raw, stage, today)
    if checked.submission is None:
        raise SubmissionError(checked.errors)
    return checked.submission


def fill(form: Form, submission: Submission) -> FilledPdf:
    """Still a form, with the submission in its fields."""
    composed = _fitting(_set(form, submission.values, hidden=True))
    return fill_pdf(form.pdf, submission.values, composed, form.fonts)


def flatten_as_filled(form: Form) -> ProvenPdf:
    """A filled form as a plain document: what its fields hold, checked for nothing but legibility.

    Raises ``SubmissionError`` where a value cannot be shown as it is, and ``ProofError``.
    """
    values = {field.name: field.value for field in form.template.data_fields() if field.value}
    composed = _fitting(_set(form, values))
    return prove(form.skeleton.document(composed), form.witness, composed)


def preview(form: Form, raw: Mapping[str, object]) -> bytes:
    """The PDF as it would be, with CONCEPT across each page. Gaps and mistakes are no hindrance."""
    today = datetime.now(UTC).date()
    values = examine(form.template, raw, Stage.DRAFT, today).values
    return mark_concept(form.skeleton.document(_set(form, values)))


def kept_answers(form: Form, values: Mapping[str, Value]) -> dict[str, object]:
    """A draft's values as raw ones: what it does not hold was cleared, whatever the PDF holds."""
    cleared = {field.name: "" for field in form.template.fields if field.fillable}
    return {**cleared, **values}


def finish(
    form: Form,
    submission: Submission,
    *,
    encrypt: bool = True,
    receipt: Receipt = _NO_RECEIPT,
    checked: Checked | None = None,
) -> SecuredPdf | ProvenPdf:
    """The definitive PDF: flattened, encrypted, proven. Raises ``ProofError``.

    ``receipt`` goes into the document's metadata and into the form's system fields. Whoever has
    just ``checked`` the values may say so, and they are not set a second time.
    """
    if not encrypt:
        return finish_open(form, submission, receipt)
    composed = _composed(form, submission, receipt, checked)
    sealed = form.skeleton.sealed_document(
        composed, embedded=_embedded(form, submission), reference=receipt.reference
    )
    return prove_sealed(sealed, form.witness, composed)


def finish_open(form: Form, submission: Submission, receipt: Receipt = _NO_RECEIPT) -> ProvenPdf:
    """Flattened and proven, not encrypted."""
    composed = _composed(form, submission, receipt, None)
    flat = form.skeleton.document(
        composed, embedded=_embedded(form, submission), reference=receipt.reference
    )
    return prove(flat, form.witness, composed)


def archive_copy(form: Form, submission: Submission, receipt: Receipt = _NO_RECEIPT) -> ProvenPdf:
    """The definitive document as PDF/A-2b, proven, not encrypted. Raises ``NotArchivable``."""
    composed = _composed(form, submission, receipt, None)
    flat = form.skeleton.document(
        composed, embedded=_embedded(form, submission), reference=receipt.reference
    )
    return prove(archival(flat), form.witness, composed)


def page_image(form: Form, page: int, scale: float, kind: str = "PNG") -> bytes:
    """PNG or WEBP of page ``page`` (from 0) before anything is filled in, without instructions."""
    return pdfium.page_file(form.blank, page, scale, kind)


def file_name(form: Form, values: Mapping[str, Value]) -> str:
    """The definitive PDF's name, by form.toml's pattern: safe on every system, ends in .pdf."""
    pattern = form.template.definition.file_name or form.id
    name = re.sub(r"\{([^{}]+)\}", lambda match: str(values.get(match[1], "")), pattern)
    name = unicodedata.normalize("NFC", name)
    name = re.sub(r"[^\w.-]+", "-", name).strip("-._")
    return (name[:120].rstrip("-._") or form.id) + ".pdf"


def field_rules(form: Form) -> list[dict[str, object]]:
    """What a browser needs to treat each field as the server will; JSON-able."""
    definition = form.template.definition
    return [
        {
            "name": field.name,
            "type": field.type.value,
            "label": field.title,
            "required": field.required,
            "read_only": field.read_only or field.calculation is not None,
            "multiline": field.multiline,
            "comb": field.comb,
            "max_len": definition.max_len.get(field.name, field.max_len),
            "on_states": list(field.on_states),
            "multi_select": field.multi_select,
            "editable": field.editable,
            "format": None if field.format is None else field.format.as_json(),
            "range": None if field.range is None else field.range.as_json(),
            "calculation": None if field.calculation is None else field.calculation.as_json(),
            "kind": definition.kinds.get(field.name),
        }
        for field in form.template.data_fields()
    ]


def _set(form: Form, values: Mapping[str, Value], *, hidden: bool = False) -> Composed:
    return compose(form.boxes, values, form.fonts.for_document(), hidden=hidden)


def _composed(
    form: Form, submission: Submission, receipt: Receipt, checked: Checked | None
) -> Composed:
    ours = system_values(form.template.definition, receipt)
    if checked is not None and checked.submission is submission and not ours:
        return _fitting(checked.composed)
    return _fitting(_set(form, {**submission.values, **ours}))


def _fitting(composed: Composed) -> Composed:
    if composed.problems:
        raise SubmissionError(composed.problems)
    return composed


def _embedded(form: Form, submission: Submission) -> tuple[str, dict[str, Value]]:
    return form.template.digest, visible_values(form.template, submission.values)
