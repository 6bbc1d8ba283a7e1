"""Fully qualified names: what two fields may not share. ISO 32000-2, 12.7.4.2."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.lint.finding import Finding, at_field
from pipeline.lint.subject import Subject
from pipeline.model.field import Field


def name_findings(subject: Subject) -> Iterator[Finding]:
    for name in subject.survey.document.without_type:
        yield Finding("no_type", name)
    for field in subject.template.fields:
        facts = subject.facts(field)
        if not facts.named:
            yield at_field("no_name", field)
        types = tuple(dict.fromkeys(each for each in facts.types if each))
        if len(types) > 1:
            yield at_field("name_of_two_types", field, types=" and ".join(types))
        elif len(facts.types) > 1:
            yield at_field("name_shared", field, count=len(facts.types))
    yield from _differing_in_case(subject.template.fields)
    yield from _nested(subject.template.fields)


def _differing_in_case(fields: tuple[Field, ...]) -> Iterator[Finding]:
    alike: dict[str, list[Field]] = defaultdict(list)
    for field in fields:
        alike[field.name.casefold()].append(field)
    for same in alike.values():
        for field in same[1:]:
            yield at_field("name_differs_in_case", field, other=same[0].name)


def _nested(fields: tuple[Field, ...]) -> Iterator[Finding]:
    """``a`` that has a value and ``a.b`` that has one cannot both be written as nested data."""
    names = {field.name for field in fields if field.holds_data}
    for field in fields:
        parts = field.name.split(".")
        above = (".".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
        clash = next((each for each in above if each in names), None)
        if clash is not None:
            yield at_field("name_clashes_nested", field, other=clash)
