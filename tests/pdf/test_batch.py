"""A batch as it is used: real processes that are killed, stopped and interrupted in the middle, and
directories that are gone on with. What is there may be there once, whole, and never again."""

from __future__ import annotations

import csv
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pikepdf import String

from pipeline import cli_batch
from pipeline.cli import main
from pipeline.flow import batch, batch_crew
from pipeline.flow.batch_journal import open_journal
from pipeline.flow.batch_rows import Table, read_table
from pipeline.model.template import Template
from tests.pdf import small_forms
from tests.pdf.judges import has_form, is_sound, page_text, poppler_text
from tests.pdf.small_forms import Sheet

MANY = 40
"""Rows of a batch that something happens to; each takes about 25 ms, nearly all for its key."""

PERSONS = [f"Persoon {number}" for number in range(1, MANY + 1)]


class Desk:
    """A folder with a form and a table, from which batches are run into ``out``."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.form = folder / "form.pdf"
        self.rows = folder / "rows.csv"
        self.capsys = capsys
        self.said = self.complaint = ""
        self.form.write_bytes(small_forms.every_type())

    def table(self, *lines: str) -> None:
        self.rows.write_text("\r\n".join(lines) + "\r\n", "utf-8", newline="")

    def run(self, *options: str) -> int:
        """In this process, on one worker, unencrypted unless the options say otherwise."""
        words = ["batch", str(self.form), str(self.rows), "-o", str(self.out), *options]
        if "--encrypt" in words:
            words.remove("--encrypt")
        else:
            words.append("--no-encrypt")
        try:
            code = main([*words, "--jobs", "1"])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        self.said, self.complaint = self.capsys.readouterr()
        return code

    @property
    def told(self) -> Any:
        return json.loads(self.said)

    def start(
        self, *options: str, file_bytes: int | None = None, **settings: str
    ) -> subprocess.Popen[str]:
        """As a program of its own, in a process group of its own as a terminal gives it.

        With ``file_bytes`` no file that it writes may grow beyond that.
        """
        words = [str(self.form), str(self.rows), "-o", str(self.out), *options]
        return subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", "batch", *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            env=os.environ | settings,
            preexec_fn=None if file_bytes is None else lambda: _limit_files(file_bytes),
        )  # fmt: skip

    def extracted(self, name: str) -> Any:
        assert main(["extract", str(self.out / name), "--json"]) == 0
        return json.loads(self.capsys.readouterr().out)["values"]

    def lines(self) -> list[dict[str, Any]]:
        """What the journal says of rows."""
        return [line for line in self.all_lines() if "row" in line]

    def all_lines(self) -> list[dict[str, Any]]:
        """Of the journal, those that were written whole."""
        journal = self.out / "batch.jsonl"
        data = journal.read_bytes() if journal.exists() else b""
        return [json.loads(line) for line in data[: data.rfind(b"\n") + 1].splitlines()]

    def done(self) -> dict[str, tuple[int, int]]:
        """Each PDF with its inode and time: both change if it is made again."""
        found = {path.name: path.stat() for path in self.out.glob("*.pdf")}
        return {name: (each.st_ino, each.st_mtime_ns) for name, each in found.items()}

    def problems(self) -> list[dict[str, str]]:
        with (self.out / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            delimiter = max(";,\t", key=first.count)
            file.seek(0)
            return list(csv.DictReader(file, delimiter=delimiter))

    def whole(self) -> set[str]:
        """The first line of each PDF; that there is nothing else, and that it can be read."""
        left = {path.name for path in self.out.iterdir()} - {"batch.jsonl", "problems.csv"}
        assert left == set(self.done())
        return {page_text((self.out / name).read_bytes()).strip() for name in left}


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


@pytest.fixture
def many(desk: Desk) -> Desk:
    """A desk with work for a while."""
    desk.form.write_bytes(small_forms.one_text_field())
    desk.table("name", *PERSONS)
    return desk


def _limit_files(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def names(*numbers: int) -> list[str]:
    return [f"{number:06d}.pdf" for number in numbers]


def wait_for(condition: Callable[[], Any]) -> Any:
    end = time.monotonic() + 30
    while not (found := condition()):
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.005)
    return found


def children(*parents: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z" and int(parent) in parents:
            found.append(int(stat.parent.name))
    return found


def workers(run: subprocess.Popen[str]) -> list[int]:
    """They are the children of a server of ``multiprocessing``."""
    return children(*children(run.pid))


# What comes out


def test_a_pdf_for_each_row(desk: Desk) -> None:
    desk.table(
        "name;story;agreed;colour;fruit;fruits;code",
        'Zoë Łukasiewicz;"Een\nTwee; drie";true;green;p;a|k;',
        "Anna",
        "",
        ";;;;;;",
        "Piet;;false;;;k;12;;",
    )
    assert desk.run() == 0
    assert (desk.said, desk.complaint) == ("", "")
    assert sorted(desk.done()) == names(1, 2, 5)
    first = (desk.out / "000001.pdf").read_bytes()
    assert is_sound(first)
    assert not has_form(first)
    assert "Zoë Łukasiewicz" in poppler_text(first)
    assert desk.extracted("000001.pdf") == {
        "name": "Zoë Łukasiewicz", "story": "Een\nTwee; drie", "agreed": True, "colour": "green",
        "fruit": "p", "fruits": ["a", "k"],
    }  # fmt: skip
    assert desk.extracted("000005.pdf") == {
        "name": "Piet", "agreed": False, "fruits": ["k"], "code": "12",
    }  # fmt: skip


def test_secured_unless_told_otherwise(desk: Desk) -> None:
    desk.table("name", "Anna")
    assert desk.run("--encrypt") == 0
    assert b"/Encrypt" in (desk.out / "000001.pdf").read_bytes()


def test_names_by_the_forms_pattern_are_safe_and_never_meet(desk: Desk) -> None:
    desk.form = desk.folder / "brief"
    desk.form.mkdir()
    (desk.form / "template.pdf").write_bytes(small_forms.multiline())
    (desk.form / "form.toml").write_text('file_name = "brief-{story}"')
    desk.table("story", "../../etc", "Anna", "Anna", "Ä" * 140)
    assert desk.run() == 0
    assert sorted(desk.done()) == [
        "000001-brief-..-..-etc.pdf",
        "000002-brief-Anna.pdf",
        "000003-brief-Anna.pdf",
        f"000004-brief-{'Ä' * 97}.pdf",
    ]
    desk.form = desk.form / "template.pdf"
    assert desk.run("--json") == 0, "the same form"
    assert (desk.told["made"], desk.told["kept"]) == (0, 4)


def test_what_the_form_says_itself_is_cleared_only_by_an_empty_cell(desk: Desk) -> None:
    sheet = Sheet()
    sheet.text("name", V=String("Uit de PDF"))
    sheet.text("town", (20, 100, 280, 120), V=String("Heerlen"))
    sheet.text("country", (20, 20, 280, 40), V=String("NL"))
    sheet.text("fixed", (20, 60, 280, 80), Ff=small_forms.READ_ONLY, V=String("vast"))
    desk.form.write_bytes(sheet.bytes())
    desk.table("name;town;fixed", ";Sittard;vast", "Anna;Heerlen;")
    assert desk.run() == 0
    kept = {"country": "NL", "fixed": "vast"}
    assert desk.extracted("000001.pdf") == {"town": "Sittard"} | kept
    assert desk.extracted("000002.pdf") == {"name": "Anna", "town": "Heerlen"} | kept


def test_without_rows_there_is_nothing_to_do(desk: Desk) -> None:
    desk.table("name")
    assert desk.run("--json") == 0
    assert (desk.told["rows"], desk.told["made"], desk.told["bad"]) == (0, 0, 0)


# Bad rows


def test_bad_rows_stop_nothing_and_are_listed_with_every_problem(desk: Desk) -> None:
    desk.table(
        "name;story;agreed;colour",
        'Anna;"op\ntwee regels";;',
        f"{'x' * 41};漢;Maybe;paars",
        ";;true;",
        "Piet;;;;te veel",
        "Kees;;;",
    )
    assert desk.run() == 1
    assert sorted(desk.done()) == names(1, 5)
    assert desk.complaint.splitlines() == [
        f"formpress: 3 of 5 row(s) have no PDF; their problems are in {desk.out}/problems.csv"
    ]
    listed = desk.problems()
    assert list(listed[0]) == ["row", "line", "field", "code", "message", "level"]
    assert [(each["row"], each["line"], each["field"], each["code"]) for each in listed] == [
        ("2", "4", "name", "max_len"),
        ("2", "4", "story", "no_glyph"),
        ("2", "4", "agreed", "not_in_options"),
        ("2", "4", "colour", "not_in_options"),
        ("3", "5", "name", "required"),
        ("4", "6", "", "too_many_cells"),
    ]
    assert listed[0]["message"] == "41 characters, at most 40 fit"


def test_a_bad_row_has_the_problems_that_finish_finds(desk: Desk) -> None:
    values = desk.folder / "values.json"
    values.write_text(json.dumps({"name": "", "colour": "paars", "fruits": ["a", "x"]}))
    main(["finish", str(desk.form), str(values), "-o", str(desk.folder / "x.pdf"), "--json"])
    expected = json.loads(desk.capsys.readouterr().out)["error"]["problems"]
    desk.table("name,colour,fruits", ",paars,a|x")
    assert desk.run("--json") == 1
    error = desk.told["error"]
    assert (error["code"], desk.told["bad"]) == ("bad_rows", 1)
    assert error["problems"] == [{"row": 1, "line": 2} | problem for problem in expected]


def test_a_warning_is_listed_and_costs_nothing(desk: Desk) -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.text("unseen", (20, 100, 280, 120), F=small_forms.HIDDEN)
    desk.form.write_bytes(sheet.bytes())
    desk.table("name;unseen", "Anna;x")
    assert desk.run("--json") == 0
    assert [(each["row"], each["code"]) for each in desk.told["warnings"]] == [(1, "not_shown")]
    assert [each["level"] for each in desk.problems()] == ["warning"]


# Going on


def test_the_same_again_does_nothing(desk: Desk) -> None:
    desk.table("name", "Anna", "", "Piet", "x" * 50)
    assert desk.run() == 1
    before, journal = desk.done(), desk.lines()
    assert desk.run() == 1
    assert (desk.done(), desk.lines()) == (before, journal)
    assert "1 of 3 row(s)" in desk.complaint


def test_after_mending_only_what_was_bad_or_is_new_is_done(desk: Desk) -> None:
    desk.table("name;story", "Anna;", f"{'x' * 50};", "Piet;", ";")
    assert desk.run() == 1
    before = desk.done()
    desk.rows.write_text(
        "\ufeffstory,name\n,Anna\n,Xandra\n,Piet\n,\n,Nieuw\n", "utf-8"
    )  # also ordered, delimited and encoded otherwise
    assert desk.run("--json") == 0
    assert (desk.told["made"], desk.told["kept"], desk.told["bad"]) == (2, 2, 0)
    after = desk.done()
    assert sorted(after) == names(1, 2, 3, 5)
    assert {name: after[name] for name in before} == before
    assert not (desk.out / "problems.csv").exists()


def test_bad_rows_are_tried_again_when_asked(desk: Desk) -> None:
    desk.table("name", "Anna", "x" * 50)
    desk.run()
    before = desk.done()
    assert desk.run("--retry") == 1
    assert [line["row"] for line in desk.lines()] == [1, 2, 2]
    assert desk.done() == before


def test_a_pdf_that_was_removed_is_made_again(desk: Desk) -> None:
    desk.table("name", "Anna", "Piet")
    desk.run()
    before = desk.done()
    (desk.out / "000002.pdf").unlink()
    assert desk.run() == 0
    assert desk.done()["000001.pdf"] == before["000001.pdf"]
    assert desk.whole() == {"Formulier\r\nAnna", "Formulier\r\nPiet"}


CHANGES: dict[str, Callable[[Desk], object]] = {
    "a value": lambda desk: desk.table("name", "Anna", "Petra"),
    "a row less": lambda desk: desk.table("name", "Anna"),
    "rows in another order": lambda desk: desk.table("name", "Piet", "Anna"),
    "a column more": lambda desk: desk.table("name;story", "Anna;", "Piet;"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_finished_row_cannot_change(desk: Desk, change: str) -> None:
    desk.table("name", "Anna", "Piet")
    desk.run()
    before, journal = desk.done(), desk.lines()
    CHANGES[change](desk)
    assert desk.run("--json") == 1
    assert desk.told["error"]["code"] == "changed_row"
    assert "give an empty directory" in desk.complaint
    assert (desk.done(), desk.lines()) == (before, journal)


def test_a_batch_of_another_origin_is_not_gone_on_with(desk: Desk) -> None:
    desk.table("name", "Anna")
    desk.run()
    before = desk.done()
    assert desk.run("--encrypt", "--json") == 1
    assert desk.told["error"]["code"] == "other_batch"
    assert "--no-encrypt" in desk.complaint
    desk.form.write_bytes(small_forms.one_text_field())
    assert desk.run() == 1
    assert "differs in form; give an empty directory" in desk.complaint
    assert desk.done() == before


def test_files_that_no_journal_knows_are_not_replaced(desk: Desk) -> None:
    desk.table("name", "Anna")
    desk.out.mkdir()
    (desk.out / "000001.pdf").write_text("van een ander")
    assert desk.run("--json") == 1
    assert desk.told["error"]["code"] == "occupied"
    assert [path.name for path in desk.out.iterdir()] == ["000001.pdf"]
    (desk.out / "000001.pdf").rename(desk.out / "brief.pdf")
    assert desk.run() == 0
    assert (desk.out / "brief.pdf").read_text() == "van een ander"


# The journal


def test_a_torn_line_is_cut_off(desk: Desk) -> None:
    desk.table("name", "Anna", "Piet")
    desk.run()
    before = desk.done()
    journal = desk.out / "batch.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'{"row": 3, "digest": "0')
    assert desk.run() == 0
    assert (journal.read_bytes(), desk.done()) == (whole, before)
    last = whole.rstrip().rfind(b"\n") + 1
    journal.write_bytes(whole[: last + 20])
    (desk.out / "000002.pdf").unlink()  # the line comes first, so there is no PDF yet
    assert desk.run() == 0
    assert [line["row"] for line in desk.lines()] == [1, 2]
    assert desk.done()["000001.pdf"] == before["000001.pdf"]


def test_a_journal_torn_in_its_first_line(desk: Desk) -> None:
    desk.table("name", "Anna")
    desk.out.mkdir()
    (desk.out / "batch.jsonl").write_bytes(b'{"batch": 1, "fo')
    assert desk.run() == 0
    assert sorted(desk.done()) == names(1)
    assert desk.run() == 0


def test_an_end_between_the_line_and_the_place(desk: Desk) -> None:
    """The PDF was still in the folder of the killed run: it is put in its place, not made again."""
    desk.table("name", "Anna", "Piet")
    desk.run()
    before = desk.done()
    (run,) = [each["run"] for each in desk.all_lines() if "run" in each]
    folder = desk.out / f".batch-{run}"
    folder.mkdir()
    (desk.out / "000002.pdf").rename(folder / "000002.pdf")
    (folder / "000003.pdf").write_bytes(b"%PDF-1.7 hal")
    assert desk.run("--json") == 0
    assert (desk.told["made"], desk.told["kept"]) == (0, 2)
    assert desk.done() == before
    assert not folder.exists()


@pytest.mark.parametrize(
    "line",
    ["geen JSON", "[]", '{"row": 1}', '{"row": 1, "digest": "x", "file": "../x.pdf"}',
     '{"row": 1, "digest": "x", "problems": [["a"]]}', "\0\0\0"],
)  # fmt: skip
def test_a_damaged_journal_is_refused(desk: Desk, line: str) -> None:
    desk.table("name", "Anna")
    desk.run()
    journal = desk.out / "batch.jsonl"
    damaged = journal.read_bytes() + line.encode() + b"\n"
    journal.write_bytes(damaged)
    assert desk.run("--json") == 1
    assert desk.told["error"]["code"] == "journal_damaged"
    assert "line 4 of batch.jsonl" in desk.complaint
    assert journal.read_bytes() == damaged


@pytest.mark.parametrize("text", ["iets anders", '{"batch": 2}\n', "{}\n"])
def test_a_file_that_is_no_journal_of_ours_is_left_alone(desk: Desk, text: str) -> None:
    desk.table("name", "Anna")
    desk.out.mkdir()
    (desk.out / "batch.jsonl").write_text(text)
    assert desk.run() == 1
    assert "line 1 of batch.jsonl" in desk.complaint
    assert (desk.out / "batch.jsonl").read_text() == text


# Processes


def test_killed_in_the_middle_and_gone_on_with(many: Desk) -> None:
    """SIGKILL: what was there stays as it is, the rest is added, and nothing is made twice."""
    run = many.start("--jobs", "2")
    wait_for(lambda: len(many.lines()) >= 8)
    alive = workers(run)
    assert len(alive) == 2
    run.kill()
    run.communicate()
    wait_for(lambda: not any(Path(f"/proc/{each}/cmdline").exists() for each in alive))
    before, tried = many.done(), [line["row"] for line in many.lines()]
    assert 8 <= len(tried) < MANY
    assert len(tried) - 1 <= len(before) <= len(tried)
    again = many.start("--jobs", "2", "--json")
    told = json.loads(again.communicate()[0])
    assert again.returncode == 0
    assert (told["rows"], told["kept"], told["made"]) == (MANY, len(tried), MANY - len(tried))
    after = many.done()
    assert {name: after[name] for name in before} == before
    assert sorted(line["row"] for line in many.lines()) == list(range(1, MANY + 1))
    assert many.whole() == set(PERSONS)


def test_a_worker_that_dies_and_one_that_hangs_cost_a_row_each(many: Desk) -> None:
    """Before that the whole of it is suspended (Ctrl-Z) for longer than a row may take: that costs
    nothing."""
    run = many.start("--jobs", "2", FORMPRESS_JOB_SECONDS="2")
    wait_for(lambda: len(many.lines()) >= 4)
    os.killpg(run.pid, signal.SIGSTOP)
    time.sleep(2.7)
    os.killpg(run.pid, signal.SIGCONT)
    dies, hangs = workers(run)
    os.kill(hangs, signal.SIGSTOP)
    os.kill(dies, signal.SIGKILL)
    _, complaint = run.communicate()
    assert run.returncode == 1
    assert complaint.startswith(f"formpress: 2 of {MANY} row(s) have no PDF")
    assert len(complaint.splitlines()) == 1
    problems = {each["code"]: each["message"] for each in many.problems()}
    assert problems == {
        "worker_died": "the process that made this row ended with signal SIGKILL",
        "row_took_too_long": "the row took more than the allowed 2 seconds",
    }
    bad = {int(each["row"]) for each in many.problems()}
    good = set(range(1, MANY + 1)) - bad
    assert sorted(many.done()) == names(*sorted(good))
    assert sorted(line["row"] for line in many.lines()) == list(range(1, MANY + 1))


def test_ctrl_c(many: Desk) -> None:
    """As a terminal sends it: to every process of the group."""
    run = many.start("--jobs", "2")
    wait_for(lambda: len(many.lines()) >= 4)
    alive = workers(run)
    os.killpg(run.pid, signal.SIGINT)
    said, complaint = run.communicate()
    assert run.returncode == 130
    assert not any(Path(f"/proc/{each}/cmdline").exists() for each in alive)
    done = len(many.done())
    assert (said, complaint) == (
        "",
        f"formpress: stopped with {done} of {MANY} row(s) done; "
        "the same command goes on from there\n",
    )
    assert names(*sorted(line["row"] for line in many.lines())) == sorted(many.done())
    assert len(many.whole()) == done < MANY


def test_two_at_once_in_one_directory(desk: Desk) -> None:
    desk.table("name", "Anna")
    with open_journal(desk.out, {}):
        assert desk.run("--json") == 1
        assert desk.told["error"]["code"] == "batch_running"
        assert len(desk.all_lines()) == 1


def test_a_full_disk(desk: Desk) -> None:
    """Files may not grow beyond 2 KiB, which a PDF would: nothing of it stays."""
    desk.table("name", "Anna", "Piet")
    run = desk.start("--json", file_bytes=2048)
    said, complaint = run.communicate()
    assert run.returncode == 1
    assert json.loads(said)["error"]["code"] == "storage"
    assert complaint == f"formpress: {desk.out}: the disk did not take it: File too large\n"
    assert [path.name for path in desk.out.iterdir()] == ["batch.jsonl"]
    assert desk.lines() == []
    assert desk.run("--encrypt") == 0
    assert sorted(desk.done()) == names(1, 2)


def test_a_disk_too_full_for_the_journal(many: Desk) -> None:
    """The line that did not go in whole is taken back, and its PDF with it."""
    run = many.start("--jobs", "1", "--no-encrypt", file_bytes=3000)
    run.communicate()
    assert run.returncode == 1
    lines = many.lines()
    assert 0 < len(lines) < MANY
    assert (many.out / "batch.jsonl").read_bytes().endswith(b"}\n")
    assert sorted(many.done()) == names(*(line["row"] for line in lines))
    assert many.run() == 0
    assert len(many.done()) == MANY


def test_a_form_that_changes_while_workers_open_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changes_it(path: Path, template: Template) -> Table:
        desk.form.write_bytes(small_forms.one_text_field())
        return read_table(path, template)

    monkeypatch.setattr(batch, "read_table", changes_it)
    desk.table("name", "Anna")
    assert desk.run("--json") == 1
    assert desk.told["error"]["code"] == "template_changed"
    assert desk.done() == {}


def test_workers_that_cannot_begin(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_crew, "work", os.kill)  # of (connection, task): it ends at once
    desk.table("name", "Anna")
    assert desk.run("--json") == 1
    assert desk.told["error"]["code"] == "no_workers"
    assert desk.lines() == []


# The command


def test_progress_where_somebody_watches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.table("name", "Anna", "x" * 50)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert desk.run() == 1
    bar = desk.complaint.split("\n")[0].split("\r\033[K")[-1]
    assert bar.startswith("[####")
    assert "] 2/2 rows, 1 bad, " in bar
    assert bar.endswith(" a second, 0:00:00 left")
    assert desk.complaint.count("\n") == 2


def test_lines_where_nobody_does(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.table("name", "Anna", "Piet")
    monkeypatch.setattr(cli_batch, "_LINE_SECONDS", 0.0)
    assert desk.run() == 0
    assert [line.split(",")[0] for line in desk.complaint.splitlines()] == ["1/2 rows", "2/2 rows"]
    assert desk.run("--json") == 0
    assert desk.complaint == ""


@pytest.mark.parametrize("jobs", ["0", "-1", "x"])
def test_usage(desk: Desk, jobs: str) -> None:
    desk.table("name", "Anna")
    words = [str(desk.form), str(desk.rows)]
    for wrong in ([*words, "-o", str(desk.out), "--jobs", jobs], words):
        with pytest.raises(SystemExit) as stopped:
            main(["batch", *wrong])
        assert stopped.value.code == 2
    assert not desk.out.exists()


def test_a_header_that_does_not_fit_ends_it_before_any_work(desk: Desk) -> None:
    desk.table("nmae;story;story;nergens", "Anna;;;")
    assert desk.run("--json") == 1
    assert not desk.out.exists()
    error = desk.told["error"]
    assert error["code"] == "columns"
    assert error["problems"] == [
        {
            "field": "nmae",
            "code": "unknown_column",
            "message": "the form has no such field; the nearest is 'name'",
        },
        {
            "field": "story",
            "code": "duplicate_column",
            "message": "this name stands above columns 2 and 3",
        },
        {"field": "nergens", "code": "unknown_field", "message": "the form has no such field"},
    ]
    (line,) = desk.complaint.splitlines()
    assert line.startswith(f"formpress: {desk.rows}: the header row does not fit the form")
    assert "nearest is 'name'" in line


def test_a_directory_that_cannot_be_made(desk: Desk) -> None:
    desk.table("name", "Anna")
    desk.out.write_text("een bestand")
    assert desk.run("--json") == 1
    assert desk.told["error"]["code"] == "storage"
    assert desk.out.read_text() == "een bestand"
