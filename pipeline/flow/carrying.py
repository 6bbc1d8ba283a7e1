"""Carries values over from one edition of a form to another, by name and by meaning.

A value goes through what the old field means by it: a date is a day, a choice an export value or
else its words, a tick an on-state. What the new form does not take is listed with the old value as
it was shown, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import UTC, datetime

from pipeline.model.dates import DatePattern
from pipeline.model.display import shown_text
from pipeline.model.field import Field, FieldType, Value, is_empty
from pipeline.model.formats import DateFormat, FormatError, NumberFormat, PercentFormat
from pipeline.model.numbers import decimal_of
from pipeline.model.template import Template
from pipeline.model.validation import Stage, examine


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that the new form does not take (so).

    ``code`` is ``gone`` (no such field), ``read_only`` (nothing to fill in there any more) or a
    code of ``FieldProblem``, with its ``data``. ``shown`` is the old value, ``label`` its field's.
    """

    field: str
    code: str
    label: str
    shown: str
    data: Mapping[str, object] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carried:
    """Raw values of the new form; a text that is too long or refused is among them, as typed."""

    values: dict[str, Value]
    problems: tuple[Misfit, ...]


def carry(values: Mapping[str, Value], old: Template, new: Template) -> Carried:
    """``values`` of ``old`` as ``new`` takes them; problems in the old form's order.

    What nobody answered is left out, and so is what ``new`` calculates or fixes itself.
    """
    raw: dict[str, object] = {}
    misfits: dict[str, Misfit] = {}
    for field in old.data_fields():
        value = values.get(field.name)
        if value is None or is_empty(value) or not field.fillable:
            continue
        there = new.by_name.get(field.name)
        if there is None or not there.holds_data:
            if value is not False:
                misfits[field.name] = _misfit(field, value, "gone")
        elif not there.fillable:
            if value not in (False, there.value):
                misfits[field.name] = _misfit(field, value, "read_only")
        else:
            try:
                moved, lost = _moved(field, value, there)
            except FormatError as error:
                misfits[field.name] = _misfit(field, value, error.code, error.data)
                continue
            if moved is not None:
                raw[field.name] = moved
            if lost:
                some = lost if isinstance(value, tuple) else value
                shown = shown_value(field, some)
                misfits[field.name] = _misfit(field, some, "not_in_options", {"value": shown})
    examined = examine(new.unfilled, raw, Stage.DRAFT, datetime.now(UTC).date())
    kept = {name: examined.values[name] for name in raw if name in examined.values}
    for problem in examined.problems:
        field, there = old.by_name[problem.field], new.by_name[problem.field]
        misfits[field.name] = _misfit(field, values[field.name], problem.code, problem.data)
        if there.type is not FieldType.TEXT or problem.code == "line_break":
            kept.pop(field.name, None)
    return Carried(kept, tuple(misfits[name] for name in old.by_name if name in misfits))


def shown_value(field: Field, value: Value) -> str:
    """As the old form showed it; several selections on lines, a tick as its on-state."""
    if value is True:
        return field.on_states[0] if field.on_states else "true"
    if field.type in (FieldType.CHECKBOX, FieldType.RADIO) and isinstance(value, str):
        return next((shown for raw, _, shown in _choices(field) if raw == value), value)
    return shown_text(field, value)


def _misfit(
    field: Field, value: Value, code: str, data: Mapping[str, object] | None = None
) -> Misfit:
    return Misfit(field.name, code, field.title, shown_value(field, value), dict(data or {}))


def _moved(old: Field, value: Value, new: Field) -> tuple[object | None, tuple[str, ...]]:
    """The raw value for ``new``, and the selections that it has no option for."""
    if new.type is FieldType.TEXT:
        return _as_text(old, value, new), ()
    if value is False:
        return (False if new.type is FieldType.CHECKBOX else None), ()
    if value is True:
        # One tick has one on-state; between check boxes of one state it needs no name.
        if new.type is FieldType.CHECKBOX and len(new.on_states) == 1:
            return True, ()
        value = shown_value(old, value)
    selected = value if isinstance(value, tuple) else (value,)
    found = [(each, _option(old, each, new)) for each in selected]
    lost = tuple(each for each, option in found if option is None)
    chosen = [option for _, option in found if option is not None]
    if new.type is FieldType.CHOICE and new.multi_select:
        return chosen or None, lost
    return (chosen[0] if len(chosen) == 1 else chosen or None), lost


def _option(old: Field, value: str, new: Field) -> str | None:
    """The raw value of ``new``'s option with the same export value, else with the same words."""
    meant = next((each for each in _choices(old) if each[0] == value), (value, value, value))
    offered = list(_choices(new))
    for at in (0, 1, 2):
        for raw, *others in offered:
            if (raw, *others)[at] == meant[at]:
                return raw
    if new.type is FieldType.CHOICE and new.editable:
        return meant[2]
    return None


def _choices(field: Field) -> Iterator[tuple[str, str, str]]:
    """(raw value, export value, words) of each option; the states of a button are raw values."""
    if field.type is FieldType.CHOICE:
        for option in field.options:
            yield option.export, option.export, option.display
        return
    for at, state in enumerate(field.on_states):
        named = field.options[at] if at < len(field.options) else None
        yield (state, named.export, named.display) if named else (state, state, state)


def _as_text(old: Field, value: Value, new: Field) -> object | None:
    if value is False:
        return None
    shape, wanted = old.format, new.format
    if isinstance(value, str):
        if isinstance(shape, DateFormat) and isinstance(wanted, DateFormat):
            return _redated(value, shape, wanted)
        numbers = (NumberFormat, PercentFormat)
        if isinstance(shape, numbers) and isinstance(wanted, numbers):
            return _renumbered(value, shape, wanted)
    return shown_value(old, value)


def _redated(value: str, old: DateFormat, new: DateFormat) -> str:
    """The same day as ``new`` writes it. In another order its figures would be another day."""
    moment = old.pattern.parse(value)
    if moment is None:
        return value
    if old.kind != new.kind or not _says(old.pattern) >= _says(new.pattern):
        raise FormatError(f"not_a_{new.kind}", pattern=new.pattern.pattern, text=value)
    return new.pattern.show(moment)


def _renumbered(
    value: str, old: NumberFormat | PercentFormat, new: NumberFormat | PercentFormat
) -> str:
    """The same number in the signs of ``new``. Whether a number was meant as a percentage, nobody
    can say."""
    if type(old) is not type(new) and decimal_of(value) is not None:
        raise FormatError("not_a_number", text=old.show(value))
    return value.replace(".", new.style.decimal_separator)


def _says(pattern: DatePattern) -> set[str]:
    """Which parts of a moment a pattern writes: d, m, y, H, M, s."""
    written = {"h": "H", "t": "H"}
    return {
        written.get(token[0], token[0]) for token in pattern.tokens if token not in ("ddd", "dddd")
    }
