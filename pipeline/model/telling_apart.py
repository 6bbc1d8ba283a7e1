"""What tells fields of the same label apart: the heading above, the row they stand in, a number.

A form says “Total” in every table, and the page around it says which one is meant. Whoever reads a
list of fields, or hears their names, does not see that page. WCAG 2.2, 2.4.6.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.model.field import Field
from pipeline.model.geometry import Rect
from pipeline.model.outline import Outline, Section
from pipeline.model.template import Template

_LONGEST_LEAD = 60
"""Characters of a label that still serves to name a row."""


def contexts(template: Template, outline: Outline) -> Mapping[str, str]:
    """By the names of the fields that share their label with others on the form's pages.

    The shortest words that only one of them has: the title of its section, the label that begins
    its row, these with the title of the section above; else its number among them.
    """
    shown = [field for field in template.fields if field.holds_data and field.visible]
    alike: dict[str, list[Field]] = defaultdict(list)
    for field in shown:
        alike[_plain(outline.label_of(field))].append(field)
    if len(alike) == len(shown):
        return {}
    titles = {name: above for above, section in _headed(outline) for name in section.fields}
    leads = _leads(template, outline, shown, {key for key, each in alike.items() if len(each) > 1})
    found: dict[str, str] = {}
    for fields in alike.values():
        if len(fields) > 1:
            found.update(_told_apart([each.name for each in fields], titles, leads))
    return {field.name: found[field.name] for field in shown if field.name in found}


def _told_apart(
    names: Sequence[str], titles: Mapping[str, tuple[str, ...]], leads: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """In words that only one of ``names`` has; where there are none, by number."""
    candidates = [_words(titles.get(name, ()), leads.get(name, "")) for name in names]
    had = [Counter(rank) for rank in zip(*candidates, strict=True)]
    for at, (name, words) in enumerate(zip(names, candidates, strict=True)):
        only = (each for each, counted in zip(words, had, strict=True) if counted[each] == 1)
        yield name, next(filter(None, only), f"{at + 1}/{len(names)}")


def _words(above: tuple[str, ...], lead: str) -> tuple[str, ...]:
    """From few words to more; as many for each field."""
    own, parent = _joined(*above[-1:]), _joined(*above[-2:])
    return own, lead, parent, _joined(own, lead), _joined(parent, lead)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _headed(outline: Outline) -> Iterator[tuple[tuple[str, ...], Section]]:
    """Each section with the titles from the top to its own."""
    above: list[Section] = []
    for section in outline.sections:
        above = [each for each in above if each.level < section.level]
        above.append(section)
        yield tuple(each.title for each in above if each.title), section


def _leads(
    template: Template, outline: Outline, shown: Sequence[Field], alike: set[str]
) -> dict[str, str]:
    """By field the label of the one that begins its row: the last before it in the template's order
    that shares its label with nobody, on the same height."""
    found: dict[str, str] = {}
    lead: tuple[str, int, Rect] | None = None
    for field in shown:
        page, box = _place(template, field)
        label = outline.label_of(field)
        if _plain(label) not in alike:
            lead = (label, page, box) if len(label) <= _LONGEST_LEAD else None
        elif lead is not None and lead[1] == page and _meets(lead[2], box):
            found[field.name] = lead[0]
    return found


def _meets(one: Rect, other: Rect) -> bool:
    """Whether two boxes share at least half the height of the lower one: then they are one row."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return 2 * shared >= min(one.height, other.height)


def _place(template: Template, field: Field) -> tuple[int, Rect]:
    widget = next(each for each in field.widgets if each.visible)
    return widget.page, template.pages[widget.page].shown(widget.rect)


def _plain(label: str) -> str:
    return " ".join(label.casefold().split())
