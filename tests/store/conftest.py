from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.office import Office, close_office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path)
    yield office
    close_office(office)
