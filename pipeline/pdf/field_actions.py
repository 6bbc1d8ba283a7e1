"""Reads a field's additional actions: format, keystroke, validate, calculate. Table 199."""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf

from pipeline.model.field import FieldType
from pipeline.model.formats import Calculation, Format, Range
from pipeline.model.scripts import (
    is_understood_format,
    parse_calculation,
    parse_format,
    parse_range,
)
from pipeline.pdf.field_node import FieldNode
from pipeline.pdf.objects import get_dictionary, text


@dataclass(frozen=True, slots=True)
class FieldActions:
    format: Format | None = None
    range: Range | None = None
    calculation: Calculation | None = None
    not_understood: tuple[str, ...] = ()


_NONE = FieldActions()
_WORDS = {"/F": "format script", "/K": "keystroke script", "/V": "validation script"}


def read_actions(node: FieldNode, field_type: FieldType) -> FieldActions:
    """The declared scripts as data; those that are not understood are named, never run."""
    scripts = _scripts(node)
    if not scripts:
        return _NONE
    formatting, keystroke = scripts.get("/F", ""), scripts.get("/K", "")
    validation, calculation = scripts.get("/V", ""), scripts.get("/C", "")
    found_format = parse_format(formatting, keystroke)
    found_range = parse_range(validation)
    found_calculation = parse_calculation(calculation)
    unknown = [
        _WORDS[key]
        for key in ("/F", "/K")
        if scripts.get(key) and not is_understood_format(scripts[key])
    ]
    if validation and found_range is None:
        unknown.append(_WORDS["/V"])
    if calculation and found_calculation is None:
        unknown.append("calculation script")
    if "/A" in scripts and field_type is not FieldType.BUTTON:
        unknown.append("script on activation")
    if field_type not in (FieldType.TEXT, FieldType.CHOICE):
        return FieldActions(not_understood=tuple(unknown))
    return FieldActions(found_format, found_range, found_calculation, tuple(unknown))


def _scripts(node: FieldNode) -> dict[str, str]:
    found: dict[str, str] = {}
    for holder in node.dictionaries():
        actions = get_dictionary(holder, "/AA")
        if actions is not None:
            for key in ("/F", "/K", "/V", "/C"):
                script = _script(get_dictionary(actions, key))
                if script:
                    found.setdefault(key, script)
        activation = _script(get_dictionary(holder, "/A"))
        if activation:
            found.setdefault("/A", activation)
    return found


def _script(action: pikepdf.Object | None) -> str:
    if action is None or action.get("/S") != "/JavaScript":
        return ""
    return (text(action.get("/JS")) or "").strip()
