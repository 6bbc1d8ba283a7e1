"""What the machine has must not decide on a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.pdf import font_files


@pytest.fixture(autouse=True)
def no_machine_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No fonts but those that come with Formpress, unless a test names some."""
    monkeypatch.setattr(font_files, "machine_fonts", list)
    monkeypatch.delenv(font_files.VARIABLE, raising=False)
    font_files.forget()
    yield
    font_files.forget()
