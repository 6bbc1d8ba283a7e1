"""Makes a finding as small as it gets: fewer steps, then fewer bytes, with the same signature."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.recipe import Recipe, made
from tests.fuzz.running import Bounds, Case, Outcome, run
from tests.fuzz.sources import Source
from tests.fuzz.target import Target

_SMALLEST_PIECE = 16


def shrunk(
    found: Outcome,
    order: Recipe,
    sources: Mapping[str, Source],
    target: Target,
    bounds: Bounds,
    seconds: float,
) -> tuple[Recipe, bytes]:
    """The recipe with the fewest steps, and the mutant with the fewest bytes, that still fail, as
    far as ``seconds`` will do: what hangs is not made much smaller."""
    until = time.monotonic() + seconds
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "mutant.pdf"
        smallest = b""

        def fails(build: Callable[[], bytes]) -> bool:
            nonlocal smallest
            again = next(run([replace(found.case, build=build, copy=copy)], target, bounds))
            if not (again.is_finding and again.signature == found.signature):
                return False
            smallest = copy.read_bytes()
            return True

        fails(partial(made, order, sources))
        at = 0
        while at < len(order.steps) and time.monotonic() < until:
            fewer = replace(order, steps=order.steps[:at] + order.steps[at + 1 :])
            if fails(partial(made, fewer, sources)):
                order = fewer
            else:
                at += 1
        piece = len(smallest) // 2
        while piece >= _SMALLEST_PIECE and time.monotonic() < until:
            at = 0
            while at < len(smallest) and time.monotonic() < until:
                less = smallest[:at] + smallest[at + piece :]
                if not (less and fails(partial(bytes, less))):
                    at += piece
            piece //= 2
    return order, smallest


def case_of(number: int, order: Recipe, sources: Mapping[str, Source]) -> Case:
    return Case(number, sources[order.source], partial(made, order, sources))
