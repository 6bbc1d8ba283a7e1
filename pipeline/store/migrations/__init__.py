"""Brings a database to today's tables, in this process, whoever starts first.

A new migration: change ``records.py``, add ``versions/000N_….py`` by hand after the model of the
last one; ``tests/store/test_migrations.py`` compares tables and migrations on both databases.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import StorageError
from pipeline.store.database import connect
from pipeline.store.reporting_sql import MARK, identifier

LOCK = 0x466F726D  # "Form": the number under which two starting processes meet


def migrate(url: str) -> None:
    """Raises ``StorageError`` where the database cannot be reached or changed."""
    try:
        engine = connect(url)
        try:
            upgrade(engine)
        finally:
            engine.dispose()
    except DBAPIError as error:
        raise StorageError(what="database", why=str(error.orig).strip()) from error
    except OSError as error:
        raise StorageError(what="database", why=str(error)) from error


def upgrade(engine: Engine) -> None:
    """All steps in one transaction; a second process waits, then finds nothing to do.

    SQLite's own write lock keeps it waiting, on PostgreSQL an advisory lock.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = connection
        if connection.dialect.name == "sqlite":
            _drop_reports(connection, config)
        command.upgrade(config, "head")


def _drop_reports(connection: Connection, config: Config) -> None:
    """SQLite changes a table by renaming another to it, and refuses that to one with views.

    They are made again with the forms (``pipeline.store.reporting``).
    """
    newest = ScriptDirectory.from_config(config).get_current_head()
    if MigrationContext.configure(connection).get_current_revision() == newest:
        return
    ours = text("SELECT name FROM sqlite_master WHERE type = 'view' AND instr(sql, :mark)")
    for name in connection.execute(ours, {"mark": MARK}).scalars().all():
        connection.exec_driver_sql(f"DROP VIEW {identifier(name)}")
