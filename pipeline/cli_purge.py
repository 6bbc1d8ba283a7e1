"""``formpress purge``: deletes what is over, or says how much of it there is."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

Adder = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_purge(add: Adder) -> None:
    command = add("purge", _purge, "delete expired drafts and the files that belonged to them")
    command.description = (
        "Deletes the content of drafts whose term is over, their uploads, and uploaded files that "
        "belong to none; submissions stay. The worker's schedule does the same each hour. "
        "Settings come from the environment."
    )
    command.add_argument("--data", type=Path, metavar="DIR", help="default: ./data")
    command.add_argument("--dry-run", action="store_true", help="count, and delete nothing")


def _purge(options: argparse.Namespace) -> int:
    # SQLAlchemy takes a while to load; the document commands should not wait for it.
    from datetime import UTC, datetime

    from pipeline.flow.purging import purge
    from pipeline.settings import load_settings
    from pipeline.store.database import connect, open_sessions
    from pipeline.store.files import FileStore
    from pipeline.store.migrations import migrate

    settings = load_settings(data_dir=options.data)
    migrate(settings.database)
    engine = connect(settings.database)
    try:
        files = FileStore(settings.files_dir)
        done = purge(open_sessions(engine), files, datetime.now(UTC), options.dry_run)
    finally:
        engine.dispose()
    print(f"expired drafts: {done.drafts}")
    print(f"their uploads: {done.uploads}")
    print(f"orphaned files: {done.orphans}")
    print(f"counts of mails: {done.counted_mails}")
    return 0
