"""``formpress serve``: one command puts forms online, with worker and broker inside."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import Any


def add_serve(subparsers: argparse._SubParsersAction[Any]) -> None:
    parser = subparsers.add_parser(
        "serve",
        help="put forms online: web, worker and broker in one",
        description="Serves fillable PDFs, and folders of forms (template.pdf with form.toml), "
        "as online forms. Without any, the forms that come with Formpress.",
    )
    parser.add_argument("forms", nargs="*", type=Path, metavar="TEMPLATE.pdf | FOLDER")
    parser.add_argument("--data", type=Path, metavar="DIR", help="default: ./data")
    parser.add_argument("--host", default="127.0.0.1", metavar="H", help="default: 127.0.0.1")
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="P", help="default: 8000; 0 takes a free one"
    )
    parser.set_defaults(run=_run)


def _port(text: str) -> int:
    """The system's resolver would take 65536 for 0."""
    number = int(text)
    if not 0 <= number <= 65_535:
        raise ValueError(text)
    return number


def _announce(address: str) -> None:
    print(f"Formpress serves on {address} (Ctrl-C stops it)", flush=True)


def _run(args: argparse.Namespace) -> int:
    # Flask, SQLAlchemy and Celery take a second to load; other commands should not wait for them.
    from pipeline.settings import load_settings
    from web.embedded.server import serve
    from web.embedded.trouble import CannotServe

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    settings = load_settings(data_dir=args.data, forms=args.forms or None)
    try:
        serve(settings, args.host, args.port, _announce)
    except CannotServe as error:
        print(f"formpress: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0
