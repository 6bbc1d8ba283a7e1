"""Whether each text stands in its own box, by readers that wrote none of it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.corpus.readers import Char, Reading
from benchmarks.corpus.wanted import WantedText
from pipeline.model.geometry import Page

_SLACK = 1.0
"""Points that a character's middle may stand outside its box."""

_SAME_PLACE = 0.6
_SAME_LINE = 3.0


@dataclass
class Verdict:
    """``found`` counts texts by the reader that found them; the others with what stands there."""

    found: dict[str, int] = field(default_factory=dict)
    missed: list[tuple[WantedText, str]] = field(default_factory=list)


def judge(
    wanted: Sequence[WantedText],
    seen: Sequence[tuple[str, Reading, Reading]],
    pages: Sequence[Page],
) -> Verdict:
    """``seen`` has for each reader its name, the final PDF and the blank one as it reads them."""
    verdict = Verdict()
    open_ = list(wanted)
    said: dict[WantedText, str] = {}
    for name, final, blank in seen:
        left = []
        for each in open_:
            inside = standing_in(each, final[each.page], blank[each.page], pages[each.page])
            if says(inside, each, pages[each.page]):
                verdict.found[name] = verdict.found.get(name, 0) + 1
            else:
                left.append(each)
                said.setdefault(each, "".join(char.text for char in inside))
        open_ = left
    verdict.missed = [(each, said[each]) for each in open_]
    return verdict


def standing_in(
    wanted: WantedText, final: Iterable[Char], blank: Iterable[Char], page: Page
) -> list[Char]:
    """The characters in the box that the blank page has not."""
    box = page.shown(wanted.box)
    printed = [char for char in blank if box.contains(char.x, char.y, 2 * _SLACK)]
    return [
        char
        for char in final
        if box.contains(char.x, char.y, _SLACK) and not any(_same(char, other) for other in printed)
    ]


def says(inside: Sequence[Char], wanted: WantedText, page: Page) -> bool:
    """In the reader's own order, else line by line as the turned box reads."""
    text = bare(wanted.text)
    found = bare("".join(char.text for char in inside))
    if text in found:
        return True
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        # Readers give text that turns in orders of their own: at least all of it must be there.
        return not Counter(_unmirrored(text)) - Counter(_unmirrored(found))
    turned = (page.rotation - wanted.rotation) % 360
    return text in bare("".join(char.text for char in _in_lines(inside, turned)))


def bare(text: str) -> str:
    """Without white space and what cannot be seen; ligatures taken apart."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(
        char for char in text if not char.isspace() and unicodedata.category(char)[0] != "C"
    )


def _unmirrored(text: str) -> str:
    return "".join("|" if unicodedata.category(char) in ("Ps", "Pe") else char for char in text)


def _same(one: Char, other: Char) -> bool:
    return (
        one.text == other.text
        and abs(one.x - other.x) < _SAME_PLACE
        and abs(one.y - other.y) < _SAME_PLACE
    )


def _in_lines(chars: Sequence[Char], turned: int) -> list[Char]:
    """Sorted by line, then along it; ``turned`` degrees clockwise is how the text lies."""

    def place(char: Char) -> tuple[float, float]:
        match turned:
            case 90:
                return -char.x, char.y
            case 180:
                return -char.y, -char.x
            case 270:
                return char.x, -char.y
            case _:
                return char.y, char.x

    lines: list[list[Char]] = []
    for char in sorted(chars, key=place):
        if lines and abs(place(lines[-1][0])[0] - place(char)[0]) < _SAME_LINE:
            lines[-1].append(char)
        else:
            lines.append([char])
    return [char for line in lines for char in sorted(line, key=lambda each: place(each)[1])]
