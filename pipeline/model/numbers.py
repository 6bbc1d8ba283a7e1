"""Decimal numbers as Acrobat's ``sepStyle`` writes them and as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

_SEPARATORS = {0: (",", "."), 1: ("", "."), 2: (".", ","), 3: ("", ","), 4: ("'", ".")}
"""sepStyle: (groups, decimals)."""

_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_LARGEST_DIGITS = 40

EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
"""Wide enough that nothing which ``decimal_of`` gives is rounded unasked."""


def decimal_of(raw: str) -> Decimal | None:
    """The number that a raw value is, or ``None``. No exponents, no infinities."""
    text = raw.strip()
    if len(text) > _LARGEST_DIGITS or not text.isascii() or not _PLAIN.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern admits numbers only
        return None


def plain(number: Decimal) -> str:
    """The one way a number is kept: a point, no exponent, no zeros that say nothing."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """The arguments of ``AFNumber_Format``.

    ``neg_style``: 0 minus, 1 red, 2 parentheses, 3 red parentheses (the colour is not honoured).
    """

    decimals: int
    sep_style: int = 0
    neg_style: int = 0
    currency: str = ""
    prepend: bool = True

    @property
    def decimal_separator(self) -> str:
        return _SEPARATORS.get(self.sep_style, _SEPARATORS[0])[1]

    @property
    def group_separator(self) -> str:
        return _SEPARATORS.get(self.sep_style, _SEPARATORS[0])[0]

    def show(self, number: Decimal) -> str:
        """As the page shows it: rounded half up, grouped, with currency and sign."""
        rounded = number.quantize(Decimal(1).scaleb(-self.decimals), context=EXACT)
        whole, _, fraction = f"{rounded.copy_abs():f}".partition(".")
        if self.group_separator:
            whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", self.group_separator, whole)
        text = whole + (self.decimal_separator + fraction if fraction else "")
        text = self.currency + text if self.prepend else text + self.currency
        if rounded >= 0:
            return text
        # Acrobat's negStyle 1 shows a negative in red and without a sign; without the colour the
        # sign must stay, or the amount would be another one.
        return f"({text})" if self.neg_style in (2, 3) else f"-{text}"

    def read(self, text: str) -> Decimal | None:
        """What ``show`` wrote."""
        bare = text.strip()
        if self.currency:
            bare = bare.replace(self.currency, "", 1).strip()
        negative = bare.startswith("-") or (bare.startswith("(") and bare.endswith(")"))
        bare = bare.lstrip("-").strip("()").strip()
        if self.currency:
            bare = bare.replace(self.currency.strip(), "", 1).strip()
        if self.group_separator and re.fullmatch(self._grouped(), bare):
            bare = bare.replace(self.group_separator, "")
        number = decimal_of(bare.replace(self.decimal_separator, "."))
        return number.copy_negate() if number is not None and negative else number

    def parse(self, text: str) -> Decimal | None:
        """What a person typed or a PDF's V holds: a point or a comma, groups only in full.

        A text that could be both a grouped whole number and a decimal (``1.234`` where groups
        have points) is the grouped number if the format shows fewer than three decimals.
        """
        bare = re.sub(r"[\s\u00a0\u202f]", "", text)
        if self.currency:
            bare = bare.replace(re.sub(r"\s", "", self.currency), "", 1)
        if bare.startswith("(") and bare.endswith(")"):
            bare = "-" + bare[1:-1]
        body = bare.lstrip("+-")
        if not body or bare.count("-") > 1 or "+-" in bare or "-+" in bare:
            return None
        if self.group_separator and re.fullmatch(self._grouped(), body):
            could_be_plain = decimal_of(body) is not None
            if not could_be_plain or self.decimals < 3 or self.group_separator != ".":
                body = body.replace(self.group_separator, "").replace(self.decimal_separator, ".")
        elif body.count(",") == 1 and "." not in body:
            body = body.replace(",", ".")
        number = decimal_of(body)
        return number.copy_negate() if number is not None and bare.startswith("-") else number

    def _grouped(self) -> str:
        group, decimal = re.escape(self.group_separator), re.escape(self.decimal_separator)
        return rf"[1-9]\d{{0,2}}({group}\d{{3}})+({decimal}\d*)?"
