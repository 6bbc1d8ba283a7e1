"""A batch: one definitive PDF for each row of a table, into a directory of its own.

It can be stopped at any moment and gone on with: the same call does what is left. A row that went
wrong keeps its problems and is tried again when it says something else, or when asked; a row that
has its PDF is never done again, and a table that says something else of it is refused.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from io import StringIO
from pathlib import Path

from pipeline.errors import ChangedRow, StorageError
from pipeline.flow import documents
from pipeline.flow.batch_crew import Crew
from pipeline.flow.batch_journal import PROBLEMS_FILE, Entry, Journal, open_journal
from pipeline.flow.batch_rows import Table, read_table
from pipeline.flow.batch_worker import Task, form_origin
from pipeline.model.limits import Limits


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked. ``seconds`` is what one row may take; ``retry`` tries bad rows once more."""

    form: Path
    rows: Path
    directory: Path
    jobs: int
    encrypt: bool = True
    retry: bool = False
    seconds: float = 120
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Progress:
    """Of ``rows`` in all, ``tried`` have had their turn in this run or before; ``now`` of them in
    this one, of which ``bad`` have no PDF, in ``seconds``.
    """

    rows: int
    tried: int
    now: int
    bad: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A line of ``problems.csv``. ``field`` is empty where it is about the row as a whole."""

    row: int
    line: int
    field: str
    code: str
    message: str
    level: str


@dataclass(frozen=True, slots=True)
class Result:
    """Of ``rows``, ``made`` have their PDF from this run and ``kept`` from earlier ones.

    ``problems`` are of all rows, errors and warnings. What is ``interrupted`` has rows left.
    """

    rows: int
    made: int
    kept: int
    bad: int
    problems: tuple[RowProblem, ...]
    seconds: float
    interrupted: bool


@dataclass(frozen=True, slots=True)
class _Place:
    line: int
    digest: str


def run_batch(order: Order, watch: Callable[[Progress], None] = lambda progress: None) -> Result:
    """Tries every row that was not tried before. ``watch`` is told after each.

    Ctrl-C ends it in good order. Raises ``ColumnsError``, ``ValuesError``, a ``BatchError``,
    ``StorageError``, and what is wrong with the form.
    """
    began = time.monotonic()
    form = documents.open_form(order.form, order.limits)
    table = read_table(order.rows, form.template)
    places = {row.number: _Place(row.line, table.digest(row)) for row in table.rows()}
    origin = form_origin(order.form, form)
    with open_journal(order.directory, {**origin, "--no-encrypt": not order.encrypt}) as journal:
        _check_finished_rows(places, journal)
        before = _tried(places, journal)
        left = {
            number
            for number in places
            if number not in before or (order.retry and before[number].file is None)
        }
        interrupted = False
        if left:
            journal.begin()
            task = Task(
                order.form, origin, table.columns, order.encrypt, journal.run_folder, order.limits
            )
            try:
                with Crew(task, min(order.jobs, len(left)), order.seconds) as crew:
                    rows = (row for row in table.rows() if row.number in left)
                    count = _Count(len(places), len(left), began, watch)
                    for row, made in crew.results(rows):
                        digest = places[row.number].digest
                        journal.keep(row.number, Entry(digest, made.file, made.problems))
                        count.one(made.file is not None)
            except KeyboardInterrupt:
                interrupted = True
        after = _tried(places, journal)
        problems = tuple(_problems(places, after))
        _write_problems(order.directory / PROBLEMS_FILE, table, problems)
    kept = sum(entry.file is not None for entry in before.values())
    done = sum(entry.file is not None for entry in after.values())
    return Result(
        rows=len(places),
        made=done - kept,
        kept=kept,
        bad=len(after) - done,
        problems=problems,
        seconds=time.monotonic() - began,
        interrupted=interrupted,
    )


class _Count:
    """Tells ``watch`` how far this run is."""

    def __init__(
        self, rows: int, left: int, began: float, watch: Callable[[Progress], None]
    ) -> None:
        self._rows = rows
        self._left = left
        self._began = began
        self._watch = watch
        self._now = self._bad = 0

    def one(self, good: bool) -> None:
        self._now += 1
        self._bad += not good
        seconds = time.monotonic() - self._began
        self._watch(
            Progress(self._rows, self._rows - self._left + self._now, self._now, self._bad, seconds)
        )


def _check_finished_rows(places: Mapping[int, _Place], journal: Journal) -> None:
    """What has its PDF must still be there, and say the same."""
    for number, entry in journal.entries.items():
        place = places.get(number)
        if entry.file is not None and (place is None or place.digest != entry.digest):
            raise ChangedRow(path=str(journal.directory), row=number, file=entry.file)


def _tried(places: Mapping[int, _Place], journal: Journal) -> dict[int, Entry]:
    """What came of the rows as they are now, in their order; of others the journal has nothing."""
    return {
        number: entry
        for number, place in places.items()
        if (entry := journal.entries.get(number)) is not None and entry.digest == place.digest
    }


def _problems(places: Mapping[int, _Place], tried: Mapping[int, Entry]) -> Iterator[RowProblem]:
    for number, entry in tried.items():
        for problem in entry.problems:
            yield RowProblem(number, places[number].line, *problem)


def _write_problems(path: Path, table: Table, problems: Sequence[RowProblem]) -> None:
    """As the table itself is written, so that what opens the one opens the other. No problem, no
    file.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=table.delimiter)
    writer.writerow([each.name for each in fields(RowProblem)])
    writer.writerows(astuple(problem) for problem in problems)
    data = text.getvalue().encode("utf-8-sig" if table.has_bom else "utf-8", "backslashreplace")
    beside = path.with_name(f".{path.name}")
    try:
        if problems:
            beside.write_bytes(data)
            beside.replace(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        beside.unlink(missing_ok=True)
        why = error.strerror or str(error)
        raise StorageError(path=str(path.parent), what="disk", why=why) from error
