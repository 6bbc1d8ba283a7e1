"""The two sites that are measured: Formpress's own server, and a folder with pdf.js and the PDF."""

from __future__ import annotations

import logging
import mimetypes
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from waitress.server import create_server

from benchmarks.subjects import Subject
from pipeline.flow.desk import open_desk
from pipeline.flow.documents import Catalogue
from pipeline.settings import load_settings
from pipeline.store.migrations import migrate
from web.app import create_app

_HERE = Path(__file__).parent
mimetypes.add_type("text/javascript", ".mjs")
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
_CACHE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "formpress-bench"


@contextmanager
def formpress(subject: Subject) -> Iterator[str]:
    """The address of the form's page, served as ``formpress serve`` does."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_dir=folder)
        migrate(settings.database)
        catalogue = Catalogue({subject.form.id: subject.form})
        desk = open_desk(settings, catalogue, lambda _: None)
        server = create_server(create_app(settings, desk, catalogue), host="127.0.0.1", port=0)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.effective_port}/formulier/{subject.form.id}"
        finally:
            server.close()
            thread.join(5)


@contextmanager
def pdf_js(subject: Subject) -> Iterator[str]:
    """The address of a page with the viewer component of pdf.js; npm brings it at first use."""
    place = _CACHE / "pdf-js"
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(_HERE / "package.json", place)
    if not (place / "node_modules" / "pdfjs-dist").is_dir():
        install = ["npm", "install", "--no-package-lock", "--silent"]
        subprocess.run(install, cwd=place, check=True, capture_output=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(_HERE / "viewer.html", folder)
        shutil.copy(_HERE / "viewer.mjs", folder)
        (folder / "pdfjs").symlink_to(place / "node_modules" / "pdfjs-dist")
        (folder / "form.pdf").write_bytes(subject.pdf)
        handler = partial(_Quiet, directory=name)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/viewer.html"
        finally:
            server.shutdown()
            server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""
