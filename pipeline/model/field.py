"""What a field of an AcroForm is, with no PDF library in sight. ISO 32000-2, 12.7.4, 12.7.5."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.formats import Calculation, Format, Range
from pipeline.model.geometry import Rect

Value = str | bool | tuple[str, ...]
"""A raw value: text, date or number as a string; a checkbox ``True`` or ``False`` (its on-state
where it has several); a radio group its on-state; a choice its export value, several as a tuple."""


class FieldType(StrEnum):
    TEXT = "text"
    CHECKBOX = "checkbox"
    RADIO = "radio"
    CHOICE = "choice"
    SIGNATURE = "signature"
    BUTTON = "button"


class Quadding(StrEnum):
    """Justification of variable text. ISO 32000-2, 12.7.4.3."""

    LEFT = "left"
    CENTRED = "centred"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Option:
    """An entry of a choice field's /Opt. ISO 32000-2, table 234."""

    export: str
    display: str


Colour = tuple[float, ...]
"""0, 1, 3 or 4 numbers: transparent, grey, RGB, CMYK."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a widget looks: its MK and BS dictionaries, DA and Q. ISO 32000-2, 12.5.6.19.

    ``font`` is the resource name in the default resources; ``font_size`` 0 means automatic, in
    points; ``colour`` is the DA's own colour operators, as written.
    """

    font: str = ""
    font_size: float = 0.0
    colour: str = "0 g"
    quadding: Quadding = Quadding.LEFT
    border_colour: Colour = ()
    background: Colour = ()
    border_width: float = 0.0
    border_style: str = "S"
    rotation: int = 0
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Widget:
    """One place where a field shows. ``page`` counts from 0; ``order`` is the place in its /Annots.

    ``on_state`` is the appearance state that switches a button on. ``has_stream`` says that the
    PDF brings a drawing of its own: for each of the states of a button, or of a signature.
    ``visible`` is on a screen, ``prints`` on paper: the Hidden, NoView and Print flags.
    ISO 32000-2, 12.5.3.
    """

    page: int
    order: int
    rect: Rect
    on_state: str | None = None
    visible: bool = True
    prints: bool = True
    has_stream: bool = False
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class Field:
    """A terminal field. ``name`` is the fully qualified name; ``label`` the alternate name (TU).

    ``value`` is what the PDF itself holds (V), ``default`` its DV. ``on_states`` are the states of
    a button, in widget order; radio buttons ``in_unison`` that share a state are on together.
    ``max_len`` counts code points after NFC, a line break as one. A ``system`` field (form.toml) is
    filled in by Formpress itself when a form is sent: it is nobody's answer.
    """

    name: str
    type: FieldType
    label: str = ""
    required: bool = False
    read_only: bool = False
    in_unison: bool = False
    multiline: bool = False
    password: bool = False
    comb: bool = False
    max_len: int | None = None
    options: tuple[Option, ...] = ()
    on_states: tuple[str, ...] = ()
    multi_select: bool = False
    editable: bool = False
    combo: bool = False
    system: bool = False
    format: Format | None = None
    range: Range | None = None
    calculation: Calculation | None = None
    value: Value | None = None
    default: Value | None = None
    widgets: tuple[Widget, ...] = ()

    @property
    def title(self) -> str:
        """What to call the field in a sentence to a person."""
        return self.label or self.name

    @property
    def page(self) -> int | None:
        """Page of the first widget, from 0; ``None`` where the field shows nowhere."""
        return self.widgets[0].page if self.widgets else None

    @property
    def visible(self) -> bool:
        return any(widget.visible for widget in self.widgets)

    @property
    def is_instruction(self) -> bool:
        """Read-only, seen on screen, absent from print: words to the person who fills the form."""
        return (
            self.read_only
            and self.type is FieldType.TEXT
            and self.calculation is None
            and self.visible
            and not any(widget.prints for widget in self.widgets)
        )

    @property
    def holds_data(self) -> bool:
        """Whether a submission can have a value for it."""
        return (
            self.type not in (FieldType.BUTTON, FieldType.SIGNATURE)
            and not self.is_instruction
            and not self.system
        )

    @property
    def fillable(self) -> bool:
        """Whether a person may set it."""
        return self.holds_data and not self.read_only and self.calculation is None

    def painted_widgets(self) -> tuple[Widget, ...]:
        """The widgets that a final PDF shows: the printing ones, else those seen on the screen.

        A real form often lacks the Print flag; what a person filled in and saw is in the final
        PDF nevertheless. Each state of a check box or radio group is an answer of its own. A push
        button that does not print is for the screen.
        """
        printing = tuple(widget for widget in self.widgets if widget.prints)
        if len(printing) == len(self.widgets) or self.is_instruction:
            return printing
        if self.type is FieldType.BUTTON:
            return printing
        buttons = self.type in (FieldType.CHECKBOX, FieldType.RADIO)
        printed = {widget.on_state if buttons else None for widget in printing}
        return tuple(
            widget
            for widget in self.widgets
            if widget.prints
            or (widget.visible and (widget.on_state if buttons else None) not in printed)
        )

    def shows(self, value: Value) -> bool:
        """Whether a final PDF shows ``value`` somewhere."""
        painted = self.painted_widgets()
        if self.type in (FieldType.CHECKBOX, FieldType.RADIO) and isinstance(value, str):
            return any(widget.on_state == value for widget in painted)
        return bool(painted)


def is_empty(value: Value | None) -> bool:
    """Empty is empty: ``0``, ``"0"`` and ``False`` are answers."""
    return value is None or value == "" or value == ()
