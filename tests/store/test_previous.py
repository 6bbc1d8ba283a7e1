"""Last year's answers begin this year's form: from a PDF, from a link, and what is refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfWriter
from sqlalchemy import select

from pipeline.errors import (
    EditConflict,
    ExpiredLink,
    NoFields,
    OtherEdition,
    OtherForm,
    UnknownLink,
)
from pipeline.flow.documents import finish, flatten_as_filled, open_catalogue, validate
from pipeline.store.records import DraftRecord, UploadRecord
from tests.store.office import Office
from tests.store.test_editions import begun, serve
from tests.store.two_editions import ANSWERS, FORM_ID, edition_folder, edition_pdf

PREVIOUS = {
    "naam": "De Blauwe Reiger",
    "dag": "2024-02-01",
    "rang": "2",
    "aantal": "12",
    "akkoord": True,
}


def sent(office: Office) -> tuple[str, str, bytes]:
    """2023's form as it was sent: the tokens of its draft and submission, and its PDF."""
    serve(office, 2023)
    token = office.desk.new_token()
    submitted = office.desk.send(FORM_ID, token, ANSWERS)
    office.work()
    return token, submitted.token, office.desk.submission_pdf(submitted.token)[1]


def test_the_definitive_pdf_is_read_with_the_edition_it_was_made_from(office: Office) -> None:
    _, _, pdf = sent(office)
    new = serve(office, 2024)
    token = office.desk.new_token()
    draft = office.desk.begin_with_pdf(FORM_ID, token, "vorig jaar.pdf", pdf)
    assert office.desk.open_draft(FORM_ID, token) == draft
    assert draft.template_digest == new
    assert draft.previous == PREVIOUS
    assert draft.values == {**PREVIOUS, "totaal": "12"}
    assert draft.carried is not None
    assert draft.carried.source == "vorig jaar.pdf"
    assert [each.field for each in draft.carried.misfits] == ["naam", "kleur", "oud"]
    assert draft.carried.left_out == ("advies",)
    assert draft.carried.doubts == ()


@pytest.mark.parametrize("which", [0, 1])
def test_the_link_of_what_was_sent_or_of_its_draft(office: Office, which: int) -> None:
    links = sent(office)
    serve(office, 2024)
    draft = office.desk.begin_with_link(FORM_ID, office.desk.new_token(), str(links[which]))
    assert draft.previous == PREVIOUS
    assert draft.carried is not None
    assert draft.carried.source == "JAAR-2023-000001"
    assert draft.carried.left_out == ("advies",)


def test_the_link_of_a_draft_that_was_only_saved(office: Office) -> None:
    serve(office, 2023)
    saved = begun(office)
    serve(office, 2024)
    draft = office.desk.begin_with_link(FORM_ID, office.desk.new_token(), saved)
    assert draft.previous == PREVIOUS
    assert draft.carried is not None
    assert draft.carried.source == ""
    assert office.desk.open_draft(FORM_ID, saved).values["naam"] == "De Blauwe Reiger"


def test_a_form_that_form_toml_names_as_previous(office: Office) -> None:
    folder = edition_folder(office.settings.data_dir / "2022", 2022, "jaarplan-2022")
    office.catalogue = open_catalogue([folder], office.settings.limits)
    token = office.desk.new_token()
    submitted = office.desk.send("jaarplan-2022", token, ANSWERS)
    office.work()
    pdf = office.desk.submission_pdf(submitted.token)[1]
    serve(office, 2024)
    by_link = office.desk.begin_with_link(FORM_ID, office.desk.new_token(), submitted.token)
    by_pdf = office.desk.begin_with_pdf(FORM_ID, office.desk.new_token(), "x.pdf", pdf)
    assert by_link.previous == by_pdf.previous == PREVIOUS


def test_a_pdf_that_still_is_a_form_is_read_by_the_names_of_its_fields(office: Office) -> None:
    writer = PdfWriter(clone_from=BytesIO(edition_pdf(2023)))
    writer.update_page_form_field_values(
        writer.pages[0], {"naam": "De Boom", "aantal": "7", "oud": "weg"}, auto_regenerate=False
    )
    out = BytesIO()
    writer.write(out)
    serve(office, 2024)
    draft = office.desk.begin_with_pdf(FORM_ID, office.desk.new_token(), "x.pdf", out.getvalue())
    assert draft.previous is not None
    assert (draft.previous["naam"], draft.previous["aantal"]) == ("De Boom", "7")
    assert draft.carried is not None
    assert [problem.field for problem in draft.carried.doubts] == ["oud"]


def test_what_belongs_to_another_form_or_edition_is_refused_and_leaves_nothing(
    office: Office,
) -> None:
    foreign = office.send()
    office.work()
    foreign_pdf = office.desk.submission_pdf(foreign)[1]
    serve(office, 2023)
    form = office.catalogue.form(FORM_ID)
    unknown = finish(form, validate(form, ANSWERS))
    flat = flatten_as_filled(form)
    before = len(_drafts(office))
    serve(office, 2024)
    token = office.desk.new_token()
    for data, error in (
        (foreign_pdf, OtherEdition),
        (unknown, OtherEdition),
        (flat, NoFields),
    ):
        with pytest.raises(error):
            office.desk.begin_with_pdf(FORM_ID, token, "x.pdf", data)
    with pytest.raises(OtherForm):
        office.desk.begin_with_link(FORM_ID, token, foreign)
    for strange in (office.desk.new_token(), "x", ""):
        with pytest.raises(UnknownLink):
            office.desk.begin_with_link(FORM_ID, token, strange)
    assert len(_drafts(office)) == before


def test_the_link_of_a_draft_that_expired(office: Office) -> None:
    serve(office, 2023)
    saved = begun(office)
    office.clock.pass_time(days=60)
    with pytest.raises(ExpiredLink):
        office.desk.begin_with_link(FORM_ID, office.desk.new_token(), saved)


def test_the_link_of_what_was_sent_outlives_its_drafts_term(office: Office) -> None:
    token, submission, _ = sent(office)
    office.clock.pass_time(days=400)
    serve(office, 2024)
    for link in (token, submission):
        draft = office.desk.begin_with_link(FORM_ID, office.desk.new_token(), link)
        assert draft.previous == PREVIOUS


def test_a_draft_that_was_begun_is_not_overwritten(office: Office) -> None:
    _, link, _ = sent(office)
    serve(office, 2024)
    token = office.desk.new_token()
    office.desk.save_draft(FORM_ID, token, {"naam": "Mijn"}, 0)
    with pytest.raises(EditConflict):
        office.desk.begin_with_link(FORM_ID, token, link)
    assert office.desk.open_draft(FORM_ID, token).values["naam"] == "Mijn"


def test_last_years_values_stay_with_the_draft_when_it_is_saved_and_carried_over(
    office: Office,
) -> None:
    _, link, _ = sent(office)
    token = office.desk.new_token()
    begun_with = office.desk.begin_with_link(FORM_ID, token, link)
    assert begun_with.previous is not None
    assert begun_with.previous["dag"] == "01-02-2024"
    office.desk.save_draft(FORM_ID, token, {**ANSWERS, "aantal": "13"}, begun_with.version)
    serve(office, 2024)
    carried = office.desk.carry_over(FORM_ID, token)
    assert carried.previous == PREVIOUS
    assert carried.values["aantal"] == "13"
    assert carried.carried is not None
    assert carried.carried.left_out == ("advies",)


def test_an_upload_of_an_earlier_editions_pdf_is_carried_over(office: Office) -> None:
    """Read with today's boxes it would be nonsense."""
    _, _, pdf = sent(office)
    serve(office, 2024)
    draft = office.desk.take_upload(FORM_ID, office.desk.new_token(), "oud.pdf", pdf)
    assert draft.values["dag"] == "2024-02-01"
    assert draft.previous is None
    assert draft.carried is not None
    assert draft.carried.origin == "upload"
    assert [each.field for each in draft.carried.misfits] == ["naam", "kleur", "oud"]
    with office.sessions() as session:
        assert len(session.scalars(select(UploadRecord)).all()) == 1


def test_the_file_of_last_year_itself_is_not_kept(office: Office) -> None:
    _, _, pdf = sent(office)
    office.desk.begin_with_pdf(FORM_ID, office.desk.new_token(), "x.pdf", pdf)
    assert office.stored("uploads") == []


def _drafts(office: Office) -> list[DraftRecord]:
    with office.sessions() as session:
        return list(session.scalars(select(DraftRecord)))
