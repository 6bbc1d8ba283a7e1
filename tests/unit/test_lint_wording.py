"""Every finding has a sentence, hints for both programs, and a place in docs/check.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pipeline
from pipeline.lint import severities
from pipeline.lint.finding import Finding, Severity
from pipeline.lint.hints import HINTS
from pipeline.lint.severities import SEVERITIES
from pipeline.lint.wording import SENTENCES, sentence

ROOT = Path(pipeline.__file__).parents[1]
SOURCES = "".join(
    path.read_text("utf-8")
    for folder in ("lint", "flow")
    for path in (ROOT / "pipeline" / folder).glob("*.py")
    if path.name not in ("severities.py", "wording.py", "hints.py")
)
DOCUMENTED = (ROOT / "docs" / "check.md").read_text("utf-8")


def test_the_three_tables_have_the_same_codes() -> None:
    assert SENTENCES.keys() == SEVERITIES.keys() == HINTS.keys()
    groups = (severities._ERRORS, severities._WARNINGS, severities._NOTES)
    assert sum(map(len, groups)) == len(SEVERITIES)


@pytest.mark.parametrize("code", SEVERITIES)
def test_each_code_is_made_told_and_documented(code: str) -> None:
    made = re.search(rf'"{code}"', SOURCES) or code.startswith(("value_", "default_"))
    assert made
    assert " " in sentence(Finding(code, data={"size": 4.0}))
    assert f"**`{code}`** ({SEVERITIES[code]})." in DOCUMENTED
    assert f"{HINTS[code].acrobat}." in DOCUMENTED
    assert f"{HINTS[code].libreoffice}." in DOCUMENTED


def test_no_sentence_asks_for_what_no_check_gives() -> None:
    for code, words in SENTENCES.items():
        for key in set(re.findall(r"\{(\w+)", words)) - {"reason", "size"}:
            assert re.search(rf'\b{key}=|"{key}":', SOURCES), (code, key)


def test_a_sentence_bears_its_data_and_no_braces_of_it() -> None:
    found = Finding("value_refused", "f", data={"value": "{why}\n x", "why": "out_of_range"})
    assert sentence(found) == "holds “{why} x”, which it refuses itself: out of range"
    with_words = Finding("label_missing", data={"suggestion": "Naam"})
    assert sentence(with_words).endswith("nearest on the page: “Naam”")
    assert "nearest" not in sentence(Finding("label_missing", data={"suggestion": ""}))


def test_severities_are_ranked() -> None:
    assert [each.rank for each in (Severity.ERROR, Severity.WARNING, Severity.NOTE)] == [0, 1, 2]
    assert Finding("no_tags").severity is Severity.WARNING
