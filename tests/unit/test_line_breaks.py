"""Where a line may be broken. Cases name the rules of Unicode Standard Annex 14."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.appearance.line_breaks import follows_without_space, segments


@pytest.mark.parametrize(
    "pieces",
    [
        # spaces, and what clings to the word before or after them: LB13 to LB18
        "een |twee |drie",
        "Bonjour ! |Et |vous ?",
        "( a |b ) |c",
        "zie |[ 1 ], |[2]",
        "dit , |en |dat",
        "« mot » |fin",
        "‘een’ |“twee”",
        "9 |.5",
        # hyphens and dashes: LB20a, LB21
        "sociaal-|emotioneel",
        "vader–|moeder",
        "a|—|b",
        "-foto |-5",
        "2019-2020 |06-12345678",
        "niet\u2011breken",
        "עברית-|עברית",
        # numbers: LB25
        "12/05/2024 |groep |5/6",
        "€12,50 |12,50€ |$(12) |12% |(12)%",
        "en/|of",
        "1:5 |a.b |x,y",
        # addresses of the web
        "https://|www.a.nl/|pad?|b=c&d=e",
        # no break, or always: LB7 to LB12
        "a\u00a0b |c\u2060d",
        "a\u200b|b",
        "Donau\u00ad|dampf\u00ad|schiff",
        "wacht…|even",
        # ideographs, kana, Korean: LB5, LB13, LB14, LB16, LB23a, LB30, LB31
        "日|本|語|（テ|ス|ト）|で|す。",
        "「引|用」、ゃ",
        "きゃっ|と|デー|ター々",
        "大|切！？|東|京：|港",
        "￥500 |5％ |东|京|“上|海",
        "한|국|어 |학|교",
        "Jan|山|田|2026|年|11|月",
        "か\u3099|き",
        # scripts whose words a dictionary would tell: at spaces and at their own signs
        "ภาษาไทย |ดี",
        "हिन्दी |भाषा।|दूसरा",
        "བོད་|སྐད་|ཀྱི།",
        "ខ្មែរ។|ល",
        # nothing at all, and spaces alone
        "",
        "   ",
    ],
)
def test_what_stays_together(pieces: str) -> None:
    """A bar stands where a line may be broken."""
    wanted = [each for each in pieces.split("|") if each]
    assert segments("".join(wanted)) == wanted


@given(
    st.text(
        alphabet="ab é5.,:;!?-–—/()«»“”'\"%€ 日ッー。「」\u00ad\u200b\u00a0אلไท\u0301", max_size=60
    )
)
def test_nothing_is_lost_and_no_piece_begins_with_a_space(text: str) -> None:
    found = segments(text)
    assert "".join(found) == text
    assert all(found)
    assert not any(piece.startswith(" ") for piece in found[1:])
    if "\u200b" not in text and " \u0301" not in text:
        assert not any(piece[0] in "!?)。」\u0301" for piece in found[1:])


@given(st.text(alphabet="ab5,.!-/( )日。", max_size=20), st.text(alphabet="xy ", max_size=8))
def test_what_comes_later_after_a_space_changes_nothing_before(text: str, later: str) -> None:
    before = segments(text + " ab")
    assert segments(text + " ab " + later)[: len(before) - 1] == before[:-1]


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        ("en/", "of", True),
        ("sociaal-", "emotioneel", True),
        ("日", "本", True),
        ("abc", "def", False),
        ("日", "abc", False),
        ("", "a", False),
    ],
)
def test_what_follows_without_a_space(before: str, after: str, follows: bool) -> None:
    assert follows_without_space(before, after) is follows
