"""``formpress check``: its two outputs, its pictures, and what happens when they cannot be made."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Name, String
from PIL import Image, ImageChops

from pipeline.cli import main
from pipeline.flow.linting import Linted, lint
from pipeline.lint.legend import legend_of
from tests.pdf import small_forms
from tests.pdf.forms import LIMITS
from tests.pdf.lint_forms import SoundSheet, sound
from tests.pdf.small_forms import Sheet, actions


class Shell:
    """Runs ``check`` in a folder and keeps what it said."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.out = self.err = ""

    def check(self, data: bytes, *words: str) -> int:
        (self.folder / "form.pdf").write_bytes(data)
        code = main(["check", str(self.folder / "form.pdf"), *words])
        self.out, self.err = self.capsys.readouterr()
        return code

    @property
    def told(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


def faulty() -> bytes:
    """Two pages: an error, a warning and a note on the second, nothing on the first."""
    sheet = SoundSheet(pages=2)
    sheet.labelled("x", (20, 300, 280, 320), page=1, Ff=3)
    sheet.text("y", (20, 270, 280, 290), page=1)
    sheet.form.DA = String("/Helv 0 Tf 0 g")
    return sheet.bytes()


def test_json_has_the_promised_shape(shell: Shell) -> None:
    assert shell.check(faulty(), "--json") == 0
    told = shell.told
    assert list(told) == [
        "digest", "pages", "summary", "fields", "findings", "not_understood", "notices",
    ]  # fmt: skip
    assert (len(told["digest"]), told["pages"]) == (64, 2)
    assert told["summary"] == {"error": 1, "warning": 1, "note": 2}
    assert told["fields"][1] == {
        "name": "x",
        "page": 2,
        "type": "text",
        "does": "one line of text, at most 10 characters, shown, cannot be changed",
        "findings": ["required_read_only"],
    }
    found = told["findings"][1]
    assert {key: found[key] for key in ("code", "severity", "page", "field", "rect")} == {
        "code": "required_read_only", "severity": "error", "page": 2, "field": "x",
        "rect": [20, 300, 280, 320],
    }  # fmt: skip
    assert found["message"]
    assert set(found["hint"]) == {"acrobat", "libreoffice"}
    assert told["findings"][0]["field"] is told["findings"][0]["page"] is None
    assert (told["not_understood"], told["notices"]) == ([], [])


def test_json_keeps_what_it_told_before(shell: Shell) -> None:
    sheet = Sheet()
    sheet.text("c", AA=actions(F="mine();"))
    assert shell.check(sheet.bytes(), "--json") == 0
    assert shell.told["not_understood"] == [{"field": "c", "what": "format script"}]
    assert shell.check(small_forms.static_xfa(), "--json") == 0
    assert shell.told["notices"] == ["xfa"]


def test_lines_for_people(shell: Shell) -> None:
    assert shell.check(faulty()) == 0
    lines = shell.out.splitlines()
    assert lines[0] == "Proef: 2 page(s), 3 field(s)"
    assert "  y: one line of text" in lines
    page = lines[lines.index("Findings on page 2") + 1 :]
    assert page[0].startswith("  error    x: is required and read-only")
    assert page[1].strip().startswith("Acrobat: ")
    assert page[2].strip().startswith("LibreOffice: ")
    severities = [line.split()[0] for line in page if line[2:3].strip()]
    assert severities[:3] == ["error", "warning", "note"]
    assert lines[-1] == "1 error, 1 warning, 2 notes"
    assert shell.err == ""


def test_a_hint_is_told_once_for_findings_alike(shell: Shell) -> None:
    sheet = SoundSheet()
    for name, bottom in (("x", 300), ("y", 270)):
        sheet.text(name, (20, bottom, 280, bottom + 20), TU=String(f"Vraag {name}"))
    assert shell.check(sheet.bytes()) == 0
    assert shell.out.count("[no_max_len]") == 2
    assert shell.out.count("Acrobat: Properties > Options > Limit of characters") == 1


# Pictures


def test_a_picture_of_each_page(shell: Shell) -> None:
    assert shell.check(faulty(), "--pictures", str(shell.folder / "a" / "b")) == 0
    folder = shell.folder / "a" / "b"
    assert sorted(each.name for each in folder.iterdir()) == ["page-01.png", "page-02.png"]
    for path in folder.iterdir():
        with Image.open(path) as picture:
            assert picture.format == "PNG"
            assert picture.width > 600
    assert shell.out.endswith("1 error, 1 warning, 2 notes\n")


def pictured(data: bytes, folder: Path) -> tuple[Linted, list[Image.Image]]:
    path = folder / "form.pdf"
    path.write_bytes(data)
    linted = lint(path, LIMITS)
    images = [Image.open(BytesIO(png)).convert("RGB") for _, png in linted.pictures()]
    return linted, images


def share(picture: Image.Image, box: tuple[float, ...], like: tuple[int, int, int]) -> float:
    """The share of the pixels within ``box`` that are about of that colour."""
    part = picture.crop(tuple(round(each) for each in box))  # type: ignore[arg-type]
    bands = zip(part.split(), like, strict=True)
    near = [band.point([255 * (abs(v - want) < 24) for v in range(256)]) for band, want in bands]
    all_near = ImageChops.darker(ImageChops.darker(near[0], near[1]), near[2])
    return all_near.histogram()[255] / (part.width * part.height)


RED, ORANGE, BLUE = (0xB0, 0x00, 0x20), (0x9A, 0x4B, 0x00), (0x0B, 0x4F, 0x9E)


def test_boxes_are_outlined_by_their_gravest_finding(tmp_path: Path) -> None:
    """Twice the size: a line of x runs from (40, 160) to (560, 200), a line of y 60 lower."""
    _, (first, second) = pictured(faulty(), tmp_path)
    solid = share(second, (60, 198, 480, 202), RED)
    dashed = share(second, (60, 258, 480, 262), ORANGE)
    assert solid > 0.6
    assert 0.3 < dashed < 0.8 * solid
    assert share(second, (80, 165, 400, 195), (255, 255, 255)) > 0.99
    for colour in (RED, ORANGE, BLUE):
        assert share(first, (0, 0, 600, 800), colour) == 0


def test_the_legend_stands_beside_the_page_and_names_everything(tmp_path: Path) -> None:
    linted, (first, second) = pictured(faulty(), tmp_path)
    legend = legend_of(1, linted.report.findings)
    assert [mark.tag for mark in legend.marks] == ["E1", "W2"]
    told = [(entry.severity.value, entry.fields) for entry in legend.entries]
    assert told == [
        ("error", (("E1", "x"),)),
        ("warning", (("W2", "y"),)),
        ("note", (("W2", "y"),)),
    ]
    for picture in (first, second):
        beside = (620, 0, picture.width, picture.height)
        assert picture.width > 1_000
        assert 0.5 < share(picture, beside, (255, 255, 255)) < 0.999
    assert share(second, (620, 0, second.width, second.height), RED) > 0


def test_marks_are_where_a_turned_page_shows_them(tmp_path: Path) -> None:
    sheet = SoundSheet()
    sheet.page().Rotate = 90
    sheet.labelled("x", (20, 300, 280, 320), Ff=3)
    _, (picture,) = pictured(sheet.bytes(), tmp_path)
    assert share(picture, (598, 60, 602, 540), RED) > 0.6
    assert share(picture, (638, 100, 642, 540), RED) > 0.6


def test_many_findings_are_all_in_the_legend(tmp_path: Path) -> None:
    """More than one column holds: the picture gets wider, and never higher."""
    sheet = SoundSheet()
    for number in range(45):
        left, top = 20 + 55 * (number % 5), 330 - 30 * (number // 5)
        sheet.text(f"a.rather.long.name.{number}", (left, top - 20, left + 45, top))
    linted, (wide,) = pictured(sheet.bytes(), tmp_path)
    _, (narrow,) = pictured(sound(), tmp_path)
    assert wide.width >= narrow.width + 620
    assert wide.height == narrow.height
    legend = legend_of(0, linted.report.findings)
    assert len({mark.tag for mark in legend.marks}) == 45
    named = {name for entry in legend.entries for _, name in entry.fields}
    assert len(named) == 45


def test_names_in_any_script_can_be_drawn(tmp_path: Path) -> None:
    sheet = SoundSheet()
    for number, name in enumerate(("名前", "اسم", "😀", "x" * 300)):
        sheet.text(name, (20, 300 - 30 * number, 280, 320 - 30 * number))
    _, (picture,) = pictured(sheet.bytes(), tmp_path)
    assert picture.width > 1_000


# What cannot be done


def test_a_directory_that_cannot_be_made(shell: Shell) -> None:
    (shell.folder / "taken").write_text("a file")
    assert shell.check(sound(), "--json", "--pictures", str(shell.folder / "taken")) == 1
    assert shell.told["error"]["code"] == "values"
    assert len(shell.err.splitlines()) == 1
    assert (shell.folder / "taken").read_text() == "a file"


def test_no_half_picture_is_left(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert shell.check(sound(), "--pictures", str(shell.folder / "out")) == 1
    assert "No space left" in shell.err
    assert list((shell.folder / "out").iterdir()) == []


def test_a_form_without_fields_is_refused_as_everywhere(shell: Shell) -> None:
    assert shell.check(small_forms.without_fields(), "--json") == 1
    assert shell.told["error"]["code"] == "no_fields"


def test_a_field_on_no_page_at_all(shell: Shell) -> None:
    sheet = Sheet()
    sheet.enter(sheet.widget((0, 0, 1, 1), FT=Name.Tx, T=String("lost")))
    assert shell.check(sheet.bytes(), "--pictures", str(shell.folder / "out")) == 0
    assert "Findings on no page" in shell.out
    assert "lost: not shown" in shell.out
