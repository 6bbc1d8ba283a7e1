"""Reads an upload in a child process of its own, with a bound on its time and memory.

A hostile PDF can at most end that child. What the child answers is JSON: data that is checked
here, never objects that run.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from pipeline import errors
from pipeline.errors import FieldProblem, FormpressError, TookTooLong
from pipeline.flow.catalogue import Form
from pipeline.flow.receive import FieldReading, Received, edition_of, receive
from pipeline.model.definition import FormDefinition
from pipeline.model.field import Value
from pipeline.model.limits import Limits

_START_UP_SECONDS = 10


def receive_guarded(form: Form, data: bytes, limits: Limits) -> Received:
    """``receive``, guarded. Raises the same errors, and ``TookTooLong``."""
    return _ask(form, data, limits, any_edition=True)


def receive_own_edition(form: Form, data: bytes, limits: Limits) -> Received:
    """The same; a definitive PDF of another edition raises ``OtherEdition`` before it is read."""
    return _ask(form, data, limits, any_edition=False)


def _ask(form: Form, data: bytes, limits: Limits, *, any_edition: bool) -> Received:
    template = replace(form.template, definition=_for_reading(form.template.definition))
    plain = Form(form.id, form.title, template, form.pdf)
    order = pickle.dumps((plain, data, limits, any_edition))
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", "pipeline.flow.guarded"],
            input=order,
            capture_output=True,
            timeout=limits.seconds + _START_UP_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TookTooLong(seconds=limits.seconds) from error
    if child.returncode != 0:
        raise TookTooLong(seconds=limits.seconds)
    answer = json.loads(child.stdout)
    if "error" in answer:
        raise _error(answer["error"], answer["data"])
    return Received(
        source=str(answer["source"]),
        values={name: _value(value) for name, value in answer["values"].items()},
        fields={
            name: FieldReading(str(source), float(confidence))
            for name, (source, confidence) in answer["fields"].items()
        },
        problems=tuple(
            FieldProblem(name, code, data, level) for name, code, data, level in answer["problems"]
        ),
    )


def _for_reading(definition: FormDefinition) -> FormDefinition:
    """What reading values asks of it, without the read-only views, which no process passes on."""
    return FormDefinition(
        language=definition.language,
        smallest_text=definition.smallest_text,
        kinds=dict(definition.kinds),
        max_len=dict(definition.max_len),
        system=dict(definition.system),
    )


def _value(value: object) -> Value:
    return tuple(str(one) for one in value) if isinstance(value, list) else cast("Value", value)


def _error(name: str, data: Mapping[str, object]) -> FormpressError:
    kind = getattr(errors, name, FormpressError)
    if not (isinstance(kind, type) and issubclass(kind, FormpressError)):
        kind = FormpressError
    return kind(**data)


def _answer(received: Received) -> dict[str, object]:
    return {
        "source": received.source,
        "values": received.values,
        "fields": {
            name: (reading.source, reading.confidence) for name, reading in received.fields.items()
        },
        "problems": [
            (problem.field, problem.code, dict(problem.data), problem.level)
            for problem in received.problems
        ],
    }


def _serve_one() -> None:
    """The child's whole life: an order on standard input, an answer on standard output."""
    form, data, limits, any_edition = pickle.load(sys.stdin.buffer)
    _bound(limits)
    try:
        made_from = None if any_edition else edition_of(data, limits)
        if made_from not in (None, form.template.digest):
            raise errors.OtherEdition(digest=made_from)
        answer = _answer(receive(form, data, limits))
    except FormpressError as error:
        answer = {"error": type(error).__name__, "data": error.data}
    except (MemoryError, RecursionError):
        answer = {"error": "TookTooLong", "data": {"seconds": limits.seconds}}
    json.dump(answer, sys.stdout, default=str)


def _bound(limits: Limits) -> None:
    try:
        import resource  # not on every system; the parent's time limit holds everywhere
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


if __name__ == "__main__":
    _serve_one()
