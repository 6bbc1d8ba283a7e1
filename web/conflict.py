"""Two people changed the same field: both answers side by side, and a choice for each field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask_babel import format_datetime, gettext

from pipeline.errors import EditConflict
from pipeline.flow.documents import Form, Stage, check, shown_text
from pipeline.flow.drafts import Draft
from pipeline.flow.merging import fingerprint, fingerprints
from pipeline.model.field import Field, FieldType, Value
from web.errors import error_json
from web.explanations import explain, explanation_text
from web.field_view import control_id, field_id, state_in_words
from web.form_view import form_view
from web.forms import CHOICE, Posted
from web.language import own_words
from web.links import clock_time, saved_message

_NEVER = "-"
"""No answer has this fingerprint: of this field nobody knows what the page began with."""

_FEW = 4


@dataclass(frozen=True, slots=True)
class Clash:
    """``mine`` and ``theirs`` as people read them; the two values are what a choice posts."""

    id: str
    name: str
    anchor: str
    label: str
    mine: str
    theirs: str
    choose_mine: str
    choose_theirs: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """``saved_at`` is when the other saved, as people read it."""

    clashes: tuple[Clash, ...]
    saved_at: str
    version: int


def conflict_view(
    form: Form, values: Mapping[str, Value], posted: Posted, conflict: EditConflict
) -> ConflictView:
    """``values`` are mine, as they would be kept."""
    numbers = {field.name: number for number, field in enumerate(form.template.fields)}
    saved_at = conflict.data.get("saved_at")
    version = conflict.data.get("version")
    return ConflictView(
        tuple(
            _clash(
                numbers[name],
                form.template.by_name[name],
                form.outline.full_label_of(form.template.by_name[name]),
                posted.raw.get(name, values.get(name)),
                values.get(name),
                _value(conflict.stored.get(name)),
            )
            for name in sorted(conflict.clashes, key=numbers.__getitem__)
        ),
        str(format_datetime(saved_at, "d MMMM, HH:mm")) if isinstance(saved_at, datetime) else "",
        version if isinstance(version, int) else 0,
    )


def basis_after(posted: Posted, conflict: EditConflict) -> dict[str, str]:
    """What the page goes on from: what is stored now, except where a choice is to be made."""
    found = fingerprints({name: _value(value) for name, value in conflict.stored.items()})
    for name in conflict.clashes:
        found[name] = _NEVER if posted.basis is None else posted.basis.seen.get(name, "")
    return found


def merged_values(
    values: Mapping[str, object], conflict: EditConflict
) -> tuple[dict[str, object], set[str]]:
    """The page's values with what only the other changed; and the names of those."""
    theirs = {name: conflict.stored.get(name, "") for name in conflict.taken}
    return {**values, **theirs}, set(theirs)


def conflict_answer(form: Form, posted: Posted, conflict: EditConflict) -> dict[str, object]:
    """For a script: both answers as HTML for its dialog, and what only the other changed."""
    values = check(form, posted.raw, Stage.DRAFT).values
    view = conflict_view(form, values, posted, conflict)
    shown, others = merged_values(values, conflict)
    found = explain(conflict)
    return error_json(
        conflict.code,
        f"{found.title}. {explanation_text(found, conflict)}",
        version=view.version,
        html=render_template("_conflict.html", conflict=view, own=own_words(form)),
        basis=basis_after(posted, conflict),
        values=controls_of(form, shown, others),
    )


def saved_answer(form: Form, token: str, posted: Posted, saved: Draft) -> dict[str, object]:
    """For a script: the link, and what to put into the page's fields in place of what it posted."""
    yielded = () if posted.basis is None else posted.basis.yielded
    return {
        **saved_message(form, token, saved).as_json(),
        "basis": fingerprints(saved.values),
        "values": controls_of(form, saved.values, {*saved.taken, *yielded}),
        "told": told(form, saved),
    }


def controls_of(
    form: Form, values: Mapping[str, object], names: set[str]
) -> dict[str, dict[str, object]]:
    """What is to stand in the controls of these fields, for a script that puts it there."""
    if not names:
        return {}
    wrong = {problem.field for problem in check(form, values, Stage.DRAFT).problems}
    return {
        each.field.name: {"text": each.text, "chosen": list(each.chosen)}
        for each in form_view(form, values, as_typed=wrong).fields
        if each.field.name in names
    }


def told(form: Form, draft: Draft) -> str:
    """What somebody else changed meanwhile, in a sentence; empty where that is nothing."""
    labels = [form.outline.full_label_of(form.template.by_name[name]) for name in draft.taken]
    if not labels:
        return ""
    fields = ", ".join(f"‘{label}’" for label in labels[:_FEW])
    if len(labels) > _FEW:
        fields = gettext("%(fields)s en nog %(count)s", fields=fields, count=len(labels) - _FEW)
    return str(
        gettext(
            "Iemand anders wijzigde intussen: %(fields)s. Dat is overgenomen (%(time)s).",
            fields=fields,
            time=clock_time(draft.saved_at),
        )
    )


def _clash(
    number: int,
    field: Field,
    label: str,
    typed: object,
    mine: Value | None,
    theirs: Value | None,
) -> Clash:
    digits = fingerprint(theirs)
    as_typed = isinstance(typed, str) and field.type is FieldType.TEXT
    return Clash(
        id=f"{CHOICE}{number}",
        name=field.name,
        anchor=control_id(field_id(number)),
        label=label,
        mine=str(typed) if as_typed else _in_words(field, mine),
        theirs=_in_words(field, theirs),
        choose_mine=f"mijn:{digits}",
        choose_theirs=f"ander:{digits}",
    )


def _in_words(field: Field, value: Value | None) -> str:
    if field.type is FieldType.CHECKBOX and not isinstance(value, str):
        return str(gettext("aangekruist") if value else gettext("niet aangekruist"))
    if field.on_states and isinstance(value, str):
        displays = dict(
            zip(field.on_states, (each.display for each in field.options), strict=False)
        )
        return displays.get(value) or state_in_words(value)
    return shown_text(field, value)


def _value(stored: object) -> Value:
    if isinstance(stored, str | bool):
        return stored
    return tuple(str(one) for one in stored) if isinstance(stored, tuple | list) else ""
