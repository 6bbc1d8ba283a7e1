"""What a form's author says about a field; everything else follows from it.

The names of the kinds are those of ISO 32000-2, 12.7.5. Lengths are code points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Need(StrEnum):
    """When a field must be answered, by the letters of the field list.

    Only REQUIRED and REQUIRED_ZERO become the Required flag (ISO 32000-2, table 227): AcroForm
    has no words for "at submission" and "if", so those stand in ``form.toml``.
    """

    REQUIRED = "R"
    REQUIRED_ZERO = "R0"
    AT_SUBMIT = "S"
    CONDITIONAL = "C"
    OPTIONAL = "O"
    CALCULATED = "B"

    @property
    def flagged(self) -> bool:
        return self in (Need.REQUIRED, Need.REQUIRED_ZERO)

    @property
    def mark(self) -> str:
        """What stands behind the label on the page; a legend explains it."""
        if self.flagged:
            return "*"
        return "**" if self is Need.AT_SUBMIT else ""


@dataclass(frozen=True, slots=True)
class Option:
    """``export`` is kept, ``display`` is shown."""

    export: str
    display: str


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A terminal field: ``name`` fully qualified, ``label`` its alternate name (TU).

    ``caption`` is what the page shows where a heading already says half of the label; ``note``
    the yellow instruction that shows on screens only.
    """

    name: str
    label: str
    need: Need = field(default=Need.REQUIRED, kw_only=True)
    note: str = field(default="", kw_only=True)
    caption: str = field(default="", kw_only=True)

    @property
    def printed(self) -> str:
        """The words beside or above the box."""
        return self.caption or self.label

    @property
    def required(self) -> bool:
        return self.need.flagged

    @property
    def read_only(self) -> bool:
        return self.need is Need.CALCULATED


@dataclass(frozen=True, slots=True)
class Text(FieldSpec):
    """``lines`` above 1 is a text area of so many lines at 9 points.

    ``widest`` is the widest character that the field's own check lets through; it decides
    whether a full field fits its box.
    """

    max_len: int
    lines: int = field(default=1, kw_only=True)
    comb: bool = field(default=False, kw_only=True)
    mask: str = field(default="", kw_only=True)
    widest: str = field(default="W", kw_only=True)
    value: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Sum:
    """AFSimple_Calculate("SUM"); every part by name, so that nothing joins in unseen."""

    parts: tuple[str, ...]

    @property
    def depends_on(self) -> tuple[str, ...]:
        return self.parts


@dataclass(frozen=True, slots=True)
class Quotient:
    """Sum of ``numerator`` over ``denominator``, times ``factor``; empty when that is 0."""

    numerator: tuple[str, ...]
    denominator: str
    factor: int = 1

    @property
    def depends_on(self) -> tuple[str, ...]:
        return (*self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Number(FieldSpec):
    """``separators`` is AFNumber_Format's sepStyle: 3 writes 1234,56 and 1 writes 1234.56.

    ``low`` and ``high`` are the ends of AFRange_Validate, both included.
    """

    max_len: int
    low: float | None = field(default=None, kw_only=True)
    high: float | None = field(default=None, kw_only=True)
    decimals: int = field(default=0, kw_only=True)
    separators: int = field(default=3, kw_only=True)
    calculation: Sum | Quotient | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Date(FieldSpec):
    """dd-mm-yyyy, as AFDate_FormatEx writes it."""

    value: str = field(default="", kw_only=True)
    max_len: int = field(default=10, kw_only=True)


@dataclass(frozen=True, slots=True)
class Checkbox(FieldSpec):
    """On-state ``Ja``. Off is an answer, so most are optional."""

    need: Need = field(default=Need.OPTIONAL, kw_only=True)


@dataclass(frozen=True, slots=True)
class Radio(FieldSpec):
    """One widget an option; the on-state is the export value. None is chosen beforehand."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Choice(FieldSpec):
    """A combo box; ``editable`` also takes what is typed. ``value`` is V and DV."""

    options: tuple[Option, ...]
    editable: bool = field(default=False, kw_only=True)
    value: str = field(default="", kw_only=True)
    max_len: int | None = field(default=None, kw_only=True)
