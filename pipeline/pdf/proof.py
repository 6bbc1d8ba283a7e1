"""Proves that a flattened PDF says what was submitted, before anybody gets it.

PDFium, which wrote none of it, opens the very bytes that are to leave: every text must be found in
its own box, a box without an answer must be as in the blank form, every mark must be drawn where
its button is on and nowhere else, and nothing of the form may be left. What is to be published
must open without a password, forbid changes and allow reading aloud.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from pipeline.appearance.compose import Appearance, Composed, Place
from pipeline.appearance.direction import has_right_to_left, visual_runs
from pipeline.errors import FieldProblem, ProofError
from pipeline.model.field import FieldType, Widget
from pipeline.model.geometry import Rect
from pipeline.model.template import Template
from pipeline.pdf.page_reader import Document, Placed, ReadPage, changed_share, read
from pipeline.pdf.states import FlatPdf, ProvenPdf, SealedPdf, SecuredPdf

_SLACK = 1.5
_ORDER_SLACK = 8
_MOST_LINES = 8
"""With more lines, or cells of a comb, the whole box is read at once sooner."""
_MARK_SHARE = 0.01
_SCALE = 2.0

_REVISION = 6
_PRINT, _MODIFY, _COPY, _ANNOTATE = 1 << 2, 1 << 3, 1 << 4, 1 << 5
_FILL_FORMS, _READ_ALOUD, _ASSEMBLE = 1 << 8, 1 << 9, 1 << 10
"""Access permissions. ISO 32000-2, table 22."""

_TURNED = re.compile("([\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+)(.)")
"""Accents, Hebrew points and Arabic vowel signs before a letter."""

_BUTTONS = (FieldType.CHECKBOX, FieldType.RADIO)


@dataclass(frozen=True, slots=True)
class _Seen:
    """By a widget's page and place among its annotations; ``lengths`` by page."""

    pictures: dict[tuple[int, int], bytes]
    texts: dict[tuple[int, int], str]
    lengths: dict[int, int]


@dataclass(frozen=True)
class Witness:
    """The blank form, which every document of a template is compared with.

    ``places`` are those that a final PDF shows.
    """

    template: Template
    blank: FlatPdf
    places: tuple[Place, ...]

    def picture(self, widget: Widget) -> bytes:
        """What a button's box looks like before it is on."""
        return self._seen.pictures[widget.page, widget.order]

    def text(self, widget: Widget) -> str:
        """What a text's box says before anything is filled in."""
        return self._seen.texts[widget.page, widget.order]

    def length_of_text(self, page: int) -> int:
        """How many characters the template itself says on a page, about: it is read first."""
        return max(0, self._seen.lengths[page] - _ORDER_SLACK)

    def characters_in(self, widget: Widget, place: Rect) -> list[Placed]:
        """What the template itself says in ``place``: dots to write on, and the like."""
        with (
            read(self.blank) as document,
            document.page(self.template.pages[widget.page]) as page,
        ):
            return page.characters_in(place)

    @cached_property
    def _seen(self) -> _Seen:
        seen = _Seen({}, {}, {})
        with read(self.blank) as document:
            for number, places in groupby(sorted(self.places, key=_page_of), key=_page_of):
                with document.page(self.template.pages[number]) as page:
                    seen.lengths[number] = len(page.text)
                    for place in places:
                        key = (number, place.widget.order)
                        if place.field.type in _BUTTONS:
                            seen.pictures[key] = page.picture(place.widget.rect, _SCALE)
                        else:
                            seen.texts[key] = page.text_in(_inner(place))
        return seen


def prove(flat: FlatPdf, witness: Witness, composed: Composed) -> ProvenPdf:
    """``flat`` itself, proven. Raises ``ProofError`` with a problem for each field that is not as
    submitted."""
    with read(flat) as document:
        _pass(_problems(document, witness, composed))
    return ProvenPdf(flat)


def prove_sealed(sealed: SealedPdf, witness: Witness, composed: Composed) -> SecuredPdf:
    """``sealed`` itself, proven, its protection included. Raises ``ProofError``."""
    with read(sealed) as document:
        _pass([*_protection_problems(document), *_problems(document, witness, composed)])
    return SecuredPdf(sealed)


def _pass(problems: list[FieldProblem]) -> None:
    if problems:
        raise ProofError(problems)


def _problems(document: Document, witness: Witness, composed: Composed) -> list[FieldProblem]:
    problems = _leftovers(document, witness.template)
    by_page: dict[int, list[Appearance]] = defaultdict(list)
    for appearance in composed.appearances:
        if appearance.paints:
            by_page[appearance.widget.page].append(appearance)
    for number, appearances in sorted(by_page.items()):
        if number >= document.page_count:
            break
        with document.page(witness.template.pages[number]) as page:
            problems += _texts(page, appearances, witness)
            problems += _marks(page, appearances, witness)
    return problems


def _leftovers(document: Document, template: Template) -> list[FieldProblem]:
    problems = []
    if document.page_count != len(template.pages):
        problems.append(FieldProblem("", "page_count", {"found": document.page_count}))
    if document.has_form:
        problems.append(FieldProblem("", "form_left"))
    return problems


def _protection_problems(document: Document) -> list[FieldProblem]:
    if document.security_revision != _REVISION:
        return [FieldProblem("", "not_encrypted")]
    problems = []
    allowed = document.permissions
    if allowed & (_MODIFY | _ANNOTATE | _FILL_FORMS | _ASSEMBLE):
        problems.append(FieldProblem("", "changes_allowed"))
    if not (allowed & _READ_ALOUD and allowed & _COPY and allowed & _PRINT):
        problems.append(FieldProblem("", "not_accessible"))
    return problems


def _texts(page: ReadPage, appearances: list[Appearance], witness: Witness) -> list[FieldProblem]:
    problems = []
    reached = witness.length_of_text(appearances[0].widget.page)
    for appearance in appearances:
        if appearance.text:
            end = _found_after(page, reached, appearance)
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


def _found_after(page: ReadPage, start: int, appearance: Appearance) -> int:
    """Where the answer's lines end if they come next and each character lies in its box; else 0,
    which proves nothing yet. What is read comes in the order in which it was painted."""
    lines = () if appearance.layout is None else appearance.layout.lines
    if not 0 < len(lines) <= _MOST_LINES or not page.text:
        return 0
    place = appearance.widget.rect.grown(_SLACK)
    reached = start
    for line in lines:
        words = line.text.strip()
        if not words:
            continue
        at = page.text.find(words, reached)
        if at < 0 or not page.stands_in(at, len(words), place):
            return 0
        if line is not lines[0] and _bare(page.text[reached:at]):
            return 0  # something else stands between two lines of the answer
        reached = at + len(words)
    return reached


def _text_problem(page: ReadPage, appearance: Appearance, witness: Witness) -> FieldProblem | None:
    place = appearance.widget.rect.grown(_SLACK)
    found = page.text_in(place)
    turned = page.rotation != 0 or appearance.widget.style.rotation != 0
    if _box_says(found, appearance, turned):
        return None
    # PDFium's own idea of a line can leave out what stands in the box: ask for each character.
    printed = set(witness.characters_in(appearance.widget, place))
    placed = [each for each in page.characters_in(place) if each not in printed]
    found = "".join(each.char for each in placed)
    if _box_says(found, appearance, turned) or _stands(found, placed, appearance):
        return None
    return FieldProblem(appearance.field, "not_found_in_box", {"found": found[:200]})


def _intrusion(
    page: ReadPage, appearance: Appearance, appearances: list[Appearance], witness: Witness
) -> FieldProblem | None:
    """Text in a box that has no answer, and that no other answer shares."""
    before = witness.text(appearance.widget)
    found = page.text_in(_inner(appearance.place))
    if found == before or says(before, found):
        return None
    if any(
        each.text and each is not appearance and each.widget.rect.meets(appearance.widget.rect)
        for each in appearances
    ):
        return None
    return FieldProblem(appearance.field, "text_in_empty_box", {"found": found[:200]})


def _page_of(place: Place) -> int:
    return place.widget.page


def _inner(place: Place) -> Rect:
    """The box without its edge, over which a neighbour's letters may reach."""
    rect = place.widget.rect
    return rect.grown(-min(1.0, rect.width / 4, rect.height / 4))


def says(found: str, wanted: str) -> bool:
    """Whether ``found`` holds ``wanted``, white space and invisible characters aside."""
    return "".join(wanted.split()) in "".join(found.split()) or _bare(wanted) in _bare(found)


def _stands(found: str, placed: list[Placed], appearance: Appearance) -> bool:
    """Whether each line is there by where its characters stand: readers give what goes from right
    to left, or lies turned, in an order of their own."""
    if appearance.layout is None:
        return False
    right_to_left = has_right_to_left(appearance.text)
    lines = appearance.layout.lines
    standing: list[list[tuple[float, str]]] = [[] for _ in lines]
    for each in placed:
        along, height = _in_box(each, appearance.widget)
        nearest = min(range(len(lines)), key=lambda at: abs(lines[at].baseline - height))
        standing[nearest].append((along, each.char))
    read = _unmirrored(_bare(found))
    for line, chars in zip(lines, standing, strict=True):
        forwards, backwards = (
            _unmirrored(_bare("".join(char for _, char in order)))
            for order in (
                sorted(chars, key=lambda each: each[0]),
                sorted(chars, key=lambda each: -each[0]),
            )
        )
        if not right_to_left:
            if _unmirrored(_bare(line.text)) not in forwards:
                return False
            continue
        turned_back = "\n".join(
            each for order in (backwards, read) for each in (order, _marks_after(order))
        )
        onward = forwards + "\n" + _marks_after(forwards)
        for run, turned in visual_runs(line.text):
            for word in _unmirrored(run).split():
                seen = turned_back if turned else onward
                if _bare(word) not in seen:
                    return False
    return True


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


def _marks_after(text: str) -> str:
    """PDFium turns a glyph's characters with the line: its marks then come before their letter."""
    return unicodedata.normalize("NFKC", _TURNED.sub(r"\2\1", text))


def _unmirrored(text: str) -> str:
    """Readers disagree on which way a bracket or a quotation mark turns from right to left."""
    return "".join(
        "|" if char in "<>" or unicodedata.category(char) in ("Ps", "Pe", "Pi", "Pf") else char
        for char in text
    )


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


def _marks(page: ReadPage, appearances: list[Appearance], witness: Witness) -> list[FieldProblem]:
    problems = []
    for button in appearances:
        if button.state is None:
            continue
        box = page.picture(button.widget.rect, _SCALE)
        marked = changed_share(box, witness.picture(button.widget)) >= _MARK_SHARE
        if button.state != "Off":
            if not marked:
                problems.append(FieldProblem(button.field, "mark_not_drawn"))
        elif marked and not _covered(button, appearances):
            problems.append(FieldProblem(button.field, "mark_drawn"))
    return problems


def _covered(button: Appearance, appearances: list[Appearance]) -> bool:
    """Whether another answer may have drawn what stands in the button's box."""
    return any(
        each is not button
        and (each.text or each.state not in (None, "Off"))
        and each.widget.rect.meets(button.widget.rect)
        for each in appearances
    )
