from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from pipeline.errors import StorageError
from pipeline.store import migrations
from pipeline.store.database import connect
from pipeline.store.migrations import migrate, upgrade
from pipeline.store.records import Base
from tests.store.office import close_office, open_office


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def migrate_at_once(url: str, processes: int = 3) -> None:
    """Several processes start on the same empty database; each must end well."""
    code = "import sys; from pipeline.store.migrations import migrate; migrate(sys.argv[1])"
    started = [
        subprocess.Popen([sys.executable, "-c", code, url], stderr=subprocess.PIPE)
        for _ in range(processes)
    ]
    for each in started:
        _, complaint = each.communicate(timeout=60)
        assert each.returncode == 0, complaint.decode()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/new/formpress.sqlite"


def test_migrations_make_the_tables_of_the_records(url: str) -> None:
    engine = connect(url)
    upgrade(engine)
    upgrade(engine)
    assert differences(engine) == []
    engine.dispose()


def test_processes_that_start_together_do_not_hinder_each_other(url: str) -> None:
    migrate_at_once(url)
    engine = connect(url)
    assert differences(engine) == []
    engine.dispose()


def test_archive_copies_come_and_go_and_what_was_sent_stays(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    token = office.send()
    engine = office.sessions.kw["bind"]
    move_to(engine, "0005")
    assert "archive_copy" not in inspect(engine).get_table_names()
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT reference FROM submission").scalars().all()
    assert found == ["SMALL-000001"]
    upgrade(engine)
    assert differences(engine) == []
    assert office.desk.submission(token).archive_copy is None
    close_office(office)


def move_to(engine: Engine, revision: str) -> None:
    """Down to an earlier step."""
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def test_a_step_that_fails_leaves_the_database_as_it_was(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite, too, takes a migration's DDL back."""
    from alembic import op

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("in the middle")

    engine = connect(url)
    with monkeypatch.context() as patch:
        patch.setattr(op, "create_index", fail)
        with pytest.raises(RuntimeError):
            upgrade(engine)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_sqlite_waits_keeps_and_checks(url: str) -> None:
    engine = connect(url)
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 15_000,
        "synchronous": 2,
    }
    engine.dispose()


def test_a_database_that_cannot_be_had_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for url in (f"sqlite:///{tmp_path}/file/x.sqlite", f"sqlite:///{tmp_path}"):
        with pytest.raises(StorageError):
            migrate(url)
    with pytest.raises(StorageError):
        migrate("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
