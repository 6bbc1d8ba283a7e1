"""Which line an error in form.toml is on."""

from __future__ import annotations

import pytest

from pipeline.errors import FormDefinitionError
from pipeline.model.definition import parse_definition
from pipeline.model.toml_lines import line_of

TEXT = '''# a comment = not a key
title = "x"
required_at_submit = [
  "a",
  "b.c",
]
note = """
when = inside a string
"""

[kinds]
"school.email" = "email"

[[check]]
fields = ["a"]
when = "a"

[[check]]
fields = ["b"]
when = "b.c"
'''


@pytest.mark.parametrize(
    ("where", "mention", "line"),
    [
        ("title", "", 2),
        ("required_at_submit", "", 3),
        ("required_at_submit", "b.c", 5),
        ("kinds.school.email", "", 12),
        ("kinds", "school.email", 12),
        ("check[1].when", "", 16),
        ("check[2]", "", 18),
        ("check[2].message", "", 18),
        ("check[2]", "b.c", 20),
        ("when", "", None),
        ("absent", "", None),
    ],
)
def test_line_of(where: str, mention: str, line: int | None) -> None:
    assert line_of(TEXT, where, mention) == line


def test_an_error_bears_its_line() -> None:
    with pytest.raises(FormDefinitionError) as caught:
        parse_definition(
            "title = 'x'\n\n[[check]]\nmessage = 'm'\nfields = ['a']\nwhen = 'a ='\n", "f/form.toml"
        )
    assert caught.value.data["file"] == "f/form.toml:6"
    assert caught.value.data["where"] == "check[1].when"
