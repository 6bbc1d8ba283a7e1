"""Makes every widget's appearance, once, from a template and checked values.

``fill`` stores what comes out in the widgets, a ``Skeleton`` paints the same bytes on the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.appearance import stream
from pipeline.appearance.layout import Box, Layout, lay_out_comb, lay_out_line, lay_out_lines
from pipeline.appearance.typeface import GlyphsByCode, Typeface, Typefaces
from pipeline.errors import FieldProblem
from pipeline.model.display import shown_text
from pipeline.model.field import Field, FieldType, Quadding, Value, Widget
from pipeline.model.template import Template

_PASSWORD_SIGN = "•"


@dataclass(frozen=True, slots=True)
class Place:
    """A widget with what its appearance has whatever the value.

    ``size`` are width and height of the unturned box, in points; ``frame`` is the content stream
    of its background, border and comb lines; ``own_stream`` says that the PDF's own drawing is
    shown instead of one of ours, ``paints`` whether a final PDF shows it. Of radio buttons that
    share a state and are not in unison only the first ``can_be_on``. ISO 32000-2, table 229.
    """

    field: Field
    widget: Widget
    size: tuple[float, float]
    box: Box
    frame: bytes
    own_stream: bool
    paints: bool
    can_be_on: bool


@dataclass(frozen=True, slots=True)
class Boxes:
    """The places of a template in field order; ``smallest`` is its smallest legible size."""

    places: tuple[Place, ...]
    smallest: float

    @classmethod
    def of(cls, template: Template) -> Boxes:
        """Widgets without an area show nothing and are left out."""
        places = []
        for field in template.fields:
            painted = field.painted_widgets()
            alone = _first_of_each_state(painted or field.widgets)
            places += [
                _place(
                    field,
                    widget,
                    paints=any(widget is each for each in painted),
                    can_be_on=field.type is not FieldType.RADIO
                    or field.in_unison
                    or any(widget is each for each in alone),
                )
                for widget in field.widgets
                if widget.rect.width > 0 and widget.rect.height > 0
            ]
        return cls(tuple(places), template.definition.smallest_text)


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the widget at ``place`` shows besides its frame.

    ``content`` is a stream in the box's own, unturned space. ``state`` is the appearance state of
    a button; where the PDF's own drawing of that state is shown ``content`` is empty. ``text`` is
    what a reader must find in the box, ``layout`` how it was set.
    """

    place: Place
    content: bytes = b""
    fonts: tuple[str, ...] = ()
    state: str | None = None
    text: str = ""
    layout: Layout | None = None

    @property
    def field(self) -> str:
        return self.place.field.name

    @property
    def widget(self) -> Widget:
        return self.place.widget

    @property
    def paints(self) -> bool:
        return self.place.paints


@dataclass(frozen=True, slots=True)
class Composed:
    """``appearances`` of the widgets on pages; ``problems``: text that cannot be set or fit.

    ``glyphs`` are those of the fallback faces that the document uses, by face and code.
    """

    appearances: tuple[Appearance, ...]
    problems: tuple[FieldProblem, ...]
    glyphs: Mapping[str, GlyphsByCode]


def compose(
    boxes: Boxes, values: Mapping[str, Value], typefaces: Typefaces, *, hidden: bool = False
) -> Composed:
    """One appearance for each widget that a final PDF shows; ``hidden`` ones too when asked."""
    appearances: list[Appearance] = []
    problems: dict[str, FieldProblem] = {}
    for place in boxes.places:
        if not (place.paints or hidden):
            continue
        field = place.field
        given = field.holds_data or field.system
        value = values.get(field.name) if given else field.value
        appearance, problem = _appearance(place, value, typefaces, boxes.smallest)
        appearances.append(appearance)
        if problem is not None and place.paints and _is_answer(field):
            problems.setdefault(field.name, problem)
    return Composed(tuple(appearances), tuple(problems.values()), typefaces.glyphs())


def _is_answer(field: Field) -> bool:
    return field.fillable or field.system or field.calculation is not None


def _first_of_each_state(widgets: tuple[Widget, ...]) -> list[Widget]:
    first: dict[str | None, Widget] = {}
    for widget in widgets:
        first.setdefault(widget.on_state, widget)
    return list(first.values())


def _place(field: Field, widget: Widget, *, paints: bool, can_be_on: bool) -> Place:
    width, height = widget.rect.width, widget.rect.height
    if widget.style.rotation in (90, 270):
        width, height = height, width
    own_stream = widget.has_stream and field.type not in (FieldType.TEXT, FieldType.CHOICE)
    return Place(
        field,
        widget,
        (width, height),
        Box.of(width, height, widget.style),
        b"" if own_stream else _frame(field, widget, width, height),
        own_stream,
        paints,
        can_be_on,
    )


def _frame(field: Field, widget: Widget, width: float, height: float) -> bytes:
    """As the appearance characteristics describe it."""
    style = widget.style
    match field.type:
        case FieldType.CHECKBOX | FieldType.RADIO:
            round_ = field.type is FieldType.RADIO and style.caption[:1] in ("", "l")
            frame = stream.round_frame if round_ else stream.frame
            return frame(width, height, style)
        case FieldType.SIGNATURE:
            return b""
        case FieldType.BUTTON:
            return stream.frame(width, height, style)
        case _:
            frame_ = stream.frame(width, height, style)
            if field.comb and field.max_len:
                frame_ += stream.comb_lines(width, height, field.max_len, style)
            return frame_


def _appearance(
    place: Place, value: Value | None, typefaces: Typefaces, smallest: float
) -> tuple[Appearance, FieldProblem | None]:
    match place.field.type:
        case FieldType.CHECKBOX | FieldType.RADIO:
            return _button(place, value), None
        case FieldType.BUTTON | FieldType.SIGNATURE:
            return _inscription(place, typefaces, smallest), None
        case _:
            return _text(place, value, typefaces, smallest)


def _button(place: Place, value: Value | None) -> Appearance:
    widget = place.widget
    state = widget.on_state if place.can_be_on and _is_on(widget, value) else None
    content = b""
    if state is not None and not place.own_stream:
        content = sign(place)
    return Appearance(place, content, state=state or "Off")


def sign(place: Place) -> bytes:
    """What a button that is on bears in its frame, where the PDF brings no drawing."""
    radio = place.field.type is FieldType.RADIO
    return stream.mark(*place.size, place.widget.style, radio)


def _inscription(place: Place, typefaces: Typefaces, smallest: float) -> Appearance:
    """The PDF's own drawing, else a push button's caption in its middle. Table 192."""
    style = place.widget.style
    if place.own_stream or place.field.type is FieldType.SIGNATURE or not style.caption:
        return Appearance(place)
    face = typefaces.typeface(style.font, style.caption)
    if face.missing(style.caption):
        return Appearance(place)
    centred = replace(style, quadding=Quadding.CENTRED)
    layout = lay_out_line(style.caption, face, place.box, centred, smallest)
    content, fonts = stream.text(layout, face, style.colour)
    return Appearance(place, content, fonts)


def _is_on(widget: Widget, value: Value | None) -> bool:
    if value is True:
        return True
    return isinstance(value, str) and value == widget.on_state


def _text(
    place: Place, value: Value | None, typefaces: Typefaces, smallest: float
) -> tuple[Appearance, FieldProblem | None]:
    field, style = place.field, place.widget.style
    words = shown_text(field, value)
    if not words:
        return Appearance(place), None
    if field.password:
        words = _PASSWORD_SIGN * len(words)
    face = typefaces.typeface(style.font, words)
    missing = face.missing(words)
    if missing:
        problem = FieldProblem(field.name, "no_glyph", {"character": missing})
        return Appearance(place, text=words), problem
    layout = _lay_out(place, words, face, smallest)
    content, fonts = stream.text(layout, face, style.colour)
    if layout.fits:
        return Appearance(place, content, fonts, text=words, layout=layout), None
    # Only a preview shows what does not fit: not over its neighbours.
    content = stream.clip(*place.size) + content
    appearance = Appearance(place, content, fonts, text=words, layout=layout)
    return appearance, FieldProblem(field.name, "does_not_fit", {"size": layout.size})


def _lay_out(place: Place, words: str, face: Typeface, smallest: float) -> Layout:
    """A list box shows what is selected, a line each: on paper a list cannot be scrolled."""
    field, box, style = place.field, place.box, place.widget.style
    if field.comb and field.max_len:
        return lay_out_comb(words, face, box, style, field.max_len, smallest)
    if field.multiline or (field.type is FieldType.CHOICE and not field.combo):
        return lay_out_lines(words, face, box, style, smallest)
    return lay_out_line(words.replace("\n", " "), face, box, style, smallest)
