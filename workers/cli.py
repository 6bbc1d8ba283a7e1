"""``formpress worker``: makes definitive PDFs, in the foreground, settings from the environment."""

from __future__ import annotations

import argparse
import sys
from typing import Any

_PING_SECONDS = 5


def add_worker(subparsers: argparse._SubParsersAction[Any]) -> None:
    parser = subparsers.add_parser("worker", help="make the definitive PDFs of what was sent")
    _add_arguments(parser)


def main(argv: list[str] | None = None) -> int:
    """The same command without the rest of the command line, for ``formpress serve``."""
    parser = argparse.ArgumentParser(prog="formpress worker")
    _add_arguments(parser)
    args = parser.parse_args(argv)
    return int(args.run(args))


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    schedule = parser.add_mutually_exclusive_group()
    schedule.add_argument("--beat", action="store_true", help="keep the schedule as well")
    schedule.add_argument("--beat-only", action="store_true", help="keep the schedule, do no jobs")
    schedule.add_argument(
        "--ping", action="store_true", help="exit 0 if this machine's worker answers"
    )
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    # Celery takes a second to load; no other command of the command line should wait for it.
    from celery.utils.nodenames import default_nodename

    from pipeline.settings import load_settings
    from pipeline.store.migrations import migrate
    from workers.app import catch_up, create_worker

    settings = load_settings()
    app = create_worker(settings)
    if args.ping:
        here = [default_nodename(None)]
        return 0 if app.control.ping(destination=here, timeout=_PING_SECONDS) else 1
    if args.beat or args.beat_only:
        catch_up(app)
    if args.beat_only:
        app.Beat(loglevel="INFO").run()
        return 0
    migrate(settings.database)
    worker = app.Worker(
        pool="prefork",
        loglevel="INFO",
        beat=args.beat,
        without_gossip=True,
        without_mingle=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    sys.exit(main())
