"""Keeps the reporting views of a database as the forms are today.

A view that has not changed is left alone; another is made anew, with its readers' permissions. A
view that others were built upon stays as it was, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import StorageError
from pipeline.model.reporting import View
from pipeline.store.database import Sessions, reading
from pipeline.store.migrations import LOCK
from pipeline.store.records import SubmissionRecord
from pipeline.store.reporting_sql import DIALECTS, MARK, identifier, literal, view_sql


@dataclass(frozen=True, slots=True)
class Renewed:
    """Names of views: made or made anew; and those that could not be, with the database's words."""

    changed: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def statements(views: Iterable[View], dialect_name: str) -> list[str]:
    dialect = DIALECTS[dialect_name]()
    return [f"CREATE VIEW {identifier(view.name)} AS\n{view_sql(view, dialect)}" for view in views]


def sent_editions(sessions: Sessions) -> list[tuple[str, str]]:
    """(form id, template digest) of what was sent, the latest first."""
    with reading(sessions) as session:
        sent = select(SubmissionRecord.form_id, SubmissionRecord.template_digest).order_by(
            SubmissionRecord.submitted_at.desc()
        )
        return list(dict.fromkeys((form_id, digest) for form_id, digest in session.execute(sent)))


def renew_views(engine: Engine, views: Iterable[View]) -> Renewed:
    """All in one transaction. Raises ``StorageError`` where the database cannot be reached."""
    changed: list[str] = []
    refused: list[tuple[str, str]] = []
    try:
        with engine.begin() as connection:
            database = _DATABASES[connection.dialect.name](connection)
            for view in views:
                (statement,) = statements([view], connection.dialect.name)
                if database.has(view.name, statement):
                    continue
                try:
                    with connection.begin_nested():
                        database.replace(view.name, statement)
                except DBAPIError as error:
                    refused.append((view.name, str(error.orig).strip()))
                else:
                    changed.append(view.name)
    except DBAPIError as error:
        raise StorageError(what="database", why=str(error.orig).strip()) from error
    return Renewed(tuple(changed), tuple(refused))


class _SqliteViews:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        found = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'view'"
        )
        self._sql: dict[str, str] = dict(iter(found))

    def has(self, name: str, statement: str) -> bool:
        return self._sql.get(name) == statement

    def replace(self, name: str, statement: str) -> None:
        if MARK in self._sql.get(name, ""):
            _run(self._connection, f"DROP VIEW {identifier(name)}")
        _run(self._connection, statement)


class _PostgreSqlViews:
    """A view's comment says what it was made by: PostgreSQL keeps a query in words of its own."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        found = connection.execute(
            text(
                "SELECT relname::text, coalesce(obj_description(oid, 'pg_class'), '') "
                "FROM pg_class WHERE relkind = 'v' "
                "AND relnamespace = current_schema()::regnamespace"
            )
        )
        self._comments: dict[str, str] = dict(iter(found))

    def has(self, name: str, statement: str) -> bool:
        return self._comments.get(name) == _comment(statement)

    def replace(self, name: str, statement: str) -> None:
        readers = self._readers(name)
        view = identifier(name)
        if self._comments.get(name, "").startswith(MARK):
            _run(self._connection, f"DROP VIEW {view}")
        _run(self._connection, statement)
        _run(self._connection, f"COMMENT ON VIEW {view} IS {literal(_comment(statement))}")
        for reader in readers:
            role = "PUBLIC" if reader == "PUBLIC" else identifier(reader)
            _run(self._connection, f"GRANT SELECT ON {view} TO {role}")

    def _readers(self, name: str) -> list[str]:
        granted = text(
            "SELECT grantee::text FROM information_schema.role_table_grants "
            "WHERE table_schema = current_schema() AND table_name = :name "
            "AND privilege_type = 'SELECT' AND grantee <> current_user"
        )
        return list(self._connection.execute(granted, {"name": name}).scalars())


_DATABASES: dict[str, type[_SqliteViews] | type[_PostgreSqlViews]] = {
    "sqlite": _SqliteViews,
    "postgresql": _PostgreSqlViews,
}


def _run(connection: Connection, statement: str) -> None:
    """A driver that is given no parameters takes a per cent sign for what it is."""
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _comment(statement: str) -> str:
    return f"{MARK} {sha256(statement.encode()).hexdigest()}"
