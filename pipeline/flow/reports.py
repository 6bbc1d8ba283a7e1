"""The reporting views of an installation: one a form, of its editions, in its own database."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from pipeline.errors import FormpressError, StorageError
from pipeline.flow.documents import Catalogue
from pipeline.flow.editions import kept_edition
from pipeline.model.limits import Limits
from pipeline.model.reporting import View, plan_views
from pipeline.model.template import Template
from pipeline.settings import Settings
from pipeline.store.database import connect, open_sessions
from pipeline.store.files import Files, FileStore
from pipeline.store.reporting import Renewed, renew_views, sent_editions, statements

_log = logging.getLogger(__name__)


def renew_reports(settings: Settings, catalogue: Catalogue) -> Renewed:
    """After ``migrate``, wherever forms are served. Raises ``StorageError``."""
    engine = connect(settings.database)
    try:
        renewed = renew_views(engine, _views(settings, catalogue, sent_editions_of(engine)))
    finally:
        engine.dispose()
    for name, why in renewed.refused:
        _log.warning("the reporting view %s stays as it was: %s", name, why)
    return renewed


def report_statements(settings: Settings, catalogue: Catalogue) -> list[str]:
    """What ``renew_reports`` would run, for the forms as they are today; no database is asked."""
    dialect = make_url(settings.database).get_backend_name()
    return statements(_views(settings, catalogue, []), dialect)


def sent_editions_of(engine: Engine) -> list[tuple[str, str]]:
    try:
        return sent_editions(open_sessions(engine))
    except DBAPIError as error:
        raise StorageError(what="database", why=str(error.orig).strip()) from error


def _views(
    settings: Settings, catalogue: Catalogue, sent: Sequence[tuple[str, str]]
) -> tuple[View, ...]:
    files = FileStore(settings.files_dir)
    editions: dict[str, list[Template]] = {
        form_id: [form.template] for form_id, form in catalogue.forms.items()
    }
    for form_id, digest in sent:
        if form_id in editions and editions[form_id][0].digest != digest:
            earlier = _earlier(files, settings.limits, catalogue, form_id, digest)
            editions[form_id] += [] if earlier is None else [earlier]
    return plan_views(editions)


def _earlier(
    files: Files, limits: Limits, catalogue: Catalogue, form_id: str, digest: str
) -> Template | None:
    """An edition that cannot be read any more has no columns of its own."""
    try:
        return kept_edition(files, limits, catalogue.form(form_id), form_id, digest).template
    except FormpressError as error:
        _log.warning("an edition of %s has no columns of its own: %s", form_id, error)
        return None
