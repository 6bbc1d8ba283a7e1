"""The blank form as PDFium sees it: what every document of a template is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from pipeline.appearance.compose import Place
from pipeline.model.field import FieldType, Widget
from pipeline.model.geometry import Rect
from pipeline.model.template import Template
from pipeline.pdf.page_reader import Placed, ReadPage, Seen, read
from pipeline.pdf.pixel_box import PixelBox, gathered, pixel_box
from pipeline.pdf.states import FlatPdf

SLACK = 1.5
"""Points that a character may stand outside its box."""

_ORDER_SLACK = 8
_SCALE = 2.0
_BUTTONS = (FieldType.CHECKBOX, FieldType.RADIO)

_Key = tuple[int, int]
"""A widget's page and place among its annotations."""


@dataclass(frozen=True, slots=True)
class ButtonBox:
    """A button's box before it is on: ``seen`` is cut from ``panel``, a picture of the page that
    takes in the boxes about it, so that they are drawn in one go."""

    panel: PixelBox
    box: PixelBox
    seen: Seen


@dataclass(frozen=True, slots=True)
class _Blank:
    """``lengths`` are by page, in characters."""

    buttons: dict[_Key, ButtonBox]
    texts: dict[_Key, str]
    lengths: dict[int, int]


@dataclass(frozen=True)
class Witness:
    """The blank form. ``places`` are those that a final PDF shows."""

    template: Template
    blank: FlatPdf
    places: tuple[Place, ...]

    def button(self, widget: Widget) -> ButtonBox:
        """What a button's box looks like before it is on."""
        return self._blank.buttons[widget.page, widget.order]

    def text(self, widget: Widget) -> str:
        """What a text's box says before anything is filled in."""
        return self._blank.texts[widget.page, widget.order]

    def room(self, widget: Widget) -> Rect:
        """Where every character of the widget's text must stand."""
        return self._rooms[widget.page, widget.order]

    def length_of_text(self, page: int) -> int:
        """How many characters the template itself says on a page, about: it is read first."""
        return max(0, self._blank.lengths[page] - _ORDER_SLACK)

    def characters_in(self, widget: Widget, place: Rect) -> list[Placed]:
        """What the template itself says in ``place``: dots to write on, and the like."""
        with (
            read(self.blank) as document,
            document.page(self.template.pages[widget.page]) as page,
        ):
            return page.characters_in(place)

    @cached_property
    def _rooms(self) -> dict[_Key, Rect]:
        return {
            (each.widget.page, each.widget.order): each.widget.rect.grown(SLACK)
            for each in self.places
        }

    @cached_property
    def _blank(self) -> _Blank:
        blank = _Blank({}, {}, {})
        with read(self.blank) as document:
            for number, places in groupby(sorted(self.places, key=_page_of), key=_page_of):
                buttons: list[Widget] = []
                with document.page(self.template.pages[number]) as page:
                    blank.lengths[number] = len(page.text)
                    for place in places:
                        if place.field.type in _BUTTONS:
                            buttons.append(place.widget)
                        else:
                            key = (number, place.widget.order)
                            blank.texts[key] = page.text_in(inner(place))
                    blank.buttons.update(self._button_boxes(page, buttons))
        return blank

    def _button_boxes(self, page: ReadPage, buttons: list[Widget]) -> dict[_Key, ButtonBox]:
        boxes = [pixel_box(self.template.pages[each.page], each.rect, _SCALE) for each in buttons]
        panels = gathered(boxes)
        drawn = {panel: page.pixels(panel) for panel in set(panels)}
        return {
            (each.page, each.order): ButtonBox(
                panel, box, Seen.of(box.cut_from(panel, drawn[panel]))
            )
            for each, box, panel in zip(buttons, boxes, panels, strict=True)
        }


def inner(place: Place) -> Rect:
    """The box without its edge, over which a neighbour's letters may reach."""
    rect = place.widget.rect
    return rect.grown(-min(1.0, rect.width / 4, rect.height / 4))


def _page_of(place: Place) -> int:
    return place.widget.page
