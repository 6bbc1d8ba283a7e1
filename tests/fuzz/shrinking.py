"""Makes a finding as small as it gets: fewer steps, then fewer bytes, with the same signature."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

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

    def fails(build: Callable[[], bytes]) -> bool:
        if time.monotonic() > until:
            return False
        again = next(run([replace(found.case, build=build)], target, bounds))
        return again.is_finding and again.signature == found.signature

    at = 0
    while at < len(order.steps):
        fewer = replace(order, steps=order.steps[:at] + order.steps[at + 1 :])
        if fails(lambda fewer=fewer: made(fewer, sources)):
            order = fewer
        else:
            at += 1
    mutant = built(order, sources)
    piece = len(mutant) // 2
    while piece >= _SMALLEST_PIECE and time.monotonic() < until:
        at = 0
        while at < len(mutant):
            less = mutant[:at] + mutant[at + piece :]
            if less and fails(lambda less=less: less):
                mutant = less
            else:
                at += piece
        piece //= 2
    return order, mutant


def built(order: Recipe, sources: Mapping[str, Source]) -> bytes:
    """The mutant, made in this process: only for one that a child could make."""
    return made(order, sources)


def case_of(number: int, order: Recipe, sources: Mapping[str, Source]) -> Case:
    return Case(number, sources[order.source], lambda: made(order, sources))
