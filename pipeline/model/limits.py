"""What Formpress takes in at most."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, counts, seconds; ``seconds`` and ``memory_bytes`` bound the reading of one upload."""

    max_bytes: int = 25 * MEBIBYTE
    max_pages: int = 500
    max_fields: int = 5_000
    seconds: int = 30
    memory_bytes: int = 1_536 * MEBIBYTE
