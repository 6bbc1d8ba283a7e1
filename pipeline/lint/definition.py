"""form.toml beside its template: rules that can be read, but that will never do anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.lint.finding import Finding, at_field
from pipeline.lint.subject import Subject, is_textual
from pipeline.model.conditions import All, Any, Comparison, Condition, Constant, Name, Not
from pipeline.model.field import Field, FieldType

_PLACE_HOLDER = re.compile(r"\{([^{}]+)\}")


def definition_findings(subject: Subject) -> Iterator[Finding]:
    definition, by_name = subject.template.definition, subject.template.by_name
    asked = {field.name for field in subject.asked}
    needed = [("required_at_submit", definition.required_at_submit)]
    needed += [
        (f"required_if[{number}]", rule.fields)
        for number, rule in enumerate(definition.required_if, 1)
    ]
    for where, names in needed:
        for name in names:
            if name in by_name and name not in asked:
                yield at_field("form_toml_never_asked", by_name[name], where=where)
    conditions = [
        (f"required_if[{number}].when", rule.when)
        for number, rule in enumerate(definition.required_if, 1)
    ]
    conditions += [
        (f"check[{number}].when", check.when) for number, check in enumerate(definition.checks, 1)
    ]
    for where, condition in conditions:
        for field, word in _strange_words(subject, condition):
            yield at_field("form_toml_never_true", field, where=where, word=word)
    for name, limit in definition.max_len.items():
        limited = by_name.get(name)
        if limited is not None and limited.max_len is not None and limit > limited.max_len:
            yield at_field("form_toml_above_max_len", limited, limit=limit, own=limited.max_len)
    for name in (*definition.kinds, *definition.max_len):
        described = by_name.get(name)
        if described is not None and not _takes_text(described):
            yield at_field("form_toml_kind_without_text", described)
    for name in _PLACE_HOLDER.findall(definition.file_name):
        if name not in by_name:
            yield Finding("form_toml_file_name", data={"name": name})


def _takes_text(field: Field) -> bool:
    return field.type is FieldType.TEXT or (is_textual(field) and field.editable)


def _strange_words(subject: Subject, condition: Condition) -> Iterator[tuple[Field, str]]:
    """Comparisons with a word that the field can never hold."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _strange_words(subject, part)
        case Not(inner):
            yield from _strange_words(subject, inner)
        case Comparison(Name(name), "=" | "!=", Constant(str() as word)) | Comparison(
            Constant(str() as word), "=" | "!=", Name(name)
        ):
            field = subject.template.by_name.get(name)
            if field is not None and not _can_hold(field, word):
                yield field, word


def _can_hold(field: Field, word: str) -> bool:
    if field.type is FieldType.CHOICE and not field.editable:
        return word in {option.export for option in field.options}
    if field.type is FieldType.RADIO:
        return word in field.on_states
    return True
