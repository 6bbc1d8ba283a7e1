"""Submissions: a form that was sent, once, and the way to its definitive PDF."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.errors import (
    FieldProblem,
    NotReady,
    StorageError,
    UnknownForm,
    UnknownLink,
)
from pipeline.flow.links import token_digest
from pipeline.flow.wiring import Wiring
from pipeline.model.field import Value
from pipeline.store.as_json import JsonObject, problems_from_json, values_from_json
from pipeline.store.database import reading, writing
from pipeline.store.records import State, SubmissionRecord

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no definitive PDF: ``code`` as in ``pipeline.errors``, or ``took_too_long``,
    ``worker_lost``, ``internal``."""

    code: str
    problems: tuple[FieldProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class OnePageView:
    """The one-page beside the definitive PDF: ``bytes`` and ``sha256``, or its failure."""

    file_name: str
    sha256: str | None
    bytes: int | None
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """What the page of a sent form shows; ``pdf_sha256``, ``pdf_bytes`` and ``one_page``, where
    the form has one, once it is done."""

    id: UUID
    reference: str
    form_id: str
    title: str
    state: State
    failure: Failure | None
    submitted_at: datetime
    file_name: str
    pdf_sha256: str | None
    pdf_bytes: int | None
    one_page: OnePageView | None
    values: dict[str, Value]


def submission(wiring: Wiring, token: str) -> SubmissionView:
    """Reads only. Raises ``UnknownLink``."""
    digest = token_digest(token)
    with reading(wiring.sessions) as session:
        return _view(wiring, _by_digest(session, digest))


def submission_pdf(wiring: Wiring, token: str) -> tuple[str, bytes]:
    """File name and bytes of the definitive PDF, as they were proven.

    Raises ``UnknownLink``; ``NotReady`` before it is done; ``StorageError`` where the file is
    gone or no longer the one that the row vouches for.
    """
    digest = token_digest(token)
    with reading(wiring.sessions) as session:
        record = _by_digest(session, digest)
    if record.state is not State.DONE or record.pdf_key is None:
        raise NotReady(state=record.state.value)
    return record.file_name, _vouched_for(wiring, record.pdf_key, record.pdf_sha256)


def one_page_pdf(wiring: Wiring, token: str) -> tuple[str, bytes]:
    """The same of the one-page; ``NotReady`` also where there is none."""
    digest = token_digest(token)
    with reading(wiring.sessions) as session:
        record = _by_digest(session, digest)
    if record.one_page_name is None or record.one_page_key is None:
        raise NotReady(state=record.state.value)
    data = _vouched_for(wiring, record.one_page_key, record.one_page_sha256)
    return record.one_page_name, data


def published_pdf(wiring: Wiring, submission_id: UUID, name: str) -> bytes:
    """The definitive PDF or the one-page, by the name of its file.

    For everybody who was given its address, which opens nothing else. Raises ``UnknownLink``,
    ``NotReady`` and ``StorageError``.
    """
    with reading(wiring.sessions) as session:
        record = session.get(SubmissionRecord, submission_id)
    if record is None or name not in (record.file_name, record.one_page_name):
        raise UnknownLink()
    one_page = name == record.one_page_name
    key = record.one_page_key if one_page else record.pdf_key
    if key is None:
        raise NotReady(state=record.state.value)
    return _vouched_for(wiring, key, record.one_page_sha256 if one_page else record.pdf_sha256)


def _vouched_for(wiring: Wiring, key: str, digest: str | None) -> bytes:
    data = wiring.files.get(key)
    if sha256(data).hexdigest() != digest:
        raise StorageError(what="files", why=f"{key} is not what was stored")
    return data


def retry(wiring: Wiring, token: str) -> SubmissionView:
    """Queues a failed job again; of one in any other state nothing changes."""
    digest = token_digest(token)
    with writing(wiring.sessions) as session:
        record = _by_digest(session, digest, lock=True)
        failed = record.state is State.FAILED
        if failed:
            record.state = State.QUEUED
            record.attempts = 0
            record.failure = record.started_at = record.finished_at = None
            record.queued_at = wiring.clock()
        view = _view(wiring, record)
    if failed:
        hand_over(wiring, record.id)
    return view


def offer(wiring: Wiring, submission_id: UUID) -> bool:
    """Gives the job to the queue; whether the queue took it."""
    try:
        wiring.enqueue(submission_id)
    except Exception as error:  # whatever its broker raises
        _log.warning("the job of submission %s waits, no queue: %s", submission_id, error)
        return False
    return True


def hand_over(wiring: Wiring, submission_id: UUID) -> None:
    """Without a queue the job waits in the database, for the next sweep.

    So a person who sends a form while Redis is down sees it waiting, not an error.
    """
    if offer(wiring, submission_id):
        return
    with suppress(StorageError), writing(wiring.sessions) as session:
        record = session.get_one(SubmissionRecord, submission_id, with_for_update=True)
        if record.state is State.QUEUED:
            record.queued_at = None


def _by_digest(session: Session, digest: str, lock: bool = False) -> SubmissionRecord:
    found = select(SubmissionRecord).filter_by(token_digest=digest)
    record = session.scalar(found.with_for_update() if lock else found)
    if record is None:
        raise UnknownLink()
    return record


def _view(wiring: Wiring, record: SubmissionRecord) -> SubmissionView:
    return SubmissionView(
        id=record.id,
        reference=record.reference,
        form_id=record.form_id,
        title=_title(wiring, record.form_id),
        state=record.state,
        failure=_failure(record.failure),
        submitted_at=record.submitted_at,
        file_name=record.file_name,
        pdf_sha256=record.pdf_sha256,
        pdf_bytes=record.pdf_bytes,
        one_page=_one_page(record),
        values=values_from_json(record.values),
    )


def _one_page(record: SubmissionRecord) -> OnePageView | None:
    if record.one_page_name is None:
        return None
    return OnePageView(
        record.one_page_name,
        record.one_page_sha256,
        record.one_page_bytes,
        _failure(record.one_page_failure),
    )


def _failure(stored: JsonObject | None) -> Failure | None:
    if stored is None:
        return None
    return Failure(stored["code"], problems_from_json(stored["problems"]))


def _title(wiring: Wiring, form_id: str) -> str:
    """A form that is no longer served still has its submissions."""
    try:
        return wiring.catalogue.form(form_id).title
    except UnknownForm:
        return form_id
