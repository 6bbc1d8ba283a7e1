"""How a mutant is made: a source, the way it is written anew, and the steps that harm it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

import pikepdf

from tests.fuzz.byte_steps import BYTE_STEPS
from tests.fuzz.form_steps import FORM_STEPS
from tests.fuzz.hostile import with_tokens
from tests.fuzz.object_steps import OBJECT_STEPS, ObjectStep
from tests.fuzz.page_steps import PAGE_STEPS
from tests.fuzz.sources import FIXED, Source

LARGEST = 20 * 1024 * 1024
"""Bytes: a mutant that grew beyond this is cut."""

WHOLE: Mapping[str, ObjectStep] = {**OBJECT_STEPS, **FORM_STEPS, **PAGE_STEPS}
"""Steps that need a whole document: what it says is wrong, the way it is written is not."""

_WRITINGS = ("as_it_is", "plain", "packed", "encrypted")


@dataclass(frozen=True, slots=True)
class Step:
    """One harm; ``seed`` is its own, so that leaving another out does not change it."""

    name: str
    seed: str


@dataclass(frozen=True, slots=True)
class Recipe:
    source: str
    writing: str
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return f"{self.source} ({self.writing}): " + ", ".join(step.name for step in self.steps)


def recipe(seed: int, number: int, sources: Mapping[str, Source]) -> Recipe:
    """Case ``number`` of ``seed``: object steps come first, they need a whole document."""
    random = Random(f"{seed}/{number}")
    made = [source.name for source in sources.values() if source.is_made]
    real = [source.name for source in sources.values() if not source.is_made]
    names = made if not real or random.random() < 0.5 else real
    count = random.choice((1, 1, 1, 2, 2, 3, 4))
    kinds = sorted(random.choices(("bytes", "objects"), (2, 3), k=count), reverse=True)
    steps = tuple(
        Step(
            random.choice(list(WHOLE if kind == "objects" else BYTE_STEPS)),
            f"{seed}/{number}/{at}",
        )
        for at, kind in enumerate(kinds)
    )
    return Recipe(random.choice(names), random.choices(_WRITINGS, (3, 4, 2, 1))[0], steps)


def made(order: Recipe, sources: Mapping[str, Source]) -> bytes:
    """The mutant's bytes. A step that this document does not admit leaves it as it is."""
    data = sources[order.source].pdf
    harmful = [step for step in order.steps if step.name in WHOLE]
    if harmful or order.writing != "as_it_is":
        data = _rewritten(data, order.writing, harmful)
    for step in order.steps:
        if step.name in BYTE_STEPS:
            data = BYTE_STEPS[step.name](data, Random(step.seed))[:LARGEST]
    return data[:LARGEST]


def _rewritten(data: bytes, writing: str, steps: list[Step]) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for step in steps:
                _attempt(WHOLE[step.name], pdf, Random(step.seed))
            return _saved(pdf, writing)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, RecursionError):
        return data


def _attempt(step: Callable[[pikepdf.Pdf, Random], None], pdf: pikepdf.Pdf, random: Random) -> None:
    try:
        step(pdf, random)
    except (
        pikepdf.PdfError, AttributeError, IndexError, KeyError, TypeError, ValueError,
        RuntimeError, NotImplementedError,
    ):  # fmt: skip
        return


def _saved(pdf: pikepdf.Pdf, writing: str) -> bytes:
    modes = pikepdf.ObjectStreamMode
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if writing == "plain":
            decode = pikepdf.StreamDecodeLevel.none
            pdf.save(
                out, static_id=True, fix_metadata_version=False, qdf=True,
                stream_decode_level=decode, object_stream_mode=modes.disable,
            )  # fmt: skip
        elif writing == "packed":
            pdf.save(
                out, static_id=True, fix_metadata_version=False, object_stream_mode=modes.generate
            )
        elif writing == "encrypted":
            pdf.save(out, static_id=True, fix_metadata_version=False, encryption=FIXED)
        else:
            pdf.save(out, static_id=True, fix_metadata_version=False)
    return with_tokens(out.getvalue())
