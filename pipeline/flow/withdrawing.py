"""A private link that fell into the wrong hands, and a draft that nobody wants any more."""

from __future__ import annotations

from contextlib import suppress

from pipeline.errors import DeletedDraft, StorageError, WithdrawnLink
from pipeline.flow.drafts import Draft, open_draft, saved_draft
from pipeline.flow.link_mail import unsent_draft
from pipeline.flow.links import token_digest
from pipeline.flow.outbox import move_reminder
from pipeline.flow.purging import empty_draft
from pipeline.flow.wiring import Wiring
from pipeline.store.database import writing
from pipeline.store.records import Emptied, WithdrawnRecord


def withdraw_link(wiring: Wiring, form_id: str, token: str, new_token: str, new_link: str) -> Draft:
    """The draft as it is, under ``new_token``; ``token`` opens nothing and begins nothing again.

    A second call finds it done. The link of the sent form follows from the draft's, so a draft
    that was sent keeps its link: ``AlreadySubmitted``. Raises the errors of links.
    """
    try:
        with writing(wiring.sessions) as session:
            record = unsent_draft(wiring, session, form_id, token)
            withdrawn = WithdrawnRecord(
                token_digest=record.token_digest, withdrawn_at=wiring.clock()
            )
            session.add(withdrawn)
            record.token_digest = token_digest(new_token)
            move_reminder(wiring, session, record.id, new_link)
            session.flush()
            return saved_draft(session, record, new_token)
    except WithdrawnLink:
        return open_draft(wiring, form_id, new_token)


def delete_draft(wiring: Wiring, form_id: str, token: str) -> None:
    """Its values, its uploads and their files, at once. A second call finds it done.

    Raises what ``withdraw_link`` raises.
    """
    try:
        with writing(wiring.sessions) as session:
            record = unsent_draft(wiring, session, form_id, token)
            keys = empty_draft(session, record, Emptied.DELETED)
            record.expires_at = wiring.clock()
    except DeletedDraft:
        return
    for key in keys:
        with suppress(StorageError):  # what stays behind is an orphan that the purge finds
            wiring.files.delete(key)
