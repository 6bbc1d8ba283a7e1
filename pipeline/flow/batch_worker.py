"""A worker process of a batch: it opens the form once and makes the PDF of one row after another.

It answers in JSON. Rows come through a thread of their own, so that neither side ever waits for
the other to read; when the parent is gone, however it ended, that thread ends the process.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import signal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from pipeline.errors import (
    FieldProblem,
    FormpressError,
    ProofError,
    RowFailed,
    StorageError,
    SubmissionError,
    TemplateChanged,
)
from pipeline.flow import documents
from pipeline.flow.batch_journal import number_in_name
from pipeline.flow.batch_rows import raw_values
from pipeline.flow.catalogue import DEFINITION_FILE
from pipeline.model.field import Value
from pipeline.model.limits import Limits
from pipeline.wording import error_sentence, problem_sentence

_NAME_BYTES = 200
"""File systems take 255; a row's number and ``.pdf`` are part of it."""


@dataclass(frozen=True, slots=True)
class Task:
    """What all rows of a batch have in common; ``origin`` is the form's, when the batch began."""

    form: Path
    origin: Mapping[str, str]
    columns: tuple[str, ...]
    encrypt: bool
    folder: Path
    limits: Limits


def form_origin(path: Path, form: documents.Form) -> dict[str, str]:
    """Digests of what a form is made of, by the words that a person knows them by."""
    definition = path / DEFINITION_FILE
    rules = definition.read_bytes() if definition.is_file() else b""
    return {"form": form.template.digest, DEFINITION_FILE: hashlib.sha256(rules).hexdigest()}


def work(connection: Connection, task: Task) -> None:
    """The process's whole life. Says ``ready``, then for each row what came of it.

    An ``error`` instead of a result ends the batch: the fault is not the row's.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    logging.getLogger().addHandler(logging.NullHandler())
    rows: SimpleQueue[tuple[int, tuple[str, ...]]] = SimpleQueue()
    Thread(target=_receive, args=(connection, rows), daemon=True).start()
    try:
        form = documents.open_form(task.form, task.limits)
        if form_origin(task.form, form) != task.origin:
            raise TemplateChanged(path=str(task.form))
        _answer(connection, {"ready": True})
        while True:
            number, cells = rows.get()
            _answer(connection, _made(form, task, number, cells))
    except FormpressError as error:
        _answer(connection, {"error": type(error).__name__, "data": error.data})
    except OSError:
        return  # the parent is gone


def _receive(connection: Connection, rows: SimpleQueue[tuple[int, tuple[str, ...]]]) -> None:
    try:
        while True:
            rows.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)


def _answer(connection: Connection, answer: Mapping[str, object]) -> None:
    connection.send_bytes(json.dumps(answer, default=str).encode())


def _made(
    form: documents.Form, task: Task, number: int, cells: tuple[str, ...]
) -> dict[str, object]:
    """The PDF in the task's folder and its name to be, or why there is none."""
    try:
        raw = raw_values(form.template, task.columns, cells)
        checked = documents.check(form, raw, documents.Stage.FINAL)
        found = _problems(checked.problems)
        if checked.submission is None:
            return {"problems": found}
        data = documents.finish(form, checked.submission, encrypt=task.encrypt, checked=checked)
        name = _file_name(form, number, checked.submission.values)
    except (SubmissionError, ProofError) as error:
        return {"problems": _problems(error.problems) or [row_problem(error)]}
    except FormpressError as error:
        return {"problems": [row_problem(error)]}
    except Exception as error:
        failure = RowFailed(why=f"{type(error).__name__}: {error}")
        return {"problems": [row_problem(failure)]}
    _write(task.folder / f"{number_in_name(number)}.pdf", data)
    return {"file": name, "problems": found}


def row_problem(error: FormpressError) -> tuple[str, str, str, str]:
    """What is wrong with a row as a whole, as the journal keeps it."""
    return ("", error.code, error_sentence(error), "error")


def _problems(problems: Iterable[FieldProblem]) -> list[tuple[str, str, str, str]]:
    return [(each.field, each.code, problem_sentence(each), each.level) for each in problems]


def _file_name(form: documents.Form, number: int, values: Mapping[str, Value]) -> str:
    """The row's number makes it unique, and the same in every run."""
    stem = number_in_name(number)
    if form.template.definition.file_name:
        words = documents.file_name(form, values).removesuffix(".pdf")
        stem += "-" + words.encode()[:_NAME_BYTES].decode(errors="ignore")
    return stem + ".pdf"


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        why = error.strerror or str(error)
        raise StorageError(path=str(path.parent.parent), what="disk", why=why) from error
