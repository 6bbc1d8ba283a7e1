"""The route of a draft: when it was begun and saved, what was asked of whom, when it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.records import (
    ApprovalRecord,
    DraftRecord,
    State,
    SubmissionRecord,
    VoidReason,
)


class ApprovalState(StrEnum):
    """A decision that stops the route is ``refused``; ``void`` is what counts no longer."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Approval:
    """One request and what came of it. ``version`` of the draft is the one that is judged.

    ``dated`` is the day that the approver names, ``decided_at`` the moment of deciding.
    """

    id: str
    state: ApprovalState
    version: int
    requested_at: datetime
    decided_at: datetime | None = None
    verdict: str | None = None
    remark: str = ""
    name: str = ""
    role: str = ""
    dated: date | None = None
    voided_at: datetime | None = None
    void_reason: VoidReason | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """``approvals`` are all requests, the oldest first. ``pdf_at`` is when the definitive PDF was
    ready."""

    started_at: datetime
    saved_at: datetime
    version: int
    approvals: tuple[Approval, ...] = ()
    submitted_at: datetime | None = None
    pdf_at: datetime | None = None

    def latest(self, approval_id: str) -> Approval | None:
        found = [each for each in self.approvals if each.id == approval_id]
        return found[-1] if found else None

    @property
    def standing(self) -> tuple[Approval, ...]:
        """What is asked or decided and not void."""
        return tuple(each for each in self.approvals if each.state is not ApprovalState.VOID)

    @property
    def just_voided(self) -> tuple[Approval, ...]:
        """What the last save took away."""
        return tuple(
            each
            for each in self.approvals
            if each.voided_at == self.saved_at
            and each.void_reason in (VoidReason.CHANGED, VoidReason.EARLIER)
        )


def route_of(session: Session, draft: DraftRecord) -> Route:
    sent = session.scalar(select(SubmissionRecord).filter_by(draft_id=draft.id))
    done = sent is not None and sent.state is State.DONE
    return Route(
        started_at=draft.created_at,
        saved_at=draft.saved_at,
        version=draft.version,
        approvals=tuple(approval_from(record) for record in draft.approvals),
        submitted_at=None if sent is None else sent.submitted_at,
        pdf_at=sent.finished_at if sent is not None and done else None,
    )


def approval_from(record: ApprovalRecord) -> Approval:
    return Approval(
        id=record.approval_id,
        state=_state(record),
        version=record.draft_version,
        requested_at=record.requested_at,
        decided_at=record.decided_at,
        verdict=record.verdict,
        remark=record.remark or "",
        name=record.name or "",
        role=record.role or "",
        dated=record.dated,
        voided_at=record.voided_at,
        void_reason=record.void_reason,
    )


def _state(record: ApprovalRecord) -> ApprovalState:
    if record.voided_at is not None:
        return ApprovalState.VOID
    if record.decided_at is None:
        return ApprovalState.ASKED
    return ApprovalState.REFUSED if record.refused else ApprovalState.GIVEN
