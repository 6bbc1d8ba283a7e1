"""What the flow of drafts and submissions works with, put together once and by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from pipeline.flow.documents import Catalogue
from pipeline.flow.editions import OpenEditions
from pipeline.settings import Settings
from pipeline.store.database import Sessions
from pipeline.store.files import Files
from pipeline.store.mail import Mailer
from pipeline.store.sealing import Sealer

Clock = Callable[[], datetime]
Enqueue = Callable[[UUID], None]
"""Hands a submission's job to the queue; raises whatever its broker raises."""

_QUEUE_MARGIN = timedelta(seconds=60)


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Wiring:
    """``clock`` gives aware moments, so that a test can live sixty days in no time."""

    settings: Settings
    catalogue: Catalogue
    sessions: Sessions
    files: Files
    mailer: Mailer
    sealer: Sealer
    enqueue: Enqueue
    clock: Clock = utc_now
    editions: OpenEditions = field(default_factory=OpenEditions)

    @property
    def patience(self) -> timedelta:
        """How long a job may be silent before it counts as lost: its time limit and a margin."""
        return timedelta(seconds=self.settings.job_seconds) + _QUEUE_MARGIN
