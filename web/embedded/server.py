"""Wires web, worker and broker together and serves until it is told to stop."""

from __future__ import annotations

import http.client
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from flask import Flask
from waitress.server import create_server

from pipeline.flow.desk import Desk, open_desk
from pipeline.flow.documents import open_catalogue
from pipeline.flow.reports import renew_reports
from pipeline.settings import Settings
from pipeline.store.migrations import migrate
from web.app import create_app
from web.embedded.children import Child, Watch
from web.embedded.data_dir import claimed
from web.embedded.redis_server import broker_url, redis_child, wait_for_redis
from web.embedded.trouble import CannotServe
from workers.queue import Queue

_THREADS = 8
_ANSWER_SECONDS = 60.0


Announce = Callable[[str], None]


def serve(settings: Settings, host: str, port: int, announce: Announce) -> None:
    """Returns after SIGTERM, SIGINT or SIGHUP, when no child is left.

    ``announce`` is given the address once the web really answers there.

    Raises ``CannotServe`` and what ``open_catalogue`` raises, before anything was started.
    """
    catalogue = open_catalogue(settings.forms, settings.limits)
    with ExitStack() as stack:
        data_dir = stack.enter_context(claimed(settings.data_dir))
        listening = stack.enter_context(_listen(host, port))
        migrate(settings.database)
        renew_reports(settings, catalogue)
        redis = redis_child(data_dir / "logs" / "redis.log")
        settings = settings.model_copy(update={"broker_url": broker_url(redis)})
        worker = _worker_child(settings)
        desk = open_desk(settings, catalogue, Queue(settings).enqueue)

        _stop_on_signals()
        stack.enter_context(Watch([redis, worker], lambda child: _begin_anew(child, desk)))
        stack.callback(_ignore_signals)
        redis.start()
        wait_for_redis(redis)
        worker.start()
        desk.requeue_stale(timedelta(0))
        app = create_app(settings, desk, catalogue)
        threading.Thread(
            target=_announce,
            args=(*listening.getsockname()[:2], announce),
            name="announce",
            daemon=True,
        ).start()
        _run_web(app, listening, settings.max_bytes)


def _worker_child(settings: Settings) -> Child:
    """A real Celery worker with its schedule, found where this process found its own code."""
    return Child(
        "worker",
        [sys.executable, "-P", "-m", "workers.cli", "--beat"],
        settings.data_dir / "logs" / "worker.log",
        environment={**os.environ, **settings.as_environment()},
    )


def _begin_anew(child: Child, desk: Desk) -> None:
    """A new Redis is empty and a new worker holds no job: the database says what is to be done."""
    if child.name == "redis":
        wait_for_redis(child)
    desk.requeue_stale(timedelta(0))


def _listen(host: str, port: int) -> socket.socket:
    """Before anything else, so that a port that is taken is said at once. Port 0: a free one."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise CannotServe(f"no such address: {host} port {port} ({error})") from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as error:
        listening.close()
        raise CannotServe(f"cannot listen on {host} port {port}: {error.strerror}") from error
    return listening


def _run_web(app: Flask, listening: socket.socket, max_bytes: int) -> None:
    server = create_server(
        app,
        sockets=[listening],
        threads=_THREADS,
        # The web itself refuses what is too large, with a page; this only bounds the rest.
        max_request_body_size=4 * max_bytes,
        ident="",
    )
    try:
        server.run()
    finally:
        server.close()


def _announce(host: str, port: int, announce: Announce) -> None:
    """An address that stands for all of this machine's is asked, and shown, as its own."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (nothing is bound)
    deadline = time.monotonic() + _ANSWER_SECONDS
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection(local, port, timeout=_ANSWER_SECONDS)
        try:
            connection.request("GET", "/gezond")
            if connection.getresponse().status == 200:
                shown = f"[{local}]" if ":" in local else local
                announce(f"http://{shown}:{port}/")
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
        time.sleep(0.05)
    logging.getLogger("formpress.serve").error("the web does not answer on port %s", port)


def _stop_on_signals() -> None:
    """SIGTERM and SIGHUP end the server as Ctrl-C does, through one and the same way out."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def _ignore_signals() -> None:
    """A second Ctrl-C must not cut the tidying up short; it is over within seconds."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
