"""Text of two directions on a line: what stands where, and how that is read back.

Expectations are written from the rules of Unicode Standard Annex 9, which each case names. In
examples a capital stands for a letter from right to left where that makes them easier to read.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.appearance.brackets import bracket_pairs, closing_bracket
from pipeline.appearance.direction import (
    base_level,
    has_right_to_left,
    levels_of_lines,
    reading_order,
    visual_runs,
)
from pipeline.appearance.embedding_levels import bidi_class, embedding_levels

LRM, RLM, ALM = "\u200e", "\u200f", "\u061c"
LRE, RLE, PDF, LRO, RLO = "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
MARKS = LRM + RLM + ALM + LRE + RLE + PDF + LRO + RLO + LRI + RLI + FSI + PDI

HEBREW = dict(zip("ABCDEF", "אבגדהו", strict=True))


def hebrew(text: str) -> str:
    return "".join(HEBREW.get(char, char) for char in text)


def on_the_line(text: str, base: int | None = None) -> str:
    """Left to right, as the characters stand; marks that nobody sees left out.

    ``base`` is that of a paragraph whose first line says nothing else."""
    before = {None: "", 0: LRM, 1: RLM}[base]
    standing_levels = levels_of_lines([before, text])[1]
    runs = visual_runs(text, standing_levels)
    standing = "".join(run[::-1] if back else run for run, back in runs)
    return "".join(char for char in standing if char not in MARKS)


def levels(text: str, base: int | None = None) -> str:
    """A digit a character."""
    classes = [bidi_class(char) for char in text]
    found = embedding_levels(text, classes, base_level(text) if base is None else base)
    return "".join(map(str, found))


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("", ""),
        ("abc 12,5", "abc 12,5"),
        ("אבג", "גבא"),
        ("אב 12,50 גד", "דג 12,50 בא"),
        ("אב abc גד", "דג abc בא"),
        ("abc אב גד def", "abc דג בא def"),
        ("abc אב 12 גד", "abc דג 12 בא"),
        ("אב 5%", "5% בא"),
        ("אב 06-123", "06-123 בא"),
        ("ab-גד", "ab-דג"),
        ("سلام 12/3", "12/3 مالس"),
        ("אב, abc.", ".abc ,בא"),
        ("12 אב", "בא 12"),
        ("12 abc", "12 abc"),
    ],
)
def test_what_stands_where(text: str, stands: str) -> None:
    assert on_the_line(text) == stands


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("12 אב abc", 1),
        ("12 abc אב", 0),
        ("12 - 3", 0),
        ("سلام", 1),
        (RLM + "abc", 1),
        (LRM + "אב", 0),
        (RLI + "אב" + PDI + "abc", 0),  # P2 passes over isolates
        (LRI + "abc" + PDI + "אב", 1),
        (RLI + "אב abc", 0),  # one that is not closed goes on to the end
        (RLE + "אב" + PDF + "abc", 1),  # an embedding is none
        (PDI + "אב", 1),
    ],
)
def test_the_first_strong_letter_decides_on_a_paragraph(text: str, level: int) -> None:
    assert base_level(text) == level


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # W1: a mark is as what bears it, and a neutral after an isolate's mark
        ("א\u05b0b", "112"),
        ("a\u05b0ב", "001"),
        (f"א{LRI}{PDI}\u05b0a", "11112"),
        # W2, W3: European digits after an Arabic letter are Arabic ones
        ("ل12", "122"),
        ("א12", "122"),
        ("ل1,2", "1222"),
        ("a ل 1-2", "0011212"),
        ("a א 1-2", "0011222"),
        # W4: one separator between numbers of a kind
        ("א1,2", "1222"),
        ("א1,,2", "12112"),
        ("א1+2", "1222"),
        ("ل1+2", "1212"),
        # W5: what stands before or after a number
        ("א$12%", "12222"),
        ("א% a", "1112"),
        # W6, W7: a number among letters from left to right is one of them
        ("a 12 b", "000000"),
        ("a 12 ב", "000001"),
        # N1, N2
        ("a - ב", "00001"),
        ("א - ב", "11111"),
        ("א - 1", "11112"),
        ("א - b", "11112"),
        # I1, I2
        ("aא1", "012"),
    ],
)  # fmt: skip
def test_weak_and_neutral_characters(text: str, found: str) -> None:
    assert levels(text) == found


@pytest.mark.parametrize(
    ("text", "base", "found"),
    [
        # N0 b: something inside goes as the paragraph does
        ("a (b) ב", 0, "0000001"),
        ("A (b C) D", 1, "111211111"),
        # N0 c1: only the other direction inside, and before
        ("Ab(C)", 0, "10010"),
        ("aB(C)d", 0, "011110"),
        # N0 c2: only the other direction inside, the paragraph's before
        ("a (B) c", 0, "0001000"),
        ("A(b)", 1, "1121"),
        # N0 d: nothing inside: as any neutral
        ("a() B", 0, "00001"),
        ("A()B", 0, "1111"),
        # a number counts as going from right to left
        ("A(1)B", 0, "11211"),
        # marks on a bracket go with it
        ("aB(C)\u0301d", 0, "0111110"),
        # crossed and unmatched ones
        ("aB[C(D]e)", 0, "011111100"),
        ("aB(C", 0, "0111"),
    ],
)
def test_brackets_go_as_what_they_enclose(text: str, base: int, found: str) -> None:
    assert levels(hebrew(text), base) == found


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("AB (12) CD", "DC )12( BA"),
        ("AB (abc) CD", "DC )abc( BA"),
        ("abc (AB) def", "abc (BA) def"),
        ("AB [ab CD]", "]DC ab[ BA"),
    ],
)
def test_brackets_stand_in_their_order(text: str, stands: str) -> None:
    """As characters: that they are drawn turned round is the shaper's doing (L4)."""
    assert on_the_line(hebrew(text)) == hebrew(stands)


def test_every_pair_of_brackets() -> None:
    assert closing_bracket("(") == ")"
    assert closing_bracket("⦅") == "⦆"
    assert closing_bracket("⦍") == "⦐"
    assert closing_bracket("⦏") == "⦎"
    assert closing_bracket("\u2329") == "\u3009", "of a canonical equivalent"
    assert closing_bracket("「") == "」"
    for char in ")<«“‚〝a":
        assert closing_bracket(char) == ""
    opening = [chr(code) for code in range(0x10000) if closing_bracket(chr(code))]
    assert len(opening) == len({closing_bracket(char) for char in opening}) + 1


def test_the_innermost_bracket_is_closed_first() -> None:
    def pairs(text: str) -> list[tuple[int, int]]:
        return bracket_pairs(text, ["ON"] * len(text))

    assert pairs("([])") == [(0, 3), (1, 2)]
    assert pairs("([)]") == [(0, 2)]
    assert pairs("(()") == [(1, 2)]
    assert pairs("\u2329)\u3009") == [(0, 2)]
    assert pairs("(" * 64 + ")" * 64) == [], "deeper than 63 none is looked for"
    assert bracket_pairs("()", ["R", "ON"]) == []


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        # a mark makes a neutral go along
        ("abc AB!" + RLM + " def", "abc !BA def"),
        ("AB abc!" + LRM, "abc! BA"),
        ("1" + ALM + "2-3", "3-21"),
        # an isolate has its own order, and is one thing outside
        (f"a {RLI}b, C!{PDI} d", "a !C ,b d"),
        (f"AB {LRI}c D!{PDI} E", "E c D! BA"),
        (f"AB {FSI}c D!{PDI} {FSI}D c!{PDI}", "!c D c D! BA"),
        # an embedding
        (f"a {RLE}b, C!{PDF} d", "a !C ,b d"),
        (f"AB {LRE}c D!{PDF} E", "E c D! BA"),
        # an override
        (f"{RLO}abc{PDF}", "cba"),
        (f"AB {LRO}CD{PDF}", "CD BA"),
        (f"{RLO}a{LRI}bc{PDI}d{PDF}", "dbca"),
        # PDF closes no isolate, PDI closes embeddings in it
        (f"{LRI}{RLO}ab{PDI}c{PDF}", "bac"),
        (f"{RLI}ab{PDF}!{PDI}", "!ab"),
        # what is never closed, and closes nothing
        (f"{RLI}ab!", "!ab"),
        (f"{PDI}{PDF}ab!", "ab!"),
    ],
)
def test_marks_that_isolate_embed_and_override(text: str, stands: str) -> None:
    """X1 to X8."""
    assert on_the_line(hebrew(text)) == hebrew(stands)


@pytest.mark.parametrize(("opens", "closes"), [(RLI, PDI), (LRI, PDI), (RLE, PDF), (LRO, PDF)])
def test_deeper_than_125_levels_marks_do_nothing(opens: str, closes: str) -> None:
    text = opens * 200 + "a" + closes * 200 + "b"
    found = embedding_levels(text, [bidi_class(char) for char in text], 0)
    assert max(found) == (126 if opens in (RLI, RLE) else 124)
    assert found[-1] == 0


@pytest.mark.parametrize(
    ("text", "base", "stands"),
    [
        ("abc ", 1, " abc"),
        ("AB  ", 0, "BA  "),
        (f"ab {LRI}{PDI}", 1, " ab"),
        ("ab\tCD ", 1, " DC\tab"),
    ],
)
def test_spaces_at_a_line_s_end_go_as_the_paragraph(text: str, base: int, stands: str) -> None:
    """L1."""
    assert on_the_line(hebrew(text), base) == hebrew(stands)


def test_a_line_goes_as_the_paragraph_that_it_is_of() -> None:
    assert on_the_line("abc, דה.") == "abc, הד."
    assert on_the_line("abc, דה.", base=1) == ".הד ,abc"
    assert visual_runs("abc", levels_of_lines(["אב ", "abc"])[1]) == [("abc", False)]
    assert visual_runs("", b"") == []


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("abc é 12", False),
        ("字", False),
        ("אב", True),
        ("سلام", True),
        ("١٢ ٣٤", True),
        (RLM, True),
        (RLI + "a!" + PDI, True),
        (LRI + "a" + PDI, False),
        ("\u05b0", False),
    ],
)
def test_what_may_stand_in_another_order(text: str, turns: bool) -> None:
    assert has_right_to_left(text) is turns


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "אבג",
        "אב 12,50 גד",
        "אבגד abc הו",
        "abcd אב def",
        "סך הכל: 12,50",
        "سلام 12 كتاب",
        "abc אבג.",
        "אבג abc.",
        "(אב) abc",
        "אב (abc) גד [הו]",
        "abc (אב) def - 12/3",
        "الرقم ١٢٣ و 45,6 (تقريبا)",
    ],
)
def test_a_line_is_read_back(text: str) -> None:
    assert "".join(reading_order(list(on_the_line(text)))) == text


def test_a_glyph_of_two_letters_stays_whole() -> None:
    assert reading_order(["ם", "לא", "ש"]) == ["ש", "לא", "ם"]


@given(st.text(alphabet="ab אבג 12,.-()[]%سل\u0301" + MARKS, max_size=30))
def test_no_character_is_lost_or_turned_round_within_a_number(text: str) -> None:
    runs = visual_runs(text)
    assert sorted("".join(run for run, _ in runs)) == sorted(text)
    assert sorted("".join(reading_order(list(text)))) == sorted(text)
    overridden = any(char in text for char in (RLO, RLE, RLI))
    assert overridden or not any(backwards and run.strip().isdecimal() for run, backwards in runs)


@given(st.text(alphabet="ab אבג 12,.-()[]%سل", max_size=30))
def test_what_is_read_would_stand_as_it_does(text: str) -> None:
    """Whatever order is read, it is one that leads to this line, in one of both directions."""
    standing = on_the_line(text)
    read = "".join(reading_order(list(standing)))
    assert standing in (on_the_line(read, 0), on_the_line(read, 1))
