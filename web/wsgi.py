"""The web for gunicorn: ``gunicorn "web.wsgi:create()"``, settings from the environment.

The queue, the database and the files are other services' or volumes; as many of these processes
as needed run beside each other.
"""

from __future__ import annotations

from flask import Flask

from pipeline.flow.desk import open_desk
from pipeline.flow.documents import open_catalogue
from pipeline.flow.reports import renew_reports
from pipeline.settings import load_settings
from pipeline.store.migrations import migrate
from web.app import create_app
from workers.queue import Queue


def create() -> Flask:
    """Each process brings the database up to date first; they wait for each other."""
    settings = load_settings()
    catalogue = open_catalogue(settings.forms, settings.limits)
    migrate(settings.database)
    renew_reports(settings, catalogue)
    return create_app(settings, open_desk(settings, catalogue, Queue(settings).enqueue), catalogue)
