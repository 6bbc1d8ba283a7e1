"""The web application on real stores, without a queue: a test does the worker's job itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.flow.documents import Catalogue, open_form
from pipeline.model.limits import Limits
from tests.web.live import Live, live
from tests.web.site import TEMPLATES, Website, website
from tests.web.small import odd_form, proof_form, sums_form


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """``proef``: every type; ``sommen``: formats and sums; ``vreemd``: odd names; ``bao-2024``."""
    forms = [proof_form(), sums_form(), odd_form(), open_form(TEMPLATES / "bao-2024", Limits())]
    return Catalogue({form.id: form for form in forms})


@pytest.fixture
def site(catalogue: Catalogue, tmp_path: Path) -> Iterator[Website]:
    with website(catalogue, tmp_path) as running:
        yield running


@pytest.fixture
def site_with(catalogue: Catalogue, tmp_path: Path) -> Iterator[Callable[..., Website]]:
    """A site with other settings: ``site_with(max_bytes=100)``."""
    opened = []

    def build(**settings: object) -> Website:
        manager = website(catalogue, tmp_path, **settings)
        opened.append(manager)
        return manager.__enter__()

    yield build
    for manager in opened:
        manager.__exit__(None, None, None)


@pytest.fixture(scope="session")
def live_site(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One site for all browser tests; each begins with a draft of its own."""
    with live(catalogue, tmp_path_factory.mktemp("live")) as running:
        yield running
