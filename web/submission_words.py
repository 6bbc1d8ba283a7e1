"""What the page of a sent form says of its documents: where they are, how large, why not there."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from pipeline.flow.submissions import Failure, SubmissionView

_ = lazy_gettext

FAILURES: Mapping[str, LazyString] = {
    "proof": _(
        "Bij de controle bleek dat de PDF niet precies bevat wat u hebt ingevuld. Daarom is hij "
        "niet vrijgegeven."
    ),
    "took_too_long": _("Het maken van de PDF duurde te lang en is afgebroken."),
    "worker_lost": _("Het maken van de PDF is een paar keer onverwacht afgebroken."),
    "storage": _("De PDF kon niet worden bewaard."),
    "page_overflow": _(
        "Uw teksten passen samen niet op één A4, ook niet in de kleinste letter die nog goed "
        "leesbaar is."
    ),
    "submission": _("Een van uw teksten past niet in het vak dat ervoor is."),
    "internal": _("Bij het maken van de PDF ging bij ons iets mis."),
}


def document_address(sent: SubmissionView, file_name: str) -> str:
    """Where a document of the submission may be had by everybody; it leads nowhere else."""
    return url_for("documents.pdf", submission_id=sent.id, file_name=file_name)


def reason_of(failure: Failure | None) -> str:
    """Empty where there is none."""
    return "" if failure is None else str(FAILURES.get(failure.code, FAILURES["internal"]))


def kilobytes(count: int | None) -> str:
    return str(gettext("%(count)s kB", count=round((count or 0) / 1024)))
