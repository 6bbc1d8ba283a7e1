"""The Celery application of a worker, wired once."""

from __future__ import annotations

import logging
from functools import cache

from celery import Celery
from kombu.exceptions import OperationalError

from pipeline.flow.desk import Desk, open_desk
from pipeline.flow.documents import open_catalogue
from pipeline.settings import Settings
from workers.queue import LETTERS, PURGE, SWEEP, Queue, celery_app
from workers.tasks import add_tasks

_log = logging.getLogger(__name__)

_SWEEP_SECONDS = 60.0
_HOUR = 3600.0
_TASKS_PER_PROCESS = 200


def create_worker(settings: Settings) -> Celery:
    """Takes one job a process at a time; a process that grew too large is replaced after it.

    The schedule is kept in memory: a run too many or too few does no harm.
    """
    app = celery_app(settings)
    app.conf.update(
        worker_concurrency=settings.worker_concurrency,
        worker_prefetch_multiplier=1,
        worker_max_tasks_per_child=_TASKS_PER_PROCESS,
        worker_max_memory_per_child=settings.worker_memory_bytes // 1024,
        beat_scheduler="celery.beat:Scheduler",
        beat_schedule={
            "sweep": {"task": SWEEP, "schedule": _SWEEP_SECONDS},
            "letters": {"task": LETTERS, "schedule": _HOUR},
            "purge": {"task": PURGE, "schedule": _HOUR},
        },
    )

    @cache
    def desk() -> Desk:
        catalogue = open_catalogue(settings.forms, settings.limits)
        return open_desk(settings, catalogue, Queue(settings).enqueue)

    add_tasks(app, desk)
    return app


def catch_up(app: Celery) -> None:
    """Asks for the hourly work at once: a machine that runs for less than an hour at a time would
    never get to it. Without a broker the next hour does it."""
    try:
        for name in (LETTERS, PURGE):
            app.send_task(name, retry=False)
    except OperationalError as error:
        _log.warning("the hourly work waits: %s", error)
