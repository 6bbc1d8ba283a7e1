"""The desk: everything that web and worker may ask of drafts, uploads and submissions.

One object wired by hand; the logic is in the modules it names, which say what each call raises.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from pipeline.errors import StorageError
from pipeline.flow import (
    approval_changes,
    approvals,
    approver,
    archiving,
    confirming,
    drafts,
    editions,
    jobs,
    link_mail,
    links,
    outbox,
    previous,
    purging,
    saving,
    sending,
    submissions,
    uploads,
    versions,
    withdrawing,
)
from pipeline.flow.approvals import LinkFor
from pipeline.flow.approver import ApproverView
from pipeline.flow.confirming import Confirmation
from pipeline.flow.documents import Catalogue, Form
from pipeline.flow.drafts import Draft
from pipeline.flow.merging import Basis
from pipeline.flow.purging import Purged
from pipeline.flow.route import Route
from pipeline.flow.sending import Consent, Submitted
from pipeline.flow.submissions import SubmissionView
from pipeline.flow.versions import Sent
from pipeline.flow.wiring import Clock, Enqueue, Wiring, utc_now
from pipeline.model.field import Value
from pipeline.settings import Settings
from pipeline.store.database import Sessions, connect, open_sessions
from pipeline.store.files import Files, FileStore
from pipeline.store.mail import Mailer, open_mailer
from pipeline.store.sealing import Sealer

_log = logging.getLogger(__name__)


class Desk:
    """Calls may come from many threads and processes at once."""

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        sessions: Sessions,
        files: Files,
        mailer: Mailer,
        enqueue: Enqueue,
        clock: Clock = utc_now,
    ) -> None:
        self._wiring = Wiring(
            settings,
            catalogue,
            sessions,
            files,
            mailer,
            Sealer(settings.secret_key, settings.key_file),
            enqueue,
            clock,
        )

    def new_token(self) -> str:
        return links.new_token()

    def begin(self, form_id: str) -> Form:
        """Today's edition for a new page. It is kept at once: the page may outlive it."""
        form = self._wiring.catalogue.form(form_id)
        try:
            editions.keep_edition(self._wiring, form)
        except StorageError as error:
            _log.warning("an edition of %s was not kept: %s", form_id, error)
        return form

    def draft_form(self, form_id: str, token: str, template_digest: str | None = None) -> Form:
        return drafts.draft_form(self._wiring, form_id, token, template_digest)

    def edition(self, form_id: str, template_digest: str) -> Form | None:
        """The form as it is or was with this template; ``None`` where it never had it."""
        return editions.form_with_edition(self._wiring, (form_id,), template_digest)

    def save_draft(
        self,
        form_id: str,
        token: str,
        raw: Mapping[str, object],
        version: int | None,
        template_digest: str | None = None,
        basis: Basis | None = None,
        quiet: bool = False,
    ) -> Draft:
        return saving.save_draft(
            self._wiring, form_id, token, raw, version, template_digest, basis, quiet
        )

    def open_draft(self, form_id: str, token: str) -> Draft:
        return drafts.open_draft(self._wiring, form_id, token)

    def carry_over(self, form_id: str, token: str) -> Draft:
        return drafts.carry_over(self._wiring, form_id, token)

    def decided_values(self, form: Form, token: str) -> dict[str, Value | None]:
        return approval_changes.decided_values(self._wiring, form, token)

    def ask_approval(
        self, form_id: str, token: str, approval_id: str, address: str, link_for: LinkFor
    ) -> None:
        approvals.ask(self._wiring, form_id, token, approval_id, address, link_for)

    def withdraw_approval(self, form_id: str, token: str, approval_id: str) -> None:
        approvals.withdraw(self._wiring, form_id, token, approval_id)

    def open_approval(self, token: str) -> ApproverView:
        return approver.open_approval(self._wiring, token)

    def approval_pdf(self, token: str) -> bytes:
        return approver.approval_pdf(self._wiring, token)

    def route_of_sent(self, token: str) -> Route:
        return approvals.route_of_sent(self._wiring, token)

    def decide(self, token: str, given: Mapping[str, str]) -> ApproverView:
        return approver.decide(self._wiring, token, given)

    def take_upload(self, form_id: str, token: str, file_name: str, data: bytes) -> Draft:
        return uploads.take_upload(self._wiring, form_id, token, file_name, data)

    def begin_with_pdf(self, form_id: str, token: str, file_name: str, data: bytes) -> Draft:
        return previous.begin_with_pdf(self._wiring, form_id, token, file_name, data)

    def begin_with_link(self, form_id: str, token: str, source_token: str) -> Draft:
        return previous.begin_with_link(self._wiring, form_id, token, source_token)

    def send(
        self,
        form_id: str,
        token: str,
        raw: Mapping[str, object],
        template_digest: str | None = None,
        consent: Consent | None = None,
    ) -> Submitted:
        return sending.send(self._wiring, form_id, token, raw, template_digest, consent)

    def confirmation(self, form_id: str, token: str) -> Confirmation:
        return confirming.confirmation(self._wiring, form_id, token)

    def begin_version(self, sent_token: str, token: str) -> str:
        return versions.begin_version(self._wiring, sent_token, token)

    def successor(self, sent_token: str) -> Sent | None:
        return versions.successor(self._wiring, sent_token)

    @property
    def mail_keeps_in_folder(self) -> bool:
        """Whether mail stays on this machine, so that people must be told."""
        return self._wiring.mailer.keeps_in_folder

    def mail_link(self, form_id: str, token: str, address: str, link: str, remind: bool) -> Draft:
        return link_mail.mail_link(self._wiring, form_id, token, address, link, remind)

    def stop_reminding(self, form_id: str, token: str) -> Draft:
        return link_mail.stop_reminding(self._wiring, form_id, token)

    def withdraw_link(self, form_id: str, token: str, new_token: str, new_link: str) -> Draft:
        return withdrawing.withdraw_link(self._wiring, form_id, token, new_token, new_link)

    def delete_draft(self, form_id: str, token: str) -> None:
        withdrawing.delete_draft(self._wiring, form_id, token)

    def submission(self, token: str) -> SubmissionView:
        return submissions.submission(self._wiring, token)

    def submission_pdf(self, token: str) -> tuple[str, bytes]:
        return submissions.submission_pdf(self._wiring, token)

    def published_pdf(self, submission_id: UUID, name: str) -> bytes:
        return submissions.published_pdf(self._wiring, submission_id, name)

    def one_page_pdf(self, token: str) -> tuple[str, bytes]:
        return submissions.one_page_pdf(self._wiring, token)

    def ask_archive_copy(self, token: str) -> None:
        archiving.ask_archive_copy(self._wiring, token)

    def retry(self, token: str) -> SubmissionView:
        return submissions.retry(self._wiring, token)

    def work(self, submission_id: UUID) -> None:
        jobs.work(self._wiring, submission_id)

    def give_up(self, submission_id: UUID, code: str) -> None:
        jobs.give_up(self._wiring, submission_id, code)

    def requeue_stale(self, patience: timedelta | None = None) -> int:
        return jobs.requeue_stale(self._wiring, patience)

    def send_receipt(self, submission_id: UUID) -> bool:
        return outbox.send_receipt(self._wiring, submission_id)

    def send_due_letters(self) -> int:
        return outbox.send_due_letters(self._wiring)

    def purge(self) -> Purged:
        wiring = self._wiring
        return purging.purge(wiring.sessions, wiring.files, wiring.clock())


def open_desk(settings: Settings, catalogue: Catalogue, enqueue: Enqueue) -> Desk:
    """The desk of an installation; its database has today's tables already (``migrate``)."""
    return Desk(
        settings,
        catalogue,
        open_sessions(connect(settings.database)),
        FileStore(settings.files_dir),
        open_mailer(settings.mail_url, settings.mail_from, FileStore(settings.mail_dir)),
        enqueue,
    )
