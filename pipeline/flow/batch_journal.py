"""What a batch did so far: ``batch.jsonl`` in its directory, a line for each row that was tried.

The order of things makes a batch survive any end, a SIGKILL included, without half a file and
without doing a row twice. A worker writes a row's PDF whole into a hidden folder of this run; the
line goes into the journal; the file is renamed to its place. Where the end comes between the last
two, the next run finds the line, and the file still in the folder, and renames it.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from pipeline.errors import BatchRunning, JournalDamaged, Occupied, OtherBatch, StorageError

JOURNAL_FILE = "batch.jsonl"
PROBLEMS_FILE = "problems.csv"

_RUN_FOLDER = ".batch-"
_VERSION = 1
_BEGIN = b'{"batch"'
_SYNC_SECONDS = 1.0
_NUMBERED = re.compile(r"[0-9]{6,}(-.*)?\.pdf")

Problem = Sequence[str]
"""Field, code, message and level (``error`` or ``warning``), as JSON keeps them."""


def number_in_name(number: int) -> str:
    """A row's number as file names bear it: they sort as the rows do."""
    return f"{number:06d}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of a row: its PDF's name, or ``None`` and why. ``run`` is the one that did it."""

    digest: str
    file: str | None
    problems: Sequence[Problem]
    run: str = ""


class Journal:
    """Open, and locked against other processes. ``entries`` are by the rows' numbers."""

    def __init__(self, directory: Path, descriptor: int) -> None:
        self.directory = directory
        self.entries: dict[int, Entry] = {}
        self._descriptor = descriptor
        self._size = 0
        self._run = secrets.token_hex(8)
        self._synced = time.monotonic()

    @property
    def run_folder(self) -> Path:
        """Where this run's workers write. There only after ``begin``."""
        return self.directory / f"{_RUN_FOLDER}{self._run}"

    def begin(self) -> None:
        with _on_disk(self.directory):
            self.run_folder.mkdir()
            self._append({"run": self._run})

    def keep(self, number: int, entry: Entry) -> None:
        """Writes the line, then puts the PDF in its place."""
        line: dict[str, object] = {"row": number, "digest": entry.digest}
        line |= {} if entry.file is None else {"file": entry.file}
        line |= {"problems": entry.problems} if entry.problems else {}
        with _on_disk(self.directory):
            self._append(line)
            self.entries[number] = entry
            if entry.file is not None:
                written = self.run_folder / f"{number_in_name(number)}.pdf"
                written.replace(self.directory / entry.file)
            if time.monotonic() - self._synced >= _SYNC_SECONDS:
                self._sync()

    def load(self, origin: Mapping[str, str | bool]) -> None:
        """Reads what earlier runs wrote, and tidies up after one that was killed.

        Raises ``OtherBatch`` if they were of another origin, and ``JournalDamaged``.
        """
        with _on_disk(self.directory):
            data = (self.directory / JOURNAL_FILE).read_bytes()
            whole = data[: data.rfind(b"\n") + 1]
            lines = whole.splitlines()
            if lines:
                self._check_origin(self._parsed(lines[0], 1), origin)
            elif not data.startswith(_BEGIN[: len(data)]):
                raise self._damaged(1)
            self._size = len(whole)
            if len(data) > len(whole):  # the line that a kill or a power cut tore
                os.ftruncate(self._descriptor, self._size)
            if not lines:
                self._append({"batch": _VERSION, **origin})
            run = ""
            for place, line in enumerate(lines[1:], 2):
                run = self._read(self._parsed(line, place), place, run)
            self._put_in_place()
            self._sweep()
            self._sync()

    def close(self) -> None:
        """Whatever happened before: what the journal promises is in place, and nothing is left."""
        try:
            with _on_disk(self.directory):
                self._put_in_place()
                self._sync()
        finally:
            self._sweep()
            os.close(self._descriptor)

    def _append(self, line: Mapping[str, object]) -> None:
        data = json.dumps(line).encode() + b"\n"
        rest = data
        try:
            while rest:  # a disk that is nearly full takes a part, and then says why
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            os.ftruncate(self._descriptor, self._size)
            raise
        self._size += len(data)

    def _sync(self) -> None:
        """The lines, and the names in the directory."""
        os.fsync(self._descriptor)
        directory = os.open(self.directory, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
        self._synced = time.monotonic()

    def _parsed(self, line: bytes, place: int) -> dict[str, object]:
        try:
            parsed = json.loads(line)
        except ValueError:
            parsed = None
        if not isinstance(parsed, dict):
            raise self._damaged(place)
        return parsed

    def _damaged(self, place: int) -> JournalDamaged:
        return JournalDamaged(path=str(self.directory), line=place)

    def _check_origin(self, first: Mapping[str, object], origin: Mapping[str, str | bool]) -> None:
        if first.get("batch") != _VERSION:
            raise self._damaged(1)
        for differs, value in origin.items():
            if first.get(differs) != value:
                raise OtherBatch(path=str(self.directory), differs=differs)

    def _read(self, line: Mapping[str, object], place: int, run: str) -> str:
        """Takes a line in; gives the run that the lines after it belong to."""
        match line:
            case {"run": str(begun)}:
                return begun
            case {"row": int(number), "digest": str(digest)}:
                file, problems = line.get("file"), line.get("problems", [])
                if _is_name_or_none(file) and _are_problems(problems):
                    self.entries[number] = Entry(digest, file, problems, run)
                    return run
        raise self._damaged(place)

    def _put_in_place(self) -> None:
        """Ends the renames that did not come about; a row whose PDF is gone counts as not done."""
        for number, entry in list(self.entries.items()):
            if entry.file is None or (self.directory / entry.file).exists():
                continue
            folder = self.directory / f"{_RUN_FOLDER}{entry.run or self._run}"
            try:
                (folder / f"{number_in_name(number)}.pdf").replace(self.directory / entry.file)
            except FileNotFoundError:
                del self.entries[number]

    def _sweep(self) -> None:
        """What the workers of a killed run wrote and nobody took."""
        for folder in self.directory.glob(f"{_RUN_FOLDER}*"):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def open_journal(directory: Path, origin: Mapping[str, str | bool]) -> Iterator[Journal]:
    """The journal of the batch in ``directory``, which is made if it is not there.

    ``origin`` says what the batch is made from, by the word that a person knows it by; a batch of
    another origin is not gone on with. Raises ``Occupied``, ``BatchRunning``, ``OtherBatch``,
    ``JournalDamaged`` and ``StorageError``.
    """
    with _on_disk(directory):
        directory.mkdir(parents=True, exist_ok=True)
        if not (directory / JOURNAL_FILE).exists():
            _check_free(directory)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        descriptor = os.open(directory / JOURNAL_FILE, flags, 0o666)
    journal = Journal(directory, descriptor)
    try:
        _lock(directory, descriptor)
        journal.load(origin)
    except BaseException:
        os.close(descriptor)
        raise
    try:
        yield journal
    finally:
        journal.close()


def _check_free(directory: Path) -> None:
    """Files of others stay as they are; those that a batch would replace are in the way."""
    for path in directory.iterdir():
        if path.name == PROBLEMS_FILE or _NUMBERED.fullmatch(path.name):
            raise Occupied(path=str(directory), file=path.name)


def _lock(directory: Path, descriptor: int) -> None:
    """Until the process ends, however it ends. Worker processes do not inherit it."""
    try:
        import fcntl  # not on every system; there, nobody guards against a second run
    except ImportError:
        return
    with _on_disk(directory):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BatchRunning(path=str(directory)) from None


@contextmanager
def _on_disk(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise StorageError(path=str(directory), what="disk", why=why) from error


def _is_name_or_none(file: object) -> TypeGuard[str | None]:
    if not isinstance(file, str):
        return file is None
    return file.endswith(".pdf") and Path(file).name == file


def _are_problems(problems: object) -> TypeGuard[list[Problem]]:
    return isinstance(problems, list) and all(
        isinstance(each, list) and [type(word) for word in each] == [str] * 4 for each in problems
    )
