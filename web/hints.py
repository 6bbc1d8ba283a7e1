"""What a field takes, in words that stand beside it before anything is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby

from flask_babel import lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from pipeline.model.field import Field
from pipeline.model.formats import DateFormat, MaskFormat, NumberFormat, PercentFormat
from web.wording import pattern_in_words

_ = lazy_gettext

_KINDS: Mapping[str, LazyString] = {
    "brin": _("twee cijfers en twee letters"),
    "postcode_nl": _("vier cijfers en twee letters"),
    "phone_nl": _("tien cijfers, of +31 en negen cijfers"),
    "email": _("één e-mailadres"),
    "url": _("een webadres"),
    "house_number": _("begint met een cijfer; een toevoeging mag"),
}

_COUNTS = (
    _("één"), _("twee"), _("drie"), _("vier"),
    _("vijf"), _("zes"), _("zeven"), _("acht"),
    _("negen"), _("tien"),
)  # fmt: skip
_MOST_RUNS = 3
"""Of digits and letters that a reader still follows."""


def hint(field: Field, kind: str | None) -> str:
    """For a person who may fill it in; ``kind`` is form.toml's. Empty where anything goes."""
    match field.format:
        case DateFormat(kind="time"):
            return str(_("tijd als %(pattern)s", pattern=pattern_in_words(_pattern(field))))
        case DateFormat():
            return str(_("datum als %(pattern)s", pattern=pattern_in_words(_pattern(field))))
        case NumberFormat():
            decimals = field.format.style.decimals
            parts = filter(None, [_number(decimals), _range(field)])
            return (", " if decimals else " ").join(parts)
        case PercentFormat():
            return str(_("percentage, zoals 12%"))
        case MaskFormat():
            return _mask(field.format.masks[-1])
    if kind is not None and kind in _KINDS:
        return str(_KINDS[kind])
    return str(_("getal %(range)s", range=_range(field))) if _range(field) else ""


def _pattern(field: Field) -> str:
    return field.format.pattern.pattern if isinstance(field.format, DateFormat) else ""


def _number(decimals: int) -> str:
    if decimals == 0:
        return str(_("geheel getal"))
    if decimals == 1:
        return str(_("getal met hooguit één cijfer achter de komma"))
    return str(_("getal met hooguit %(count)s cijfers achter de komma", count=_in_words(decimals)))


def _range(field: Field) -> str:
    if field.range is None:
        return ""
    given = field.range.as_json()
    low, high = (
        None if bound is None else str(bound).replace(".", ",")
        for bound in (given["minimum"], given["maximum"])
    )
    if low is not None and high is not None:
        return str(_("van %(low)s tot en met %(high)s", low=low, high=high))
    if low is not None:
        return str(_("van %(low)s of hoger", low=low))
    return str(_("van %(high)s of lager", high=high)) if high is not None else ""


def _mask(mask: str) -> str:
    """Digits and letters are counted, in their order; any other mask is shown as it is written."""
    runs = [(sign, len(list(run))) for sign, run in groupby(re.sub(r"[^\w]", "", mask))]
    if not runs or len(runs) > _MOST_RUNS or any(sign not in "9A" for sign, _count in runs):
        return str(_("als %(mask)s: een 9 is een cijfer, een A een letter", mask=mask))
    parts = [_digits(count) if sign == "9" else _letters(count) for sign, count in runs]
    if len(parts) == 1:
        return parts[0]
    return str(_("%(first)s en %(last)s", first=", ".join(parts[:-1]), last=parts[-1]))


def _digits(count: int) -> str:
    said = ngettext("%(number)s cijfer", "%(number)s cijfers", count, number=_in_words(count))
    return str(said)


def _letters(count: int) -> str:
    said = ngettext("%(number)s letter", "%(number)s letters", count, number=_in_words(count))
    return str(said)


def _in_words(count: int) -> str:
    return str(_COUNTS[count - 1]) if count <= len(_COUNTS) else str(count)
