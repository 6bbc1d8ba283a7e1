"""Writes the profiles that stretch a form: ``python -m tests.profiles.derive``.

Each form's ``realistic.json`` is written by hand. From it and from what the form's author says of
each field follow ``full_w`` (every text at MaxLen, in the widest letter), ``full_lines`` (every
text area with two lines more than it was drawn for) and ``zero`` (0 wherever 0 is an answer).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from pdf_templates.authoring.blocks import FormPlan
from pdf_templates.authoring.fields import Checkbox, Choice, FieldSpec, Need, Number, Text
from pdf_templates.authoring.forms import FORMS as DRAWN
from tests.profiles import FORMS, Values, folder, profile_values

_FULL_PHONE = "+31 43 555 01 23"
_CHOSEN = {
    "school.concept": "anders",
    "ap1.inspectie.oordeel": "zeer_zwak",
    "profiel.schooljaar": "2026-2027",
    "ap5.ambitie.m3_jaar": "2027-2028",
    "school.soort": "sbo_so",
    "outreach.biedt": "ja",
}
"""Answers that make other fields required, so that those are full, too."""


def full_w(form: FormPlan, base: Mapping[str, str | bool]) -> Values:
    values = dict(base) | _CHOSEN
    for spec in form.fields():
        match spec:
            case Text():
                values[spec.name] = _full_text(spec)
            case Number(calculation=None):
                values[spec.name] = _full_number(spec)
            case Choice(editable=True, max_len=int(length)):
                values[spec.name] = "W" * length
            case Checkbox():
                values[spec.name] = True
    return _in_order(form, values)


def full_lines(form: FormPlan, base: Mapping[str, str | bool]) -> Values:
    values = dict(base)
    for spec in form.fields():
        if isinstance(spec, Text) and spec.lines > 1:
            lines = min((spec.max_len + 1) // 2, spec.lines + 2)
            values[spec.name] = "\n".join("x" * lines)
    return _in_order(form, values)


def zero(form: FormPlan, base: Mapping[str, str | bool]) -> Values:
    values = dict(base)
    for spec in form.fields():
        if spec.need is Need.REQUIRED_ZERO:
            values[spec.name] = "0"
    return _in_order(form, values)


def _full_text(spec: Text) -> str:
    """MaxLen characters, as wide as the field's check lets them be."""
    kind = spec.name.rsplit(".", 1)[-1]
    match kind:
        case "brin":
            return "99WW"
        case "vestiging":
            return "99"
        case "postcode":
            return "9999 WW"
        case "huisnummer":
            return "9" + "W" * (spec.max_len - 1)
        case "telefoon":
            return _FULL_PHONE
        case "email" | "contact" if spec.max_len == 100:
            return "W" * 64 + "@" + "w" * (spec.max_len - 68) + ".nl"
        case "website" | "vindplaats":
            start = "https://" + "w" * 60 + ".nl/"
            return start + "W" * (spec.max_len - len(start))
        case _:
            return "W" * spec.max_len


def _full_number(spec: Number) -> str:
    """The greatest value that has all the decimals: 199.99 rather than 200."""
    assert spec.high is not None
    step = Decimal(1).scaleb(-spec.decimals) if spec.decimals else Decimal(0)
    return str(Decimal(str(spec.high)) - step)


def _in_order(form: FormPlan, values: Mapping[str, str | bool]) -> Values:
    names = [spec.name for spec in form.fields() if not _calculated(spec)]
    return {name: values[name] for name in names if name in values}


def _calculated(spec: FieldSpec) -> bool:
    return spec.need is Need.CALCULATED


DERIVED = {"full_w": full_w, "full_lines": full_lines, "zero": zero}


def write() -> None:
    for form in FORMS:
        base = profile_values(form, "realistic")
        for name, derive in DERIVED.items():
            text = json.dumps(derive(DRAWN[form], base), ensure_ascii=False, indent=2)
            (folder(form) / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    write()
