"""The archive copy (PDF/A) of a submission: made by a job once somebody asks for it, then kept."""

from __future__ import annotations

from pipeline.errors import NotArchivable, NotReady
from pipeline.flow import runs
from pipeline.flow.links import token_digest
from pipeline.flow.submissions import by_digest
from pipeline.flow.wiring import Wiring
from pipeline.store.database import writing
from pipeline.store.records import ArchiveCopyRecord, State, SubmissionRecord


def ask_archive_copy(wiring: Wiring, token: str) -> None:
    """Queues the job that makes it, where nobody did before or where it failed.

    What the form itself hinders would fail again: that stays. Raises ``UnknownLink``, and
    ``NotReady`` before the definitive PDF is there.
    """
    digest = token_digest(token)
    with writing(wiring.sessions) as session:
        record = by_digest(session, digest, lock=True)  # two who ask at once meet here
        if record.state is not State.DONE:
            raise NotReady(state=record.state.value)
        copy = session.get(ArchiveCopyRecord, record.id, with_for_update=True)
        asked = copy is None or _may_be_tried_again(copy)
        if copy is None:
            copy = ArchiveCopyRecord(id=record.id, file_name=_archive_name(record))
            session.add(copy)
        if asked:
            runs.queue(copy, wiring.clock())
    if asked:
        runs.hand_over(wiring, ArchiveCopyRecord, record.id)


def _may_be_tried_again(copy: ArchiveCopyRecord) -> bool:
    return copy.state is State.FAILED and (copy.failure or {}).get("code") != NotArchivable.code


def _archive_name(record: SubmissionRecord) -> str:
    """The definitive PDF's with ``-pdfa`` behind it, as often as it takes to be another's."""
    name = record.file_name
    while name in (record.file_name, record.one_page_name):
        name = f"{name.removesuffix('.pdf')}-pdfa.pdf"
    return name
