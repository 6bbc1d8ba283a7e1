"""A site that a real browser can visit: threads of this process, jobs done at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from pipeline.flow.documents import Catalogue
from tests.web.site import Website, website


@dataclass(frozen=True)
class Live:
    url: str
    site: Website

    @property
    def app(self) -> Flask:
        return self.site.app


@contextmanager
def live(catalogue: Catalogue, folder: Path, **settings: object) -> Iterator[Live]:
    with website(catalogue, folder, **settings) as site:
        server = make_server("127.0.0.1", 0, site.app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Live(f"http://127.0.0.1:{server.server_port}", site)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
