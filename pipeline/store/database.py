"""Opens the database and says how one transaction reads or writes.

SQLite and PostgreSQL behave alike for the code above: foreign keys hold, a writer waits for
another instead of failing, and what was committed survives a power cut.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import OperationalError as SqliteError
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from pipeline.errors import StorageError

Sessions = sessionmaker[Session]

_BUSY_MILLISECONDS = 15_000
_READS_ONLY = "formpress_reads_only"


def connect(url: str) -> Engine:
    """An engine for ``url``; it opens no connection yet (a child process may be forked first)."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def open_sessions(engine: Engine) -> Sessions:
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def reading(sessions: Sessions) -> Iterator[Session]:
    """A session that changes nothing: on SQLite it waits for no writer."""
    with _worded(), sessions() as session:
        session.connection(execution_options={_READS_ONLY: True})
        yield session


@contextmanager
def writing(sessions: Sessions) -> Iterator[Session]:
    """One transaction; committed when the block ends well, rolled back otherwise."""
    with _worded(), sessions.begin() as session:
        yield session


@contextmanager
def _worded() -> Iterator[None]:
    """A database that is full, locked or gone is an error like the others, not a crash."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise StorageError(what="database", why=str(error.orig)) from error
    except PoolTimeout as error:
        raise StorageError(what="database", why=str(error)) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """SQLAlchemy, not the driver, begins transactions: the driver would leave DDL outside them."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    _switch_to_wal(connection)


def _switch_to_wal(connection: Any) -> None:
    """Two processes that open a new database together: SQLite does not wait here by itself."""
    deadline = time.monotonic() + _BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except SqliteError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: one that first reads could not wait for another later."""
    reads_only = connection.get_execution_options().get(_READS_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
