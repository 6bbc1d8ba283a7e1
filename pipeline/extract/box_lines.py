"""The lines of a box, and the text that they are of.

Where a line was broken to fit and where by a person is told by the spaces that a fitted line keeps
at its end and by whether the next word had room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.appearance.direction import base_level, has_right_to_left, reading_order
from pipeline.appearance.graphemes import unbreakable
from pipeline.appearance.layout import ASCENT, FULL_HEIGHT, LEADING, STEP, Box
from pipeline.appearance.line_breaks import follows_without_space, segments
from pipeline.appearance.typeface import Typeface
from pipeline.extract.page_characters import Char
from pipeline.model.field import Widget
from pipeline.model.geometry import Rect

TypefaceOf = Callable[[str, str], Typeface]

_TOLERANCE = 0.04
"""Points, or ems of a line's width, by which printed sizes may be off."""

_SPACE_GAP = 0.2
"""A gap of this share of the size between two characters is a space that was not kept."""


@dataclass(frozen=True, slots=True)
class BoxText:
    """``certain`` is false where a line break could have been a person's or the layout's."""

    text: str
    certain: bool = True


def lines_of(chars: list[Char]) -> list[list[Char]]:
    """Characters of one line stand at one height, marks that were raised included."""
    size = median(char.size for char in chars)
    lines: list[list[Char]] = []
    height = 0.0
    for char in sorted(chars, key=lambda each: (each.centre[1], each.x0)):
        if lines and abs(height - char.centre[1]) < 0.5 * size:
            lines[-1].append(char)
            height += (char.centre[1] - height) / len(lines[-1])
        else:
            lines.append([char])
            height = char.centre[1]
    return [sorted(line, key=lambda each: each.x0) for line in lines]


def _height(line: list[Char]) -> float:
    return median(char.centre[1] for char in line)


def line_text(line: list[Char], base: int | None = None) -> str:
    """The characters from left to right as they are read, with the spaces that were gaps only.
    ``base`` is the level of the line's paragraph, where that is known."""
    size = median(char.size for char in line)
    out = [line[0].text]
    for before, char in pairwise(line):
        gap = char.x0 - before.x1
        if gap > _SPACE_GAP * size and not before.text.isspace() and not char.text.isspace():
            out.append(" ")
        out.append(char.text)
    return "".join(reading_order(out, base))


def _line_texts(lines: list[list[Char]]) -> list[str]:
    """A fitted line ends with a space, and never begins with one: where it seems to, it is of a
    paragraph from right to left."""
    texts = [line_text(line) for line in lines]
    if not has_right_to_left("".join(texts)):
        return texts
    return [
        line_text(line, 1) if text.startswith(" ") else text
        for line, text in zip(lines, texts, strict=True)
    ]


def joined(
    lines: list[list[Char]],
    widget: Widget,
    shown: Rect,
    keeps_spaces: bool,
    typeface_of: TypefaceOf,
) -> BoxText:
    texts = _line_texts(lines)
    size = median(char.size for line in lines for char in line)
    face = typeface_of(widget.style.font, "".join(texts))
    box = Box.of(shown.width, shown.height, widget.style)
    room = box.room / _on_ladder(size)
    joints, certain = [], True
    for number, (before, text) in enumerate(pairwise(texts)):
        empty = _empty_lines(lines[number], lines[number + 1], size)
        soft, sure = _is_soft(before, text, face, room, keeps_spaces)
        certain = certain and (sure or empty > 0)
        if empty or not soft:
            joints.append("\n" * (empty + 1))
        elif (
            keeps_spaces or before.endswith(" ") or _breaks_without_space(before, face, text, room)
        ):
            joints.append("")
        else:
            joints.append(" ")
    texts = _in_one_direction(lines, texts, joints)
    out = texts[0]
    for joint, text in zip(joints, texts[1:], strict=True):
        lost = not keeps_spaces and "\n" in joint
        out = (out.rstrip(" ") if lost else out) + joint + text
    leading = _empty_above(lines, shown, box, size)
    return BoxText("\n" * leading + out.rstrip(" ") if not keeps_spaces else out, certain)


def _in_one_direction(lines: list[list[Char]], texts: list[str], joints: list[str]) -> list[str]:
    """The texts of ``lines``, those of one paragraph read as it goes: all in one direction, which
    is that of its first strong letter."""
    found: list[str] = []
    begin = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and "\n" not in joints[end - 1]:
            continue
        own = texts[begin:end]
        if len(own) > 1 and has_right_to_left("".join(own)):
            for base in (1, 0):
                read = [line_text(line, base) for line in lines[begin:end]]
                if base_level("".join(read)) == base:
                    own = read
                    break
        found += own
        begin = end
    return found


def _on_ladder(size: float) -> float:
    """The size that was set: a printer's rounding is taken back where a quarter point is near."""
    step = round(size / STEP) * STEP
    return step if abs(step - size) < _TOLERANCE else size


def _is_soft(
    before: str, after: str, face: Typeface, room: float, keeps_spaces: bool
) -> tuple[bool, bool]:
    """(was the break made to fit, is that sure)."""
    if keeps_spaces and before.endswith(" "):
        return True, True
    pieces = segments(before + after)
    length, first = 0, ""
    for piece in pieces:
        if length >= len(before):
            first = piece.rstrip(" ")
            break
        length += len(piece)
    if keeps_spaces:
        if length != len(before) or not first:
            # Only a word that is longer than its line was broken inside.
            soft = len(segments(before)) == 1 and _is_full(before, after, face, room)
        else:
            soft = face.width(before + first) > room - _TOLERANCE
        return soft, not soft
    joint = "" if follows_without_space(before, after) else " "
    first = segments(after)[0].rstrip(" ")
    overflows = face.width(before.rstrip(" ") + joint + first) > room - _TOLERANCE
    return overflows, not overflows


def _breaks_without_space(before: str, face: Typeface, after: str, room: float) -> bool:
    if follows_without_space(before, after):
        return True
    return " " not in before.strip() and _is_full(before, after, face, room)


def _is_full(before: str, after: str, face: Typeface, room: float) -> bool:
    """Whether not even the next letter had room."""
    return face.width(before + unbreakable(after)[0]) > room - _TOLERANCE


def _empty_lines(above: list[Char], below: list[Char], size: float) -> int:
    return max(0, round((_height(below) - _height(above)) / (LEADING * size)) - 1)


def _empty_above(lines: list[list[Char]], shown: Rect, box: Box, size: float) -> int:
    """Lines left empty at the top of the box; a lone line without room for a second, which stands
    in the middle, has none above it (``pipeline.appearance.layout``)."""
    two_lines = (LEADING + FULL_HEIGHT) * _on_ladder(size)
    if len(lines) == 1 and two_lines > box.height - 2 * box.inset_y:
        return 0
    expected = shown.y0 + box.inset_y + ASCENT * size - 0.3 * size
    return max(0, round((_height(lines[0]) - expected) / (LEADING * size)))
