"""One tree of errors. They carry data; the edges (shell, web, worker) choose the words.

FormpressError
├── DocumentError            the PDF cannot be used as a form
│   ├── NotAPdf              not a PDF at all, or damaged beyond reading
│   ├── EncryptedPdf         needs a password that nobody gave
│   ├── DynamicXfa           its pages exist only inside an XFA engine
│   ├── NoFields             a PDF without fillable fields
│   ├── OtherEdition         a definitive PDF of another edition, or of another form
│   ├── TooLarge             over a limit of the settings
│   └── TookTooLong          reading it went past the time or memory allowed
├── FormDefinitionError      form.toml is wrong: the line and why
├── ValuesError              a values file that is not of the agreed shape
├── SubmissionError          values that the form does not accept: every problem together
│   └── ColumnsError         names in a table's header row that the form cannot take
├── PageOverflow             what belongs on one page does not fit it
├── ProofError               the final PDF does not say what was submitted
├── NotArchivable            the finished PDF cannot be PDF/A: why not
├── LinkError                an address that does not (or no longer) open anything
│   ├── UnknownForm
│   ├── UnknownLink
│   ├── ExpiredLink
│   ├── WithdrawnLink        a draft's earlier link, which was replaced by a new one
│   ├── DeletedDraft         somebody deleted the form that was saved here
│   ├── NotALink             no address of a form that was saved or sent
│   ├── OtherForm            a link of a form that this one takes nothing over from
│   └── UnknownApproval      the form asks for no such approval
├── ApprovalTooEarly         it comes after another one, which is not given
├── ApprovalOver             there is nothing to decide any more: why
├── TemplateChanged          the form was replaced after this draft or submission began
├── AlreadySubmitted         the draft was sent; it is read-only now
├── EditConflict             somebody else saved in between
├── WouldVoidApproval        saving by itself must not take away what an approver decided
├── WouldSupersede           a submission of the same key is there, and nobody agreed to replace it
├── TooManyMails             as many mails as may go in an hour went
├── NotReady                 the definitive PDF does not exist (yet)
├── BatchError               a batch of rows, or one of its rows
│   ├── OtherBatch           its directory holds a batch of another form or with other options
│   ├── ChangedRow           a row is no longer what its finished PDF was made from
│   ├── Occupied             its directory holds files that a batch would write, and no journal
│   ├── BatchRunning         another process is at work in its directory
│   ├── JournalDamaged       its journal cannot be read beyond a line
│   ├── NoWorkers            its worker processes end before they can begin
│   ├── BadRows              all rows were tried, and some have no PDF
│   ├── Interrupted          stopped by hand before all rows were tried
│   ├── TooManyCells         a row with more cells than there are columns
│   ├── RowTookTooLong       a row went past the time that one row may take
│   ├── WorkerDied           the process that made a row ended without an answer
│   └── RowFailed            a mistake of the program while making a row
├── MailError                a mail server did not take a mail
├── StorageError             disk or database did not take it, or gives back something else
└── SettingsError            a setting (environment variable) that cannot be used
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing that is wrong with one field.

    ``code`` is a stable word (``required``, ``max_len``, ``does_not_fit`` …) and ``data`` holds
    what a sentence needs (``limit``, ``length``, ``character`` …). ``level`` is ``error`` or
    ``warning``; a warning is shown and stops nothing. ``message`` is the form author's own
    sentence (form.toml) where there is one.
    """

    field: str
    code: str
    data: Mapping[str, object] = dataclass_field(default_factory=lambda: MappingProxyType({}))
    level: str = "error"
    message: str | None = None


class FormpressError(Exception):
    """Base of all errors that a person can cause and mend."""

    code = "error"

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.code, data)

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value!r}" for key, value in self.data.items())
        return f"{self.code}({details})"


class DocumentError(FormpressError):
    code = "document"


class NotAPdf(DocumentError):
    code = "not_a_pdf"


class EncryptedPdf(DocumentError):
    code = "encrypted"


class DynamicXfa(DocumentError):
    code = "dynamic_xfa"


class NoFields(DocumentError):
    code = "no_fields"


class OtherEdition(DocumentError):
    """``digest`` is that of the template it was made from."""

    code = "other_edition"


class TooLarge(DocumentError):
    """``what`` is bytes, pages or fields; ``limit`` and ``found`` are counts of it."""

    code = "too_large"


class TookTooLong(DocumentError):
    code = "took_too_long"


class FormDefinitionError(FormpressError):
    """``file``, ``where`` (key or line) and ``why``."""

    code = "form_definition"


class ValuesError(FormpressError):
    code = "values"


class SubmissionError(FormpressError):
    """Every problem of a submission together, in page order."""

    code = "submission"

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems))


class ColumnsError(SubmissionError):
    """``problems`` bear the columns' names as they stand in the header row, in its order."""

    code = "columns"


class PageOverflow(FormpressError):
    """``over`` is how much too high it is, in points, with all texts at ``size``, the smallest
    legible one; ``problems`` name the longest texts."""

    code = "page_overflow"

    def __init__(self, problems: Sequence[FieldProblem] = (), **data: object) -> None:
        self.problems = tuple(problems)
        super().__init__(**data)


class ProofError(FormpressError):
    """``problems`` name each field whose value could not be read back, or what was left over."""

    code = "proof"

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(fields=[problem.field for problem in self.problems])


class NotArchivable(FormpressError):
    """``reasons``: fonts, attachments, annotations, actions, optional_content … each a word."""

    code = "not_archivable"

    def __init__(self, reasons: Sequence[str] = (), **data: object) -> None:
        self.reasons = tuple(reasons)
        super().__init__(reasons=self.reasons, **data)


class LinkError(FormpressError):
    code = "link"


class UnknownForm(LinkError):
    code = "unknown_form"


class UnknownLink(LinkError):
    code = "unknown_link"


class ExpiredLink(LinkError):
    code = "expired_link"


class WithdrawnLink(LinkError):
    code = "withdrawn_link"


class DeletedDraft(LinkError):
    code = "deleted_draft"


class NotALink(LinkError):
    code = "not_a_link"


class OtherForm(LinkError):
    """``form`` is the id of the form that the link belongs to."""

    code = "other_form"


class UnknownApproval(LinkError):
    code = "unknown_approval"


class ApprovalTooEarly(FormpressError):
    """``title`` is that of the approval which is not given yet."""

    code = "approval_too_early"


class ApprovalOver(FormpressError):
    """``why``: expired, submitted, withdrawn, replaced, changed or earlier."""

    code = "approval_over"


class TemplateChanged(FormpressError):
    code = "template_changed"


class AlreadySubmitted(FormpressError):
    code = "already_submitted"


class EditConflict(FormpressError):
    """``version`` is the one in the store, of ``saved_at``; the values there are kept.

    ``stored`` are those values. ``clashes`` names the fields that both changed, ``taken`` those
    where the stored answer stands: only the other changed it, or it was chosen.
    """

    code = "edit_conflict"

    def __init__(
        self,
        stored: Mapping[str, object] = MappingProxyType({}),
        clashes: Sequence[str] = (),
        taken: Sequence[str] = (),
        **data: object,
    ) -> None:
        self.stored = stored
        self.clashes = tuple(clashes)
        self.taken = tuple(taken)
        super().__init__(**data)


class WouldVoidApproval(FormpressError):
    """A save that nobody asked for would take an approval away; nothing was saved."""

    code = "would_void_approval"


class WouldSupersede(FormpressError):
    """``reference`` and ``submitted_at`` are those of the submission that would be replaced."""

    code = "would_supersede"


class TooManyMails(FormpressError):
    """``limit`` is the number of mails in an hour."""

    code = "too_many_mails"


class NotReady(FormpressError):
    """``state`` is the submission's: queued, running or failed."""

    code = "not_ready"


class BatchError(FormpressError):
    """``path`` is the batch's directory, where one is meant."""

    code = "batch"


class OtherBatch(BatchError):
    """``differs`` says in what: the form, form.toml, or an option."""

    code = "other_batch"


class ChangedRow(BatchError):
    """``row`` is the row's number, ``file`` the PDF that was made of it."""

    code = "changed_row"


class Occupied(BatchError):
    """``file`` is one that is in the way."""

    code = "occupied"


class BatchRunning(BatchError):
    code = "batch_running"


class JournalDamaged(BatchError):
    """``line`` of the journal, from 1."""

    code = "journal_damaged"


class NoWorkers(BatchError):
    """``how`` the last of them ended."""

    code = "no_workers"


class BadRows(BatchError):
    """``bad`` of ``rows``; ``file`` lists their problems."""

    code = "bad_rows"


class Interrupted(BatchError):
    """``done`` of ``rows``."""

    code = "interrupted"


class TooManyCells(BatchError):
    """``found`` cells where there are ``limit`` columns."""

    code = "too_many_cells"


class RowTookTooLong(BatchError):
    code = "row_took_too_long"


class WorkerDied(BatchError):
    """``how``: the signal or exit code."""

    code = "worker_died"


class RowFailed(BatchError):
    """``why`` is the exception, for whoever mends the program."""

    code = "row_failed"


class MailError(FormpressError):
    """``why``: ``refused`` (the address) or ``unreachable`` (the server)."""

    code = "mail"


class StorageError(FormpressError):
    """``what`` is files, database or disk; ``why`` the system's words. Nothing was kept."""

    code = "storage"


class SettingsError(FormpressError):
    """``variable`` is the name in the environment (``FORMPRESS_…``), ``why`` what is wrong."""

    code = "settings"
