"""A draft and a submission stay with the edition they began with, until a person asks otherwise."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from pipeline.errors import (
    AlreadySubmitted,
    ExpiredLink,
    StorageError,
    SubmissionError,
    TemplateChanged,
    UnknownLink,
)
from pipeline.flow.documents import Catalogue, form_of, open_catalogue
from pipeline.flow.editions import _MOST_OPEN, definition_key, edition, keep_edition, template_key
from pipeline.store.records import DraftRecord, State
from tests.store.approval_form import (
    COMPLETE,
    ROUTE_FORM,
    YES,
    approver_token,
    link_for,
    mails,
    route_form,
    with_route,
)
from tests.store.office import Office
from tests.store.small_form import small_form_folder
from tests.store.two_editions import ANSWERS, FORM_ID, edition_folder


def serve(office: Office, year: int) -> str:
    """The form as it is in ``year``, served by a process that begins anew; its digest."""
    folder = edition_folder(office.settings.data_dir / str(year), year)
    office.catalogue = open_catalogue([folder], office.settings.limits)
    return office.catalogue.form(FORM_ID).template.digest


@pytest.fixture
def old(office: Office) -> str:
    return serve(office, 2023)


def begun(office: Office) -> str:
    """A draft of 2023."""
    token = office.desk.new_token()
    office.desk.save_draft(FORM_ID, token, ANSWERS, 0)
    return token


def test_a_draft_is_gone_on_with_checked_and_sent_in_its_edition(office: Office, old: str) -> None:
    token = begun(office)
    new = serve(office, 2024)
    assert office.desk.open_draft(FORM_ID, token).template_digest == old != new
    form = office.desk.draft_form(FORM_ID, token)
    assert form.template.digest == old
    assert form.template.definition.required_at_submit == ("advies",)
    assert form.template.definition.reference == "JAAR-2023"
    saved = office.desk.save_draft(FORM_ID, token, ANSWERS | {"oud": "nog steeds"}, 1, old)
    assert saved.values["oud"] == "nog steeds"
    with pytest.raises(SubmissionError) as caught:
        office.desk.send(FORM_ID, token, {**ANSWERS, "advies": ""}, old)
    assert [problem.field for problem in caught.value.problems] == ["advies"]
    sent = office.desk.send(FORM_ID, token, ANSWERS, old)
    assert sent.reference == "JAAR-2023-000001"
    office.work()
    view = office.desk.submission(sent.token)
    assert (view.state, view.file_name) == (State.DONE, "jaarplan-2023.pdf")
    words = PdfReader(BytesIO(office.desk.submission_pdf(sent.token)[1])).pages[0].extract_text()
    assert "De Blauwe Reiger" in words


def test_a_job_uses_the_form_toml_of_its_edition(office: Office, old: str) -> None:
    """What today's would say of the smallest text must not decide about a form that was sent."""
    folder = edition_folder(office.settings.data_dir / "small", 2023)
    toml = folder / "form.toml"
    toml.write_text("smallest_text = 3.0\n" + toml.read_text("utf-8"), "utf-8")
    office.catalogue = open_catalogue([folder], office.settings.limits)
    token = office.desk.new_token()
    office.desk.send(FORM_ID, token, ANSWERS)
    serve(office, 2024)
    form = office.desk.edition(FORM_ID, old)
    assert form is not None
    assert form.template.definition.smallest_text == 3.0


def test_the_form_toml_that_was_last_in_use_is_kept(office: Office, old: str) -> None:
    begun(office)
    folder = office.settings.data_dir / "2023" / FORM_ID
    toml = folder / "form.toml"
    toml.write_text(toml.read_text("utf-8").replace("Jaarplan", "Jaarplan, verbeterd"), "utf-8")
    office.catalogue = open_catalogue([folder], office.settings.limits)
    begun(office)
    serve(office, 2024)
    form = office.desk.edition(FORM_ID, old)
    assert form is not None
    assert form.title == "Jaarplan, verbeterd"


def test_two_forms_with_one_pdf_keep_each_their_own_form_toml(office: Office) -> None:
    parent = office.settings.data_dir / "two"
    folders = [edition_folder(parent, 2023, form_id) for form_id in ("een", "twee")]
    toml = folders[1] / "form.toml"
    toml.write_text(toml.read_text("utf-8").replace("Jaarplan", "Het tweede"), "utf-8")
    office.catalogue = open_catalogue(folders, office.settings.limits)
    tokens = {}
    for form_id in ("een", "twee"):
        tokens[form_id] = office.desk.new_token()
        office.desk.save_draft(form_id, tokens[form_id], ANSWERS, 0)
    newer = [edition_folder(parent / "new", 2024, form_id) for form_id in ("een", "twee")]
    office.catalogue = open_catalogue(newer, office.settings.limits)
    desk = office.desk
    assert desk.draft_form("een", tokens["een"]).title == "Jaarplan"
    assert desk.draft_form("twee", tokens["twee"]).title == "Het tweede"


def test_a_page_that_outlived_its_edition_is_saved_in_it(office: Office, old: str) -> None:
    """Opened before the form was renewed, saved for the first time after that."""
    assert office.desk.begin(FORM_ID).template.digest == old
    token = office.desk.new_token()
    serve(office, 2024)
    office.desk.save_draft(FORM_ID, token, ANSWERS, 0, old)
    assert office.desk.open_draft(FORM_ID, token).template_digest == old


def test_an_edition_that_nobody_had_is_refused(office: Office, old: str) -> None:
    for strange in (64 * "0", "../../etc/passwd", "", "x"):
        if strange:
            assert office.desk.edition(FORM_ID, strange) is None
        with pytest.raises(TemplateChanged):
            office.desk.save_draft(FORM_ID, office.desk.new_token(), ANSWERS, 0, strange)
    office.catalogue = Catalogue({})
    assert office.desk.edition("nowhere", old) is None


def test_a_page_of_one_edition_does_not_overwrite_a_draft_of_another(
    office: Office, old: str
) -> None:
    token = begun(office)
    new = serve(office, 2024)
    with pytest.raises(TemplateChanged):
        office.desk.save_draft(FORM_ID, token, {"nieuw": "x"}, 1, new)
    office.desk.carry_over(FORM_ID, token)
    with pytest.raises(TemplateChanged):
        office.desk.save_draft(FORM_ID, token, ANSWERS, 1, old)
    with pytest.raises(TemplateChanged):
        office.desk.send(FORM_ID, token, ANSWERS, old)


def test_a_draft_is_carried_over_when_asked_and_says_what_did_not_fit(
    office: Office, old: str
) -> None:
    token = begun(office)
    new = serve(office, 2024)
    carried = office.desk.carry_over(FORM_ID, token)
    assert (carried.template_digest, carried.version) == (new, 2)
    assert office.desk.open_draft(FORM_ID, token) == carried
    assert carried.values == {
        "naam": "De Blauwe Reiger",
        "dag": "2024-02-01",
        "rang": "2",
        "aantal": "12",
        "totaal": "12",
        "akkoord": True,
        "advies": "positief",
    }
    assert carried.carried is not None
    assert [(each.field, each.code, each.shown) for each in carried.carried.misfits] == [
        ("naam", "max_len", "De Blauwe Reiger"),
        ("kleur", "not_in_options", "Groen"),
        ("oud", "gone", "wat vroeger gevraagd werd"),
    ]
    assert office.desk.carry_over(FORM_ID, token) == carried
    answers = {**carried.values, "naam": "De Reiger", "kleur": "rood"}
    del answers["totaal"]
    office.desk.send(FORM_ID, token, answers)
    with pytest.raises(AlreadySubmitted):
        office.desk.carry_over(FORM_ID, token)


def test_what_did_not_fit_once_is_still_listed_after_the_next_edition(
    office: Office, old: str
) -> None:
    token = begun(office)
    serve(office, 2024)
    office.desk.carry_over(FORM_ID, token)
    serve(office, 2023)
    again = office.desk.carry_over(FORM_ID, token)
    assert again.carried is not None
    assert {each.field for each in again.carried.misfits} == {"naam", "kleur", "oud"}


def test_only_a_draft_that_is_there_is_carried_over(office: Office, old: str) -> None:
    with pytest.raises(UnknownLink):
        office.desk.carry_over(FORM_ID, office.desk.new_token())
    token = begun(office)
    serve(office, 2024)
    office.clock.pass_time(days=60)
    with pytest.raises(ExpiredLink):
        office.desk.carry_over(FORM_ID, token)


def test_a_cleared_field_stays_clear_whatever_the_new_template_holds(
    office: Office, old: str
) -> None:
    token = office.desk.new_token()
    office.desk.save_draft(FORM_ID, token, {"naam": "Kort"}, 0)
    serve(office, 2024)
    carried = office.desk.carry_over(FORM_ID, token)
    assert carried.values == {"naam": "Kort", "akkoord": False}


def test_a_draft_of_before_form_toml_was_kept(office: Office, old: str) -> None:
    """Its edition is known by the row; of today's form.toml only the document's settings count."""
    token = begun(office)
    office.files.delete(definition_key(old, FORM_ID))
    serve(office, 2024)
    form = office.desk.edition(FORM_ID, old)
    assert form is not None
    assert (form.title, form.template.definition.required_at_submit) == ("Jaarplan", ())
    assert office.desk.save_draft(FORM_ID, token, ANSWERS, 1).template_digest == old


def test_a_kept_form_toml_that_is_not_understood_any_more(office: Office, old: str) -> None:
    token = begun(office)
    office.files.put(definition_key(old, FORM_ID), b"colour = 'of another Formpress'\xff")
    serve(office, 2024)
    assert office.desk.draft_form(FORM_ID, token).template.digest == old


def test_a_kept_template_that_is_not_what_was_kept_is_refused(office: Office, old: str) -> None:
    token = begun(office)
    office.files.put(template_key(old), b"%PDF-1.7 another")
    serve(office, 2024)
    with pytest.raises(StorageError):
        office.desk.draft_form(FORM_ID, token)


def test_at_most_a_few_editions_are_held_open(office: Office, tmp_path: Path) -> None:
    desk = office.desk
    wiring = desk._wiring
    digests = []
    for width in range(400, 400 + _MOST_OPEN + 3):
        folder = small_form_folder(tmp_path / str(width), width)
        form = open_catalogue([folder], office.settings.limits).form("small-form")
        keep_edition(wiring, form)
        digests.append(form.template.digest)
    for digest in digests:
        assert edition(wiring, "small-form", digest) is edition(wiring, "small-form", digest)
    assert len(wiring.editions.forms) == _MOST_OPEN


def test_an_approval_is_for_one_edition(office: Office, tmp_path: Path) -> None:
    """Carried over, the draft is asked about anew; what the approver filled in goes with it."""
    with_route(office)
    desk, token = office.desk, office.desk.new_token()
    desk.save_draft(ROUTE_FORM, token, COMPLETE, 0)
    desk.ask_approval(ROUTE_FORM, token, "council", "raad@school.example", link_for)
    desk.decide(approver_token(mails(office)[-1]), YES)
    keep_edition(desk._wiring, office.catalogue.form(ROUTE_FORM))
    earlier = route_form()
    with pikepdf.open(BytesIO(earlier.pdf)) as pdf:
        pdf.Root.AcroForm.Fields[-1].MaxLen = 77
        out = BytesIO()
        pdf.save(out)
    definition, limits = earlier.template.definition, office.settings.limits
    today = form_of(out.getvalue(), ROUTE_FORM, definition, limits)
    office.catalogue = Catalogue({ROUTE_FORM: today})
    assert len(office.desk.open_draft(ROUTE_FORM, token).route.standing) == 1
    carried = office.desk.carry_over(ROUTE_FORM, token)
    assert carried.route.standing == ()
    assert carried.values["school"] == "De Boom"
    assert "advice" not in carried.values
    assert "advice_name" not in carried.values


def test_a_row_tells_which_edition(office: Office, old: str) -> None:
    begun(office)
    with office.sessions() as session:
        assert session.scalars(select(DraftRecord)).one().template_digest == old
