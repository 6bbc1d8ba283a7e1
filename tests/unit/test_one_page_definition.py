"""``[one_page]`` in form.toml: what it may say, and errors that name the key."""

from __future__ import annotations

import pytest

from pipeline.errors import FormDefinitionError
from pipeline.model.definition import parse_definition
from pipeline.model.one_page_definition import OnePageDefinition, Pattern

WHOLE = """
[one_page]
template = "one_page.pdf"
title = "Eén pagina"
file_name = "een-{a}"
smallest_text = 7

[one_page.values]
"x" = "Uit {reference}"
"y" = ["{a} {b}", "{c}"]
"z" = { parts = ["{a}", "{c}"], separator = ": " }
"""


def test_everything_it_may_say() -> None:
    found = parse_definition(WHOLE).one_page
    assert found == OnePageDefinition(
        "one_page.pdf",
        "Eén pagina",
        "een-{a}",
        7.0,
        {
            "x": Pattern(("Uit {reference}",)),
            "y": Pattern(("{a} {b}", "{c}")),
            "z": Pattern(("{a}", "{c}"), ": "),
        },
    )


def test_without_the_table_there_is_none() -> None:
    assert parse_definition("").one_page is None


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ({"a": "Straat", "b": "1", "c": "Plaats"}, "Straat 1, Plaats"),
        ({"a": "Straat", "c": "Plaats"}, "Straat, Plaats"),
        ({"c": "Plaats"}, "Plaats"),
        ({"a": "Straat"}, "Straat"),
        ({"a": "0", "b": " 0 "}, "0  0 "),
        ({}, ""),
    ],
)
def test_an_empty_part_leaves_no_separator(shown: dict[str, str], text: str) -> None:
    assert Pattern(("{a} {b}", "{c}")).text(shown) == text


def test_answers_are_not_read_as_patterns() -> None:
    assert Pattern(("{a} {b}",)).text({"a": "{b}", "b": "\\1"}) == "{b} \\1"


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("one_page = 3", "one_page", "[one_page]"),
        ("[one_page]", "one_page.template", "missing"),
        ('[one_page]\ntemplate = "../x.pdf"', "one_page.template", "beside"),
        ('[one_page]\ntemplate = "x.docx"', "one_page.template", "PDF"),
        ("[one_page]\ntemplate = 3", "one_page.template", "str"),
        ('[one_page]\ntemplate = "x.pdf"\nsize = 3', "one_page.size", "no such"),
        ('[one_page]\ntemplate = "x.pdf"\nsmallest_text = 0', "one_page.smallest_text", "above 0"),
        ('[one_page]\ntemplate = "x.pdf"\nsmallest_text = true', "one_page.smallest_text", "above"),
        ('[one_page]\ntemplate = "x.pdf"\nvalues = 3', "one_page.values", "[one_page.values]"),
        ('[one_page]\ntemplate = "x.pdf"\n[one_page.values]\na = 3', "one_page.values.a", "text"),
        ('[one_page]\ntemplate = "x.pdf"\n[one_page.values]\na = []', "one_page.values.a", "list"),
        (
            '[one_page]\ntemplate = "x.pdf"\n[one_page.values]\na = "vast"',
            "one_page.values.a",
            "names no field",
        ),
        (
            '[one_page]\ntemplate = "x.pdf"\n[one_page.values]\na = "{b"',
            "one_page.values.a",
            "brace",
        ),
        (
            '[one_page]\ntemplate = "x.pdf"\n[one_page.values]\na = {parts = ["{b}"], join = "-"}',
            "one_page.values.a.join",
            "no such",
        ),
        (
            '[one_page]\ntemplate = "x.pdf"\n[one_page.values]\n'
            'a = {parts = ["{b}"], separator = 1}',
            "one_page.values.a.separator",
            "str",
        ),
    ],
)
def test_a_mistake_is_named_by_its_key(text: str, where: str, why: str) -> None:
    with pytest.raises(FormDefinitionError) as raised:
        parse_definition(text)
    assert raised.value.data["where"] == where
    assert why in str(raised.value.data["why"])
