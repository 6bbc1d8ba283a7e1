"""Fonts that the settings name and those that the machine has, from the file to the page."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.cffLib import CFFFontSet
from pypdf import PdfReader

from pipeline.cli import main
from pipeline.errors import SettingsError
from pipeline.flow import documents
from pipeline.flow.documents import Form
from pipeline.pdf import font_files
from pipeline.pdf.embedding import subset
from pipeline.pdf.face_choice import FaceChoice
from pipeline.pdf.faces import load_face, packaged_faces
from pipeline.pdf.fallback_font import FallbackFont
from pipeline.pdf.font_files import VARIABLE, FontFiles
from pipeline.settings import load_settings
from tests.pdf import small_forms
from tests.pdf.forms import TODAY, definitive, filled, form_of, received
from tests.pdf.judges import (
    ink,
    is_sound,
    on_disk,
    picture,
    poppler_text,
    text_in,
    tool,
    without_embedded_values,
)
from tests.pdf.small_fonts import (
    BITMAPS_ONLY,
    BOLD,
    EDITABLE,
    KANJI,
    NO_SUBSETS,
    PREVIEW_AND_PRINT,
    RESTRICTED,
    collection,
    small_font,
    with_table,
    without_table,
)

Named = Callable[..., Path]


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Named:
    """Writes a font file and names it in the environment."""

    def write(data: bytes, file: str = "font.ttf") -> Path:
        path = tmp_path / file
        path.write_bytes(data)
        monkeypatch.setenv(VARIABLE, str(path))
        return path

    return write


def problems(form: Form, text: str) -> list[tuple[str, object]]:
    checked = documents.check(form, {"name": text}, documents.Stage.DRAFT, TODAY)
    return [(each.code, each.data.get("character")) for each in checked.problems]


def poppler_fonts(data: bytes) -> list[str]:
    """(type, embedded, subset, has a ToUnicode) of each font, as pdffonts prints them."""
    with on_disk(data) as path:
        listed = subprocess.run([tool("pdffonts"), path], capture_output=True, check=True)
    assert not listed.stderr
    return [line[37:].rsplit(maxsplit=2)[0] for line in listed.stdout.decode().splitlines()[2:]]


@pytest.mark.parametrize(
    ("outlines", "kind"),
    [("glyf", "CID TrueType"), ("CFF", "CID Type 0C"), ("CFF2", "CID Type 0C")],
)
def test_a_font_of_the_settings_sets_what_no_packaged_face_has(
    named: Named, outlines: str, kind: str
) -> None:
    named(small_font(outlines=outlines))
    form = form_of(small_forms.one_text_field())
    widget = form.template.fields[0].widgets[0]
    for data in (definitive(form, {"name": "山田太郎"}), filled(form, {"name": "山田太郎"})):
        assert is_sound(data)
        assert received(form, data) == {"name": "山田太郎"}
        fonts = [each.split() for each in poppler_fonts(data)]
        assert [*kind.split(), "Identity-H", "yes", "yes", "yes"] in fonts
    final = definitive(form, {"name": "山田太郎"})
    assert text_in(final, widget.rect).strip() == "山田太郎"
    assert poppler_text(final).strip() == "山田太郎"
    assert received(form, without_embedded_values(final)) == {"name": "山田太郎"}
    assert ink(picture(final), widget.rect, form.template.pages[0]) > 0.003


@pytest.mark.parametrize("outlines", ["glyf", "CFF", "CFF2"])
@pytest.mark.parametrize("units", [1000, 2048])
def test_each_character_has_its_own_figure(named: Named, outlines: str, units: int) -> None:
    """Pixels: the first character alone is the first of two, and not the second."""
    named(small_font(outlines=outlines, units=units))
    form = form_of(small_forms.one_text_field())
    one, two, other = (picture(definitive(form, {"name": text})) for text in ("山", "山田", "田"))
    place = (2 * 20, 2 * 30, 2 * (20 + 2 + 12), 2 * 50)
    assert one.crop(place).tobytes() == two.crop(place).tobytes()
    assert one.crop(place).tobytes() != other.crop(place).tobytes()


@pytest.mark.parametrize("outlines", ["glyf", "CFF"])
def test_two_characters_of_one_glyph_come_back_as_themselves(named: Named, outlines: str) -> None:
    """A radical looks like its ideograph: a font draws both with one glyph."""
    named(small_font("一山", outlines=outlines, same_glyph=["一⼀"]))
    form = form_of(small_forms.one_text_field())
    final = definitive(form, {"name": "一⼀山⼀一"})
    assert received(form, without_embedded_values(final)) == {"name": "一⼀山⼀一"}
    assert text_in(final, form.template.fields[0].widgets[0].rect).strip() == "一⼀山⼀一"


def test_a_face_of_a_collection(named: Named) -> None:
    named(collection([small_font("あい", name="Kana"), small_font(KANJI)]), "both.ttc")
    form = form_of(small_forms.one_text_field())
    final = definitive(form, {"name": "山あ"})
    assert received(form, without_embedded_values(final)) == {"name": "山あ"}
    assert sum("CID" in font for font in poppler_fonts(final)) == 2


def test_a_folder_s_fonts_are_taken_regular_ones_first(tmp_path: Path) -> None:
    (tmp_path / "a-bold.ttf").write_bytes(small_font(name="Bold", weight=BOLD))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "z.otf").write_bytes(small_font(name="Regular", outlines="CFF"))
    (tmp_path / "notes.txt").write_text("no font")
    face = FontFiles([tmp_path], list).face_of("山")
    assert face is not None
    assert face.name == "Regular"


def test_named_fonts_come_before_the_machine_s_in_their_order(tmp_path: Path) -> None:
    files = []
    for name in ("Zulu", "Alpha", "Machine"):
        files.append(tmp_path / f"{name}.ttf")
        files[-1].write_bytes(small_font(KANJI + name[0], name=name))
    fonts = FontFiles(files[:2], lambda: files)
    assert [face.name for char in "山AM" if (face := fonts.face_of(char))] == [
        "Zulu", "Alpha", "Machine",
    ]  # fmt: skip


def test_a_packaged_face_comes_first_and_nothing_is_looked_for(tmp_path: Path) -> None:
    def machine() -> list[Path]:
        raise AssertionError("the machine was asked")

    fallback = FallbackFont(FaceChoice(packaged_faces(), FontFiles([], machine)))
    assert fallback.missing("Łódź Ωδ Жук שלום مرحبا") == ""
    with pytest.raises(AssertionError):
        fallback.missing("山")


@pytest.mark.parametrize(
    ("permissions", "allowed"),
    [
        (0, True),
        (RESTRICTED, False),
        (PREVIEW_AND_PRINT, True),
        (EDITABLE, True),
        (RESTRICTED | EDITABLE, True),  # an old font: the least restrictive one holds
        (NO_SUBSETS, False),
        (EDITABLE | BITMAPS_ONLY, False),
    ],
)
def test_a_font_is_embedded_only_where_its_permissions_allow_it(
    named: Named, permissions: int, allowed: bool
) -> None:
    named(small_font(permissions=permissions))
    form = form_of(small_forms.one_text_field())
    if allowed:
        assert problems(form, "山") == []
        return
    with pytest.raises(SettingsError) as raised:
        problems(form, "山")
    assert raised.value.data["variable"] == "FORMPRESS_FONTS"
    assert "forbids" in str(raised.value.data["why"])


def test_a_folder_s_unusable_fonts_are_passed_over_with_a_line_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.ttf").write_bytes(small_font(permissions=RESTRICTED))
    (tmp_path / "b.ttf").write_bytes(b"no font at all")
    (tmp_path / "c.ttf").write_bytes(with_table(small_font(), "COLR"))
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    form = form_of(small_forms.one_text_field())
    with caplog.at_level(logging.WARNING):
        assert problems(form, "a山") == [("no_glyph", "山")]
    assert [record.args[0] for record in caplog.records if isinstance(record.args, tuple)] == [
        tmp_path / "a.ttf", tmp_path / "b.ttf", tmp_path / "c.ttf",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (None, "cannot be read"),
        (b"", "is not a font file"),
        (b"%PDF-1.7 and no font", "is not a font file"),
        (small_font()[:40], "is not a font file"),
        (without_table(small_font(), "glyf"), "has no outlines"),
        (with_table(small_font(), "CBDT"), "coloured"),
        (small_font(name="LastResort"), "stands in"),
    ],
)
def test_a_named_file_that_cannot_be_used_is_said(
    tmp_path: Path, data: bytes | None, why: str
) -> None:
    path = tmp_path / "font.ttf"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SettingsError) as raised:
        load_settings(fonts=[path])
    assert str(path) in str(raised.value.data["why"])
    assert why in str(raised.value.data["why"])


def test_the_setting_lists_paths_as_path_does_and_goes_on_to_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "a.ttf", tmp_path / "b.ttf"]
    for file in files:
        file.write_bytes(small_font())
    monkeypatch.setenv(VARIABLE, os.pathsep.join(map(str, files)))
    settings = load_settings()
    assert settings.fonts == tuple(files)
    handed_on = settings.as_environment()[VARIABLE]
    assert font_files.font_paths(handed_on) == tuple(files)
    monkeypatch.setenv(VARIABLE, '["')
    with pytest.raises(SettingsError):
        load_settings()


def test_the_command_line_reads_the_environment(
    named: Named, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form, values, out = tmp_path / "form.pdf", tmp_path / "values.json", tmp_path / "out.pdf"
    form.write_bytes(small_forms.one_text_field())
    values.write_text(json.dumps({"name": "山"}), "utf-8")
    command = ["finish", str(form), str(values), "-o", str(out), "--no-encrypt"]
    assert main(command) == 1
    assert "'山' cannot be set" in capsys.readouterr().err
    named(small_font())
    assert main(command) == 0
    assert poppler_text(out.read_bytes()).strip() == "山"
    named(small_font(permissions=RESTRICTED), "restricted.ttf")
    assert main(command) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_without_fontconfig_the_usual_folders_are_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(font_files, "_usual_folders", lambda: [tmp_path, tmp_path / "none"])
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "font.TTF").write_bytes(small_font())
    assert font_files.machine_fonts() == [tmp_path / "sub" / "font.TTF"]


def test_fontconfig_s_list_is_taken_and_its_failure_survived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    lister = tmp_path / "fc-list"
    lister.write_text("#!/bin/sh\nprintf '/b/x.ttf\\n/a/y.otf\\n/b/x.ttf\\n/a/z.pcf.gz\\n'\n")
    lister.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    monkeypatch.setattr(font_files, "_usual_folders", list)
    assert font_files.machine_fonts() == [Path("/a/y.otf"), Path("/b/x.ttf")]
    lister.write_text("#!/bin/sh\nexit 1\n")
    assert font_files.machine_fonts() == []


@pytest.mark.parametrize("outlines", ["glyf", "CFF"])
def test_a_few_characters_of_a_huge_font_cost_little(outlines: str) -> None:
    data = small_font(outlines=outlines, more_glyphs=20_000)
    face = load_face("FpN0", "Huge", data)
    fallback = FallbackFont([face])
    fallback.show("山田太郎字", 12)
    made = subset(face, fallback.glyphs()["FpN0"])
    assert len(made.program) < 2_000
    assert len(made.to_unicode) < 500
    assert [width for _, width in made.widths] == [1000] * 5


def test_a_cid_keyed_program_has_the_codes_for_its_cids() -> None:
    """ISO 32000-2, 9.7.4.2: without a map, the program's charset says which glyph is which."""
    face = load_face("FpN0", "Cubic", small_font("一山", outlines="CFF", same_glyph=["一⼀"]))
    fallback = FallbackFont([face])
    fallback.show("一⼀山", 12)
    glyphs = fallback.glyphs()["FpN0"]
    made = subset(face, glyphs)
    assert made.glyph_map is None
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(made.program), None)
    top = fonts.topDictIndex[0]
    assert top.ROS == ("Adobe", "Identity", 0)
    assert top.charset == [".notdef", *(f"cid{code:05}" for code in sorted(glyphs))]
    assert {glyph.text for glyph in glyphs.values()} == {"一", "⼀", "山"}


def test_the_descriptor_says_what_kind_of_program_it_has(named: Named) -> None:
    named(small_font(outlines="CFF", units=2048))
    form = form_of(small_forms.one_text_field())
    final = definitive(form, {"name": "山"})
    page = PdfReader(BytesIO(final)).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    (cid_font,) = [
        font["/DescendantFonts"][0].get_object() for font in fonts if "/DescendantFonts" in font
    ]
    descriptor = cid_font["/FontDescriptor"]
    assert cid_font["/Subtype"] == "/CIDFontType0"
    assert "/CIDToGIDMap" not in cid_font
    assert descriptor["/FontFile3"]["/Subtype"] == "/CIDFontType0C"
    assert "/FontFile2" not in descriptor
    assert descriptor["/CapHeight"] == pytest.approx(700, abs=1)
    assert descriptor["/Ascent"] == pytest.approx(880, abs=1)
