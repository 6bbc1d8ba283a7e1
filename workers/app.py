"""The Celery application of a worker, wired once."""

from __future__ import annotations

from functools import cache

from celery import Celery

from pipeline.flow.desk import Desk, open_desk
from pipeline.flow.documents import open_catalogue
from pipeline.settings import Settings
from workers.queue import SWEEP, Queue, celery_app
from workers.tasks import add_tasks

_SWEEP_SECONDS = 60.0
_TASKS_PER_PROCESS = 200


def create_worker(settings: Settings) -> Celery:
    """Takes one job a process at a time; a process that grew too large is replaced after it.

    The schedule has one entry and is kept in memory: a sweep too many or too few does no harm.
    """
    app = celery_app(settings)
    app.conf.update(
        worker_concurrency=settings.worker_concurrency,
        worker_prefetch_multiplier=1,
        worker_max_tasks_per_child=_TASKS_PER_PROCESS,
        worker_max_memory_per_child=settings.worker_memory_bytes // 1024,
        beat_scheduler="celery.beat:Scheduler",
        beat_schedule={"sweep": {"task": SWEEP, "schedule": _SWEEP_SECONDS}},
    )

    @cache
    def desk() -> Desk:
        catalogue = open_catalogue(settings.forms, settings.limits)
        return open_desk(settings, catalogue, Queue(settings).enqueue)

    add_tasks(app, desk)
    return app
