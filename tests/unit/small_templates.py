"""Templates of the model alone: no PDF behind them."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.definition import parse_definition
from pipeline.model.field import Field, Widget
from pipeline.model.geometry import Page, Rect
from pipeline.model.template import Template

PAGE = Page(0, Rect(0, 0, 600, 800))
SHOWN = Widget(0, 0, Rect(0, 0, 100, 20))


def template(*fields: Field, definition: str = "", order: tuple[str, ...] = ()) -> Template:
    """Fields that say nothing of a place get one widget on the only page."""
    placed = tuple(each if each.widgets else replace(each, widgets=(SHOWN,)) for each in fields)
    return Template(
        "digest", (PAGE,), placed, calculation_order=order, definition=parse_definition(definition)
    )
