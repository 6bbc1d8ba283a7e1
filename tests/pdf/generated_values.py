"""Plans of forms, with values that they accept: the strategies behind the round-trip laws."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

from hypothesis import strategies as st

from pipeline.model.dates import DatePattern
from tests.pdf import small_forms
from tests.pdf.generated_forms import FieldPlan, FormPlan, PagePlan, Spot
from tests.pdf.generated_texts import lines, words
from tests.pdf.small_forms import COMB, COMBO, EDIT, HIDDEN, MULTI_SELECT, NO_VIEW, PRINT, READ_ONLY

DATES = (
    "dd-mm-yyyy",
    "d/m/yy",
    "yyyy-mm-dd",
    "mmmm d, yyyy",
    "d-mmm-yy",
    "mm/yy",
    "dd.mm.yyyy HH:MM",
)
TIMES = ("HH:MM", "h:MM tt", "HH:MM:ss")
MASKS = {"9999 AA": "1234 éX", "AA-99": "Łd-09", "XX/OO": "!é/a1"}


@dataclass(frozen=True)
class Case:
    """``values`` are raw: as typed, only for some of the fields."""

    plan: FormPlan
    values: dict[str, object]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    pages = tuple(
        PagePlan(
            draw(st.sampled_from([0, 0, 90, 180, 270])),
            draw(st.sampled_from([(0.0, 0.0), (-50.0, 30.5)])),
            draw(st.sampled_from([0.0, 0.0, 12.0])),
        )
        for _ in range(draw(st.integers(1, 3)))
    )
    makers = (_text, _text, _formatted, _checkbox, _radio, _combo, _list_box)
    fields, values = [], {}
    for number in range(draw(st.integers(1, 6))):
        plan, value = draw(st.sampled_from(makers))(draw, len(pages))
        plan = _named(draw, plan, number)
        fields.append(plan)
        if draw(st.integers(0, 9)) and not plan.flags & READ_ONLY:
            values[plan.name] = value
    amounts = [each.name for each in fields if "AFNumber" in each.scripts.get("F", "")]
    if amounts and draw(st.integers(0, 1)):
        fields.append(_total(draw, len(pages), amounts))
    return Case(FormPlan(pages, tuple(fields)), values)


def _total(draw: st.DrawFn, pages: int, amounts: list[str]) -> FieldPlan:
    """A field that the form works out."""
    operation = draw(st.sampled_from(["SUM", "AVG", "MAX", "PRD"]))
    names = ", ".join(f'"{name}"' for name in amounts)
    scripts = {
        "F": 'AFNumber_Format(2, 2, 0, 0, "€ ", true);',
        "C": f'AFSimple_Calculate("{operation}", new Array ({names}));',
    }
    spots = _spots(draw, pages, (200.0, 14.0))
    return _look(draw, FieldPlan("totaal", "text", spots, READ_ONLY, scripts=scripts))


def _named(draw: st.DrawFn, plan: FieldPlan, number: int) -> FieldPlan:
    partial = draw(st.sampled_from(["naam", "veld 1", "Łódź", "a#b", "[0]", "שם"]))
    group = draw(st.sampled_from(["", "", "g{}.", "een{}.twee."])).format(number)
    return replace(
        plan,
        name=f"{group}{partial}{number}",
        handed_down=draw(st.booleans()) if group else False,
        merged=draw(st.booleans()),
        twins=plan.kind != "radio" and draw(st.integers(0, 5)) == 0,
        reached=bool(draw(st.integers(0, 9))),
        border=draw(st.sampled_from([None, (1.0, "S"), (2.0, "B"), (3.0, "D"), (0.0, "S")])),
    )


def _spots(
    draw: st.DrawFn, pages: int, size: tuple[float, float], states: tuple[str, ...] = ("",)
) -> tuple[Spot, ...]:
    """One widget for each state, and now and then more of them."""
    wanted = [*states, *draw(st.lists(st.sampled_from(states), max_size=2))]
    return tuple(
        Spot(
            draw(st.integers(0, pages - 1)),
            size,
            draw(st.sampled_from([0, 0, 0, 90, 180, 270])),
            draw(st.sampled_from([PRINT, PRINT, PRINT, PRINT, 0, PRINT | HIDDEN, PRINT | NO_VIEW])),
            state,
            draw(st.booleans()),
        )
        for state in wanted
    )


def _look(draw: st.DrawFn, plan: FieldPlan) -> FieldPlan:
    return replace(
        plan,
        size=draw(st.sampled_from([0.0, 0.0, 7.5, 9.0, 12.0, 30.0])),
        font=draw(st.sampled_from(["Helv", "Helv", "TiRo", "Nergens"])),
        quadding=draw(st.sampled_from([0, 1, 2])),
    )


def _text(draw: st.DrawFn, pages: int) -> tuple[FieldPlan, object]:
    sort = draw(st.sampled_from(["line", "line", "lines", "comb", "password"]))
    flags = {"lines": small_forms.MULTILINE, "comb": COMB, "password": small_forms.PASSWORD}.get(
        sort, 0
    )
    most = (
        draw(st.integers(1, 12)) if sort == "comb" else draw(st.sampled_from([None, None, 5, 40]))
    )
    tall = draw(st.sampled_from([30.0, 90.0])) if sort == "lines" else draw(st.floats(11, 30))
    value = draw(lines() if sort == "lines" else words(most or 25))
    plan = FieldPlan("", "text", _spots(draw, pages, (draw(st.floats(60, 380)), tall)), flags, most)
    if draw(st.integers(0, 4)) == 0:
        fixed = draw(st.sampled_from([0, 0, READ_ONLY]))
        plan = replace(plan, preset="Eerder ingevuld"[:most], flags=plan.flags | fixed)
    return _look(draw, plan), _within(value, most)


def _within(value: str, most: int | None) -> str:
    """No longer than MaxLen, and no mark without its letter at the end."""
    if most is None:
        return value
    return unicodedata.normalize("NFC", value)[:most]


def _formatted(draw: st.DrawFn, pages: int) -> tuple[FieldPlan, object]:
    sort = draw(st.sampled_from(["number", "percent", "date", "time", "mask", "range"]))
    moment = draw(st.datetimes(datetime(1951, 1, 1), datetime(2049, 12, 31)))
    decimals = draw(st.integers(0, 4))
    number = draw(st.decimals(-(10**7), 10**7, places=decimals))
    typed = f"{number:f}"
    match sort:
        case "number" | "range":
            style = draw(st.integers(0, 4))
            currency = draw(st.sampled_from(["", "€ ", " EUR", "$", "kr."]))
            prepend = str(draw(st.booleans())).lower()
            negative = draw(st.integers(0, 3))
            call = f'{decimals}, {style}, {negative}, 0, "{currency}", {prepend}'
            scripts = {"F": f"AFNumber_Format({call});", "K": f"AFNumber_Keystroke({call});"}
            if sort == "range":
                scripts["V"] = f"AFRange_Validate(true, {min(number, 0)}, true, {max(number, 0)});"
            value = typed.replace(".", ",") if style in (2, 3) else typed
        case "percent":
            scripts = {"F": f"AFPercent_Format({decimals}, {draw(st.integers(0, 3))});"}
            value = draw(st.sampled_from([typed, typed + "%"]))
        case "date":
            pattern = draw(st.sampled_from(DATES))
            scripts = {"F": f'AFDate_FormatEx("{pattern}");'}
            value = DatePattern(pattern).show(moment)
        case "time":
            pattern = draw(st.sampled_from(TIMES))
            scripts = {"K": f'AFTime_FormatEx("{pattern}");'}
            value = DatePattern(pattern).show(moment)
        case _:
            mask = draw(st.sampled_from(sorted(MASKS)))
            scripts, value = {"K": f'AFSpecial_KeystrokeEx("{mask}");'}, MASKS[mask]
    spots = _spots(draw, pages, (draw(st.floats(90, 300)), draw(st.floats(12, 24))))
    return _look(draw, FieldPlan("", "text", spots, scripts=scripts)), value


STATES = st.sampled_from(["Yes", "1", "0", "Ja nee", "Łódź", "a#b", "On", "true", "שם"])


def _checkbox(draw: st.DrawFn, pages: int) -> tuple[FieldPlan, object]:
    states = tuple(draw(st.lists(STATES, min_size=1, max_size=3, unique=True)))
    plan = FieldPlan("", "checkbox", _spots(draw, pages, (16.0, 14.0), states))
    if draw(st.integers(0, 4)) == 0:
        plan = replace(plan, preset=states[0])
    choices: list[object] = [False, True, "", *states]
    return plan, draw(st.sampled_from(choices))


def _radio(draw: st.DrawFn, pages: int) -> tuple[FieldPlan, object]:
    states = tuple(draw(st.lists(STATES, min_size=1, max_size=4, unique=True)))
    flags = draw(st.sampled_from([0, small_forms.RADIOS_IN_UNISON, small_forms.NO_TOGGLE_TO_OFF]))
    plan = FieldPlan("", "radio", _spots(draw, pages, (16.0, 14.0), states), flags, merged=False)
    if draw(st.integers(0, 2)) == 0:
        plan = replace(plan, exports=tuple(f"keuze {spot.state}" for spot in plan.spots))
    if draw(st.integers(0, 4)) == 0:
        plan = replace(plan, preset=states[-1])
    return plan, draw(st.sampled_from(["", *states, *plan.exports]))


def _options(draw: st.DrawFn) -> tuple[tuple[str, str], ...]:
    exports = draw(
        st.lists(st.sampled_from(["a", "b", "ż", "0", "1", "Łódź", "x-y"]), min_size=1, unique=True)
    )
    shown = st.sampled_from(
        ["Appel", "Peer, zoet", "Żurawina", "Ωδ", "מילה", "0", "De (rode) kers"]
    )
    pairs = draw(st.booleans())
    return tuple((export, draw(shown) if pairs else export) for export in exports)


def _combo(draw: st.DrawFn, pages: int) -> tuple[FieldPlan, object]:
    options = _options(draw)
    editable = draw(st.booleans())
    spots = _spots(draw, pages, (draw(st.floats(60, 200)), draw(st.floats(12, 24))))
    plan = FieldPlan("", "choice", spots, COMBO | (EDIT if editable else 0), options=options)
    listed = st.sampled_from(["", *(text for option in options for text in option)])
    value = draw(st.one_of(listed, words(20)) if editable else listed)
    if draw(st.integers(0, 4)) == 0:
        plan = replace(plan, preset=options[0][0])
    return _look(draw, plan), value


def _list_box(draw: st.DrawFn, pages: int) -> tuple[FieldPlan, object]:
    options = _options(draw)
    several = draw(st.booleans())
    spots = _spots(draw, pages, (draw(st.floats(60, 200)), 80.0))
    plan = FieldPlan("", "choice", spots, MULTI_SELECT if several else 0, options=options)
    exports = [export for export, _ in options]
    chosen = draw(st.lists(st.sampled_from(exports), unique=True, max_size=None if several else 1))
    return _look(draw, plan), chosen if several else "".join(chosen)
