"""Makes every widget's appearance, once, from a template and checked values.

``fill`` stores what comes out in the widgets, ``flatten`` paints it on the pages: the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pipeline.appearance import stream
from pipeline.appearance.layout import Box, Layout, lay_out_comb, lay_out_line, lay_out_lines
from pipeline.appearance.typeface import Glyph, GlyphsByCode, Typeface
from pipeline.errors import FieldProblem
from pipeline.model.display import shown_text
from pipeline.model.field import Field, FieldType, Style, Value, Widget
from pipeline.model.template import Template

TypefaceOf = Callable[[str, str], Typeface]
"""(font resource name, text) → the typeface to set it with."""

_PASSWORD_SIGN = "•"


@dataclass(frozen=True, slots=True)
class Appearance:
    """What one widget shows. ``content`` is a stream in the box's own, unturned space.

    ``state`` is the appearance state of a button; where ``own_stream`` is true the PDF's own
    drawing of that state is shown and ``content`` is empty. ``text`` is what a reader must find in
    the box, ``layout`` how it was set. ``glyphs`` as in ``Shown``. ``paints`` says whether a final
    PDF shows it.
    """

    field: str
    widget: Widget
    content: bytes
    fonts: tuple[str, ...] = ()
    glyphs: Mapping[str, GlyphsByCode] | None = None
    state: str | None = None
    own_stream: bool = False
    text: str = ""
    layout: Layout | None = None
    paints: bool = True
    is_radio: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the unturned box, in points."""
        rect = self.widget.rect
        if self.widget.style.rotation in (90, 270):
            return rect.height, rect.width
        return rect.width, rect.height


@dataclass(frozen=True, slots=True)
class Composed:
    """``appearances`` of all widgets on pages; ``problems``: text that cannot be set or fit."""

    appearances: tuple[Appearance, ...]
    problems: tuple[FieldProblem, ...]

    def glyphs(self) -> dict[str, dict[int, Glyph]]:
        """Every glyph of the fallback faces that the document uses, by face and code."""
        used: dict[str, dict[int, Glyph]] = {}
        for appearance in self.appearances:
            for key, glyphs in (appearance.glyphs or {}).items():
                used.setdefault(key, {}).update(glyphs)
        return used


def compose(template: Template, values: Mapping[str, Value], typeface_of: TypefaceOf) -> Composed:
    """One appearance for each widget that lies on a page."""
    appearances: list[Appearance] = []
    problems: list[FieldProblem] = []
    smallest = template.definition.smallest_text
    for field in template.fields:
        painted = field.painted_widgets()
        value = values.get(field.name) if field.holds_data else field.value
        found: FieldProblem | None = None
        for widget in field.widgets:
            if widget.rect.width <= 0 or widget.rect.height <= 0:
                continue
            appearance, problem = _appearance(field, widget, value, typeface_of, smallest)
            appearances.append(replace(appearance, paints=widget in painted))
            if widget in painted and (field.fillable or field.calculation is not None):
                found = found or problem
        if found is not None:
            problems.append(found)
    return Composed(tuple(appearances), tuple(problems))


def _appearance(
    field: Field,
    widget: Widget,
    value: Value | None,
    typeface_of: TypefaceOf,
    smallest: float,
) -> tuple[Appearance, FieldProblem | None]:
    match field.type:
        case FieldType.CHECKBOX | FieldType.RADIO:
            return _button(field, widget, value), None
        case FieldType.BUTTON | FieldType.SIGNATURE:
            return Appearance(field.name, widget, b"", own_stream=True), None
        case _:
            return _text(field, widget, value, typeface_of, smallest)


def _button(field: Field, widget: Widget, value: Value | None) -> Appearance:
    on = widget.on_state if _is_on(field, widget, value) else None
    radio = field.type is FieldType.RADIO
    content = b""
    if not widget.has_stream:
        content = drawn_state(*_box_size(widget), widget, radio, on is not None)
    return Appearance(
        field.name,
        widget,
        content,
        state=on or "Off",
        own_stream=widget.has_stream,
        is_radio=radio,
    )


def drawn_state(width: float, height: float, widget: Widget, radio: bool, on: bool) -> bytes:
    """A button as its appearance characteristics describe it."""
    round_ = radio and widget.style.caption[:1] in ("", "l")
    frame = stream.round_frame if round_ else stream.frame
    content = frame(width, height, widget.style)
    return content + (stream.mark(width, height, widget.style, radio) if on else b"")


def _is_on(field: Field, widget: Widget, value: Value | None) -> bool:
    if value is True:
        return True
    return isinstance(value, str) and value == widget.on_state


def _box_size(widget: Widget) -> tuple[float, float]:
    if widget.style.rotation in (90, 270):
        return widget.rect.height, widget.rect.width
    return widget.rect.width, widget.rect.height


def _text(
    field: Field,
    widget: Widget,
    value: Value | None,
    typeface_of: TypefaceOf,
    smallest: float,
) -> tuple[Appearance, FieldProblem | None]:
    width, height = _box_size(widget)
    style = widget.style
    content = stream.frame(width, height, style)
    if field.comb and field.max_len:
        content += stream.comb_lines(width, height, field.max_len, style)
    words = shown_text(field, value)
    if not words:
        return Appearance(field.name, widget, content), None
    if field.password:
        words = _PASSWORD_SIGN * len(words)
    face = typeface_of(style.font, words)
    missing = face.missing(words)
    if missing:
        problem = FieldProblem(field.name, "no_glyph", {"character": missing})
        return Appearance(field.name, widget, content, text=words), problem
    layout = _lay_out(field, words, face, Box.of(width, height, style), style, smallest)
    shown = stream.text(layout, face, width, height, style.colour)
    appearance = Appearance(
        field.name,
        widget,
        content + shown.content,
        fonts=shown.fonts,
        glyphs=shown.glyphs,
        text=words,
        layout=layout,
    )
    if layout.fits:
        return appearance, None
    return appearance, FieldProblem(field.name, "does_not_fit", {"size": layout.size})


def _lay_out(
    field: Field, words: str, face: Typeface, box: Box, style: Style, smallest: float
) -> Layout:
    """A list box shows what is selected, a line each: on paper a list cannot be scrolled."""
    if field.comb and field.max_len:
        return lay_out_comb(words, face, box, style, field.max_len, smallest)
    if field.multiline or (field.type is FieldType.CHOICE and not field.combo):
        return lay_out_lines(words, face, box, style, smallest)
    return lay_out_line(words.replace("\n", " "), face, box, style, smallest)
