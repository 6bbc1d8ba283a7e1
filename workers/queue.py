"""How a job gets from the web to a worker: names, times, and nothing but the submission's id."""

from __future__ import annotations

from uuid import UUID

from celery import Celery

from pipeline.settings import Settings

QUEUE = "formpress"
FINISH = "formpress.finish"
SWEEP = "formpress.sweep"
LETTERS = "formpress.letters"
PURGE = "formpress.purge"

_TWICE = {"max_retries": 1, "interval_start": 0}
_CONNECT_SECONDS = 3
_ANSWER_SECONDS = 5
_HARD_STOP_SECONDS = 15
_VISIBILITY_SECONDS = 30


class Queue:
    """The sending side. Reads settings, opens its connection when first used, forgets results."""

    def __init__(self, settings: Settings) -> None:
        self._celery = celery_app(settings)
        self._celery.conf.broker_transport_options["socket_timeout"] = _ANSWER_SECONDS

    def enqueue(self, submission_id: UUID) -> None:
        """Tries twice, since a broker that began anew is met with an old connection; then raises.

        The row in the database is what counts: the sweep offers the job again.
        """
        self._celery.send_task(FINISH, args=[str(submission_id)], retry_policy=_TWICE)

    def close(self) -> None:
        self._celery.close()


def celery_app(settings: Settings) -> Celery:
    """What both sides must agree on.

    A message is acknowledged when its task has ended, and handed out again when the worker was
    lost. A job that ignores the soft limit is killed a little later, and the broker waits longer
    still before it believes that a silent worker is gone: it never hands out a job being done.
    """
    hard_limit = settings.job_seconds + _HARD_STOP_SECONDS
    app = Celery("formpress", broker=settings.broker_url, set_as_current=False)
    app.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_default_queue=QUEUE,
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_soft_time_limit=settings.job_seconds,
        task_time_limit=hard_limit,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": hard_limit + _VISIBILITY_SECONDS,
            "socket_connect_timeout": _CONNECT_SECONDS,
        },
        enable_utc=True,
        timezone="UTC",
    )
    return app
