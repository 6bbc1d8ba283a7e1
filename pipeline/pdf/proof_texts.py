"""Whether every answer is read in its own box, and nothing in a box without an answer."""

from __future__ import annotations

import unicodedata

from pipeline.appearance.compose import Appearance
from pipeline.errors import FieldProblem
from pipeline.model.field import Widget
from pipeline.pdf.page_reader import Placed, ReadPage
from pipeline.pdf.proof_witness import Witness, inner
from pipeline.pdf.standing_text import stands

_MOST_LINES = 8
"""With more lines, or cells of a comb, the whole box is read at once sooner."""


def text_problems(
    page: ReadPage, appearances: list[Appearance], witness: Witness
) -> list[FieldProblem]:
    """Of the texts among a page's ``appearances``, which are in the order of painting."""
    problems = []
    reached = witness.length_of_text(appearances[0].widget.page)
    for appearance in appearances:
        if appearance.text:
            end = _found_after(page, reached, appearance, witness)
            if end:
                reached = end
                continue
            problem = _text_problem(page, appearance, witness)
        elif appearance.content or appearance.state is not None:
            continue  # a caption, or a button
        else:
            problem = _intrusion(page, appearance, appearances, witness)
        if problem is not None:
            problems.append(problem)
    return problems


def _found_after(page: ReadPage, start: int, appearance: Appearance, witness: Witness) -> int:
    """Where the answer's lines end if they come next and each character lies in its box; else 0,
    which proves nothing yet. What is read comes in the order in which it was painted."""
    lines = () if appearance.layout is None else appearance.layout.lines
    text = page.text
    if not 0 < len(lines) <= _MOST_LINES or not text:
        return 0
    reached = start
    found: list[tuple[int, int]] = []
    for line in lines:
        words = line.text.strip()
        if not words:
            continue
        at = text.find(words, reached)
        if at < 0:
            return 0
        if found and at > reached:
            between = text[reached:at]
            if not between.isspace() and _bare(between):
                return 0  # something else stands between two lines of the answer
        found.append((at, len(words)))
        reached = at + len(words)
    if not found:
        return reached
    room = witness.room(appearance.widget)
    first = found[0][0]
    if page.stands_in(first, reached - first, room, len(found)):
        return reached
    # A space at a line's end may stick out: ask for the lines alone.
    if len(found) > 1 and all(page.stands_in(at, length, room) for at, length in found):
        return reached
    return 0


def _text_problem(page: ReadPage, appearance: Appearance, witness: Witness) -> FieldProblem | None:
    room = witness.room(appearance.widget)
    found = page.text_in(room)
    turned = page.rotation != 0 or appearance.widget.style.rotation != 0
    if _box_says(found, appearance, turned):
        return None
    # PDFium's own idea of a line can leave out what stands in the box: ask for each character.
    printed = set(witness.characters_in(appearance.widget, room))
    placed = [each for each in page.characters_in(room) if each not in printed]
    found = "".join(each.char for each in placed)
    lines = () if appearance.layout is None else appearance.layout.lines
    standing = ((*_in_box(each, appearance.widget), each.char) for each in placed)
    if _box_says(found, appearance, turned) or (lines and stands(lines, standing)):
        return None
    return FieldProblem(appearance.field, "not_found_in_box", {"found": found[:200]})


def _intrusion(
    page: ReadPage, appearance: Appearance, appearances: list[Appearance], witness: Witness
) -> FieldProblem | None:
    """Text in a box that has no answer, and that no other answer shares."""
    before = witness.text(appearance.widget)
    found = page.text_in(inner(appearance.place))
    if found == before or says(before, found):
        return None
    if any(
        each.text and each is not appearance and each.widget.rect.meets(appearance.widget.rect)
        for each in appearances
    ):
        return None
    return FieldProblem(appearance.field, "text_in_empty_box", {"found": found[:200]})


def says(found: str, wanted: str) -> bool:
    """Whether ``found`` holds ``wanted``, white space and invisible characters aside."""
    return "".join(wanted.split()) in "".join(found.split()) or _bare(wanted) in _bare(found)


def _in_box(each: Placed, widget: Widget) -> tuple[float, float]:
    """Along the line and up from the box's foot, as the turned box reads."""
    box = widget.rect
    match widget.style.rotation:
        case 90:
            return each.y - box.y0, box.x1 - each.x
        case 180:
            return box.x1 - each.x, box.y1 - each.y
        case 270:
            return box.y1 - each.y, each.x - box.x0
        case _:
            return each.x - box.x0, each.y - box.y0


def _box_says(found: str, appearance: Appearance, turned: bool) -> bool:
    """In a turned box PDFium reads the lines in another order: there, each must be found."""
    if says(found, appearance.text):
        return True
    lines = appearance.layout.lines if turned and appearance.layout is not None else ()
    return bool(lines) and all(says(found, line.text) for line in lines)


def _bare(text: str) -> str:
    # PDFium writes U+FFFE for a hyphen at a line's end.
    text = unicodedata.normalize("NFKC", text.replace("\ufffe", "-").replace("\x02", "-"))
    return "".join(
        char
        for char in text
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")
    )
