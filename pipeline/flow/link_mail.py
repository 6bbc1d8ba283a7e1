"""The private link by mail to whoever asks for it, and a reminder of it before its end."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from pipeline.errors import AlreadySubmitted, MailError, TooManyMails
from pipeline.flow.drafts import Draft, require_valid, saved_draft, unknown_link, was_sent
from pipeline.flow.editions import edition
from pipeline.flow.letters import link_letter
from pipeline.flow.links import submission_token, token_digest
from pipeline.flow.outbox import drop_reminder, keep_reminder
from pipeline.flow.wiring import Wiring
from pipeline.store.database import writing
from pipeline.store.mail import Mail
from pipeline.store.records import DraftRecord, SentMail

MOST_OF_A_DRAFT = 5
MOST_TO_AN_ADDRESS = 10
"""Mails in an hour, so that nobody has us flood another's letter box."""

_HOUR = timedelta(hours=1)


def mail_link(
    wiring: Wiring, form_id: str, token: str, address: str, link: str, remind: bool
) -> Draft:
    """Sends ``link``, which opens the draft, to ``address``, which is kept only to ``remind``.

    Raises ``MailError``, ``TooManyMails``, and what ``unsent_draft`` raises.
    """
    with writing(wiring.sessions) as session:
        record = unsent_draft(wiring, session, form_id, token)
        counted = count_mail(wiring, session, record, address)
    form = edition(wiring, form_id, record.template_digest)
    letter = link_letter(form, link, record.expires_at, remind)
    send_counted(wiring, letter.to(address), counted)
    with writing(wiring.sessions) as session:
        record = unsent_draft(wiring, session, form_id, token)
        if remind:
            keep_reminder(wiring, session, record, address, link)
        return saved_draft(session, record, token)


def stop_reminding(wiring: Wiring, form_id: str, token: str) -> Draft:
    """Consent is taken back: address and link are deleted."""
    with writing(wiring.sessions) as session:
        record = unsent_draft(wiring, session, form_id, token)
        drop_reminder(session, record.id)
        return saved_draft(session, record, token)


def unsent_draft(wiring: Wiring, session: Session, form_id: str, token: str) -> DraftRecord:
    """A draft that may still change, locked until the transaction ends.

    Raises ``AlreadySubmitted`` and the errors of links.
    """
    wiring.catalogue.form(form_id)
    digest = token_digest(token)
    record = session.scalar(select(DraftRecord).filter_by(token_digest=digest).with_for_update())
    if record is None:
        raise unknown_link(session, digest)
    require_valid(wiring, session, form_id, record)
    if was_sent(session, record):
        raise AlreadySubmitted(submission_token=submission_token(token))
    return record


def send_counted(wiring: Wiring, mail: Mail, counted: SentMail) -> None:
    """A mail that no server took does not count. Raises ``MailError``."""
    try:
        wiring.mailer.send(mail)
    except MailError as error:
        if error.data.get("why") == "unreachable":
            with writing(wiring.sessions) as session:
                session.execute(delete(SentMail).filter_by(id=counted.id))
        raise


def count_mail(wiring: Wiring, session: Session, record: DraftRecord, address: str) -> SentMail:
    """The draft's row is locked, so of two at once the second sees the first's row."""
    now = wiring.clock()
    digest = wiring.sealer.digest(address.lower())
    sent = select(func.count()).select_from(SentMail).where(SentMail.sent_at > now - _HOUR)
    for limit, which in (
        (MOST_OF_A_DRAFT, sent.filter_by(draft_id=record.id)),
        (MOST_TO_AN_ADDRESS, sent.filter_by(address_digest=digest)),
    ):
        if session.scalars(which).one() >= limit:
            raise TooManyMails(limit=limit)
    counted = SentMail(draft_id=record.id, address_digest=digest, sent_at=now)
    session.add(counted)
    session.flush()
    return counted
