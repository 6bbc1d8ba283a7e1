"""Reads a form's outline: by its structure tree where that says enough, else by what is printed.

Any template makes a list of sections that a person can follow without seeing the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median_low

from pipeline.appearance.compose import Boxes
from pipeline.appearance.typeface import Typefaces
from pipeline.errors import NotAPdf, TooLarge
from pipeline.lint.nearby import suggested_label
from pipeline.lint.subject import Subject
from pipeline.lint.survey import DocumentFacts, Survey, Words
from pipeline.model.field import Field
from pipeline.model.geometry import Rect
from pipeline.model.outline import Outline, Section
from pipeline.model.telling_apart import contexts
from pipeline.model.template import Template
from pipeline.pdf.button_captions import button_captions
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.printed_lines import Line, printed_lines
from pipeline.pdf.sound_copy import sound_copy
from pipeline.pdf.structure_outline import Event, FieldHere, Heading, Passage, structure_events

_BIGGER = 1.15
"""How much larger than most of a page's text a heading is, where no tag says so."""
_LONGEST_HEADING = 120
_MOST_PASSAGES = 8
_FEWEST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEADERS = re.compile(r"(?:\s*[._…]){4,}")
"""Dots that lead the eye to a number."""

_Lines = Sequence[Sequence[Line]]


def read_outline(data: bytes, template: Template, boxes: Boxes, typefaces: Typefaces) -> Outline:
    """Of any template that ``read_template`` took. Pages that cannot be read, or
    would cost too much, say nothing."""
    try:
        with open_pdf(data, only_read=True) as pdf:
            lines: _Lines = printed_lines(sound_copy(pdf), template.pages)
    except (NotAPdf, TooLarge):
        lines = [()] * len(template.pages)
    shown = [field for field in template.fields if field.holds_data and field.visible]
    labels = _labels(template, shown, lines, boxes, typefaces)
    captions = _captions(template, shown, lines)
    with open_pdf(data, only_read=True) as pdf:
        events = structure_events(pdf, lines)
    if not _says_enough(events, shown):
        events = list(_printed_events(template, shown, lines))
    said = {_plain(words) for words in (*labels.values(), *captions.values())}
    said |= {_plain(field.title) for field in shown}
    outline = Outline(tuple(_sections(shown, events, said)), labels, captions)
    return replace(outline, contexts=contexts(template, outline))


def _says_enough(events: Sequence[Event], shown: Sequence[Field]) -> bool:
    """Whether the tree has headings, and leads to most of the fields."""
    named = {event.name for event in events if isinstance(event, FieldHere)}
    headed = any(isinstance(event, Heading) for event in events)
    return headed and 2 * sum(field.name in named for field in shown) > len(shown)


def _sections(shown: Sequence[Field], events: Sequence[Event], said: set[str]) -> Iterator[Section]:
    """The template's fields in its order, each below the headings that lead to it."""
    headings: list[Heading] = []
    passages: list[str] = []
    own: dict[Heading, tuple[str, ...]] = {}
    found: dict[str, tuple[tuple[Heading, ...], tuple[str, ...]]] = {}
    for event in events:
        match event:
            case Heading():
                if headings and event.level > headings[-1].level:
                    own.setdefault(headings[-1], tuple(passages[-_MOST_PASSAGES:]))
                headings = [each for each in headings if each.level < event.level]
                headings.append(event)
                passages = []
            case Passage():
                if not event.with_field and _explains(event.text, said):
                    passages.append(_LEADERS.sub(" ", event.text).strip())
            case FieldHere() if event.name not in found:
                found[event.name] = tuple(headings), tuple(passages[-_MOST_PASSAGES:])
                passages = []
    current: tuple[Heading, ...] = ()
    names: list[str] = []
    before: dict[str, tuple[str, ...]] = {}
    for field in shown:
        above, texts = found.get(field.name, (current, ()))
        if above != current:
            if names:
                yield _section(current, names, own, before)
            same = _shared(current, above)
            for at in range(same, len(above) - 1):
                yield _section(above[: at + 1], [], own, {})
            current, names, before = above, [], {}
        names.append(field.name)
        if texts:
            before[field.name] = texts
    if names:
        yield _section(current, names, own, before)


def _section(
    headings: tuple[Heading, ...],
    names: Sequence[str],
    own: Mapping[Heading, tuple[str, ...]],
    before: Mapping[str, tuple[str, ...]],
) -> Section:
    last = headings[-1] if headings else Heading("", 1, 0)
    texts = own.get(last, ())
    return Section(last.title, last.level, last.page, tuple(names), texts, dict(before))


def _shared(one: tuple[Heading, ...], other: tuple[Heading, ...]) -> int:
    """How many headings from the top the two have in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _explains(words: str, said: set[str]) -> bool:
    """Whether a text tells more than the labels do."""
    plain = _plain(words)
    return len(_WORD.findall(words)) >= _FEWEST_WORDS and not any(
        plain in each or (len(each) > 12 and each in plain and len(plain) < len(each) + 12)
        for each in said
        if each
    )


def _plain(words: str) -> str:
    folded = unicodedata.normalize("NFKC", words).casefold()
    return "".join(char for char in folded if char.isalnum())


# ---- without tags ----


def _printed_events(template: Template, shown: Sequence[Field], lines: _Lines) -> Iterator[Event]:
    """For each field in its order: the nearest larger text above it, texts between, itself."""
    sizes = [line.size for on_page in lines for line in on_page for _ in line.text]
    usual = median_low(sizes) if sizes else 0.0
    headings = [[line for line in on_page if _is_heading(line, usual)] for on_page in lines]
    ranks = sorted({round(line.size) for on_page in headings for line in on_page}, reverse=True)
    passages = _paragraphs(template, shown, lines, usual)
    current: Line | None = None
    for field in shown:
        page, box = _place(template, field)
        above = _nearest_above(headings[page], box)
        if above is not None and above is not current:
            yield Heading(above.text, min(6, 2 + ranks.index(round(above.size))), page)
            current = above
        yield from (Passage(words, page, with_field=False) for words in passages[field.name])
        yield FieldHere(field.name)


def _is_heading(line: Line, usual: float) -> bool:
    return (
        line.size >= _BIGGER * usual
        and len(line.text) <= _LONGEST_HEADING
        and bool(_WORD.search(line.text))
        and sum(char.isalpha() for char in line.text) * 2 > len(line.text)
    )


def _nearest_above(headings: Sequence[Line], box: Rect) -> Line | None:
    middle = (box.x0 + box.x1) / 2
    above = [line for line in headings if line.place.y1 <= box.y0 + 3 and line.place.x0 <= middle]
    return max(above, key=lambda line: (line.place.y1, -line.place.x0), default=None)


def _paragraphs(
    template: Template, shown: Sequence[Field], lines: _Lines, usual: float
) -> Mapping[str, list[str]]:
    """Texts of several words by the first field that stands below them."""
    found: dict[str, list[str]] = defaultdict(list)
    places = [(field, *_place(template, field)) for field in shown]
    for number, on_page in enumerate(lines):
        here = [(field, box) for field, page, box in places if page == number]
        boxes = [box for _, box in here]
        for words, place in _joined([each for each in on_page if not _is_heading(each, usual)]):
            if any(_meets_row(place, box) for box in boxes):
                continue
            below = [
                (box.y0, at)
                for at, (_, box) in enumerate(here)
                if box.y0 >= place.y1 - 2 and box.x0 < place.x1 and box.x1 > place.x0
            ]
            if below:
                found[here[min(below)[1]][0].name].append(words)
    return found


def _joined(lines: Sequence[Line]) -> Iterator[tuple[str, Rect]]:
    """Lines that go on below each other from the same margin, as one text."""
    words: list[str] = []
    place: Rect | None = None
    for line in lines:
        at = line.place
        if (
            place is not None
            and abs(at.x0 - place.x0) <= 3
            and -3 <= at.y0 - place.y1 <= 0.6 * at.height
        ):
            words.append(line.text)
            place = Rect(min(place.x0, at.x0), place.y0, max(place.x1, at.x1), at.y1)
            continue
        if place is not None:
            yield " ".join(words), place
        words, place = [line.text], at
    if place is not None:
        yield " ".join(words), place


def _meets_row(text: Rect, box: Rect) -> bool:
    """Words on the height of a box are its label, not an explanation."""
    return min(text.y1, box.y1) - max(text.y0, box.y0) > 2


def _place(template: Template, field: Field) -> tuple[int, Rect]:
    widget = next(each for each in field.widgets if each.visible)
    return widget.page, template.pages[widget.page].shown(widget.rect)


# ---- labels and captions ----


def _labels(
    template: Template,
    shown: Sequence[Field],
    lines: _Lines,
    boxes: Boxes,
    typefaces: Typefaces,
) -> dict[str, str]:
    """Words near the fields that have no alternate name, a page at a time."""
    by_page: dict[int, list[Field]] = defaultdict(list)
    for field in shown:
        by_page[_place(template, field)[0]].append(field)
    found: dict[str, str] = {}
    for page, fields in by_page.items():
        if all(field.label for field in fields):
            continue
        words = tuple(Words(line.text, line.place) for line in lines[page])
        survey = Survey(DocumentFacts(), {}, words={page: words})
        subject = Subject(replace(template, fields=tuple(fields)), survey, boxes, typefaces)
        for field in fields:
            if not field.label and (label := suggested_label(subject, field)):
                found[field.name] = label
    return found


def _captions(
    template: Template, shown: Sequence[Field], lines: _Lines
) -> dict[tuple[str, str], str]:
    boxes: dict[int, list[Rect]] = defaultdict(list)
    for field in shown:
        for widget in field.widgets:
            if widget.visible:
                boxes[widget.page].append(template.pages[widget.page].shown(widget.rect))
    found: dict[tuple[str, str], str] = {}
    for field in shown:
        for number in {widget.page for widget in field.widgets if field.on_states}:
            page = template.pages[number]
            for state, words in button_captions(field, page, lines[number], boxes[number]).items():
                found.setdefault((field.name, state), words)
    return found
