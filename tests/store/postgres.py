"""A real PostgreSQL of the test's own, from Debian's packages, on a socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pwd import getpwnam

import psycopg

_INSTALL = "no PostgreSQL server here: apt-get install postgresql (see CONTRIBUTING.md)"


def find(program: str) -> str:
    """Debian keeps the server's programs out of PATH, in a folder for each version."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    found = str(versions[-1]) if versions else shutil.which(program)
    assert found, _INSTALL
    return found


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of an empty database. It refuses to run as root, so root lends it an account."""
    as_other: dict[str, object] = {}
    folder = Path(tempfile.mkdtemp(prefix="fp-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        account = getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        as_other = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    initdb = [find("initdb"), "-D", folder / "data", "--no-sync"]
    postgres = [find("postgres"), "-D", folder / "data"]
    try:
        subprocess.run(
            [*initdb, "-U", "formpress", "-A", "trust", "--encoding=UTF8", "--locale=C"],
            check=True,
            capture_output=True,
            cwd=folder,
            **as_other,  # type: ignore[call-overload]
        )
        server = subprocess.Popen(
            [*postgres, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            **as_other,  # type: ignore[call-overload]
        )
        try:
            _wait(folder, server)
            yield f"postgresql://formpress@/postgres?host={folder}"
        finally:
            server.terminate()
            server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(folder: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the PostgreSQL server ended at its start"
        try:
            psycopg.connect(f"host={folder} user=formpress dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the PostgreSQL server does not answer")
