"""The linter over real forms: it never breaks, whatever a file has."""

from __future__ import annotations

import logging

import pytest

from benchmarks.linting import tally_of
from tests.pdf.test_corpus import CORPUS

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="no folder ../shared/corpus with real forms"),
]


def test_every_form_of_the_corpus_is_checked(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    paths = sorted(CORPUS.glob("*.pdf"))
    tally = tally_of(paths)
    assert tally.broken == {}
    assert tally.refused == {}
    assert len(tally.seconds) == len(paths)
