"""Submissions: a form that was sent, once, and the way to its PDFs."""

from __future__ import annotations

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
    UnknownLink,
)
from pipeline.flow import runs
from pipeline.flow.editions import form_with_edition
from pipeline.flow.links import token_digest
from pipeline.flow.wiring import Wiring
from pipeline.model.field import Value
from pipeline.store.as_json import JsonObject, problems_from_json, values_from_json
from pipeline.store.database import reading, writing
from pipeline.store.records import ArchiveCopyRecord, State, SubmissionRecord


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no PDF: ``code`` as in ``pipeline.errors``, or ``took_too_long``,
    ``worker_lost``, ``internal``. ``reasons`` are those of ``NotArchivable``."""

    code: str
    problems: tuple[FieldProblem, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnePageView:
    """The one-page beside the definitive PDF: ``bytes`` and ``sha256``, or its failure."""

    file_name: str
    sha256: str | None
    bytes: int | None
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class ArchiveCopyView:
    """The PDF/A that somebody asked for: ``bytes`` and ``sha256`` once it is done."""

    file_name: str
    state: State
    sha256: str | None
    bytes: int | None
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """What the page of a sent form shows; ``pdf_sha256``, ``pdf_bytes`` and ``one_page``, where
    the form has one, once it is done. ``sender_name`` and ``remark`` are what was said at sending,
    or empty."""

    id: UUID
    reference: str
    form_id: str
    template_digest: str
    title: str
    state: State
    failure: Failure | None
    submitted_at: datetime
    file_name: str
    pdf_sha256: str | None
    pdf_bytes: int | None
    one_page: OnePageView | None
    archive_copy: ArchiveCopyView | None
    values: dict[str, Value]
    sender_name: str = ""
    remark: str = ""


def submission(wiring: Wiring, token: str) -> SubmissionView:
    """Reads only. Raises ``UnknownLink``."""
    digest = token_digest(token)
    with reading(wiring.sessions) as session:
        return _view(wiring, session, by_digest(session, digest))


def submission_pdf(wiring: Wiring, token: str) -> tuple[str, bytes]:
    """File name and bytes of the definitive PDF, as they were proven.

    Raises ``UnknownLink``; ``NotReady`` before it is done; ``StorageError`` where the file is
    gone or no longer the one that the row vouches for.
    """
    digest = token_digest(token)
    with reading(wiring.sessions) as session:
        record = by_digest(session, digest)
    if record.state is not State.DONE or record.pdf_key is None:
        raise NotReady(state=record.state.value)
    return record.file_name, _vouched_for(wiring, record.pdf_key, record.pdf_sha256)


def one_page_pdf(wiring: Wiring, token: str) -> tuple[str, bytes]:
    """The same of the one-page; ``NotReady`` also where there is none."""
    digest = token_digest(token)
    with reading(wiring.sessions) as session:
        record = by_digest(session, digest)
    if record.one_page_name is None or record.one_page_key is None:
        raise NotReady(state=record.state.value)
    data = _vouched_for(wiring, record.one_page_key, record.one_page_sha256)
    return record.one_page_name, data


def published_pdf(wiring: Wiring, submission_id: UUID, name: str) -> bytes:
    """The definitive PDF, the one-page or the archive copy, by the name of its file.

    For everybody who was given its address, which opens nothing else. Raises ``UnknownLink``,
    ``NotReady`` and ``StorageError``.
    """
    with reading(wiring.sessions) as session:
        record = session.get(SubmissionRecord, submission_id)
        copy = session.get(ArchiveCopyRecord, submission_id)
    if record is None:
        raise UnknownLink()
    match name:
        case record.file_name:
            key, digest = record.pdf_key, record.pdf_sha256
        case record.one_page_name:
            key, digest = record.one_page_key, record.one_page_sha256
        case _ if copy is not None and name == copy.file_name:
            key, digest = copy.pdf_key, copy.pdf_sha256
        case _:
            raise UnknownLink()
    if key is None:
        raise NotReady(state=record.state.value)
    return _vouched_for(wiring, key, digest)


def _vouched_for(wiring: Wiring, key: str, digest: str | None) -> bytes:
    data = wiring.files.get(key)
    if sha256(data).hexdigest() != digest:
        raise StorageError(what="files", why=f"{key} is not what was stored")
    return data


def retry(wiring: Wiring, token: str) -> SubmissionView:
    """Queues a failed job again; of one in any other state nothing changes."""
    digest = token_digest(token)
    with writing(wiring.sessions) as session:
        record = by_digest(session, digest, lock=True)
        failed = record.state is State.FAILED
        if failed:
            runs.queue(record, wiring.clock())
        view = _view(wiring, session, record)
    if failed:
        runs.hand_over(wiring, SubmissionRecord, record.id)
    return view


def by_digest(session: Session, digest: str, lock: bool = False) -> SubmissionRecord:
    """Raises ``UnknownLink``."""
    found = select(SubmissionRecord).filter_by(token_digest=digest)
    record = session.scalar(found.with_for_update() if lock else found)
    if record is None:
        raise UnknownLink()
    return record


def _view(wiring: Wiring, session: Session, record: SubmissionRecord) -> SubmissionView:
    return SubmissionView(
        id=record.id,
        reference=record.reference,
        form_id=record.form_id,
        template_digest=record.template_digest,
        title=_title(wiring, record),
        state=record.state,
        failure=_failure(record.failure),
        submitted_at=record.submitted_at,
        file_name=record.file_name,
        pdf_sha256=record.pdf_sha256,
        pdf_bytes=record.pdf_bytes,
        one_page=_one_page(record),
        archive_copy=_archive_copy(session.get(ArchiveCopyRecord, record.id)),
        values=values_from_json(record.values),
        sender_name=record.sender_name or "",
        remark=record.remark or "",
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


def _archive_copy(copy: ArchiveCopyRecord | None) -> ArchiveCopyView | None:
    if copy is None:
        return None
    failure = _failure(copy.failure)
    return ArchiveCopyView(copy.file_name, copy.state, copy.pdf_sha256, copy.pdf_bytes, failure)


def _failure(stored: JsonObject | None) -> Failure | None:
    if stored is None:
        return None
    problems, reasons = problems_from_json(stored["problems"]), stored.get("reasons", ())
    return Failure(stored["code"], problems, tuple(reasons))


def _title(wiring: Wiring, record: SubmissionRecord) -> str:
    """As the edition has it that was sent; a form that nobody kept still has its submissions."""
    try:
        form = form_with_edition(wiring, (record.form_id,), record.template_digest)
    except StorageError:
        form = None
    return record.form_id if form is None else form.title
