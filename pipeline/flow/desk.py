"""The desk: everything that web and worker may ask of drafts, uploads and submissions.

One object wired by hand; the logic is in the modules it names, which say what each call raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from pipeline.flow import drafts, jobs, links, sending, submissions, uploads
from pipeline.flow.documents import Catalogue
from pipeline.flow.drafts import Draft
from pipeline.flow.sending import Submitted
from pipeline.flow.submissions import SubmissionView
from pipeline.flow.wiring import Clock, Enqueue, Wiring, utc_now
from pipeline.settings import Settings
from pipeline.store.database import Sessions, connect, open_sessions
from pipeline.store.files import Files, FileStore


class Desk:
    """Calls may come from many threads and processes at once."""

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        sessions: Sessions,
        files: Files,
        enqueue: Enqueue,
        clock: Clock = utc_now,
    ) -> None:
        self._wiring = Wiring(settings, catalogue, sessions, files, enqueue, clock)

    def new_token(self) -> str:
        return links.new_token()

    def save_draft(
        self, form_id: str, token: str, raw: Mapping[str, object], version: int | None
    ) -> Draft:
        return drafts.save_draft(self._wiring, form_id, token, raw, version)

    def open_draft(self, form_id: str, token: str) -> Draft:
        return drafts.open_draft(self._wiring, form_id, token)

    def take_upload(self, form_id: str, token: str, file_name: str, data: bytes) -> Draft:
        return uploads.take_upload(self._wiring, form_id, token, file_name, data)

    def send(self, form_id: str, token: str, raw: Mapping[str, object]) -> Submitted:
        return sending.send(self._wiring, form_id, token, raw)

    def submission(self, token: str) -> SubmissionView:
        return submissions.submission(self._wiring, token)

    def submission_pdf(self, token: str) -> tuple[str, bytes]:
        return submissions.submission_pdf(self._wiring, token)

    def retry(self, token: str) -> SubmissionView:
        return submissions.retry(self._wiring, token)

    def work(self, submission_id: UUID) -> None:
        jobs.work(self._wiring, submission_id)

    def give_up(self, submission_id: UUID, code: str) -> None:
        jobs.give_up(self._wiring, submission_id, code)

    def requeue_stale(self, patience: timedelta | None = None) -> int:
        return jobs.requeue_stale(self._wiring, patience)


def open_desk(settings: Settings, catalogue: Catalogue, enqueue: Enqueue) -> Desk:
    """The desk of an installation; its database has today's tables already (``migrate``)."""
    return Desk(
        settings,
        catalogue,
        open_sessions(connect(settings.database)),
        FileStore(settings.files_dir),
        enqueue,
    )
