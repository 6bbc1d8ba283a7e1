"""Values, problems and readings in the shapes that a JSON column keeps, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from pipeline.errors import FieldProblem
from pipeline.model.field import Value

JsonObject: TypeAlias = dict[str, Any]


def values_to_json(values: Mapping[str, Value]) -> JsonObject:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }


def values_from_json(stored: Mapping[str, Any]) -> dict[str, Value]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()
    }


def problems_to_json(problems: Iterable[FieldProblem]) -> list[JsonObject]:
    return [
        {
            "field": problem.field,
            "code": problem.code,
            "data": {name: _plain(value) for name, value in problem.data.items()},
            "level": problem.level,
            "message": problem.message,
        }
        for problem in problems
    ]


def problems_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[FieldProblem, ...]:
    return tuple(FieldProblem(**problem) for problem in stored)


def _plain(value: object) -> object:
    """A problem's data is shown to a person; what JSON has no shape for is kept as its text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value)
