from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import select

from pipeline.errors import NotReady, SubmissionError, UnknownLink
from pipeline.store.records import State, SubmissionRecord
from tests.store.office import Office
from tests.store.small_form import ANSWERS, FORM_ID, KEPT


def test_sending_queues_one_job_and_gives_a_reference(office: Office) -> None:
    token = office.desk.new_token()
    sent = office.desk.send(FORM_ID, token, ANSWERS)
    assert sent.reference == "SMALL-000001"
    assert sent.submitted_at == office.clock.now
    view = office.desk.submission(sent.token)
    assert (view.state, view.failure, view.reference) == (State.QUEUED, None, sent.reference)
    assert (view.form_id, view.title) == (FORM_ID, "Small form")
    assert view.file_name == "small-De-Boom.pdf"
    assert {name: value for name, value in KEPT.items() if value != ""} == view.values
    assert [record.id for record in _rows(office)] == office.jobs
    with pytest.raises(NotReady):
        office.desk.submission_pdf(sent.token)


def test_with_gaps_every_problem_is_said_and_nothing_is_lost(office: Office) -> None:
    token = office.desk.new_token()
    with pytest.raises(SubmissionError) as caught:
        office.desk.send(FORM_ID, token, {"school": "", "pupils": "many", "note": "kept"})
    assert [each.field for each in caught.value.problems] == ["school", "pupils", "agreed"]
    draft = office.desk.open_draft(FORM_ID, token)
    assert (draft.version, draft.values["pupils"], draft.values["note"]) == (1, "many", "kept")
    assert office.jobs == []
    sent = office.desk.send(FORM_ID, token, ANSWERS)
    assert sent.reference == "SMALL-000001"


def test_sent_twice_it_is_one_submission_whatever_the_second_says(office: Office) -> None:
    token = office.desk.new_token()
    first = office.desk.send(FORM_ID, token, ANSWERS)
    office.clock.pass_time(seconds=1)
    assert office.desk.send(FORM_ID, token, ANSWERS) == first
    assert office.desk.send(FORM_ID, token, {"school": ""}) == first
    assert len(office.jobs) == len(_rows(office)) == 1


def test_sent_many_times_at_once_it_is_one_submission(office: Office) -> None:
    token = office.desk.new_token()
    with ThreadPoolExecutor(8) as threads:
        desks = [office.new_desk() for _ in range(8)]
        sends = [threads.submit(desk.send, FORM_ID, token, ANSWERS) for desk in desks]
        assert len({send.result() for send in sends}) == 1
    assert len(office.jobs) == len(_rows(office)) == 1


def test_many_senders_at_once_get_each_their_own_reference(office: Office) -> None:
    with ThreadPoolExecutor(8) as threads:
        sends = [threads.submit(office.send) for _ in range(16)]
        for send in sends:
            send.result()
    assert sorted(each.reference for each in _rows(office)) == [
        f"SMALL-{number:06}" for number in range(1, 17)
    ]


def test_a_submission_knows_the_earlier_one_of_the_same_key(office: Office) -> None:
    office.send()
    office.clock.pass_time(days=1)
    office.send()
    office.desk.send(FORM_ID, office.desk.new_token(), {**ANSWERS, "school": "De Linde"})
    first, second, other = sorted(_rows(office), key=lambda record: record.reference)
    assert (first.replaces_id, second.replaces_id, other.replaces_id) == (None, first.id, None)


def test_without_a_queue_it_waits_and_is_swept(office: Office) -> None:
    def down(_: UUID) -> None:
        raise ConnectionError("Redis is down")

    sent = office.new_desk(down).send(FORM_ID, office.desk.new_token(), ANSWERS)
    assert office.desk.submission(sent.token).state is State.QUEUED
    assert office.new_desk(down).requeue_stale() == 0
    assert office.desk.requeue_stale() == 1
    assert office.desk.requeue_stale() == 0
    office.work()
    assert office.desk.submission(sent.token).state is State.DONE


def test_an_unknown_submission_opens_nothing(office: Office) -> None:
    draft_token = office.desk.new_token()
    office.desk.send(FORM_ID, draft_token, ANSWERS)
    for token in ("", draft_token, office.desk.new_token()):
        for call in (office.desk.submission, office.desk.submission_pdf, office.desk.retry):
            with pytest.raises(UnknownLink):
                call(token)


def _rows(office: Office) -> list[SubmissionRecord]:
    with office.sessions() as session:
        return list(session.scalars(select(SubmissionRecord)))
