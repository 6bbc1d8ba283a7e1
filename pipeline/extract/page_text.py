"""Reads values off the pages of a flattened PDF, by the boxes of its template.

What the template itself prints inside a box is left out; the rest, line by line, is the value
(``box_lines``).
"""

from __future__ import annotations

from collections import defaultdict

from pipeline.appearance.direction import reading_order
from pipeline.extract.box_lines import BoxText, TypefaceOf, joined, line_text, lines_of
from pipeline.extract.page_characters import Char
from pipeline.model.field import Field, FieldType, Widget
from pipeline.model.geometry import Page, Rect
from pipeline.model.template import Template


def read_boxes(
    template: Template,
    characters: list[list[Char]],
    printed: list[list[Char]],
    typeface_of: TypefaceOf,
) -> dict[str, BoxText]:
    """The text in the box of every text and choice field; ``printed`` is the blank template's."""
    by_page: dict[int, list[tuple[Field, Widget]]] = defaultdict(list)
    for field in template.data_fields():
        if field.type in (FieldType.TEXT, FieldType.CHOICE) and field.painted_widgets():
            widget = field.painted_widgets()[0]
            by_page[widget.page].append((field, widget))
    claimed: list[tuple[Field, Widget, list[list[Char]]]] = []
    for number, boxes in by_page.items():
        if number >= len(characters):
            continue
        fresh = _without_printed(characters[number], printed[number])
        page = template.pages[number]
        own = _claim(fresh, [page.shown(widget.rect) for _, widget in boxes])
        claimed += [
            (field, widget, lines_of(_upright(chars, widget, page)))
            for (field, widget), chars in zip(boxes, own, strict=True)
            if chars
        ]
    # A document keeps the space at the end of a fitted line everywhere, or it was lost everywhere.
    keeps_spaces = any(
        line[-1].variable or line_text(line).endswith(" ")
        for _, _, lines in claimed
        for line in lines[:-1]
    )
    found: dict[str, BoxText] = {}
    for field, widget, lines in claimed:
        shown = _upright_box(widget, template.pages[widget.page])
        text = _read(field, widget, shown, lines, keeps_spaces, typeface_of)
        if text.text:
            found[field.name] = text
    return found


def _without_printed(chars: list[Char], printed: list[Char]) -> list[Char]:
    places = {(char.text, round(char.x0), round(char.top)) for char in printed}
    nearby = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return [
        char
        for char in chars
        if not any(
            (char.text, round(char.x0) + dx, round(char.top) + dy) in places for dx, dy in nearby
        )
    ]


def _claim(chars: list[Char], boxes: list[Rect]) -> list[list[Char]]:
    """Each character goes to the smallest box that holds its centre."""
    claimed: list[list[Char]] = [[] for _ in boxes]
    sized = sorted(range(len(boxes)), key=lambda at: boxes[at].width * boxes[at].height)
    for char in chars:
        x, y = char.centre
        for at in sized:
            if boxes[at].contains(x, y, slack=1.0):
                claimed[at].append(char)
                break
    return claimed


def _turn(widget: Widget, page: Page) -> int:
    """How far the text in a box is turned against the shown page, counter-clockwise, degrees."""
    return (widget.style.rotation - page.rotation) % 360


def _upright_box(widget: Widget, page: Page) -> Rect:
    shown = page.shown(widget.rect)
    turn = _turn(widget, page)
    if turn == 0:
        return shown
    if turn == 180:
        return Rect(0, 0, shown.width, shown.height)
    return Rect(0, 0, shown.height, shown.width)


def _upright(chars: list[Char], widget: Widget, page: Page) -> list[Char]:
    """The characters as they stand when the box is turned so that its text reads normally."""
    box, turn = page.shown(widget.rect), _turn(widget, page)
    turned: list[Char] = []
    for char in chars:
        match turn:
            case 90:
                place = (
                    box.y1 - char.bottom,
                    box.y1 - char.top,
                    char.x0 - box.x0,
                    char.x1 - box.x0,
                )
            case 180:
                place = (
                    box.x1 - char.x1,
                    box.x1 - char.x0,
                    box.y1 - char.bottom,
                    box.y1 - char.top,
                )
            case 270:
                place = (
                    char.top - box.y0,
                    char.bottom - box.y0,
                    box.x1 - char.x1,
                    box.x1 - char.x0,
                )
            case _:
                return chars
        turned.append(Char(char.text, *place, place[3] - place[2], char.variable))
    return turned


def _read(
    field: Field,
    widget: Widget,
    shown: Rect,
    lines: list[list[Char]],
    keeps_spaces: bool,
    typeface_of: TypefaceOf,
) -> BoxText:
    if field.comb and field.max_len:
        return BoxText(_read_comb([char for line in lines for char in line], shown, field.max_len))
    if field.multiline:
        return joined(lines, widget, shown, keeps_spaces, typeface_of)
    texts = [line_text(line).strip() for line in lines]
    return BoxText(("\n" if field.multi_select else " ").join(texts))


def _read_comb(chars: list[Char], shown: Rect, cells: int) -> str:
    cell = shown.width / cells
    out = [""] * cells
    for char in sorted(chars, key=lambda each: each.x0):
        at = min(cells - 1, max(0, int((char.centre[0] - shown.x0) / cell)))
        out[at] += char.text.strip()
    filled = [at for at, text in enumerate(out) if text]
    if not filled:
        return ""
    return "".join(reading_order([each or " " for each in out[filled[0] : filled[-1] + 1]]))
