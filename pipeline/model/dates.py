"""Dates and times as Acrobat's patterns write them (``dd-mm-yyyy``, ``h:MM tt`` …)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

DATE_PATTERNS = (
    "m/d", "m/d/yy", "mm/dd/yy", "mm/yy", "d-mmm", "d-mmm-yy", "dd-mmm-yy", "yy-mm-dd",
    "mmm-yy", "mmmm-yy", "mmm d, yyyy", "mmmm d, yyyy", "m/d/yy h:MM tt", "m/d/yy HH:MM",
)  # fmt: skip
"""``AFDate_Format(n)``: the patterns that n stands for."""

TIME_PATTERNS = ("HH:MM", "h:MM tt", "HH:MM:ss", "h:MM:ss tt")
"""``AFTime_Format(n)``."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TOKEN = re.compile(r"d{1,4}|m{1,4}|yyyy|yy|HH|H|hh|h|MM|M|ss|s|tt|t")
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class DatePattern:
    """``parse`` is lenient in separators and zeros, strict about the calendar and the order."""

    pattern: str

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(TOKEN.findall(self.pattern))

    def show(self, moment: datetime) -> str:
        return TOKEN.sub(lambda match: _write(match.group(), moment), self.pattern)

    def parse(self, text: str) -> datetime | None:
        """The moment that ``text`` names in this pattern's order, or in ISO 8601; else ``None``."""
        text = text.strip()
        iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
        if iso and {"d", "m", "y"} <= {token[0] for token in self.tokens}:
            return _moment(dict(zip("ymd", map(int, iso.groups()), strict=True)))
        words = re.findall(r"\d+|[^\W\d_]+", text)
        tokens = [token for token in self.tokens if token not in ("ddd", "dddd")]
        if "tt" not in tokens and "t" not in tokens and len(words) != len(tokens):
            words = [word for word in words if not _is_day_name(word)]
        if len(words) != len(tokens):
            return None
        parts: dict[str, int] = {}
        for token, word in zip(tokens, words, strict=True):
            part = _read(token, word)
            if part is None:
                return None
            parts[token if token in ("M", "MM") else token[0]] = part
        return _moment(parts)


def iso_date(pattern: DatePattern, raw: str) -> date | None:
    """The calendar date that a raw value of this pattern names."""
    moment = pattern.parse(raw)
    return None if moment is None else moment.date()


def _write(token: str, moment: datetime) -> str:
    hour12 = moment.hour % 12 or 12
    noon = "am" if moment.hour < 12 else "pm"
    written = {
        "d": f"{moment.day}", "dd": f"{moment.day:02}",
        "ddd": _DAYS[moment.weekday()][:3], "dddd": _DAYS[moment.weekday()],
        "m": f"{moment.month}", "mm": f"{moment.month:02}",
        "mmm": MONTHS[moment.month - 1][:3], "mmmm": MONTHS[moment.month - 1],
        "yy": f"{moment.year % 100:02}", "yyyy": f"{moment.year:04}",
        "H": f"{moment.hour}", "HH": f"{moment.hour:02}",
        "h": f"{hour12}", "hh": f"{hour12:02}",
        "M": f"{moment.minute}", "MM": f"{moment.minute:02}",
        "s": f"{moment.second}", "ss": f"{moment.second:02}",
        "t": noon[0], "tt": noon,
    }  # fmt: skip
    return written[token]


def _is_day_name(word: str) -> bool:
    return any(word.lower() in (day.lower(), day[:3].lower()) for day in _DAYS)


def _read(token: str, word: str) -> int | None:
    if token in ("t", "tt"):
        return {"a": 0, "am": 0, "p": 12, "pm": 12}.get(word.lower())
    if token in ("mmm", "mmmm") and not word.isdecimal():
        for number, month in enumerate(MONTHS, 1):
            if word.lower() in (month.lower(), month[:3].lower()):
                return number
        return None
    if not (word.isascii() and word.isdecimal()):
        return None
    if token == "yyyy":
        return int(word) if len(word) == 4 else None
    if token == "yy":
        if len(word) == 4:
            # Of another century the two digits that are kept would mean another year.
            return int(word) if 1950 <= int(word) < 2050 else None
        # Two digits are read as Acrobat reads them: below fifty this century.
        return (2000 if int(word) < 50 else 1900) + int(word) if len(word) == 2 else None
    return int(word) if len(word) <= 2 else None


def _moment(parts: dict[str, int]) -> datetime | None:
    hour = parts.get("H", parts.get("h", 0))
    if "t" in parts:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + parts["t"]
    try:
        return datetime(  # noqa: DTZ001 - a form's date has no time zone
            parts.get("y", _LEAP_YEAR),
            parts.get("m", 1),
            parts.get("d", 1),
            hour,
            parts.get("MM", parts.get("M", 0)),
            parts.get("s", 0),
        )
    except ValueError:
        return None
