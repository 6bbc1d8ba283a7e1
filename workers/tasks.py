"""The tasks: parse, ask the desk, say how it ended when Celery itself ended it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from celery import Celery
from celery.exceptions import SoftTimeLimitExceeded

from pipeline.flow.desk import Desk
from workers.queue import FINISH, LETTERS, PURGE, SWEEP


def add_tasks(app: Celery, desk: Callable[[], Desk]) -> None:
    """``desk`` is asked for inside a task only, so each pool process opens its own."""

    @app.task(name=FINISH)
    def finish_submission(submission_id: str) -> None:
        job = UUID(submission_id)
        try:
            desk().work(job)
        except SoftTimeLimitExceeded:
            desk().give_up(job, "took_too_long")
        except Exception:
            desk().give_up(job, "internal")
            raise
        desk().send_receipt(job)

    @app.task(name=SWEEP, expires=60)
    def requeue_stale() -> int:
        return desk().requeue_stale()

    @app.task(name=LETTERS, expires=600)
    def send_due_letters() -> int:
        return desk().send_due_letters()

    @app.task(name=PURGE, expires=600)
    def purge() -> None:
        desk().purge()
