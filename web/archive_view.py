"""The archive copy of a sent form: offered, being made, there, or why it cannot be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from pipeline.errors import FormpressError, NotArchivable
from pipeline.flow.documents import Form
from pipeline.flow.submissions import SubmissionView
from pipeline.store.records import State
from web.submission_words import document_address, kilobytes, reason_of

_ = lazy_gettext

OFFERED, HINDERED = "offered", "hindered"

_HINDRANCES: Mapping[str, LazyString] = {
    "fonts": _("een lettertype dat niet in het bestand zit"),
    "attachments": _("een bijlage"),
    "annotations": _("een aantekening die niet wordt afgedrukt"),
    "actions": _("een knop of koppeling die iets uitvoert"),
    "optional_content": _("lagen die aan en uit kunnen"),
    "external_data": _("gegevens die buiten het bestand staan"),
    "postscript": _("PostScript"),
    "transfer_functions": _("kleuren die pas bij het afdrukken worden bepaald"),
}


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """``state`` is offered, hindered, or the job's: queued, running, done, failed.

    ``reason`` says why there is none and ``address``, ``name`` and ``size`` tell of one that is
    there.
    """

    state: str
    address: str = ""
    name: str = ""
    size: str = ""
    reason: str = ""

    @property
    def waiting(self) -> bool:
        return self.state in (State.QUEUED, State.RUNNING)

    def as_json(self) -> dict[str, object]:
        return {each: getattr(self, each) for each in self.__slots__}


def archive_part(form: Form | None, sent: SubmissionView) -> ArchivePart | None:
    """``None`` before the definitive PDF is there, and where its form is not known any more."""
    copy = sent.archive_copy
    if form is None or sent.state is not State.DONE:
        return None
    if copy is None:
        reasons = _hindrances(form)
        return ArchivePart(HINDERED, reason=_hindered(reasons)) if reasons else ArchivePart(OFFERED)
    if copy.state is State.DONE:
        address = document_address(sent, copy.file_name)
        return ArchivePart(copy.state, address, copy.file_name, kilobytes(copy.bytes))
    if copy.failure is not None and copy.failure.code == NotArchivable.code:
        return ArchivePart(HINDERED, reason=_hindered(copy.failure.reasons))
    return ArchivePart(copy.state, reason=reason_of(copy.failure))


def _hindrances(form: Form) -> tuple[str, ...]:
    try:
        return form.archive_hindrances
    except FormpressError:  # its job will say what is wrong
        return ()


def _hindered(reasons: Sequence[str]) -> str:
    known = [str(_HINDRANCES[each]) for each in reasons if each in _HINDRANCES]
    if not known:
        return str(gettext("De PDF van het formulier voldoet niet aan de eisen van PDF/A."))
    return str(gettext("Dat komt door de PDF van het formulier: %(what)s.", what="; ".join(known)))
