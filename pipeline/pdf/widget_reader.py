"""Reads how a widget looks and where it shows. ISO 32000-2, 12.5.6.19 and 12.7.4.3."""

from __future__ import annotations

import re
from typing import cast

import pikepdf

from pipeline.model.field import Colour, Quadding, Style, Widget
from pipeline.model.geometry import Rect
from pipeline.pdf.field_node import WidgetNode
from pipeline.pdf.objects import (
    array,
    entry,
    get_dictionary,
    inherited,
    integer,
    names,
    real,
    reals,
    rect,
    text,
)

HIDDEN, PRINT, NO_ROTATE, NO_VIEW = 1 << 1, 1 << 2, 1 << 4, 1 << 5
"""Annotation flags. Table 167."""

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)"
_FONT = re.compile(rf"/(\S+)\s+({_NUMBER})\s+Tf")
_COLOUR = re.compile(rf"((?:{_NUMBER}\s+){{1}}g|(?:{_NUMBER}\s+){{3}}rg|(?:{_NUMBER}\s+){{4}}k)\b")
_PAINTS = re.compile(rb"(?<![A-Za-z*])(?:[fFSsBb]\*?|Tj|TJ|Do|sh|'|\"|EI)(?![A-Za-z])")
_SMALLEST_SIZE = 1.0
"""Points; a default appearance that asks for less cannot be meant."""

_NORMAL = pikepdf.NamePath.AP.N

_LOOKS = ("/BC", "/BG", "/R", "/CA")
"""Appearance characteristics. Table 192."""

_QUADDING = {1: Quadding.CENTRED, 2: Quadding.RIGHT}


def read_widget(
    node: WidgetNode, form: pikepdf.Object | None, state: str | None, *, textual: bool
) -> Widget | None:
    """``None`` where no page holds the widget. ``state`` is the on-state of a button; whatever is
    drawn for a ``textual`` field is set anew, and not looked at."""
    if node.page is None:
        return None
    place = rect(entry(node.object, "/Rect")) or Rect(0, 0, 0, 0)
    flags = integer(entry(node.object, "/F"))
    shows = not flags & HIDDEN and place.width > 0 and place.height > 0
    return Widget(
        page=node.page,
        order=node.order,
        rect=place,
        on_state=state,
        visible=shows and not flags & NO_VIEW,
        prints=shows and bool(flags & PRINT),
        has_stream=not textual and _has_stream(node.object, state),
        style=_style(node.object, form),
    )


def on_state(widget: pikepdf.Object, fallback: str = "Yes") -> str:
    """The appearance state that is not Off. ISO 32000-2, 12.7.5.2.3."""
    states = appearance_states(widget)
    return states[0] if states else fallback


def appearance_states(widget: pikepdf.Object) -> list[str]:
    """Every state that is not Off, in alphabetical order: there should be one, and the first
    stands for all. Where nothing is drawn, the state that the widget is in."""
    appearances = get_dictionary(widget, "/AP")
    if appearances is not None:
        for kind in ("/N", "/D"):
            states = entry(appearances, kind)
            if isinstance(states, pikepdf.Dictionary):
                named = sorted(state for state in names(states) if state != "Off")
                if named:
                    return named
    current = text(entry(widget, "/AS"))
    return [current] if current and current != "Off" else []


def has_appearance(widget: pikepdf.Object, state: str) -> bool:
    """Whether ``widget`` is drawn in ``state``."""
    normal = widget.get(_NORMAL)
    return isinstance(normal, pikepdf.Dictionary) and _drawn_as(normal, state)


def normal_appearance(widget: pikepdf.Object, state: str | None) -> pikepdf.Stream | None:
    """The stream that shows a widget in ``state``; a button without it shows nothing."""
    appearances = get_dictionary(widget, "/AP")
    if appearances is None:
        return None
    normal = entry(appearances, "/N")
    if isinstance(normal, pikepdf.Stream):
        return normal
    if isinstance(normal, pikepdf.Dictionary) and state is not None and _drawn_as(normal, state):
        stream = normal["/" + state]
        return stream if isinstance(stream, pikepdf.Stream) else None
    return None


def _drawn_as(states: pikepdf.Object, state: str) -> bool:
    if not state.isascii():
        names(states)  # spells them so that they can be found
    return "/" + state in states


def _has_stream(widget: pikepdf.Object, state: str | None) -> bool:
    """Whether the PDF's own drawing shows anything: real forms have on-states that draw nothing,
    or just what their Off draws."""
    stream = normal_appearance(widget, state)
    if stream is None or rect(stream.get("/BBox")) is None:
        return False
    off = normal_appearance(widget, "Off") if state is not None else None
    try:
        drawing = stream.read_bytes()
        if off is not None and off.read_bytes() == drawing:
            return off.get("/Resources") != stream.get("/Resources")
        return _PAINTS.search(drawing) is not None
    except pikepdf.PdfError:
        return False


def _style(widget: pikepdf.Object, form: pikepdf.Object | None) -> Style:
    appearance = text(_from(widget, "/DA", form)) or ""
    fonts = _FONT.findall(appearance)
    colours = _COLOUR.findall(appearance)
    font, size = fonts[-1] if fonts else ("", "0")
    width, style = _border(widget)
    looks = get_dictionary(widget, "/MK")
    characteristics = {} if looks is None else {key: entry(looks, key) for key in _LOOKS}
    return Style(
        font=font,
        font_size=float(size) if float(size) >= _SMALLEST_SIZE else 0.0,
        colour=" ".join(colours[-1].split()) if colours else "0 g",
        quadding=_QUADDING.get(integer(_from(widget, "/Q", form)), Quadding.LEFT),
        border_colour=_colour(characteristics.get("/BC")),
        background=_colour(characteristics.get("/BG")),
        border_width=width,
        border_style=style,
        rotation=integer(characteristics.get("/R")) % 360 // 90 * 90,
        caption=text(characteristics.get("/CA")) or "",
    )


def _from(widget: pikepdf.Object, key: str, form: pikepdf.Object | None) -> object:
    value = inherited(widget, key)
    return entry(form, key) if value is None and form is not None else value


def _border(widget: pikepdf.Object) -> tuple[float, str]:
    """Width and style; BS wins over Border; without either a point. Tables 166 and 168."""
    style = get_dictionary(widget, "/BS")
    if style is not None:
        width = real(entry(style, "/W"), 1.0) if "/W" in style else 1.0
        return max(0.0, width), (text(entry(style, "/S")) or "S")[:1]
    border = array(entry(widget, "/Border"))
    if len(border) >= 3:
        return max(0.0, real(border[2])), "D" if len(border) > 3 and array(border[3]) else "S"
    return 1.0, "S"


def _colour(value: object) -> Colour:
    components = reals(value)
    if len(components) not in (1, 3, 4):
        return ()
    return cast("Colour", tuple(min(1.0, max(0.0, each)) for each in components))
