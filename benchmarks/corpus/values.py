"""Hard values for each kind of field: the hardest first, then plainer ones to fall back on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zlib import crc32

from pipeline.model.field import Field, FieldType, Option
from pipeline.model.formats import DateFormat, MaskFormat, NumberFormat, PercentFormat
from pipeline.model.numbers import plain


@dataclass(frozen=True, slots=True)
class Alphabet:
    """``words`` for a line, ``paragraphs`` for an area, ``letters`` for cells of a character."""

    words: str
    paragraphs: str
    letters: str


ALPHABETS = {
    "western": Alphabet(
        "Zoë Łódź Ωδ kwam één keer naar Ťilsit – Ñandú, Ştefan & Ærø; ",
        "Zoë Łódź schreef:\nΩδ is één antwoord – ’t tweede volgt.\n\n"
        "Ťilsit, Ñandú en Ştefan (Ærø) lazen het; daarna kwam er een lange regel zonder einde.\n",
        "ŁódźΩδéŞÆøÑťğŽçß",
    ),
    "eastern": Alphabet(
        "Nguyễn Thị Ước, Київ – Їжак, Москва, Αθήνα ὦ, İstanbul & Győr; ",
        "Nguyễn Thị Ước:\nКиїв – Їжак у лісі.\n\n"
        "Αθήνα, İstanbul en Győr (Ґанок) lazen het; daarna kwam er een lange regel.\n",
        "ЇжакỄướƠĐΩğŐЩю",
    ),
    "right-to-left": Alphabet(
        "محمد علي كتب 12 رسالة, שלום עולם (Zoë) ",
        "محمد علي كتب:\nשלום עולם\n\nرسالة من 12 سطر (Zoë) ثم سطر طويل جدا بلا نهاية\n",
        "محمدعليשלוםعולם",
    ),
}

_LINE, _AREA, _MOST = 60, 360, 2_000
_MOMENTS = (datetime(2024, 2, 29, 13, 45, 59), datetime(2026, 12, 1, 1, 2, 3))  # noqa: DTZ001
_PLAIN_MASK = str.maketrans("9AXO", "1Bx0")


def candidates(field: Field, alphabet: Alphabet = ALPHABETS["western"]) -> list[object]:
    """Raw values for a fillable field, none twice; empty where nothing can be chosen."""
    match field.type:
        case FieldType.CHECKBOX:
            several = len(field.on_states) > 1
            found: Iterator[object] = iter([_one_of(field) if several else True])
        case FieldType.RADIO:
            found = iter([_one_of(field)] if field.on_states else [])
        case FieldType.CHOICE:
            found = _choices(field, alphabet)
        case _:
            found = _formatted(field, alphabet)
    kept: list[object] = []
    for each in found:
        if each not in kept and each != "":
            kept.append(each)
    return kept


def _one_of(field: Field) -> str:
    """Not always the last: by the name, so that every run takes the same one."""
    return field.on_states[crc32(field.name.encode()) % len(field.on_states)]


def _choices(field: Field, alphabet: Alphabet) -> Iterator[object]:
    options = [option for option in field.options if option.export]
    telling = [option for option in options if option.display.strip()] or options
    exports = [option.export for option in sorted(telling, key=_hardness, reverse=True)]
    if field.multi_select:
        in_order = [option.export for option in telling]
        yield list(
            dict.fromkeys([*in_order[:1], *in_order[len(in_order) // 2 :][:1], *in_order[-1:]])
        )
        yield from ([export] for export in exports)
        return
    if field.editable:
        yield from _texts(field, alphabet)
    yield from exports


def _hardness(option: Option) -> tuple[int, int]:
    """Characters beyond ASCII, then length."""
    return sum(not char.isascii() for char in option.display), len(option.display)


def _formatted(field: Field, alphabet: Alphabet) -> Iterator[object]:
    match field.format:
        case NumberFormat(style):
            yield from _numbers(field, style.decimals)
        case PercentFormat(style):
            yield from _numbers(field, style.decimals + 2)
        case DateFormat(pattern):
            yield from (pattern.show(moment) for moment in _MOMENTS)
        case MaskFormat(masks):
            hard = str.maketrans("9AXO", "7" + alphabet.letters[:3])
            for table in (hard, _PLAIN_MASK):
                yield from (mask.translate(table) for mask in masks)
        case _:
            yield from _texts(field, alphabet)


def _numbers(field: Field, decimals: int) -> Iterator[str]:
    bounds = field.range
    wanted = [Decimal("-1234567.891234"), Decimal("98765.4321"), Decimal("19.25")]
    wanted += [Decimal(15), Decimal(1), Decimal(0)]
    if bounds is not None:
        ends = [end for end in (bounds.minimum, bounds.maximum) if end is not None]
        wanted = [sum(ends, Decimal(0)) / len(ends), *ends, *wanted] if ends else wanted
    for number in wanted:
        raw = plain(number.quantize(Decimal(1).scaleb(-decimals)))
        if bounds is None or bounds.holds(raw):
            yield raw


def _texts(field: Field, alphabet: Alphabet) -> Iterator[str]:
    """The maximum length where there is one; then half of it, and half of that, down to one."""
    usual = _AREA if field.multiline else _LINE
    most = min(field.max_len or usual, _MOST)
    source = alphabet.paragraphs if field.multiline else alphabet.words
    if field.comb or most <= len(alphabet.letters):
        source = alphabet.letters
    length = most
    while length:
        yield _cut(source, length)
        length //= 2
    if field.comb:
        yield "1" * most
    yield from ("12"[:most], "i")


def _cut(source: str, length: int) -> str:
    """``length`` characters, none of them a blank at either end."""
    text = (source * (length // len(source) + 1))[:length]
    bare = text.rstrip()
    return bare + "ž" * (length - len(bare))
