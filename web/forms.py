"""What a browser posts, as raw values.

Every input of a form page is named ``v:`` and the field's fully qualified name. A browser sends
nothing for a box without a tick or a list without a choice, so what is missing there was cleared;
a text input is always sent, so what is missing there was never on the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Request
from werkzeug.datastructures import MultiDict

from pipeline.errors import TemplateChanged
from pipeline.flow.documents import Form
from pipeline.flow.merging import Basis
from pipeline.model.field import Field, FieldType, Value
from web.site import site

PREFIX = "v:"
RESERVED = "b:"
"""Of inputs that only show what an approver filled in, or will."""

DIGEST = "sjabloon"
VERSION = "versie"
BASIS = "basis"
"""The fingerprints of the answers that the page was drawn from, as a JSON object."""

CHOICE = "keuze:"
"""And a field's number: ``mijn`` or ``ander``, with the fingerprint of the other's answer."""

QUIET = "vanzelf"
"""Set where a script saves and nobody pressed a button."""


@dataclass(frozen=True, slots=True)
class Posted:
    """``version`` is the stored version that the page began from; ``None`` where none was."""

    raw: dict[str, object]
    version: int | None
    basis: Basis | None = None
    quiet: bool = False


def read_posted(form: Form, request: Request) -> Posted:
    """Raises ``TemplateChanged`` where the page was drawn from another edition of the form."""
    digest = request.form.get(DIGEST)
    if digest is not None and digest != form.template.digest:
        raise TemplateChanged(form=form.id)
    raw = raw_values(form, request.form)
    token = (request.view_args or {}).get("token")
    if token and form.template.definition.approvals:
        raw = with_decided(raw, site().desk.decided_values(form, token))
    version = request.form.get(VERSION) or ""
    return Posted(
        raw,
        int(version) if version.isascii() and version.isdigit() else None,
        _basis(form, request.form),
        QUIET in request.form,
    )


def _basis(form: Form, posted: MultiDict[str, str]) -> Basis | None:
    """With the choices of a conflict: mine stands over what the other has now, or the other's."""
    try:
        told = json.loads(posted.get(BASIS, ""))
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    seen = {name: digits for name, digits in told.items() if isinstance(digits, str)}
    yielded = {}
    for number, field in enumerate(form.template.fields):
        whose, _, digits = posted.get(f"{CHOICE}{number}", "").partition(":")
        if whose == "mijn":
            seen[field.name] = digits
        elif whose == "ander":
            yielded[field.name] = digits
    return Basis(seen, yielded)


def with_decided(
    raw: Mapping[str, object], decided: Mapping[str, Value | None]
) -> dict[str, object]:
    """What a page has no input for, because an approver filled it in, is as it is kept."""
    kept = {
        name: value
        for name, value in decided.items()
        if value is not None and raw.get(name) in (None, "", False)
    }
    return {**raw, **kept}


def raw_values(form: Form, posted: MultiDict[str, str]) -> dict[str, object]:
    """Fully qualified name → raw value, in the form's order; unknown names are kept, to be told."""
    raw: dict[str, object] = {}
    taken: set[str] = set()
    for field in form.template.data_fields():
        key = _key(field.name, posted)
        taken.add(key)
        if is_asked(field):
            for value in _given(field, posted.getlist(key)):
                raw[field.name] = value
    for key in posted:
        if key.startswith(PREFIX) and key not in taken:
            raw[key.removeprefix(PREFIX)] = posted[key]
    return raw


def is_asked(field: Field) -> bool:
    """Whether the page has an input for it that a person may change."""
    return field.fillable and field.visible


def _key(name: str, posted: MultiDict[str, str]) -> str:
    """Browsers write quotes and line breaks in a multipart name as ``%22``, ``%0A`` and ``%0D``."""
    key = PREFIX + name
    if key in posted:
        return key
    return key.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _given(field: Field, sent: list[str]) -> Iterator[object]:
    """At most one value: the raw value that was sent, or none."""
    match field.type:
        case FieldType.CHECKBOX:
            chosen = [each for each in sent if each]
            if len(chosen) > 1:
                yield chosen
            else:
                yield chosen[0] if chosen else False
        case FieldType.RADIO:
            yield sent[-1] if sent else ""
        case FieldType.CHOICE if field.multi_select:
            yield [each for each in sent if each]
        case _:
            if sent:
                yield sent[0]
            elif field.type is FieldType.CHOICE:
                yield ""
