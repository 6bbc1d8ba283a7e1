"""The one-page of a submission: made by the same job, never in the definitive PDF's way."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from pipeline.errors import FieldProblem, NotReady, PageOverflow, StorageError
from pipeline.flow import jobs
from pipeline.flow.documents import open_catalogue
from pipeline.store.records import State, SubmissionRecord
from tests.pdf.small_tagged import two_columns
from tests.store.office import Office, close_office, open_office
from tests.store.small_form import FORM_ID, small_form_folder

ONE_PAGE = """
[one_page]
template = "one_page.pdf"

[one_page.values]
band = "Van {school}"
b = ["{school}", "{pupils}"]
c = "Kenmerk {reference}"
d = "{note}"
a = "{school}"
"""


def give_one_page(folder: Path) -> None:
    (folder / "one_page.pdf").write_bytes(two_columns().bytes())
    definition = folder / "form.toml"
    definition.write_text(definition.read_text("utf-8") + ONE_PAGE, "utf-8")


@pytest.fixture
def desk_with_one_page(tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path)
    give_one_page(tmp_path / "forms" / FORM_ID)
    office.catalogue = open_catalogue([tmp_path / "forms" / FORM_ID], office.settings.limits)
    yield office
    close_office(office)


def test_the_job_makes_it_beside_the_definitive_pdf(desk_with_one_page: Office) -> None:
    office = desk_with_one_page
    token = office.send()
    assert office.desk.submission(token).one_page is None
    office.work()
    view = office.desk.submission(token)
    name, data = office.desk.one_page_pdf(token)
    assert view.state is State.DONE
    assert view.one_page is not None
    assert view.one_page.failure is None
    assert name == view.one_page.file_name == "small-De-Boom-one-page.pdf"
    assert (view.one_page.sha256, view.one_page.bytes) == (sha256(data).hexdigest(), len(data))
    said = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert "De Boom, 19,25" in said
    assert f"Kenmerk {view.reference}" in said
    assert "Head d" not in said, "nobody wrote a note"
    assert office.desk.submission_pdf(token)[1] != data


def test_what_hinders_it_does_not_hinder_the_definitive_pdf(
    desk_with_one_page: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = desk_with_one_page
    problem = FieldProblem("school", "longest_on_page")

    def too_long(*_: object, **__: object) -> bytes:
        raise PageOverflow([problem], over=12.0, size=8.0)

    monkeypatch.setattr(jobs, "one_page", too_long)
    token = office.send()
    office.work()
    view = office.desk.submission(token)
    assert view.state is State.DONE
    assert office.desk.submission_pdf(token)[1].startswith(b"%PDF")
    assert view.one_page is not None
    assert view.one_page.failure is not None
    assert view.one_page.failure.code == "page_overflow"
    assert [each.field for each in view.one_page.failure.problems] == ["school"]
    with pytest.raises(NotReady):
        office.desk.one_page_pdf(token)
    assert len(office.stored("submissions")) == 1


def test_a_mistake_of_the_program_does_not_either(
    desk_with_one_page: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = desk_with_one_page

    def wrong(*_: object, **__: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "one_page", wrong)
    token = office.send()
    office.work()
    view = office.desk.submission(token)
    assert view.state is State.DONE
    assert view.one_page is not None
    assert view.one_page.failure is not None
    assert view.one_page.failure.code == "internal"


def test_one_that_was_changed_on_disk_is_not_given_out(desk_with_one_page: Office) -> None:
    office = desk_with_one_page
    token = office.send()
    office.work()
    (path,) = (each for each in office.stored("submissions") if "one-page" in each.name)
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(StorageError):
        office.desk.one_page_pdf(token)
    assert office.desk.submission_pdf(token)


def test_it_is_made_as_the_edition_has_it_that_was_sent(
    desk_with_one_page: Office, tmp_path: Path
) -> None:
    office = desk_with_one_page
    token = office.send()
    folder = small_form_folder(tmp_path / "next", width=310)
    office.catalogue = open_catalogue([folder], office.settings.limits)
    office.work()
    assert (
        "De Boom" in PdfReader(BytesIO(office.desk.one_page_pdf(token)[1])).pages[0].extract_text()
    )


def test_a_form_without_one_has_none(office: Office) -> None:
    token = office.send()
    office.work()
    assert office.desk.submission(token).one_page is None
    with pytest.raises(NotReady):
        office.desk.one_page_pdf(token)
    with office.sessions() as session:
        record = session.scalars(select(SubmissionRecord)).one()
    assert (record.one_page_name, record.one_page_key, record.one_page_failure) == (None,) * 3
