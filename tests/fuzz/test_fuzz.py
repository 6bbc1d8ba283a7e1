"""A short, fixed fuzz run, and whether the harness sees what it should.

Each is a process of its own, as ``make fuzz`` is: what forks children is not this one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.byte_steps import BYTE_STEPS
from tests.fuzz.recipe import WHOLE, Recipe, Step, made, recipe
from tests.fuzz.sources import LIMITS, Source, corpus_sources, made_sources
from tests.fuzz.target import read

HARMS = (*BYTE_STEPS, *WHOLE)


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return {source.name: source for source in made_sources()}


def fuzz(*options: object) -> tuple[int, str]:
    command = [sys.executable, "-m", "tests.fuzz", *map(str, options)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_short_run_finds_nothing(tmp_path: Path) -> None:
    patient = ("--case-seconds", 60)  # a busy machine is no finding
    code, words = fuzz("--made-only", *patient, "--seed", 7, "--cases", 60, "--keep", tmp_path)
    assert code == 0, words
    assert "60 cases" in words
    assert list(tmp_path.iterdir()) == []


def test_a_few_mutants_are_served_and_nothing_is_found(tmp_path: Path) -> None:
    """As templates: checked, shown on the web, previewed, filled, finished."""
    serving = ("--target", "tests.fuzz.serving:serve", "--case-seconds", 60)
    run = ("--made-only", *serving, "--seed", 7, "--cases", 8, "--keep", tmp_path)
    code, words = fuzz(*run)
    assert code == 0, words
    assert "8 cases" in words


def test_planted_faults_of_every_kind_are_found(tmp_path: Path) -> None:
    """A crash, a hang, memory without end, memory refused, a process that dies; each is kept with
    what made it, and the same case gives the same again."""
    bounds = ("--case-seconds", 1, "--case-memory", 100)
    planted = ("--made-only", "--target", "tests.fuzz.planted:fault", *bounds, "--seed", 5)
    code, words = fuzz(*planted, "--cases", 50, "--shrink", 4, "--keep", tmp_path)
    assert code == 1
    for fault in (
        "crash: KeyError", "hang: ", "memory: read", "memory: MemoryError", "died: exit -6",
    ):  # fmt: skip
        assert f"FOUND {fault}" in words
    kept = sorted(tmp_path.glob("crash-*.json"))
    record = json.loads(kept[0].read_text())
    assert any(
        0 < each.with_suffix(".pdf").stat().st_size < json.loads(each.read_text())["bytes"]
        for each in tmp_path.glob("*.json")
    )
    code, words = fuzz(*planted, "--case", record["case"])
    assert code == 1
    assert "crash in planted: KeyError: 'planted'" in words
    code, words = fuzz(*planted, "--file", kept[0].with_suffix(".pdf"))
    assert code == 1
    assert "crash in planted: KeyError: 'planted'" in words


def test_a_seed_gives_the_same_bytes_again(sources: dict[str, Source]) -> None:
    again = {source.name: source for source in made_sources()}
    assert sources == again
    for number in range(30):
        order = recipe(11, number, sources)
        assert order == recipe(11, number, again)
        assert made(order, sources) == made(order, again), order
    for name in HARMS:
        order = Recipe("everything", "plain", (Step(name, "5"),))
        assert made(order, sources) == made(order, again), order
    assert made(recipe(11, 0, sources), sources) != made(recipe(12, 0, sources), sources)


def test_a_document_is_harmed_by_every_kind_of_step(sources: dict[str, Source]) -> None:
    """A step that fails within itself would leave every document as it is, unnoticed."""
    for name in HARMS:
        writing = "packed" if name == "packed_objects" else "plain"
        unharmed = made(Recipe("everything", writing, ()), sources)
        orders = [Recipe("everything", writing, (Step(name, str(at)),)) for at in range(12)]
        assert any(made(order, sources) != unharmed for order in orders), name


def test_sources_are_sound_before_they_are_harmed(sources: dict[str, Source]) -> None:
    for source in sources.values():
        assert "template" in read(source.pdf, source, lambda stage: None) or source.form is not None
        assert len(source.pdf) < LIMITS.max_bytes


def test_without_the_real_forms_it_says_so(tmp_path: Path) -> None:
    assert corpus_sources(tmp_path) == []
