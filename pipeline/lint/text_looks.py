"""The font and colour that an answer is set with. ISO 32000-2, 12.7.4.3."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.lint.contrast import WHITE, contrast, operands, rgb
from pipeline.lint.finding import Finding, at_field
from pipeline.lint.subject import Subject, is_textual
from pipeline.model.field import Field, Widget

LEAST, LEAST_FOR_LARGE, LARGE = 4.5, 3.0, 18.0
"""Contrast ratios, and the size in points from which text is large. WCAG 2.2, 1.4.3."""


def look_findings(subject: Subject) -> Iterator[Finding]:
    used: dict[str, Field] = {}
    for field in subject.seen:
        if not is_textual(field):
            continue
        widget = next(each for each in field.widgets if each.visible)
        resource = widget.style.font
        if not resource:
            yield at_field("no_default_appearance", field)
        elif resource not in subject.survey.fonts:
            yield at_field("font_missing", field, font=resource)
        else:
            used.setdefault(resource, field)
        yield from _contrast(subject, field)
    for resource, field in used.items():
        yield from _font(subject, resource, field)


def _font(subject: Subject, resource: str, field: Field) -> Iterator[Finding]:
    """Once for each font: ``field`` is the first that uses it."""
    font = subject.survey.fonts[resource]
    told = {"font": resource, "base_font": font.base_font, "first": field.name}
    if not font.usable:
        yield Finding("font_replaced", data=told)
    elif not font.embedded:
        code = "standard_font_not_embedded" if font.standard else "font_not_embedded"
        yield Finding(code, data=told)


def _contrast(subject: Subject, field: Field) -> Iterator[Finding]:
    for widget in field.widgets:
        ratio = _ratio(subject, widget) if widget.visible else None
        if ratio is None:
            continue
        large = widget.style.font_size >= LARGE
        if ratio < LEAST_FOR_LARGE:
            yield at_field("contrast_too_low", field, widget, ratio=f"{ratio:.1f}")
            return
        if ratio < LEAST and not large:
            yield at_field("contrast_low", field, widget, ratio=f"{ratio:.1f}")
            return


def _ratio(subject: Subject, widget: Widget) -> float | None:
    ink = rgb(operands(widget.style.colour))
    paper = rgb(widget.style.background) or subject.survey.backgrounds.get(
        (widget.page, widget.order), WHITE
    )
    return None if ink is None else contrast(ink, paper)
