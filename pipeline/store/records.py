"""The tables. Drafts, submissions and uploads; all moments are UTC and aware.

A link's token is nowhere: only its SHA-256 is. Values are raw values by fully qualified name, in
the template's order (JSON, not JSONB, which would reorder them).
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from pipeline.store.as_json import JsonObject

DIGEST = String(64)
"""SHA-256, hexadecimal."""


class State(StrEnum):
    """Of the definitive PDF of a submission."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime, also where the database (SQLite) knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Constraints get names by rule, so that a later migration can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class DraftRecord(Base):
    """What a person saved. ``version`` counts saves and guards against overwriting another's."""

    __tablename__ = "draft"
    __table_args__ = (Index(None, "expires_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    form_id: Mapped[str]
    template_digest: Mapped[str] = mapped_column(DIGEST)
    token_digest: Mapped[str] = mapped_column(DIGEST, unique=True)
    values: Mapped[JsonObject] = mapped_column(JSON)
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class SubmissionRecord(Base):
    """What was sent, and the job that makes its definitive PDF.

    ``key_text`` joins the values of the form's key fields; ``replaces_id`` is the submission of
    the same key before this one. ``queued_at`` is when the job was last handed to the queue,
    ``None`` while it still has to be. ``attempts`` numbers the runs: only the last one may finish.
    """

    __tablename__ = "submission"
    __table_args__ = (Index(None, "state", "queued_at"), Index(None, "form_id", "key_text"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    reference: Mapped[str] = mapped_column(unique=True)
    form_id: Mapped[str]
    template_digest: Mapped[str] = mapped_column(DIGEST)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), unique=True)
    token_digest: Mapped[str] = mapped_column(DIGEST, unique=True)
    values: Mapped[JsonObject] = mapped_column(JSON)
    key_text: Mapped[str]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("submission.id"))
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[State] = mapped_column(
        Enum(State, native_enum=False, length=16, values_callable=list)
    )
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime | None] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    failure: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True))
    pdf_key: Mapped[str | None]
    pdf_sha256: Mapped[str | None] = mapped_column(DIGEST)
    pdf_bytes: Mapped[int | None] = mapped_column(BigInteger)
    file_name: Mapped[str]


class UploadRecord(Base):
    """A PDF that somebody sent in; the file itself stays in quarantine and is never served."""

    __tablename__ = "upload"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    form_id: Mapped[str]
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), index=True)
    sha256: Mapped[str] = mapped_column(DIGEST)
    file_key: Mapped[str]
    file_name: Mapped[str]
    bytes: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(Moment)
    report: Mapped[JsonObject] = mapped_column(JSON)


class FormCounter(Base):
    """Numbers a form's submissions: the last number given out."""

    __tablename__ = "form_counter"

    form_id: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
