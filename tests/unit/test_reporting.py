"""Which columns a reporting tool gets of a form: names, types, sources."""

from __future__ import annotations

from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.dates import DatePattern
from pipeline.model.definition import FormDefinition, Reporting
from pipeline.model.field import Field, FieldType, Option
from pipeline.model.formats import DateFormat, NumberFormat, PercentFormat, SimpleCalculation
from pipeline.model.numbers import NumberStyle
from pipeline.model.reporting import (
    LONGEST_NAME,
    OWN_COLUMNS,
    Column,
    ColumnType,
    column_names,
    plan_views,
    view_name,
)
from pipeline.model.template import Template

DAY = DateFormat(DatePattern("dd-mm-yyyy"))


def template(*fields: Field, digest: str = "d", leave_out: tuple[str, ...] = ()) -> Template:
    definition = FormDefinition(reporting=Reporting(leave_out))
    return Template(digest, (), fields, definition=definition)


def text(name: str, **more: object) -> Field:
    return Field(name, FieldType.TEXT, **more)  # type: ignore[arg-type]


def columns(*fields: Field, **more: object) -> dict[str, Column]:
    (view,) = plan_views({"f": [template(*fields, **more)]})  # type: ignore[arg-type]
    return {column.name: column for column in view.columns}


def types(*fields: Field) -> dict[str, str]:
    return {name: column.type.value for name, column in columns(*fields).items()}


def test_the_type_follows_from_the_field_and_its_format() -> None:
    options = (Option("a", "A"),)
    assert types(
        text("words"),
        text("count", format=NumberFormat(NumberStyle(0))),
        text("fte", format=NumberFormat(NumberStyle(2))),
        text("share", format=PercentFormat(NumberStyle(0))),
        text("sum", calculation=SimpleCalculation("SUM", ("count",)), read_only=True),
        text("day", format=DAY),
        text("month", format=DateFormat(DatePattern("mm/yy"))),
        text("moment", format=DateFormat(DatePattern("m/d/yy HH:MM"))),
        text("time", format=DateFormat(DatePattern("HH:MM"), "time")),
        Field("tick", FieldType.CHECKBOX, on_states=("Ja",)),
        Field("ticks", FieldType.CHECKBOX, on_states=("a", "b")),
        Field("one", FieldType.RADIO, on_states=("a", "b")),
        Field("pick", FieldType.CHOICE, options=options),
        Field("picks", FieldType.CHOICE, options=options, multi_select=True),
    ) == {
        "words": "text",
        "count": "integer",
        "fte": "numeric",
        "share": "numeric",
        "sum": "numeric",
        "day": "date",
        "month": "text",
        "moment": "text",
        "time": "text",
        "tick": "boolean",
        "ticks": "text",
        "one": "text",
        "pick": "text",
        "picks": "text",
    }


def test_what_is_nobodys_answer_is_no_column() -> None:
    found = columns(
        text("kept"),
        text("secret", password=True),
        text("sys.kenmerk", system=True, read_only=True),
        Field("push", FieldType.BUTTON),
        Field("sign", FieldType.SIGNATURE),
    )
    assert list(found) == ["kept"]


def test_form_toml_leaves_fields_and_groups_out() -> None:
    fields = [text("a.x"), text("a.y"), text("ab"), text("b")]
    assert list(columns(*fields, leave_out=("a.*", "b"))) == ["ab"]


def test_a_radio_button_whose_state_is_a_number_shows_its_export_value() -> None:
    options = (Option("ja", "Ja"), Option("nee", "Nee"))
    found = columns(Field("r", FieldType.RADIO, on_states=("0", "nee"), options=options))
    assert found["r"].source.exports == (("0", "ja"),)


def test_dots_become_underscores_and_names_that_meet_get_their_digest() -> None:
    assert column_names(["school.naam"]) == {"school.naam": "school_naam"}
    found = column_names(["a.b", "a_b", "A.B", "reference", "Submitted_At"])
    assert len({name.casefold() for name in found.values()}) == 5
    assert not {name.casefold() for name in found.values()} & set(OWN_COLUMNS)
    assert found["a.b"].startswith("a_b_")
    assert found == column_names(["Submitted_At", "reference", "A.B", "a_b", "a.b"])


@given(st.lists(st.text(min_size=0, max_size=90), unique=True, max_size=30))
def test_column_names_are_unique_short_and_storable(fields: list[str]) -> None:
    found = column_names(fields)
    assert set(found) == set(fields)
    folded = [name.casefold() for name in found.values()]
    assert len(set(folded)) == len(folded)
    for name in found.values():
        assert 1 <= len(name.encode()) <= LONGEST_NAME
        assert not any(category(char) == "Cc" for char in name)


def test_a_field_of_two_forms_has_one_name_and_one_type() -> None:
    number, exact = NumberFormat(NumberStyle(0)), NumberFormat(NumberStyle(2))
    one = template(text("n", format=number), text("x", format=DAY), text("a.b"))
    two = template(text("n", format=exact), text("x"), text("a_b"), text("a.b"), digest="e")
    first, second = plan_views({"one": [one], "two": [two]})
    of_one = {column.source.field: (column.name, column.type) for column in first.columns}
    of_two = {column.source.field: (column.name, column.type) for column in second.columns}
    assert all(of_two[name] == shown for name, shown in of_one.items())
    assert of_one["n"][1] is ColumnType.NUMERIC
    assert of_one["x"][1] is ColumnType.TEXT


def test_an_edition_that_keeps_a_field_otherwise_has_a_source_of_its_own() -> None:
    today = template(text("day", format=DAY), text("same"), digest="new")
    other = DateFormat(DatePattern("yyyy-mm-dd"))
    earlier = template(text("day", format=other), text("same"), text("gone"), digest="old")
    (view,) = plan_views({"f": [today, earlier]})
    day, same, gone = view.columns
    assert day.source.pattern == DAY.pattern
    assert [(digest, source.pattern) for digest, source in day.earlier] == [("old", other.pattern)]
    assert same.earlier == ()
    assert gone.source.field == "gone"


def test_a_form_with_very_many_fields_goes_on_in_another_view() -> None:
    many = [text(f"n{number}") for number in range(3100)]
    views = plan_views({"big-form": [template(*many)]})
    assert [view.name for view in views] == [
        "report_big_form",
        "report_big_form__2",
        "report_big_form__3",
    ]
    assert sum(len(view.columns) for view in views) == 3100


def test_the_name_of_a_view() -> None:
    assert view_name("bao-2024") == "report_bao_2024"
    assert len(view_name("x" * 80)) == LONGEST_NAME
    assert view_name("x" * 80) != view_name("x" * 81)
