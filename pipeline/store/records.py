"""The tables. Drafts, submissions and uploads; all moments are UTC and aware.

A link's token is nowhere: only its SHA-256 is. Values are raw values by fully qualified name, in
the template's order (JSON, not JSONB, which would reorder them).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    MetaData,
    String,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from pipeline.store.as_json import JsonObject

DIGEST = String(64)
"""SHA-256, hexadecimal."""


class State(StrEnum):
    """Of a job: the definitive PDF of a submission, or its archive copy."""

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


class Emptied(StrEnum):
    """Why nothing of a draft's content is left."""

    EXPIRED = "expired"
    DELETED = "deleted"


class DraftRecord(Base):
    """What a person saved. ``version`` counts saves and guards against overwriting another's.

    Once ``emptied`` only the row is left, so that its link can say what became of it.

    ``previous_values`` are last year's, as this form writes them. ``carried`` says what came over
    from another edition, another year or another file, and what did not.
    """

    __tablename__ = "draft"
    __table_args__ = (Index(None, "expires_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    form_id: Mapped[str]
    template_digest: Mapped[str] = mapped_column(DIGEST)
    token_digest: Mapped[str] = mapped_column(DIGEST, unique=True)
    values: Mapped[JsonObject] = mapped_column(JSON)
    previous_values: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True))
    carried: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    emptied: Mapped[Emptied | None] = mapped_column(
        Enum(Emptied, native_enum=False, length=16, values_callable=list)
    )
    approvals: Mapped[list[ApprovalRecord]] = relationship(
        order_by="ApprovalRecord.number", cascade="all, delete-orphan", passive_deletes=True
    )


class VoidReason(StrEnum):
    """Why an approval counts no longer.

    The answers were changed; an approval that it relied on lapsed; the request was taken back, or
    another one took its place.
    """

    CHANGED = "changed"
    EARLIER = "earlier"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class ApprovalRecord(Base):
    """That an approval was asked for one version of a draft, and what came of it.

    ``number`` counts the requests of a draft. ``values`` are that version's, ``judged`` the digest
    of those that the approver judges. ``verdict`` is a state or export value, of a check box
    ``true`` or ``false``; ``refused`` says that it stops the route. The approver's address is not
    kept.
    """

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    number: Mapped[int]
    approval_id: Mapped[str]
    token_digest: Mapped[str] = mapped_column(DIGEST, unique=True)
    template_digest: Mapped[str] = mapped_column(DIGEST)
    draft_version: Mapped[int]
    values: Mapped[JsonObject] = mapped_column(JSON)
    judged: Mapped[str] = mapped_column(DIGEST)
    requested_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    verdict: Mapped[str | None]
    refused: Mapped[bool | None]
    remark: Mapped[str | None]
    name: Mapped[str | None]
    role: Mapped[str | None]
    dated: Mapped[date | None] = mapped_column(Date)
    voided_at: Mapped[datetime | None] = mapped_column(Moment)
    void_reason: Mapped[VoidReason | None] = mapped_column(
        Enum(VoidReason, native_enum=False, length=16, values_callable=list)
    )


class Job(Base):
    """The columns of a job that makes a PDF of a submission, whose id it has.

    ``queued_at`` is when it was last handed to the queue, ``None`` while it still has to be.
    ``attempts`` numbers the runs: only the last one may finish.
    """

    __abstract__ = True

    id: Mapped[UUID]
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


class SubmissionRecord(Job):
    """What was sent, and the job that makes its definitive PDF.

    ``key_text`` joins the values of the form's key fields; ``replaces_id`` is the submission of
    the same key before this one.
    ``sender_name`` and ``remark`` are for whoever receives it, and in no document.
    ``one_page_name`` is set where the form has a one-page: it is there, or its failure is.
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
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("submission.id"), index=True)
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    sender_name: Mapped[str | None]
    remark: Mapped[str | None]
    one_page_name: Mapped[str | None]
    one_page_key: Mapped[str | None]
    one_page_sha256: Mapped[str | None] = mapped_column(DIGEST)
    one_page_bytes: Mapped[int | None] = mapped_column(BigInteger)
    one_page_failure: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True))


class ArchiveCopyRecord(Job):
    """The PDF/A of a submission that somebody asked for, and the job that makes it."""

    __tablename__ = "archive_copy"
    __table_args__ = (Index(None, "state", "queued_at"),)

    id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)


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


class WithdrawnRecord(Base):
    """A draft's earlier link. It opens nothing, begins nothing, and says that it was withdrawn."""

    __tablename__ = "withdrawn_link"

    token_digest: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    withdrawn_at: Mapped[datetime] = mapped_column(Moment)


class LetterRecord(Base):
    """A mail that is to go later: the reminder of a draft, or the receipt of a submission.

    ``sealed`` holds address and link, encrypted; with the row both are gone. ``claimed_at`` is
    when somebody last began to send it, ``attempts`` how often that was.
    """

    __tablename__ = "letter"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    draft_id: Mapped[UUID | None] = mapped_column(ForeignKey("draft.id"), unique=True)
    submission_id: Mapped[UUID | None] = mapped_column(ForeignKey("submission.id"), unique=True)
    sealed: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)


class SentMail(Base):
    """Counts the mails that people asked for in the last hour; of an address a keyed hash."""

    __tablename__ = "sent_mail"
    __table_args__ = (Index(None, "address_digest", "sent_at"), Index(None, "draft_id", "sent_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"))
    address_digest: Mapped[str] = mapped_column(DIGEST)
    sent_at: Mapped[datetime] = mapped_column(Moment)
