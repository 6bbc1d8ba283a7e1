"""``[[approval]]`` of form.toml: somebody else's word on the answers, asked for by a link.

What the approver decides is written into fields of the form, as if it had been filled in there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.errors import FormDefinitionError
from pipeline.model.field import FieldType
from pipeline.model.formats import DateFormat

if TYPE_CHECKING:
    from pipeline.model.field import Field
    from pipeline.model.template import Template

Wrong = Callable[[str, str], FormDefinitionError]
"""Makes the complaint about a key, with the reason."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 32


@dataclass(frozen=True, slots=True)
class ApprovalDefinition:
    """``verdict`` is the field that bears the decision; the other field names may be empty.

    ``ask`` is a sentence to the approver. It may be asked only once those in ``after`` are given.
    ``refuses`` are verdicts that stop the route; a check box that is left off always does.
    ``words`` are verdicts with what people read, where the PDF has no words for them.
    """

    id: str
    title: str
    verdict: str
    ask: str = ""
    date: str = ""
    name: str = ""
    remark: str = ""
    role: str = ""
    after: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that a decision fills, in the order in which an approver meets them."""
        names = (self.verdict, self.remark, self.name, self.role, self.date)
        return tuple(name for name in names if name)


def parse_approvals(table: object, wrong: Wrong) -> tuple[ApprovalDefinition, ...]:
    """``table`` is what form.toml has under the key. Raises what ``wrong`` makes."""
    if table is None:
        return ()
    if not isinstance(table, list) or not all(isinstance(each, dict) for each in table):
        raise wrong("approval", "is written as [[approval]]")
    found: dict[str, ApprovalDefinition] = {}
    for number, entry in enumerate(table, 1):
        where = f"approval[{number}]"
        approval = _approval(entry, where, wrong)
        if approval.id in found:
            raise wrong(f"{where}.id", f"{approval.id!r} is there twice")
        for earlier in approval.after:
            if earlier not in found:
                raise wrong(f"{where}.after", f"no approval {earlier!r} stands before this one")
        taken = set(chain.from_iterable(each.fields for each in found.values()))
        for key in ("verdict", "remark", "name", "role", "date"):
            name = getattr(approval, key)
            if name in taken:
                raise wrong(f"{where}.{key}", f"field {name!r} has another use already")
            taken |= {name} - {""}
        found[approval.id] = approval
    return tuple(found.values())


def unfit_approval(template: Template) -> tuple[str, str, str] | None:
    """The first mistake that only the template shows: the key, why, and the word to look for."""
    for number, approval in enumerate(template.definition.approvals, 1):
        where = f"approval[{number}]"
        for key in ("verdict", "date", "name", "remark", "role"):
            name = getattr(approval, key)
            if name and (why := _unfit(template, key, name)):
                return f"{where}.{key}", why, name
        verdicts = verdicts_of(template.by_name[approval.verdict])
        named = [("refuses", verdict) for verdict in approval.refuses]
        named += [("words", verdict) for verdict, _ in approval.words]
        for key, verdict in named:
            if verdict not in verdicts:
                return f"{where}.{key}", f"{approval.verdict!r} has no {verdict!r}", verdict
    return None


def verdicts_of(field: Field) -> tuple[str, ...]:
    """What may be decided: states of radio buttons or export values; of a check box none."""
    if field.type is FieldType.RADIO:
        return tuple(dict.fromkeys(field.on_states))
    return tuple(option.export for option in field.options)


def _unfit(template: Template, key: str, name: str) -> str:
    field = template.by_name.get(name)
    if field is None:
        return f"no field {name!r}"
    if not field.fillable or not field.visible:
        return f"nobody can fill in {name!r}"
    if key == "verdict":
        one_box = field.type is FieldType.CHECKBOX and len(field.on_states) == 1
        one_choice = field.type is FieldType.CHOICE and not field.multi_select
        if not (one_box or field.type is FieldType.RADIO or (one_choice and not field.editable)):
            return "must be radio buttons, a list of one choice, or one check box"
    elif field.type is not FieldType.TEXT:
        return "must be a text field"
    elif key == "date" and not (isinstance(field.format, DateFormat) and _is_day(field.format)):
        return "must be a field with the format of a date"
    return ""


def _is_day(shape: DateFormat) -> bool:
    """Whether the format says a day in full, so that it can be filled in for somebody."""
    return shape.kind == "date" and {"d", "m", "y"} <= {token[0] for token in shape.pattern.tokens}


def _approval(entry: Mapping[str, object], where: str, wrong: Wrong) -> ApprovalDefinition:
    for key in entry:
        if key not in ApprovalDefinition.__dataclass_fields__:
            raise wrong(f"{where}.{key}", "no such setting")
    text = partial(_text, entry, where, wrong)
    found = ApprovalDefinition(
        id=text("id"),
        title=text("title"),
        verdict=text("verdict"),
        ask=text("ask"),
        date=text("date"),
        name=text("name"),
        remark=text("remark"),
        role=text("role"),
        after=_texts(entry, where, wrong, "after"),
        refuses=_texts(entry, where, wrong, "refuses"),
        words=_words(entry, where, wrong),
    )
    for key in ("id", "title", "verdict"):
        if not getattr(found, key):
            raise wrong(f"{where}.{key}", "is missing")
    if not _ID.fullmatch(found.id) or len(found.id) > _LONGEST_ID:
        raise wrong(f"{where}.id", "must be made of small letters, digits and single hyphens")
    return found


def _text(entry: Mapping[str, object], where: str, wrong: Wrong, key: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise wrong(f"{where}.{key}", "must be str")
    return value


def _texts(entry: Mapping[str, object], where: str, wrong: Wrong, key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise wrong(f"{where}.{key}", "must be a list of texts")
    return tuple(value)


def _words(entry: Mapping[str, object], where: str, wrong: Wrong) -> tuple[tuple[str, str], ...]:
    value = entry.get("words", {})
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise wrong(f"{where}.words", "must be a table of str")
    return tuple(value.items())
