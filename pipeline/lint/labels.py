"""Labels (alternate names, TU) as a screen reader says them. ISO 32000-2, 12.7.4.1, table 226."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from pipeline.lint.finding import Finding, at_field
from pipeline.lint.nearby import suggested_label
from pipeline.lint.subject import Subject
from pipeline.model.field import Field, FieldType

_MOST_NAMED = 3
_SAYS_NOTHING = re.compile(r"(choice|option|optie|keuze|button|radio|value)?[ _-]*\d*", re.I)


def label_findings(subject: Subject) -> Iterator[Finding]:
    for field in subject.seen:
        if not field.label:
            yield at_field("label_missing", field, suggestion=suggested_label(subject, field))
        elif _is_name(field) and is_technical(field.label):
            suggestion = suggested_label(subject, field)
            yield at_field("label_is_name", field, label=field.label, suggestion=suggestion)
    yield from _duplicates(subject)
    yield from _states(subject)


def is_technical(label: str) -> bool:
    """Whether a label is no words of a person: ``txtName2``, ``school.naam``, ``Text1``."""
    if " " in label.strip():
        return False
    return re.search(r"[\d_.\[\]]|[a-z][A-Z]", label) is not None or label[:1].islower()


def _duplicates(subject: Subject) -> Iterator[Finding]:
    alike: dict[str, list[Field]] = defaultdict(list)
    for field in subject.seen:
        if field.label:
            alike[_plain(field.label)].append(field)
    for fields in alike.values():
        for field in fields if len(fields) > 1 else ():
            here = [each for each in fields if each.page == field.page]
            code, same = ("label_duplicate", here) if len(here) > 1 else ("label_repeated", fields)
            yield at_field(code, field, label=field.label, count=len(same), fields=_named(same))


def _named(fields: list[Field]) -> str:
    """The same words for each of them, so that they are told together."""
    more = len(fields) - _MOST_NAMED
    named = ", ".join(each.name for each in fields[:_MOST_NAMED])
    return f"{named} and {more} more" if more > 0 else named


def _states(subject: Subject) -> Iterator[Finding]:
    """A radio button is called by what it stands for: "1" says nothing to who cannot see it."""
    for field in subject.asked:
        if field.type is not FieldType.RADIO or len(field.on_states) < 2:
            continue
        displays = dict(
            zip(field.on_states, (each.display for each in field.options), strict=False)
        )
        words = [displays.get(state) or state for state in field.on_states]
        if words and all(_SAYS_NOTHING.fullmatch(each.strip()) for each in words):
            yield at_field("states_say_nothing", field, states=", ".join(words))


def _is_name(field: Field) -> bool:
    partial = field.name.rpartition(".")[2]
    return _plain(field.label) in (_plain(field.name), _plain(partial))


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
