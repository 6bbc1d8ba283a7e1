"""Faults of every kind, planted: whether the harness sees them."""

from __future__ import annotations

import os
from random import Random

from pipeline.errors import NotAPdf
from tests.fuzz.sources import Source
from tests.fuzz.target import Enter


def fault(mutant: bytes, source: Source, enter: Enter) -> str:
    """One in three goes wrong, in a way that the mutant's bytes choose."""
    enter("planted")
    match Random(mutant).randrange(15):
        case 0:
            raise KeyError("planted")
        case 1:
            while True:
                pass
        case 2:
            return "read" if bytearray(os.urandom(1 << 20) * 120) else ""
        case 3:
            return str(len(bytearray(1 << 40)))
        case 4:
            os.abort()
        case 5:
            raise NotAPdf(reason="planted")
    return "read"
