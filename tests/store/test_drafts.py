"""Saving, going on from the private link, and everything that link must refuse."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from pipeline.errors import (
    AlreadySubmitted,
    EditConflict,
    ExpiredLink,
    StorageError,
    SubmissionError,
    TemplateChanged,
    UnknownForm,
    UnknownLink,
)
from pipeline.flow.documents import Catalogue, open_catalogue
from pipeline.flow.links import new_token, submission_token
from pipeline.flow.merging import Basis, fingerprints
from pipeline.store.records import DraftRecord
from tests.store.office import Office, open_office
from tests.store.small_form import ANSWERS, FORM_ID, small_form_folder


def test_a_saved_form_is_there_again_also_what_is_wrong_in_it(office: Office) -> None:
    token = office.desk.new_token()
    saved = office.desk.save_draft(FORM_ID, token, {"school": "x" * 30, "pupils": "19,25"}, 0)
    assert saved.version == 1
    assert saved.expires_at == office.clock.now + timedelta(days=60)
    found = office.new_desk().open_draft(FORM_ID, token)
    assert found == saved
    assert found.values["school"] == "x" * 30
    assert found.values["pupils"] == "19.25"
    assert found.upload_report is None
    assert found.submission_token is None


def test_tokens_are_random_and_only_their_digest_is_kept(office: Office) -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {32}  # 24 random bytes, 192 bits
    token = tokens.pop()
    office.desk.save_draft(FORM_ID, token, ANSWERS, 0)
    sent = office.desk.send(FORM_ID, token, ANSWERS)
    assert sent.token == submission_token(token) != token
    database = office.settings.data_dir / "formpress.sqlite"
    everything = b"".join(path.read_bytes() for path in database.parent.glob("formpress.sqlite*"))
    assert b"De Boom" in everything
    assert token.encode() not in everything
    assert sent.token.encode() not in everything


def test_the_link_lives_sixty_days_from_the_last_save(office: Office) -> None:
    token = office.desk.new_token()
    office.desk.save_draft(FORM_ID, token, ANSWERS, 0)
    office.clock.pass_time(days=59, hours=23)
    office.desk.save_draft(FORM_ID, token, ANSWERS, 1)
    office.clock.pass_time(days=59, hours=23, minutes=59)
    assert office.desk.open_draft(FORM_ID, token).version == 2
    office.clock.pass_time(minutes=1)
    for call in (
        lambda: office.desk.open_draft(FORM_ID, token),
        lambda: office.desk.save_draft(FORM_ID, token, ANSWERS, 2),
        lambda: office.desk.send(FORM_ID, token, ANSWERS),
    ):
        with pytest.raises(ExpiredLink):
            call()


@pytest.mark.parametrize(
    "token", ["", "short", "é" * 32, "x" * 33, "../../etc/passwd-------------x"]
)
def test_what_cannot_be_a_token_opens_nothing(office: Office, token: str) -> None:
    with pytest.raises(UnknownLink):
        office.desk.open_draft(FORM_ID, token)
    with pytest.raises(UnknownLink):
        office.desk.save_draft(FORM_ID, token, ANSWERS, 0)


def test_a_token_that_nothing_was_saved_with_opens_nothing(office: Office) -> None:
    with pytest.raises(UnknownLink):
        office.desk.open_draft(FORM_ID, office.desk.new_token())
    with pytest.raises(UnknownLink):
        office.desk.save_draft(FORM_ID, office.desk.new_token(), ANSWERS, 3)
    assert _rows(office) == []


def test_a_link_of_another_form_opens_nothing(office: Office) -> None:
    token = office.desk.new_token()
    office.desk.save_draft(FORM_ID, token, ANSWERS, 0)
    form = office.catalogue.form(FORM_ID)
    other = type(form)("other", form.title, form.template, form.pdf)
    office.catalogue = Catalogue({FORM_ID: form, "other": other})
    with pytest.raises(UnknownLink):
        office.desk.open_draft("other", token)
    with pytest.raises(UnknownLink):
        office.desk.save_draft("other", token, ANSWERS, None)
    with pytest.raises(UnknownLink):
        office.desk.send("other", token, ANSWERS)
    with pytest.raises(UnknownForm):
        office.desk.open_draft("nowhere", token)


def test_a_save_from_an_old_page_does_not_overwrite(office: Office) -> None:
    token = office.desk.new_token()
    office.desk.save_draft(FORM_ID, token, {"school": "first"}, 0)
    office.desk.save_draft(FORM_ID, token, {"school": "second"}, 1)
    with pytest.raises(EditConflict) as caught:
        office.desk.save_draft(FORM_ID, token, {"school": "late"}, 1)
    assert caught.value.data["version"] == 2
    assert office.desk.open_draft(FORM_ID, token).values["school"] == "second"
    assert office.desk.save_draft(FORM_ID, token, {"school": "second"}, 1).version == 2
    assert office.desk.save_draft(FORM_ID, token, {"school": "mine"}, None).version == 3


def test_many_first_saves_at_once_are_one_draft(office: Office) -> None:
    token = office.desk.new_token()
    with ThreadPoolExecutor(8) as threads:
        saves = [
            threads.submit(office.new_desk().save_draft, FORM_ID, token, ANSWERS, 0)
            for _ in range(8)
        ]
        assert {save.result().version for save in saves} == {1}
    assert len(_rows(office)) == 1


def test_a_sent_form_is_read_only(office: Office) -> None:
    token = office.desk.new_token()
    sent = office.desk.send(FORM_ID, token, ANSWERS)
    with pytest.raises(AlreadySubmitted) as caught:
        office.desk.save_draft(FORM_ID, token, {"school": "other"}, None)
    assert caught.value.data["submission_token"] == sent.token
    found = office.desk.open_draft(FORM_ID, token)
    assert found.submission_token == sent.token
    assert found.values["school"] == "De Boom"


def test_values_of_fields_that_the_form_lacks_are_not_dropped_in_silence(office: Office) -> None:
    with pytest.raises(SubmissionError) as caught:
        office.desk.save_draft(FORM_ID, office.desk.new_token(), {"schol": "De Boom"}, 0)
    assert [problem.field for problem in caught.value.problems] == ["schol"]
    assert _rows(office) == []


def test_a_draft_belongs_to_the_template_it_was_begun_with(office: Office) -> None:
    """More of that in test_editions."""
    token = office.desk.new_token()
    office.desk.save_draft(FORM_ID, token, ANSWERS, 0)
    began_with = office.catalogue.form(FORM_ID).template.digest
    folder = small_form_folder(office.settings.data_dir / "next", width=310)
    office.catalogue = open_catalogue([folder], office.settings.limits)
    assert office.desk.open_draft(FORM_ID, token).template_digest == began_with
    today = office.catalogue.form(FORM_ID).template.digest
    for call in (
        lambda: office.desk.save_draft(FORM_ID, token, ANSWERS, 1, today),
        lambda: office.desk.send(FORM_ID, token, ANSWERS, today),
    ):
        with pytest.raises(TemplateChanged):
            call()
    assert office.desk.send(FORM_ID, token, ANSWERS, began_with).token == submission_token(token)


def test_a_disk_that_takes_nothing_is_said_and_keeps_no_half(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pipeline.store.files._write_synced", _raising(OSError(28, "No space left on device"))
    )
    with pytest.raises(StorageError):
        office.desk.save_draft(FORM_ID, office.desk.new_token(), ANSWERS, 0)
    assert _rows(office) == []


def test_a_database_that_takes_nothing_is_a_storage_error(office: Office) -> None:
    with office.sessions() as session:
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(StorageError) as caught:
        for _ in range(50):
            office.desk.save_draft(FORM_ID, office.desk.new_token(), {"note": "n" * 9000}, 0)
    assert caught.value.data["what"] == "database"


def test_two_offices_do_not_meet(office: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = open_office(tmp_path_factory.mktemp("other"))
    token = office.desk.new_token()
    office.desk.save_draft(FORM_ID, token, ANSWERS, 0)
    with pytest.raises(UnknownLink):
        other.desk.open_draft(FORM_ID, token)


def _rows(office: Office) -> list[DraftRecord]:
    with office.sessions() as session:
        return list(session.scalars(select(DraftRecord)))


def _raising(error: Exception):  # type: ignore[no-untyped-def]
    def fail(*_: object) -> None:
        raise error

    return fail


def test_two_saves_are_merged_field_by_field(office: Office) -> None:
    token = office.desk.new_token()
    began = office.desk.save_draft(FORM_ID, token, {"school": "De Boom", "pupils": "7"}, 0)
    basis = Basis(fingerprints(began.values))
    office.desk.save_draft(FORM_ID, token, {"school": "De Beuk", "pupils": "7"}, 1, basis=basis)
    merged = office.desk.save_draft(
        FORM_ID, token, {"school": "De Boom", "pupils": "8"}, 1, basis=basis
    )
    assert (merged.version, merged.taken) == (3, ("school",))
    assert merged.values == {"school": "De Beuk", "pupils": "8", "agreed": False}
    assert office.desk.open_draft(FORM_ID, token).values == merged.values


def test_what_both_changed_is_refused_with_both_answers(office: Office) -> None:
    token = office.desk.new_token()
    began = office.desk.save_draft(FORM_ID, token, {"school": "De Boom", "pupils": "7"}, 0)
    basis = Basis(fingerprints(began.values))
    office.clock.pass_time(minutes=5)
    office.desk.save_draft(FORM_ID, token, {"school": "De Beuk", "pupils": "9"}, 1, basis=basis)
    with pytest.raises(EditConflict) as caught:
        office.desk.save_draft(FORM_ID, token, {"school": "Linde", "pupils": "7"}, 1, basis=basis)
    error = caught.value
    assert (error.clashes, error.taken) == (("school",), ("pupils",))
    assert error.stored["school"] == "De Beuk"
    assert error.data == {"version": 2, "saved_at": office.clock.now}
    assert "De Beuk" not in str(error)
    assert office.desk.open_draft(FORM_ID, token).version == 2


def test_a_stale_page_without_changes_makes_no_version(office: Office) -> None:
    token = office.desk.new_token()
    began = office.desk.save_draft(FORM_ID, token, {"school": "De Boom"}, 0)
    basis = Basis(fingerprints(began.values))
    office.desk.save_draft(FORM_ID, token, {"school": "De Beuk"}, 1, basis=basis)
    again = office.desk.save_draft(FORM_ID, token, {"school": "De Boom"}, 1, basis=basis)
    assert (again.version, again.values["school"]) == (2, "De Beuk")


def test_saves_that_meet_lose_nothing(office: Office) -> None:
    token = office.desk.new_token()
    began = office.desk.save_draft(FORM_ID, token, {"school": "", "pupils": ""}, 0)
    basis = Basis(fingerprints(began.values))
    with ThreadPoolExecutor(2) as threads:
        saves = [
            threads.submit(office.new_desk().save_draft, FORM_ID, token, raw, 1, basis=basis)
            for raw in ({"school": "De Boom", "pupils": ""}, {"school": "", "pupils": "7"})
        ]
        assert {save.result().version for save in saves} == {2, 3}
    values = office.desk.open_draft(FORM_ID, token).values
    assert (values["school"], values["pupils"]) == ("De Boom", "7")
