"""Kinds of text that AcroForm has no words for."""

from __future__ import annotations

import pytest

from pipeline.model.kinds import KINDS


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("brin", "12ab", "12AB"),
        ("brin", " 12AB ", "12AB"),
        ("postcode_nl", "6211ab", "6211 AB"),
        ("postcode_nl", "6211 AB", "6211 AB"),
        ("phone_nl", "043-555 01 23", "043-555 01 23"),
        ("phone_nl", "+31 (0)43 555 0123", "+31 (0)43 555 0123"),
        ("phone_nl", "0031435550123", "0031435550123"),
        ("email", " Info@School.Example ", "Info@school.example"),
        ("email", "o'neill+x@a-b.nl", "o'neill+x@a-b.nl"),
        ("url", "www.school.nl", "https://www.school.nl"),
        ("url", "http://school.nl/a?b=c", "http://school.nl/a?b=c"),
        ("house_number", "12 bis", "12 bis"),
    ],
)
def test_kept(kind: str, typed: str, kept: str) -> None:
    assert KINDS[kind](typed) == kept
    assert KINDS[kind](kept) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("brin", "AB12"),
        ("brin", "123A"),
        ("brin", "١٢AB"),
        ("postcode_nl", "0211 AB"),
        ("postcode_nl", "6211 SS"),
        ("postcode_nl", "6211"),
        ("phone_nl", "12345"),
        ("phone_nl", "0435550123456"),
        ("phone_nl", "043 555 O1 23"),
        ("email", "info"),
        ("email", "info@school"),
        ("email", "a b@school.nl"),
        ("email", "info@-school.nl"),
        ("email", "info@school..nl"),
        ("url", "school"),
        ("url", "ftp://school.nl"),
        ("url", "javascript:alert(1)"),
        ("url", "https://school.nl/a b"),
        ("url", "https://[school.nl"),
        ("house_number", "bis"),
    ],
)
def test_refused(kind: str, typed: str) -> None:
    assert KINDS[kind](typed) is None
