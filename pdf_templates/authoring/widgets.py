"""Field and widget dictionaries. ISO 32000-2, 12.5.6.19 and 12.7.4 to 12.7.5.

A field with one widget is one dictionary with it. A radio group is a field whose kids are the
widgets, one an option.
"""

from __future__ import annotations

from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from pdf_templates.authoring import appearances, fit, scripts, style
from pdf_templates.authoring.drawing import number
from pdf_templates.authoring.embedding import FORM_FONT, FontSet
from pdf_templates.authoring.fields import (
    Checkbox,
    Choice,
    Date,
    FieldSpec,
    Number,
    Option,
    Radio,
    Text,
)

READ_ONLY = 1 << 0
REQUIRED = 1 << 1
MULTILINE = 1 << 12
NO_TOGGLE_TO_OFF = 1 << 14
RADIO = 1 << 15
COMBO = 1 << 17
EDIT = 1 << 18
COMB = 1 << 24

PRINT = 1 << 2
"""Annotation flag (ISO 32000-2, table 167)."""

RIGHT = 2
"""Quadding. ISO 32000-2, table 228."""

ON_STATE = "Ja"

Rect = tuple[float, float, float, float]
"""x, y of the lower left corner, width, height; points."""


def corners(rect: Rect) -> Array:
    x, y, width, height = rect
    return real_array(x, y, x + width, y + height)


def real_array(*values: float) -> Array:
    return Array([Decimal(number(value)) for value in values])


def text_field(
    pdf: Pdf, fonts: FontSet, spec: FieldSpec, rect: Rect, *, at_right: bool = False
) -> Object:
    """A text, number, date or choice field with its only widget."""
    _, _, width, height = rect
    multiline = fit.needs_wrapping(fonts.form, spec, width)
    field = _named(pdf, spec)
    field.FT = Name.Ch if isinstance(spec, Choice) else Name.Tx
    if at_right:
        field.Q = RIGHT
    _set_flags(field, _common_flags(spec) | (MULTILINE if multiline else 0) | _kind_flags(spec))
    field.DA = f"/{FORM_FONT} {number(style.VALUE_SIZE)} Tf {number(style.INK[0])} g"
    _set_kind(field, spec)
    _make_widget(field, rect, style.BOX_BORDER)
    field.AP = Dictionary(N=appearances.text_appearance(pdf, fonts, spec, width, height))
    return field


def checkbox_field(pdf: Pdf, spec: Checkbox, rect: Rect) -> Object:
    field = _named(pdf, spec)
    field.FT = Name.Btn
    _set_flags(field, _common_flags(spec))
    _make_widget(field, rect, style.BORDER_WIDTH, _button_characteristics("4"))
    field.AS = Name.Off
    size = rect[2]
    field.AP = Dictionary(
        N=Dictionary(
            Ja=appearances.check_appearance(pdf, size, on=True),
            Off=appearances.check_appearance(pdf, size, on=False),
        )
    )
    return field


def radio_field(pdf: Pdf, spec: Radio) -> Object:
    """The group; its widgets follow as they are placed on the page."""
    field = _named(pdf, spec)
    field.FT = Name.Btn
    field.Ff = _common_flags(spec) | RADIO | NO_TOGGLE_TO_OFF
    field.Kids = Array()
    return field


def radio_widget(pdf: Pdf, group: Object, on_state: str, rect: Rect) -> Object:
    widget = pdf.make_indirect(Dictionary(Parent=group))
    _make_widget(widget, rect, style.BORDER_WIDTH, _button_characteristics("l"))
    widget.AS = Name.Off
    size = rect[2]
    states = Dictionary(Off=appearances.radio_appearance(pdf, size, on=False))
    states[f"/{on_state}"] = appearances.radio_appearance(pdf, size, on=True)
    widget.AP = Dictionary(N=states)
    group.Kids.append(widget)
    return widget


def repeated_field(pdf: Pdf, spec: FieldSpec) -> Object:
    """A text field in the footer's type; its widgets follow page by page."""
    field = _named(pdf, spec)
    field.FT = Name.Tx
    _set_flags(field, _common_flags(spec))
    size, colour = number(style.FOOTER_SIZE), " ".join(number(part) for part in style.MUTED)
    field.DA = f"/{FORM_FONT} {size} Tf {colour} rg"
    field.Q = RIGHT
    field.Kids = Array()
    return field


def plain_widget(pdf: Pdf, fonts: FontSet, field: Object, rect: Rect) -> Object:
    """A widget without border and background: its text stands on the page's own ground."""
    widget = pdf.make_indirect(Dictionary(Parent=field, TU=field.TU))
    _, _, width, height = rect
    _make_widget(widget, rect, 0)
    empty = b"/Tx BMC\nEMC"
    appearance = appearances.form_xobject(pdf, width, height, empty, fonts.form_resources)
    widget.AP = Dictionary(N=appearance)
    field.Kids.append(widget)
    return widget


def _named(pdf: Pdf, spec: FieldSpec) -> Object:
    """T is the partial name; the fields above it carry the rest of the name."""
    return pdf.make_indirect(Dictionary(T=spec.name.rsplit(".", 1)[-1], TU=spec.label))


def _common_flags(spec: FieldSpec) -> int:
    return (REQUIRED if spec.required else 0) | (READ_ONLY if spec.read_only else 0)


def _kind_flags(spec: FieldSpec) -> int:
    match spec:
        case Text(comb=True):
            return COMB
        case Choice(editable=editable):
            return COMBO | (EDIT if editable else 0)
        case _:
            return 0


def _set_flags(field: Object, flags: int) -> None:
    if flags:
        field.Ff = flags


def _set_kind(field: Object, spec: FieldSpec) -> None:
    match spec:
        case Text():
            field.MaxLen = spec.max_len
            if spec.mask:
                _add_action(field, "K", scripts.mask_keystroke(spec.mask))
        case Number():
            field.MaxLen = spec.max_len
            _add_action(field, "K", scripts.number_keystroke(spec))
            _add_action(field, "F", scripts.number_format(spec))
            if spec.low is not None and spec.high is not None:
                _add_action(field, "V", scripts.range_validate(spec.low, spec.high))
            if spec.calculation is not None:
                _add_action(field, "C", scripts.calculation(spec))
        case Date():
            field.MaxLen = spec.max_len
            _add_action(field, "K", scripts.date_keystroke())
            _add_action(field, "F", scripts.date_format())
        case Choice():
            field.Opt = Array([_option(option) for option in spec.options])
    if isinstance(spec, Text | Date | Choice) and spec.value:
        field.V = spec.value
        field.DV = spec.value


def _option(option: Option) -> Object:
    """Export value and display text; one string where they are equal. ISO 32000-2, table 234."""
    if option.export == option.display:
        return String(option.export)
    return Array([String(option.export), String(option.display)])


def _add_action(field: Object, trigger: str, script: str) -> None:
    """Additional actions of a field. ISO 32000-2, table 199."""
    if "/AA" not in field:
        field.AA = Dictionary()
    field.AA[f"/{trigger}"] = Dictionary(S=Name.JavaScript, JS=script)


def _make_widget(
    widget: Object, rect: Rect, border: float, characteristics: Dictionary | None = None
) -> None:
    """``border`` in points: without a colour among the characteristics it is not drawn."""
    widget.Type = Name.Annot
    widget.Subtype = Name.Widget
    widget.Rect = corners(rect)
    widget.F = PRINT
    if characteristics is not None:
        widget.MK = characteristics
    widget.BS = Dictionary(W=Decimal(number(border)), S=Name.S)


def _button_characteristics(mark: str) -> Dictionary:
    return Dictionary(BC=_colour(style.LINE), BG=_colour(style.WHITE), CA=mark)


def _colour(colour: style.Colour) -> Array:
    return real_array(*colour)
