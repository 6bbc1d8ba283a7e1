"""The reporting views in SQLite and PostgreSQL: types, hostile names and values, renewal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from pipeline.cli import main
from pipeline.errors import FormDefinitionError
from pipeline.flow.documents import Catalogue, open_catalogue, open_form
from pipeline.flow.reports import renew_reports, report_statements
from pipeline.model.dates import DatePattern
from pipeline.model.definition import FormDefinition
from pipeline.model.field import Field, FieldType, Option
from pipeline.model.formats import DateFormat, NumberFormat
from pipeline.model.limits import Limits
from pipeline.model.numbers import NumberStyle
from pipeline.model.reporting import column_names, plan_views
from pipeline.model.template import Template
from pipeline.settings import Settings, load_settings
from pipeline.store import migrations
from pipeline.store.database import connect
from pipeline.store.migrations import migrate, upgrade
from pipeline.store.reporting import renew_views
from tests.store.office import open_office
from tests.store.postgres import running_postgres
from tests.store.small_form import ANSWERS, FORM_ID, small_form_folder

TEMPLATES = Path(__file__).resolve().parents[2] / "pdf_templates"

PROFILES = Path(__file__).resolve().parents[1] / "profiles"

HOSTILE = (
    'with "quotes"', "it's; DROP TABLE submission; --", "back\\slash", "a[0].b#1", "é ü 名 😀",
    "$.values", "%s :name {type} {0}", "a\nb", " ", "*", "%", "x" * 200, "Reference", "a.b",
    "a_b", "nul\0inside", "/* Formpress report */",
)  # fmt: skip
"""Names that SQL, JSON paths, placeholders or identifiers could trip over."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield load_settings(database_url=url).database


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/reports.sqlite"
    else:
        url = request.getfixturevalue("postgres")
    engine = connect(url)
    with engine.begin() as connection:
        if request.param == "postgresql":
            connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    upgrade(engine)
    yield engine
    engine.dispose()


def of(*fields: Field, digest: str = "new") -> Template:
    return Template(digest, (), fields, definition=FormDefinition())


def words(name: str, **more: object) -> Field:
    return Field(name, FieldType.TEXT, **more)  # type: ignore[arg-type]


def day(name: str, pattern: str) -> Field:
    return words(name, format=DateFormat(DatePattern(pattern)))


def number(name: str, decimals: int) -> Field:
    return words(name, format=NumberFormat(NumberStyle(decimals)))


def store(
    engine: Engine,
    values: Mapping[str, object] | str,
    form_id: str = "f",
    digest: str = "new",
    replaces: UUID | None = None,
) -> UUID:
    """A submission as the flow leaves it; ``values`` may be JSON as text."""
    written = values if isinstance(values, str) else json.dumps(values)
    row = {
        "id": uuid4(), "draft": uuid4(), "reference": str(uuid4()), "form": form_id,
        "digest": digest, "token": uuid4().hex * 2, "values": written, "replaces": replaces,
        "now": datetime(2026, 3, 1, tzinfo=UTC),
    }  # fmt: skip
    if engine.dialect.name == "sqlite":
        row |= {key: value.hex for key, value in row.items() if isinstance(value, UUID)}
        row["now"] = "2026-03-01 00:00:00"
    with engine.begin() as connection:
        connection.execute(
            text(
                'INSERT INTO draft (id, form_id, template_digest, token_digest, "values", version, '
                "created_at, saved_at, expires_at) "
                "VALUES (:draft, :form, :digest, :token, '{}', 1, :now, :now, :now)"
            ),
            row,
        )
        connection.execute(
            text(
                "INSERT INTO submission (id, reference, form_id, template_digest, draft_id, "
                'token_digest, "values", key_text, replaces_id, submitted_at, state, attempts, '
                "file_name) VALUES (:id, :reference, :form, :digest, :draft, :token, :values, '', "
                ":replaces, :now, 'done', 1, 'x.pdf')"
            ),
            row,
        )
    return row["id"] if isinstance(row["id"], UUID) else UUID(str(row["id"]))


def rows(engine: Engine, view: str = "report_f") -> list[dict[str, object]]:
    with engine.connect() as connection:
        found = connection.exec_driver_sql(f'SELECT * FROM "{view}"')
        return [dict(row) for row in found.mappings()]


def only(engine: Engine, template: Template, value: object) -> object:
    renew_views(engine, plan_views({"f": [template]}))
    store(engine, {"v": value})
    return rows(engine)[-1]["v"]


def iso(engine: Engine, *parts: int) -> object:
    """A date as this database gives it."""
    found = date(*parts)
    return found.isoformat() if engine.dialect.name == "sqlite" else found


_HALF_A_PAIR = r'{"v": "\ud800", "w": "\udc00x", "n": "2"}'
"""JSON may say this; PostgreSQL's text cannot hold it."""


class TestViews:
    """One class, which xdist (loadfile, loadscope) keeps together: one server serves all of it."""

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("12", 12), ("0", 0), ("-7", -7), ("", None), ("12.5", None), ("1e3", None),
            ("9" * 18, 10**18 - 1), ("9" * 19, None), ("veel", None), ("12\n", None),
            (True, None), (["1"], None), (None, None), ("٣", None), ("--1", None), ("+", None),
        ],
    )  # fmt: skip
    def test_whole_numbers(self, engine: Engine, value: object, expected: object) -> None:
        assert only(engine, of(number("v", 0)), value) == expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("19.25", "19.25"), ("0", "0"), ("-0.5", "-0.5"), (".5", "0.5"), ("5.", "5"),
            ("", None), ("19,25", None), ("1.2.3", None), ("NaN", None), ("Infinity", None),
            ("1e400", None), ("9" * 41, None), (".", None), ("x", None), ("-", None),
        ],
    )  # fmt: skip
    def test_decimal_numbers(self, engine: Engine, value: str, expected: str | None) -> None:
        found = only(engine, of(number("v", 2)), value)
        assert (found if found is None else Decimal(str(found))) == (expected and Decimal(expected))

    @pytest.mark.parametrize(
        ("pattern", "value", "expected"),
        [
            ("dd-mm-yyyy", "01-02-2024", (2024, 2, 1)),
            ("dd-mm-yyyy", "29-02-2024", (2024, 2, 29)),
            ("dd-mm-yyyy", "29-02-2023", None),
            ("dd-mm-yyyy", "29-02-1900", None),
            ("dd-mm-yyyy", "31-04-2024", None),
            ("dd-mm-yyyy", "00-01-2024", None),
            ("dd-mm-yyyy", "01-13-2024", None),
            ("dd-mm-yyyy", "01-01-0000", None),
            ("dd-mm-yyyy", "1-2-2024", None),
            ("dd-mm-yyyy", "01-02-2024\n", None),
            ("dd-mm-yyyy", "onbekend", None),
            ("dd-mm-yyyy", "", None),
            ("dd-mm-yyyy", True, None),
            ("yyyy-mm-dd", "2024-12-31", (2024, 12, 31)),
            ("m/d/yy", "3/4/49", (2049, 3, 4)),
            ("m/d/yy", "12/31/50", (1950, 12, 31)),
            ("d-mmm-yyyy", "7-Sep-2024", (2024, 9, 7)),
            ("d-mmm-yyyy", "17-Anf-2024", None),
            ("mmmm d, yyyy", "May 5, 2024", (2024, 5, 5)),
            ("mmmm d, yyyy", "September 15, 2024", (2024, 9, 15)),
            ("mmmm d, yyyy", "Septembur 15, 2024", None),
            ("dddd d mmmm yyyy", "Wednesday 7 February 2024", (2024, 2, 7)),
        ],
    )
    def test_dates(
        self, engine: Engine, pattern: str, value: object, expected: tuple[int, int, int] | None
    ) -> None:
        found = only(engine, of(day("v", pattern)), value)
        assert found == (expected and iso(engine, *expected))

    @pytest.mark.parametrize(
        ("value", "expected"), [(True, True), (False, False), ("Ja", None), (None, None)]
    )
    def test_ticks(self, engine: Engine, value: object, expected: object) -> None:
        found = only(engine, of(Field("v", FieldType.CHECKBOX, on_states=("Ja",))), value)
        assert (found if found is None else bool(found)) is expected

    def test_choices(self, engine: Engine) -> None:
        several = Field("v", FieldType.CHOICE, multi_select=True)
        assert only(engine, of(several), ["b", "a|c", "é'\""]) == "b|a|c|é'\""
        assert only(engine, of(several), []) is None
        assert only(engine, of(several), "one") == "one"
        options = (Option("ja", "Ja"), Option("n'ee", "Nee"))
        radio = Field("v", FieldType.RADIO, on_states=("0", "1"), options=options)
        assert only(engine, of(radio), "1") == "n'ee"
        assert only(engine, of(radio), "2") == "2"

    def test_hostile_names_and_texts(self, engine: Engine) -> None:
        template = of(*(words(name) for name in HOSTILE))
        (view,) = plan_views({"f": [template]})
        assert renew_views(engine, [view]).changed == ("report_f",)
        answers = {name: f"answer {name}'\"\\".replace("\0", "") for name in HOSTILE}
        store(engine, answers)
        (row,) = rows(engine)
        names = column_names(HOSTILE)
        for name in HOSTILE:
            # SQLite finds no name with a NUL in it; PostgreSQL can hold none.
            if "\0" not in name:
                assert row[names[name]] == answers[name], name

    def test_every_kind_survives_a_hostile_name(self, engine: Engine) -> None:
        name = "a \"b' \\"
        kinds = {
            words(name): ("x", "x"),
            number(name, 0): ("4", 4),
            day(name, "dd-mm-yyyy"): ("01-02-2024", iso(engine, 2024, 2, 1)),
            Field(name, FieldType.CHECKBOX, on_states=("J",)): (True, True),
            Field(name, FieldType.CHOICE, multi_select=True): (["p", "q"], "p|q"),
        }
        for field, (value, expected) in kinds.items():
            renew_views(engine, plan_views({"f": [of(field)]}))
            store(engine, {name: value})
            (own,) = column_names([name]).values()
            assert rows(engine)[-1][own] == expected

    def test_one_odd_row_costs_nobody_the_view(self, engine: Engine) -> None:
        renew_views(engine, plan_views({"f": [of(words("v"), number("n", 0), words("w"))]}))
        for values in (
            r'{"v": "a\u0000b", "n": "1"}',
            _HALF_A_PAIR if engine.dialect.name == "postgresql" else '{"n": "2"}',
            r'{"v": "\\u0000", "w": "\ud83d\ude00", "n": "3"}',
            '{"v": {"deep": ["x"]}, "n": 4}',
            "[]",
            '"words"',
            "null",
        ):
            store(engine, values)
        found = rows(engine)
        assert len(found) == 7
        assert [row["n"] for row in found][:3] == [1, 2, 3]
        assert (found[2]["v"], found[2]["w"]) == ("\\u0000", "😀")

    def test_the_columns_of_the_submission_itself(self, engine: Engine) -> None:
        renew_views(engine, plan_views({"f": [of(words("v"))]}))
        first = store(engine, {"v": "1"})
        second = store(engine, {"v": "2"}, replaces=first)
        store(engine, {"v": "other form"}, form_id="g")
        found = {row["v"]: row for row in rows(engine)}
        assert set(found) == {"1", "2"}
        assert [bool(found[each]["is_current"]) for each in "12"] == [False, True]
        assert UUID(str(found["2"]["replaces"])) == first
        assert UUID(str(found["2"]["submission_id"])) == second
        assert (found["1"]["form_id"], found["1"]["template_digest"]) == ("f", "new")
        assert str(found["1"]["submitted_at"]).startswith("2026-03-01")

    def test_each_edition_is_read_in_its_own_way(self, engine: Engine) -> None:
        today = of(day("v", "dd-mm-yyyy"))
        earlier = of(day("v", "mm/dd/yyyy"), words("gone"), digest="old")
        renew_views(engine, plan_views({"f": [today, earlier]}))
        store(engine, {"v": "03-04-2024"})
        store(engine, {"v": "03/04/2024", "gone": "kept"}, digest="old")
        found = [(row["v"], row["gone"]) for row in rows(engine)]
        assert found == [(iso(engine, 2024, 4, 3), None), (iso(engine, 2024, 3, 4), "kept")]

    def test_two_forms_join_on_a_field_of_both(self, engine: Engine) -> None:
        one, two = of(words("school.brin"), number("n", 0)), of(words("school.brin"))
        renew_views(engine, plan_views({"f": [one], "g-2": [two]}))
        store(engine, {"school.brin": "99ZZ", "n": "3"})
        store(engine, {"school.brin": "99ZZ"}, form_id="g-2")
        with engine.connect() as connection:
            joined = connection.exec_driver_sql(
                "SELECT f.school_brin, f.n FROM report_f f JOIN report_g_2 g USING (school_brin)"
            ).all()
        assert [tuple(row) for row in joined] == [("99ZZ", 3)]

    def test_a_view_is_made_anew_only_where_its_form_changed(self, engine: Engine) -> None:
        plan = plan_views({"f": [of(words("v"))]})
        assert renew_views(engine, plan).changed == ("report_f",)
        assert renew_views(engine, plan).changed == ()
        changed = plan_views({"f": [of(number("v", 0), words("more"))]})
        assert renew_views(engine, changed).changed == ("report_f",)
        store(engine, {"v": "5", "more": "m"})
        assert [(row["v"], row["more"]) for row in rows(engine)] == [(5, "m")]

    def test_what_is_not_ours_is_left_alone(self, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE VIEW report_f AS SELECT 1 AS mine")
        renewed = renew_views(engine, plan_views({"f": [of(words("v"))], "g": [of(words("v"))]}))
        assert renewed.changed == ("report_g",)
        assert [name for name, _ in renewed.refused] == ["report_f"]
        assert rows(engine) == [{"mine": 1}]

    def test_the_largest_forms(self, engine: Engine) -> None:
        many = of(*(words(f"n{at}") for at in range(1600)))
        views = plan_views({"f": [many]})
        assert renew_views(engine, views).changed == ("report_f", "report_f__2")
        store(engine, {"n0": "first", "n1599": "last"})
        assert rows(engine)[0]["n0"] == "first"
        assert rows(engine, "report_f__2")[0]["n1599"] == "last"

    def test_the_school_form(self, engine: Engine) -> None:
        form = open_form(TEMPLATES / "bao-2024", Limits())
        realistic = json.loads((PROFILES / "bao-2024" / "realistic.json").read_text("utf-8"))
        renew_views(engine, plan_views({form.id: [form.template]}))
        store(engine, realistic, form_id=form.id)
        (row,) = rows(engine, "report_bao_2024")
        assert row["profiel_versiedatum"] == iso(engine, 2026, 9, 15)
        assert row["school_brin"] == "99ZZ"
        assert bool(row["ib_dag_ma"]) is True
        assert Decimal(str(row["kengetal_schoolweging"])) == Decimal("28.74")
        assert "profiel_missie" in row
        assert "profiel_inclusie" not in row
        assert "sys_kenmerk" not in row

    def test_the_queries_of_the_handbook(self, engine: Engine) -> None:
        catalogue = open_catalogue([TEMPLATES], Limits())
        renew_views(
            engine, plan_views({form.id: [form.template] for form in catalogue.forms.values()})
        )
        both = {"school.brin": "99ZZ", "swv.regio": "po3105", "profiel.schooljaar": "2026-2027"}
        for form_id, pupils in (("bao-2024", "205"), ("sbo-so-2024", "88")):
            store(engine, both | {"kengetal.ll.totaal": pupils}, form_id=form_id)
        handbook = (TEMPLATES.parent / "docs" / "operating.md").read_text("utf-8")
        queries = handbook.partition("```sql\n")[2].partition("```")[0].split(";")
        with engine.connect() as connection:
            together, joined = (
                connection.exec_driver_sql(query).all() for query in queries if query.strip()
            )
        assert [(row[0], row[2], row[3]) for row in together] == [
            ("99ZZ", "bao", 205),
            ("99ZZ", "sbo-so", 88),
        ]
        assert [row[2] for row in joined] == [88]


def test_readers_permissions_and_views_built_upon_it(postgres: str) -> None:
    engine = connect(postgres)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "DROP SCHEMA public CASCADE; CREATE SCHEMA public; "
            'DROP ROLE IF EXISTS "B I"; CREATE ROLE "B I"'
        )
    upgrade(engine)
    renew_views(engine, plan_views({"f": [of(words("v"))]}))
    with engine.begin() as connection:
        connection.exec_driver_sql('GRANT SELECT ON report_f TO "B I"')
        connection.exec_driver_sql("GRANT SELECT ON report_f TO PUBLIC")
    changed = plan_views({"f": [of(number("v", 0))]})
    assert renew_views(engine, changed).changed == ("report_f",)
    with engine.begin() as connection:
        allowed = "SELECT has_table_privilege('B I', 'report_f', 'SELECT')"
        assert connection.exec_driver_sql(allowed).scalar() is True
        connection.exec_driver_sql("CREATE VIEW theirs AS SELECT v FROM report_f")
    renewed = renew_views(engine, plan_views({"f": [of(words("v"))]}))
    assert renewed.changed == ()
    assert [name for name, _ in renewed.refused] == ["report_f"]
    store(engine, {"v": "8"})
    assert rows(engine, "theirs") == [{"v": 8}]
    engine.dispose()


def test_an_installation_has_its_views_and_keeps_earlier_editions_apart(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    office.send()
    renew_reports(office.settings, office.catalogue)
    folder = small_form_folder(tmp_path / "next", width=310)
    toml = folder / "form.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[reporting]\nleave_out = ["note"]\n', "utf-8")
    office.catalogue = open_catalogue([folder], office.settings.limits)
    assert renew_reports(office.settings, office.catalogue).changed == ("report_small_form",)
    office.desk.send(FORM_ID, office.desk.new_token(), ANSWERS | {"pupils": "3"})
    found = rows(office.sessions.kw["bind"], "report_small_form")
    assert [(row["school"], row["pupils"], row["agreed"]) for row in found] == [
        ("De Boom", 19.25, 1),
        ("De Boom", 3, 1),
    ]
    assert [row["is_current"] for row in found] == [0, 1]
    assert "note" not in found[0]


def test_a_migration_changes_tables_that_have_views(tmp_path: Path) -> None:
    """SQLite refuses to rename a table that a view reads."""
    office = open_office(tmp_path)
    engine = office.sessions.kw["bind"]
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    renew_reports(office.settings, office.catalogue)
    migrate(office.settings.database)
    with engine.connect() as connection:
        views = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'view'")
        assert views.all() == []
    assert renew_reports(office.settings, office.catalogue).changed == ("report_small_form",)


def test_what_would_be_run_can_be_read_without_a_database(tmp_path: Path) -> None:
    settings: Settings = load_settings(
        data_dir=tmp_path / "none", database_url="postgresql://nobody@127.0.0.1:1/nothing"
    )
    catalogue: Catalogue = open_catalogue([small_form_folder(tmp_path)], settings.limits)
    (statement,) = report_statements(settings, catalogue)
    assert statement.startswith('CREATE VIEW "report_small_form" AS')
    assert "make_date" not in statement
    assert not (tmp_path / "none").exists()


def test_the_command_makes_the_views_or_shows_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = str(small_form_folder(tmp_path))
    data = ["--data", str(tmp_path / "data")]
    assert main(["reports", form, *data, "--print"]) == 0
    shown = capsys.readouterr().out
    assert not (tmp_path / "data").exists()
    assert main(["reports", form, *data]) == 0
    assert capsys.readouterr().out == "report_small_form: made\n"
    engine = connect(f"sqlite:///{tmp_path}/data/formpress.sqlite")
    with engine.begin() as connection:
        stored = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'view'")
        assert f"{stored.scalar()};" == shown.strip()
        connection.exec_driver_sql("DROP VIEW report_small_form")
        connection.exec_driver_sql("CREATE VIEW report_small_form AS SELECT 1 AS mine")
    engine.dispose()
    assert main(["reports", form, *data]) == 1
    assert "report_small_form: not made" in capsys.readouterr().err


def test_what_form_toml_leaves_out_must_be_there(tmp_path: Path) -> None:
    folder = small_form_folder(tmp_path)
    toml = folder / "form.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[reporting]\nleave_out = ["notes.*"]\n', "utf-8")
    with pytest.raises(FormDefinitionError) as caught:
        open_catalogue([folder], Limits())
    assert caught.value.data["where"] == "reporting.leave_out"
