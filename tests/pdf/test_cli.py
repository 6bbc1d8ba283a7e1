"""The command line as others script against it: exit codes, JSON shapes, one line of complaint,
and nothing half done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pikepdf import String

from pipeline.cli import main
from tests.pdf import small_forms
from tests.pdf.judges import has_form, is_sound, page_text, poppler_text, without_embedded_values
from tests.pdf.small_forms import Sheet, actions

VALUES = {
    "name": "Zoë Łukasiewicz",
    "story": "Een\nTwee",
    "agreed": True,
    "colour": "green",
    "fruit": "p",
    "fruits": ["a", "k"],
}


class Shell:
    """Runs commands in a folder and keeps what they said."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.out = self.err = ""

    def file(self, name: str, data: bytes | str) -> str:
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def run(self, *words: str) -> int:
        try:
            code = main(words)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        self.out, self.err = self.capsys.readouterr()
        return code

    @property
    def told(self) -> Any:
        return json.loads(self.out)

    def left(self) -> set[str]:
        return {each.name for each in self.folder.iterdir()}


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


@pytest.fixture
def form(shell: Shell) -> str:
    return shell.file("form.pdf", small_forms.every_type())


@pytest.fixture
def values(shell: Shell) -> str:
    return shell.file("values.json", json.dumps(VALUES))


FIELD_KEYS = {
    "name", "type", "label", "page", "required", "read_only", "multiline", "comb", "max_len",
    "options", "on_states", "multi_select", "editable", "format", "range", "calculation", "value",
    "visible",
}  # fmt: skip


def test_inspect_as_json(shell: Shell, form: str) -> None:
    assert shell.run("inspect", form, "--json") == 0
    told = shell.told
    assert set(told) == {"digest", "pages", "fields", "not_understood"}
    assert told["pages"] == 1
    assert len(told["digest"]) == 64
    assert all(set(each) == FIELD_KEYS for each in told["fields"])
    fields = {each["name"]: each for each in told["fields"]}
    assert {name: each["type"] for name, each in fields.items()} == {
        "name": "text", "story": "text", "code": "text", "agreed": "checkbox", "colour": "radio",
        "fruit": "choice", "fruits": "choice", "signed": "signature", "reset": "button",
    }  # fmt: skip
    name = fields["name"]
    assert (name["label"], name["page"], name["required"], name["max_len"]) == ("Naam", 1, True, 40)
    assert fields["story"]["multiline"]
    assert fields["code"]["comb"]
    assert fields["colour"]["on_states"] == ["red", "green", "blue"]
    assert fields["fruit"]["options"][1] == {"export": "p", "display": "Peer"}
    assert fields["fruits"]["multi_select"]
    assert shell.err == ""


def test_inspect_tells_formats_ranges_and_calculations(shell: Shell) -> None:
    sheet = Sheet()
    sheet.text(
        "a",
        AA=actions(
            F='AFNumber_Format(2, 3, 0, 0, "", true);', V="AFRange_Validate(true, 0, true, 9);"
        ),
        V=String("1.5"),
    )
    sheet.text("b", AA=actions(C='AFSimple_Calculate("SUM", new Array ("a"));'))
    sheet.text("c", AA=actions(F="mine();"))
    assert shell.run("inspect", shell.file("form.pdf", sheet.bytes()), "--json") == 0
    a, b, _ = shell.told["fields"]
    assert (a["format"]["kind"], a["format"]["decimals"], a["value"]) == ("number", 2, "1.5")
    assert a["range"] == {"minimum": "0", "maximum": "9"}
    assert b["calculation"] == {"kind": "simple", "operation": "SUM", "fields": ["a"]}
    assert shell.told["not_understood"] == [{"field": "c", "what": "format script"}]


def test_inspect_for_people(shell: Shell, form: str) -> None:
    assert shell.run("inspect", form) == 0
    assert "1 page(s), 9 field(s)" in shell.out
    assert "name: Naam (required, at most 40)" in shell.out


def test_fill_keeps_the_form(shell: Shell, form: str, values: str) -> None:
    assert shell.run("fill", form, values, "-o", shell.path("out.pdf")) == 0
    out = (shell.folder / "out.pdf").read_bytes()
    assert has_form(out)
    assert is_sound(out)
    assert (shell.out, shell.err) == ("", "")


def test_fill_takes_gaps_and_finish_does_not(shell: Shell, form: str) -> None:
    none = shell.file("none.json", "{}")
    assert shell.run("fill", form, none, "-o", shell.path("out.pdf")) == 0
    assert shell.run("finish", form, none, "-o", shell.path("final.pdf")) == 1
    assert "name: an answer is missing" in shell.err


def test_finish_secures(shell: Shell, form: str, values: str) -> None:
    assert shell.run("finish", form, values, "-o", shell.path("out.pdf")) == 0
    out = (shell.folder / "out.pdf").read_bytes()
    assert not has_form(out)
    assert b"/Encrypt" in out
    assert "Zoë Łukasiewicz" in poppler_text(out)


def test_finish_without_encryption(shell: Shell, form: str, values: str) -> None:
    assert shell.run("finish", form, values, "-o", shell.path("out.pdf"), "--no-encrypt") == 0
    assert b"/Encrypt" not in (shell.folder / "out.pdf").read_bytes()


def test_flatten_as_it_is_filled_in(shell: Shell, form: str, values: str) -> None:
    shell.run("fill", form, values, "-o", shell.path("filled.pdf"))
    assert shell.run("flatten", shell.path("filled.pdf"), "-o", shell.path("out.pdf")) == 0
    out = (shell.folder / "out.pdf").read_bytes()
    assert not has_form(out)
    assert "Zoë Łukasiewicz" in page_text(out)


EXTRACTED = {"agreed": True} | VALUES


def test_extract_from_fields(shell: Shell, form: str, values: str) -> None:
    shell.run("fill", form, values, "-o", shell.path("filled.pdf"))
    for more in ([], ["--template", form]):
        assert shell.run("extract", shell.path("filled.pdf"), "--json", *more) == 0
        told = shell.told
        assert set(told) == {"source", "values", "fields", "problems"}
        assert (told["source"], told["values"], told["problems"]) == ("acroform", EXTRACTED, [])
        assert told["fields"]["name"] == {"source": "acroform", "confidence": 1.0}


def test_extract_from_the_final_pdf(shell: Shell, form: str, values: str) -> None:
    shell.run("finish", form, values, "-o", shell.path("final.pdf"))
    for more in ([], ["--template", form]):
        assert shell.run("extract", shell.path("final.pdf"), "--json", *more) == 0
        assert (shell.told["source"], shell.told["values"]) == ("embedded", EXTRACTED)


def test_extract_from_pages(shell: Shell, form: str, values: str) -> None:
    shell.run("finish", form, values, "-o", shell.path("final.pdf"))
    final = (shell.folder / "final.pdf").read_bytes()
    pages = shell.file("pages.pdf", without_embedded_values(final))
    assert shell.run("extract", pages, "--template", form, "--json") == 0
    assert (shell.told["source"], shell.told["values"]) == ("page_text", EXTRACTED)
    assert shell.run("extract", pages, "--json") == 1
    assert shell.told["error"]["code"] == "no_fields"


def test_extract_for_people(shell: Shell, form: str, values: str) -> None:
    shell.run("fill", form, values, "-o", shell.path("filled.pdf"))
    assert shell.run("extract", shell.path("filled.pdf")) == 0
    assert "name: Zoë Łukasiewicz" in shell.out
    assert "agreed: true" in shell.out
    assert "fruits: a|k" in shell.out


def test_what_comes_out_goes_in(shell: Shell, form: str, values: str) -> None:
    """The values that ``extract`` gives are a file that ``finish`` takes."""
    shell.run("finish", form, values, "-o", shell.path("final.pdf"))
    shell.run("extract", shell.path("final.pdf"), "--template", form, "--json")
    again = shell.file("again.json", json.dumps(shell.told["values"]))
    assert shell.run("finish", form, again, "-o", shell.path("again.pdf")) == 0


def test_a_value_that_shows_nowhere_is_told(shell: Shell) -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.text("unseen", (20, 100, 280, 120), F=small_forms.HIDDEN)
    form = shell.file("form.pdf", sheet.bytes())
    values = shell.file("values.json", '{"name": "Anna", "unseen": "x"}')
    assert shell.run("finish", form, values, "-o", shell.path("out.pdf")) == 0
    assert shell.err.splitlines() == [
        "warning: unseen: the value is kept as data, but the form shows this field nowhere"
    ]


LIMIT_BYTES = 25 * 2**20

BAD_FORMS = {
    "no_fields": small_forms.without_fields(),
    "encrypted": small_forms.encrypted(user="geheim"),
    "dynamic_xfa": small_forms.dynamic_xfa(),
    "not_a_pdf": b"geen pdf",
    "truncated": small_forms.every_type()[:2_000],
    "too_many_bytes": b"%PDF-1.7" + b" " * LIMIT_BYTES,
}
CODES = {"truncated": "not_a_pdf", "too_many_bytes": "too_large"}


@pytest.mark.parametrize("bad", BAD_FORMS)
@pytest.mark.parametrize("command", ["inspect", "check", "fill", "flatten", "finish", "extract"])
def test_bad_forms(shell: Shell, values: str, command: str, bad: str) -> None:
    """Exit 1, one line on standard error, an error object on standard output, no file."""
    form = shell.file("bad.pdf", BAD_FORMS[bad])
    words = [command, form]
    if command in ("fill", "finish"):
        words.append(values)
    if command in ("fill", "finish", "flatten"):
        words += ["-o", shell.path("out.pdf")]
    assert shell.run(*words, "--json") == 1
    assert set(shell.told) == {"error"}
    error = shell.told["error"]
    assert set(error) == {"code", "message", "problems"}
    assert (error["code"], error["problems"]) == (CODES.get(bad, bad), [])
    assert len(shell.err.splitlines()) == 1
    assert shell.err.startswith("formpress: ")
    assert error["message"] in shell.err
    assert shell.left() <= {"bad.pdf", "values.json"}
    assert shell.run(*words) == 1
    assert shell.out == ""
    assert len(shell.err.splitlines()) == 1


def test_a_form_over_the_limits_of_pages_and_fields(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline import cli
    from pipeline.model.limits import Limits

    form = shell.file("form.pdf", small_forms.many_fields(4))
    monkeypatch.setattr(cli, "Limits", lambda: Limits(max_fields=3))
    assert shell.run("inspect", form, "--json") == 1
    assert shell.told["error"]["message"].endswith("4 fields, at most 3 are taken")
    monkeypatch.setattr(cli, "Limits", lambda: Limits(max_pages=0))
    assert shell.run("inspect", form, "--json") == 1
    assert "1 pages" in shell.told["error"]["message"]


BAD_VALUES: dict[str, tuple[dict[str, object], str, str]] = {
    "unknown": ({"nobody": "x"}, "nobody", "unknown_field"),
    "too long": ({"name": "x" * 41}, "name", "max_len"),
    "wrong type": ({"name": 3}, "name", "wrong_type"),
    "a list": ({"name": ["x"]}, "name", "wrong_type"),
    "a null box": ({"agreed": "Maybe"}, "agreed", "not_in_options"),
    "no option": ({"fruit": "kers"}, "fruit", "not_in_options"),
    "no state": ({"colour": "paars"}, "colour", "not_in_options"),
    "several": ({"fruit": ["a", "p"]}, "fruit", "one_only"),
    "a line break": ({"name": "a\nb"}, "name", "line_break"),
    "no glyph": ({"name": "漢"}, "name", "no_glyph"),
    "too much": ({"story": "regel\n" * 60}, "story", "does_not_fit"),
    "a button": ({"reset": "x"}, "reset", "not_fillable"),
    "a signature": ({"signed": "x"}, "signed", "not_fillable"),
}


@pytest.mark.parametrize("command", ["fill", "finish"])
@pytest.mark.parametrize("case", BAD_VALUES)
def test_bad_values(shell: Shell, form: str, case: str, command: str) -> None:
    wrong, field, code = BAD_VALUES[case]
    values = shell.file("values.json", json.dumps({"name": "Anna"} | wrong))
    out = shell.file("out.pdf", "was er al")
    assert shell.run(command, form, values, "-o", out, "--json") == 1
    error = shell.told["error"]
    assert error["code"] == "submission"
    (problem,) = error["problems"]
    assert set(problem) == {"field", "code", "message"}
    assert (problem["field"], problem["code"]) == (field, code)
    assert problem["message"] != code
    assert len(shell.err.splitlines()) == 1
    assert field in shell.err
    assert (shell.folder / "out.pdf").read_text() == "was er al"
    assert shell.left() == {"form.pdf", "values.json", "out.pdf"}


def test_every_problem_is_listed(shell: Shell, form: str) -> None:
    wrong = {name: value for each, _, _ in BAD_VALUES.values() for name, value in each.items()}
    values = shell.file("values.json", json.dumps(wrong))
    assert shell.run("finish", form, values, "-o", shell.path("out.pdf"), "--json") == 1
    assert [each["field"] for each in shell.told["error"]["problems"]] == [
        "nobody", "name", "story", "agreed", "colour", "fruit", "signed", "reset",
    ]  # fmt: skip
    assert "and 3 more" in shell.err


@pytest.mark.parametrize("text", ["", "[]", "3", "{", '{"name": }', "[" * 100_000, "\x00"])
def test_values_that_are_no_values(shell: Shell, form: str, text: str) -> None:
    values = shell.file("values.json", text)
    assert shell.run("fill", form, values, "-o", shell.path("out.pdf"), "--json") == 1
    assert shell.told["error"]["code"] == "values"
    assert len(shell.err.splitlines()) == 1


def test_files_that_are_not_there(shell: Shell, form: str, values: str) -> None:
    for words in (
        ["inspect", shell.path("none.pdf")],
        ["inspect", str(shell.folder)],
        ["fill", form, shell.path("none.json"), "-o", shell.path("out.pdf")],
        ["fill", form, values, "-o", shell.path("none/out.pdf")],
        ["extract", shell.path("none.pdf")],
    ):
        assert shell.run(*words) == 1, words
        assert len(shell.err.splitlines()) == 1
    assert "out.pdf" not in shell.left()


def test_an_output_that_cannot_be_written_leaves_nothing(
    shell: Shell, form: str, values: str
) -> None:
    (shell.folder / "out.pdf").mkdir()
    assert shell.run("fill", form, values, "-o", shell.path("out.pdf"), "--json") == 1
    assert shell.told["error"]["code"] == "values"
    assert shell.left() == {"form.pdf", "values.json", "out.pdf"}


@pytest.mark.parametrize(
    "words",
    [[], ["inspect"], ["fill", "a.pdf"], ["fill", "a.pdf", "b.json"], ["unknown"],
     ["inspect", "a.pdf", "--unknown"]],
)  # fmt: skip
def test_usage(shell: Shell, words: list[str]) -> None:
    assert shell.run(*words) == 2
    assert "usage: formpress" in shell.err


def test_the_output_may_be_the_input(shell: Shell, form: str, values: str) -> None:
    assert shell.run("fill", form, values, "-o", form) == 0
    assert shell.run("extract", form, "--json") == 0
    assert shell.told["values"]["name"] == "Zoë Łukasiewicz"


def test_the_output_has_the_rights_of_any_new_file(shell: Shell, form: str, values: str) -> None:
    shell.run("fill", form, values, "-o", shell.path("out.pdf"))
    assert (
        oct((shell.folder / "out.pdf").stat().st_mode)[-3:]
        == oct((shell.folder / "form.pdf").stat().st_mode)[-3:]
    )


def test_a_template_in_its_folder_brings_its_definition(shell: Shell) -> None:
    folder = shell.folder / "proef"
    folder.mkdir()
    (folder / "template.pdf").write_bytes(small_forms.one_text_field())
    (folder / "form.toml").write_text('required_at_submit = ["name"]')
    none = shell.file("none.json", "{}")
    for form in (str(folder), str(folder / "template.pdf")):
        assert shell.run("finish", form, none, "-o", shell.path("out.pdf"), "--json") == 1
        assert shell.told["error"]["problems"][0]["code"] == "required"
    (folder / "form.toml").write_text('required_at_submit = ["nobody"]')
    assert shell.run("inspect", str(folder), "--json") == 1
    assert shell.told["error"]["code"] == "form_definition"
    assert "nobody" in shell.told["error"]["message"]


def test_as_a_program_of_its_own(shell: Shell, form: str) -> None:
    """Started by the shell: the exit code, and nothing but JSON on standard output."""
    good = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "inspect", form, "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["pages"] == 1
    bad = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "inspect", "nowhere.pdf"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (bad.returncode, bad.stdout) == (1, "")
    assert bad.stderr.startswith("formpress: nowhere.pdf: ")
