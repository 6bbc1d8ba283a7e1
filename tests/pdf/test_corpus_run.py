"""``make corpus``: the values it fills in, what it makes of them, and how it runs."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.corpus import __main__ as command
from benchmarks.corpus import pictures, report
from benchmarks.corpus.examination import Examination
from benchmarks.corpus.filling import fill_in
from benchmarks.corpus.findings import Findings
from benchmarks.corpus.reading_back import Back, Compared, compare
from benchmarks.corpus.running import run_all
from benchmarks.corpus.values import candidates
from pipeline.flow import documents
from pipeline.model.dates import DatePattern
from pipeline.model.field import Field, FieldType, Option
from pipeline.model.formats import DateFormat, MaskFormat, NumberFormat, Range
from pipeline.model.numbers import NumberStyle
from pipeline.model.text import length
from tests.pdf import small_forms
from tests.pdf.forms import form_of
from tests.pdf.small_forms import MULTILINE, Sheet

# Values


def test_a_text_is_first_tried_at_its_maximum_length() -> None:
    for most in (1, 2, 7, 30, 100):
        for multiline in (False, True):
            field = Field("f", FieldType.TEXT, max_len=most, multiline=multiline)
            first = str(candidates(field)[0])
            assert length(first) == most
            assert first == first.strip()
            assert not first.isascii()
            assert multiline or "\n" not in first


def test_a_comb_is_filled_without_blanks() -> None:
    first = str(candidates(Field("f", FieldType.TEXT, max_len=20, comb=True))[0])
    assert len(first) == 20
    assert " " not in first


def test_formats_and_ranges_get_what_they_take() -> None:
    at_most_ten = Range(None, Decimal(10))
    style = NumberFormat(NumberStyle(2))
    number = Field("f", FieldType.TEXT, format=style, range=at_most_ten)
    assert "-1234567.89" in candidates(number)
    assert "98765.43" not in candidates(number)
    date = Field("f", FieldType.TEXT, format=DateFormat(DatePattern("dd-mm-yyyy")))
    assert candidates(date)[0] == "29-02-2024"
    mask = Field("f", FieldType.TEXT, format=MaskFormat(("99 A",)))
    assert candidates(mask) == ["77 Ł", "11 B"]


def test_several_are_chosen_where_several_may_be() -> None:
    options = tuple(Option(each, each) for each in "abcde")
    field = Field("f", FieldType.CHOICE, options=options, multi_select=True)
    assert candidates(field)[0] == ["a", "c", "e"]
    assert candidates(Field("f", FieldType.CHOICE)) == []


def test_every_fillable_field_is_filled_and_what_does_not_fit_made_plainer() -> None:
    sheet = Sheet()
    sheet.text("wide")
    sheet.text("narrow", (20, 100, 32, 112))
    sheet.text("area", (20, 20, 280, 90), Ff=MULTILINE)
    sheet.checkbox("agreed")
    sheet.choice("none", [])
    filling = fill_in(form_of(sheet.bytes()))
    assert set(filling.submission.values) == {"wide", "narrow", "area", "agreed"}
    told = {each.field: (each.code, each.taken) for each in filling.refusals}
    assert told == {"narrow": ("does_not_fit", True), "none": ("no_options", False)}
    assert filling.emptied.values == {"agreed": False}


def test_values_that_come_back_otherwise_are_named() -> None:
    form = form_of(small_forms.every_type())
    filling = fill_in(form)
    back = Back(form, filling.submission)
    filled = documents.fill(form, filling.submission)
    count = len(filling.submission.values)
    assert compare(back, "filled", filled) == Compared(count, count, [])
    other = compare(back, "filled", documents.fill(form, filling.emptied))
    assert (other.sought, other.equal) == (count, 0)
    assert [name for name, _ in other.unequal] == list(filling.submission.values)


# Running


def finds(monkeypatch: pytest.MonkeyPatch, run: Callable[..., None]) -> list[Findings]:
    monkeypatch.setattr(Examination, "run", run)
    return list(run_all([Path("one.pdf"), Path("two.pdf")], jobs=2, seconds=1.0))


def test_a_form_that_hangs_is_killed_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(examination: Examination, path: Path) -> None:
        if path.stem == "one":
            with examination.stage("values"):
                time.sleep(60)

    found = {each.name: each.shortfalls for each in finds(monkeypatch, hangs)}
    assert [(each.kind, each.cause) for each in found["one"]] == [
        ("hang", "still in 'values' after 1 seconds")
    ]
    assert found["two"] == []


def test_a_form_that_crashes_is_named_with_its_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    def crashes(examination: Examination, path: Path) -> None:
        with examination.stage("finish"):
            if path.stem == "one":
                raise KeyError("/Rect")
            os._exit(11)

    found = {each.name: each.shortfalls[0] for each in finds(monkeypatch, crashes)}
    assert found["one"].cause.startswith("in 'finish': KeyError")
    assert found["two"].cause == "the process died (exit code 11) in 'finish'"
    assert report.missed([Findings("one", shortfalls=[found["one"]])])


def test_a_whole_examination(tmp_path: Path) -> None:
    path = tmp_path / "every_type.pdf"
    path.write_bytes(small_forms.every_type())
    (found,) = run_all([path], jobs=1)
    assert found.shortfalls == []
    assert found.counts["texts found"] == found.counts["texts"] == 5
    assert found.counts["marks drawn"] == found.counts["marks"] == 2
    assert found.counts["pages equal"] == found.counts["pages sought"] > 0
    assert not report.missed([found])


def test_without_a_corpus_there_is_a_line_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORMPRESS_CORPUS", str(tmp_path / "absent"))
    assert command.main([]) == 0
    assert capsys.readouterr().out.strip().count("\n") == 0


# Telling


def test_a_cause_that_many_files_share_is_said_once() -> None:
    found = [Findings(f"form{number}") for number in range(5)]
    for each in found:
        each.fell_short("crash", "", "in 'finish': KeyError")
    found[0].fell_short("text", "name", "page 1")
    assert report.shortfalls(found) == (
        "Crashes: 5\n  5 files (form0, form1, form2 and 2 more): in 'finish': KeyError\n\n"
        "Texts not found in their own box: 1\n  form0: name: page 1"
    )


def test_pictures_show_both_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "every_type.pdf"
    path.write_bytes(small_forms.every_type())
    told: list[str] = []
    pictures.draw([path], tmp_path / "pictures", told.append)
    assert told == ["every_type-1.png"]
    with Image.open(tmp_path / "pictures" / told[0]) as both:
        ours = both.crop((0, 0, 450, 600))
        theirs = both.crop((both.width - 450, 0, both.width, 600))
    for name, side in (("ours", ours), ("PDFium's", theirs)):
        box = side.crop((30, 60, 420, 90))  # the field "name"
        assert min(box.convert("L").tobytes()) < 80, name
