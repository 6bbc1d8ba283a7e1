"""Whether the values that come back are those that went in."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pikepdf

from pipeline.errors import FormpressError
from pipeline.flow import documents
from pipeline.flow.documents import Form
from pipeline.model.field import Field, FieldType, Value
from pipeline.model.limits import Limits
from pipeline.model.submission import Submission


@dataclass(frozen=True)
class Back:
    """What went into ``form``."""

    form: Form
    submission: Submission

    def sought(self, way: str) -> dict[str, Value]:
        """A filled form holds all values; a final PDF those that its pages show in words."""
        by_name = self.form.template.by_name
        return {
            name: value
            for name, value in self.submission.values.items()
            if way == "filled" or _is_shown(by_name[name], value)
        }


def _is_shown(field: Field, value: Value) -> bool:
    """A button's state shows in the widgets of that state, a password nowhere."""
    painted = field.painted_widgets()
    if field.type in (FieldType.CHECKBOX, FieldType.RADIO) and isinstance(value, str):
        return any(widget.on_state == value for widget in painted)
    return bool(painted) and not field.password


@dataclass(frozen=True, slots=True)
class Compared:
    """Counts of values, and a field's name with what came instead for each that is not equal."""

    sought: int
    equal: int
    unequal: list[tuple[str, str]]


def pages_alone(final: bytes) -> bytes:
    """The final PDF less the data that it carries along: only its pages speak."""
    out = BytesIO()
    with pikepdf.open(BytesIO(final)) as pdf:
        if "/PieceInfo" in pdf.Root:
            del pdf.Root["/PieceInfo"]
        pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def compare(back: Back, way: str, data: bytes) -> Compared:
    """``way`` is filled, embedded or pages: where the values are to be read from."""
    sought = back.sought(way)
    if not sought:
        return Compared(0, 0, [])
    try:
        received = documents.receive(back.form, data, Limits())
    except FormpressError as error:
        return Compared(len(sought), 0, [(name, str(error)) for name in sought])
    unequal = [
        (name, f"{_short(value)} went in, {_short(received.values.get(name))} came back")
        for name, value in sought.items()
        if received.values.get(name) != value
    ]
    equal = len(sought) - len(unequal)
    if way == "embedded" and received.source != "embedded":
        unequal.append(("", f"read from {received.source}: the embedded values were not believed"))
    unequal += [
        (name, f"nothing went in, {_short(value)} came back")
        for name, value in received.values.items()
        if name not in back.submission.values and value is not False
    ]
    return Compared(len(sought), equal, unequal)


def _short(value: Value | None) -> str:
    told = repr(value)
    return told if len(told) <= 70 else f"{told[:45]} … {told[-20:]}"
