"""The stylesheet that lays a form's controls over the pictures of its pages.

Positions are generated rules by id, not style attributes, so that the page's security policy can
forbid inline styles. They count in the page view; in the other the same elements stand below each
other as a list. Lengths are in percent of the page, text in ``cqw``
(hundredths of the page's width), so that everything grows and shrinks with the picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import ceil
from statistics import median

from pipeline.appearance.layout import LARGEST_AUTOMATIC, LEADING, Box
from pipeline.model.field import Field, FieldType, Quadding, Widget
from pipeline.model.geometry import Page, Rect
from pipeline.model.template import Template
from web.field_view import field_id, first_visible, place_id
from web.form_view import instruction_id

_CHARACTER = 0.43
"""Mean width of a character of Open Sans at the width that form.css sets instructions in."""
_ALIGN = {Quadding.LEFT: "left", Quadding.CENTRED: "center", Quadding.RIGHT: "right"}


def form_stylesheet(template: Template) -> str:
    rules = [*_page_rules(template), *_instruction_rules(template)]
    for number, field in enumerate(template.fields):
        if field.holds_data and field.visible:
            rules += _field_rules(template, number, field)
    heights = [f"#{rule}\n" for rule in _list_heights(template)]
    return "".join([*heights, *(f"[data-view=pages] #{rule}\n" for rule in rules)])


def _list_heights(template: Template) -> Iterator[str]:
    """About how long each page is as a list, for those that the browser need not draw yet."""
    counts = Counter(
        first_visible(field)[1].page
        for field in template.fields
        if field.holds_data and field.visible
    )
    for number in range(len(template.pages)):
        yield f"p{number + 1}{{contain-intrinsic-height:auto {6.5 * counts[number] + 2:.0f}rem}}"


def _page_rules(template: Template) -> Iterator[str]:
    for number, page in enumerate(template.pages):
        width, height = page.shown_size
        yield f"p{number + 1}{{aspect-ratio:{width:.2f}/{height:.2f};--pt:{_cqw(page, 1)}}}"


def _instruction_rules(template: Template) -> Iterator[str]:
    boxes = [template.pages[each.page].shown(each.rect) for each in template.instructions]
    sizes = [
        instruction_size(instruction.text, box)
        for instruction, box in zip(template.instructions, boxes, strict=True)
    ]
    usual = median(sizes) if sizes else 0.0  # Most are of one size then, which looks calmer.
    for number, instruction in enumerate(template.instructions):
        page = template.pages[instruction.page]
        size = min(usual, sizes[number])
        yield (
            f"{instruction_id(number)}{{{_position(page, boxes[number], grows=True)}"
            f"font-size:{_cqw(page, size)}}}"
        )


def _field_rules(template: Template, number: int, field: Field) -> Iterator[str]:
    shown = [(at, widget) for at, widget in enumerate(field.widgets) if widget.visible]
    for at, widget in shown:
        page = template.pages[widget.page]
        box = page.shown(widget.rect)
        yield (
            f"{place_id(number, at)}{{{_position(page, box)}"
            f"font-size:{_cqw(page, text_size(field, widget))};"
            f"text-align:{_ALIGN[widget.style.quadding]}{_turned(page, widget)}"
            f"{_comb(field, page, box)}}}"
        )
    first = shown[0][1]
    page = template.pages[first.page]
    boxes = [page.shown(widget.rect) for _, widget in shown if widget.page == first.page]
    left, bottom = min(box.x0 for box in boxes), max(box.y1 for box in boxes)
    width, height = page.shown_size
    side = f"left:{left / width:.3%}" if left < width / 2 else _from_right(boxes, width)
    notes = f"{field_id(number)}-n"
    if field.type is FieldType.RADIO:
        # The next row of a table of buttons is near: what clears a choice stands in the margin.
        middle = (min(box.y0 for box in boxes) + bottom) / 2
        yield f"{notes} .clear{{top:{middle / height:.3%}}}"
        notes += ">p"
    yield f"{notes}{{top:{bottom / height:.3%};{side}}}"


def text_size(field: Field, widget: Widget) -> float:
    """In points, as the PDF begins to set a text here (``pipeline.appearance.layout``)."""
    upright = (widget.rect.width, widget.rect.height)
    width, depth = upright[::-1] if widget.style.rotation in (90, 270) else upright
    box = Box.of(width, depth, widget.style)
    room = depth - 2 * box.inset_y
    most = widget.style.font_size or LARGEST_AUTOMATIC
    if field.multiline or field.comb or (field.type is FieldType.CHOICE and not field.combo):
        return min(most, room)
    return min(most, depth if widget.style.font_size else room / LEADING)


def instruction_size(text: str, box: Rect) -> float:
    """The largest size, from 9 points down to 5, at which the words fit their box."""
    for quarters in range(36, 20, -1):
        size = quarters / 4
        per_line = max(1, int((box.width - 6) / (size * _CHARACTER)))
        lines = sum(max(1, ceil(len(part) / per_line)) for part in text.split("\n"))
        if lines * size * LEADING <= box.height:
            return size
    return 5.0


def _position(page: Page, box: Rect, grows: bool = False) -> str:
    width, height = page.shown_size
    depth = "min-height" if grows else "height"
    return (
        f"left:{box.x0 / width:.3%};top:{box.y0 / height:.3%};"
        f"width:{box.width / width:.3%};{depth}:{box.height / height:.3%};"
    )


def _cqw(page: Page, points: float) -> str:
    return f"{points / page.shown_size[0] * 100:.3f}cqw"


def _from_right(boxes: list[Rect], width: float) -> str:
    return f"right:{1 - max(box.x1 for box in boxes) / width:.3%}"


def _turned(page: Page, widget: Widget) -> str:
    """A widget's own rotation is counterclockwise, its page's clockwise (tables 31 and 192)."""
    match (widget.style.rotation - page.rotation) % 360:
        case 90:
            return ";writing-mode:sideways-lr"
        case 270:
            return ";writing-mode:vertical-rl"
    return ""


def _comb(field: Field, page: Page, box: Rect) -> str:
    if not field.comb or not field.max_len:
        return ""
    return f";--cell:{_cqw(page, box.width / field.max_len)}"
