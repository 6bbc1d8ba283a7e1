"""Peers in other languages: a process that stays, is told to make a document, and times itself.

What they need is installed at first use into a cache folder outside the repository. pdftk-java has
no such mode: it is started for every document.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from xml.sax.saxutils import escape

from benchmarks.contenders import Contender, Failed, NotHere, Sample, Session
from benchmarks.subjects import Subject, peer_font

_HERE = Path(__file__).parent
_CACHE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "formpress-bench"

_JIT = 10.0
"""Seconds in which the Java machine compiles what it runs often."""


class _Worker(Session):
    """A process that answers each line with ``ok WALL CPU`` (nanoseconds) or ``failed WHY``."""

    def __init__(self, command: list[str], folder: Path, cwd: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def once(self) -> Sample:
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write("\n")
            self._process.stdin.flush()
            word, _, rest = self._process.stdout.readline().strip().partition(" ")
        except OSError as error:
            raise Failed("its process ended") from error
        if word != "ok":
            raise Failed(rest or "its process ended")
        wall, cpu = (int(number) / 1e9 for number in rest.split())
        return Sample(wall, cpu, (self._folder / "out.pdf").read_bytes())

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class _Pdftk(Session):
    """``pdftk form.pdf fill_form values.xfdf … flatten``, once a document."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def once(self) -> Sample:
        command = ["pdftk", "form.pdf", "fill_form", "values.xfdf", "output", "out.pdf"]
        command += ["flatten", "owner_pw", "formpress-bench", "encrypt_aes128"]
        started, before = perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, cwd=self._folder, capture_output=True, text=True)
        seconds, after = perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if done.returncode:
            raise Failed((done.stderr.strip().splitlines() or ["it says nothing"])[0])
        return Sample(seconds, cpu, (self._folder / "out.pdf").read_bytes())

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _folder(subject: Subject) -> Path:
    """The form, its values in three notations, and the font."""
    folder = Path(tempfile.mkdtemp(prefix="formpress-bench-"))
    (folder / "form.pdf").write_bytes(subject.pdf)
    (folder / "font.ttf").write_bytes(peer_font())
    entries = [asdict(entry) for entry in subject.entries]
    (folder / "values.json").write_text(json.dumps(entries), "utf-8")
    lines = [
        "\t".join((each.name, each.kind, each.shown.replace("\n", "\\n")))
        for each in subject.entries
    ]
    (folder / "values.tsv").write_text("\n".join(lines), "utf-8")
    fields = "".join(
        f'<field name="{escape(each.name)}"><value>'
        f"{escape(each.states[0] if each.value is True else each.shown)}</value></field>"
        for each in subject.entries
    )
    xfdf = f'<xfdf xmlns="http://ns.adobe.com/xfdf/"><fields>{fields}</fields></xfdf>'
    (folder / "values.xfdf").write_text(f'<?xml version="1.0" encoding="UTF-8"?>{xfdf}', "utf-8")
    return folder


def _require(*programs: str) -> None:
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        raise NotHere(f"this machine has no {' and no '.join(missing)}")


def _install(command: list[str], cwd: Path, what: str) -> None:
    if subprocess.run(command, cwd=cwd, capture_output=True).returncode:
        raise NotHere(f"{what} could not be installed ({command[0]} failed)")


def _pdf_lib(subject: Subject) -> Session:
    _require("node", "npm")
    place = _CACHE / "node"
    shutil.copytree(_HERE / "node", place, dirs_exist_ok=True)
    if not (place / "node_modules" / "pdf-lib").is_dir():
        _install(["npm", "install", "--no-package-lock", "--silent"], place, "pdf-lib")
    folder = _folder(subject)
    files = [str(folder / name) for name in ("form.pdf", "values.json", "font.ttf", "out.pdf")]
    return _Worker(["node", "worker.mjs", *files], folder, place)


def _pdfbox(mode: str) -> Callable[[Subject], Session]:
    def start(subject: Subject) -> Session:
        _require("java", "javac", "mvn")
        place = _CACHE / "java"
        shutil.copytree(_HERE / "java", place, dirs_exist_ok=True)
        if not any(place.glob("lib/pdfbox-*.jar")):
            copy = ["dependency:copy-dependencies", "-DoutputDirectory=lib"]
            _install(["mvn", "-q", "-B", *copy], place, "PDFBox")
        _install(["javac", "-cp", "lib/*", "-d", "classes", "PdfBoxWorker.java"], place, "PDFBox")
        folder = _folder(subject)
        files = [str(folder / name) for name in ("form.pdf", "values.tsv", "font.ttf", "out.pdf")]
        command = ["java", "-cp", "classes:lib/*", "PdfBoxWorker", *files, mode]
        return _Worker(command, folder, place)

    return start


def _pdftk(subject: Subject) -> Session:
    _require("pdftk")
    return _Pdftk(_folder(subject))


CONTENDERS = (
    Contender("pdf-lib, own font", _pdf_lib, "AES-256"),
    Contender("PDFBox, `?` for Ł", _pdfbox("replace"), warm_up=_JIT),
    Contender("PDFBox, own font", _pdfbox("embed"), warm_up=_JIT),
    Contender("pdftk-java", _pdftk, "AES-256 (AES-128), staying warm"),
)
