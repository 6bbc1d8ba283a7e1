"""Texts of many scripts, as people type them and as nobody would."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

SCRIPTS = {
    "accents": "Zoë Éclair ÅŒæ çñüß",
    "polish": "Łódź Żółć ąęśń",
    "turkish": "İstanbul ığüşöç Ğ",
    "greek": "Ωδός άέΰ Ψξ",
    "cyrillic": "Щербаков їґёъ Жы",
    "hebrew": "שלום עולם",
    "arabic": "مرحبا بالعالم",
    "vietnamese": "Nguyễn Thị Ở đâu ặ",
    "digits": "0123 456 789",
    "signs": "-–'’.,()&€½/\\<>[]{}@#%*+=\"!?:;_|~^`\u00a0",
}
MARKED = (
    "e\u0323\u0301",
    "q\u0323",
    "B\u0323",
    "m\u0304",
    "a\u0300",
    "\u05e9\u05bc",
    "\u0628\u064e",
)
LETTERS = st.sampled_from([*"".join(SCRIPTS.values()), *"abc xyz", *MARKED])
NUMBER_LIKE = st.sampled_from(
    ["0", "00", "-1", "1.50", "1,5", "false", "true", "None", "0,0", " 0"]
)
ODD = st.text(max_size=12)
"""Any characters at all: what no font has is refused, and then left out."""


def words(most: int) -> st.SearchStrategy[str]:
    """Text of one line, of one script or of several."""
    runs = [st.text(st.sampled_from(letters), max_size=most) for letters in SCRIPTS.values()]
    mixed = st.lists(LETTERS, max_size=most).map("".join)
    return st.one_of(*runs, mixed, NUMBER_LIKE, ODD.map(_one_line))


def lines() -> st.SearchStrategy[str]:
    return st.lists(st.one_of(words(60), st.just("")), max_size=6).map("\n".join)


def _one_line(text: str) -> str:
    kept = text.replace("\u2028", "").replace("\u2029", "")
    return "".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cs"))
