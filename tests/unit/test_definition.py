"""form.toml: what it may say, and errors that name the key."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from pipeline.errors import FormDefinitionError
from pipeline.model.definition import FormDefinition, covers, parse_definition

WHOLE = """
title = "Proef"
edition = "2026"
language = "nl"
retention_days = 30
reference = "P-2026"
file_name = "proef-{a}"
key = ["a"]
smallest_text = 6
required_at_submit = ["a"]
previous = ["proef-2025"]

[reporting]
leave_out = ["notes.*"]

[kinds]
"a" = "email"

[max_len]
"b" = 80

[system]
"c" = "reference"

[[required_if]]
fields = ["b"]
when = "filled(a)"

[[check]]
level = "warning"
fields = ["a", "b"]
when = "a = b"
message = "Hetzelfde."
"""


def test_everything_it_may_say() -> None:
    found = parse_definition(WHOLE)
    assert (found.title, found.edition, found.language) == ("Proef", "2026", "nl")
    assert (found.retention_days, found.smallest_text) == (30, 6.0)
    assert (found.reference, found.file_name, found.key) == ("P-2026", "proef-{a}", ("a",))
    assert found.required_at_submit == ("a",)
    assert dict(found.kinds) == {"a": "email"}
    assert dict(found.max_len) == {"b": 80}
    assert dict(found.system) == {"c": "reference"}
    assert (found.previous, found.reporting.leave_out) == (("proef-2025",), ("notes.*",))
    assert found.required_if[0].fields == ("b",)
    assert (found.checks[0].level, found.checks[0].message) == ("warning", "Hetzelfde.")


def test_nothing_said_is_the_default() -> None:
    assert parse_definition("") == FormDefinition()


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("title = ", "", "end of document"),
        ("tittle = 'x'", "tittle", "no such setting"),
        ("title = 3", "title", "must be str"),
        ("retention_days = '60'", "retention_days", "must be int"),
        ("retention_days = true", "retention_days", "must be int"),
        ("smallest_text = 'klein'", "smallest_text", "must be int or float"),
        ("key = 'a'", "key", "must be a list of field names"),
        ("key = [1]", "key", "must be a list of field names"),
        ("kinds = 3", "kinds", "must be a table of str"),
        ("[kinds]\na = 'zip'", "kinds.a", "must be one of"),
        ("[max_len]\na = '80'", "max_len", "must be a table of int"),
        ("required_if = 3", "required_if", "[[required_if]]"),
        ("[[required_if]]\nfields = ['a']\nwhen = 'a ='", "required_if[1].when", "ends too early"),
        ("[[required_if]]\nfields = ['a']", "required_if[1].when", "ends too early"),
        ("[[required_if]]\nfields = 'a'\nwhen = 'a'", "required_if[1].fields", "must be a list"),
        ("[[check]]\nfields = ['a']\nwhen = 'a'", "check[1].message", "is missing"),
        ("[[check]]\nlevel = 'fatal'\nmessage = 'x'\nfields = ['a']\nwhen = 'a'",
         "check[1].level", "must be error or warning"),
        ("[[check]]\nmessage = 'x'\nfields = []\nwhen = 'a'", "check[1].fields", "at least one"),
        ("[[check]]\nmesage = 'x'\nfields = ['a']\nwhen = 'a'", "check[1].mesage", "no such"),
        ("[[required_if]]\nif = 'x'\nfields = ['a']\nwhen = 'a'", "required_if[1].if", "no such"),
        ("[max_len]\na = 0", "max_len.a", "at least 1"),
        ("[max_len]\na = true", "max_len", "must be a table of int"),
        ("retention_days = 0", "retention_days", "at least 1"),
        ("smallest_text = 0", "smallest_text", "more than 0"),
        ("time_zone = 'Mars/Olympus'", "time_zone", "Europe/Amsterdam"),
        ("time_zone = '../etc/passwd'", "time_zone", "Europe/Amsterdam"),
        ("[system]\na = 'kenmerk'", "system.a", "reference, submitted_at"),
        ('reporting = "a"', "reporting", "is written as [reporting]"),
        ("[reporting]\nhide = []", "reporting.hide", "no such setting"),
        ('[reporting]\nleave_out = "a"', "reporting.leave_out", "a list of field names"),
        ("previous = 2023", "previous", "a list of field names"),
    ],
)  # fmt: skip
def test_an_error_names_the_file_and_the_key(text: str, where: str, why: str) -> None:
    with pytest.raises(FormDefinitionError) as caught:
        parse_definition(text, "proef/form.toml")
    assert re.fullmatch(r"proef/form\.toml(:\d+)?", caught.value.data["file"])
    assert caught.value.data["where"] == where
    assert why in str(caught.value.data["why"])


@pytest.mark.parametrize(
    ("names", "name", "expected"),
    [
        (("a.b",), "a.b", True),
        (("a.b",), "a.bc", False),
        (("a.*",), "a.b.c", True),
        (("a.*",), "ab", False),
        ((), "a", False),
    ],
)
def test_a_name_or_a_group_covers_a_field(
    names: tuple[str, ...], name: str, expected: bool
) -> None:
    assert covers(names, name) is expected


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Europe/Amsterdam", 2), ("UTC", 1), ("America/New_York", 1), ("Pacific/Kiritimati", 2)],
)
def test_a_day_begins_where_the_form_is_used(zone: str, day: int) -> None:
    """At half past midnight in Amsterdam today's date is in no future."""
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert FormDefinition(time_zone=zone).day(moment) == date(2026, 7, day)
