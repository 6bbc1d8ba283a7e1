"""Every error and every problem has a sentence, and no sentence asks for what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline import errors
from pipeline.errors import (
    FieldProblem,
    FormpressError,
    NotAPdf,
    ProofError,
    SubmissionError,
    TooLarge,
)
from pipeline.model.kinds import KINDS
from pipeline.wording import error_sentence, problem_sentence

SOURCES = sorted(Path(pipeline.__file__).parent.rglob("*.py"))
BASES = {"FormpressError", "DocumentError", "LinkError", "BatchError"}


def error_types() -> list[type[FormpressError]]:
    found = [each for each in vars(errors).values() if isinstance(each, type)]
    return [
        each for each in found if issubclass(each, FormpressError) and each.__name__ not in BASES
    ]


def problem_codes() -> Iterator[str]:
    for source in SOURCES:
        text = source.read_text("utf-8")
        yield from re.findall(r'FieldProblem\(\s*[^,()]+,\s*"(\w+)"', text)
        yield from re.findall(r'FormatError\(\s*"(\w+)"', text)
    yield from (f"not_{kind}" for kind in KINDS)
    yield from ("not_a_date", "not_a_time", "mark_not_drawn", "mark_drawn")


@pytest.mark.parametrize("kind", error_types(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence(kind: type[FormpressError]) -> None:
    lists_problems = issubclass(kind, SubmissionError | ProofError)
    error = kind([]) if lists_problems else kind(why="the file is empty")
    assert error_sentence(error) != error.code
    assert " " in error_sentence(error)


@pytest.mark.parametrize("code", sorted(set(problem_codes())))
def test_every_problem_has_a_sentence(code: str) -> None:
    assert problem_sentence(FieldProblem("x", code)) != code


def test_sentences_bear_the_data() -> None:
    assert "TooLarge" not in error_sentence(TooLarge(what="pages", limit=500, found=501))
    assert "501 pages" in error_sentence(TooLarge(what="pages", limit=500, found=501))
    problem = FieldProblem("x", "max_len", {"limit": 3, "length": 4})
    assert problem_sentence(problem) == "4 characters, at most 3 fit"


def test_a_file_is_named_where_it_is_known() -> None:
    assert error_sentence(NotAPdf(reason="damaged", path="a.pdf")).startswith("a.pdf: ")


def test_the_form_author_s_own_sentence_wins() -> None:
    assert problem_sentence(FieldProblem("x", "check", message="Dit kan niet.")) == "Dit kan niet."


def test_braces_in_a_value_are_no_template() -> None:
    problem = FieldProblem("x", "not_a_number", {"text": "{0} {limit}"})
    assert "{0} {limit}" in problem_sentence(problem)
