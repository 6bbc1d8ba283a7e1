"""What could differ on PostgreSQL: migrations, and requests that meet at one row."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from pipeline.errors import EditConflict
from pipeline.flow.merging import Basis, fingerprints
from pipeline.settings import load_settings
from pipeline.store.database import connect
from pipeline.store.records import DraftRecord, State, SubmissionRecord
from tests.store.approval_form import (
    COMPLETE,
    ROUTE_FORM,
    YES,
    approver_token,
    link_for,
    mails,
    with_route,
)
from tests.store.office import Office, close_office, open_office
from tests.store.postgres import running_postgres
from tests.store.small_form import ANSWERS, FORM_ID
from tests.store.test_migrations import differences, migrate_at_once


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """Migrated by several processes at once, as web and worker containers start."""
    with running_postgres() as url:
        url = load_settings(database_url=url).database
        migrate_at_once(url)
        yield url


@pytest.fixture
def office(postgres: str, tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path, postgres)
    yield office
    close_office(office)


class TestPostgres:
    """One class, which xdist (loadfile, loadscope) keeps together: one server serves all of it."""

    def test_migrations_make_the_tables_of_the_records(self, postgres: str) -> None:
        engine = connect(postgres)
        assert differences(engine) == []
        engine.dispose()

    def test_the_whole_flow(self, office: Office) -> None:
        token = office.desk.new_token()
        saved = office.desk.save_draft(FORM_ID, token, ANSWERS, 0)
        assert office.desk.open_draft(FORM_ID, token) == saved
        with pytest.raises(EditConflict):
            office.desk.save_draft(FORM_ID, token, {"school": "other"}, 5)
        sent = office.desk.send(FORM_ID, token, ANSWERS)
        office.work()
        view = office.desk.submission(sent.token)
        assert (view.state, view.submitted_at) == (State.DONE, office.clock.now)
        assert list(view.values) == ["school", "pupils", "agreed"]
        assert office.desk.submission_pdf(sent.token)[1].startswith(b"%PDF")

    def test_what_meets_at_one_row_is_one_draft_and_one_submission(self, office: Office) -> None:
        token = office.desk.new_token()
        with ThreadPoolExecutor(8) as threads:
            desks = [office.new_desk() for _ in range(8)]
            sends = [threads.submit(desk.send, FORM_ID, token, ANSWERS) for desk in desks]
            assert len({send.result() for send in sends}) == 1
        assert len(office.jobs) == 1

    def test_senders_of_a_new_form_at_once_get_each_their_own_reference(
        self, office: Office
    ) -> None:
        with ThreadPoolExecutor(8) as threads:
            for send in [threads.submit(office.send) for _ in range(16)]:
                send.result()
        with office.sessions() as session:
            references = list(session.scalars(select(SubmissionRecord.reference)))
            drafts = list(session.scalars(select(DraftRecord.id)))
        assert len(set(references)) == len(references) == len(drafts)

    def test_what_was_lost_is_swept(self, office: Office) -> None:
        token = office.send()
        office.jobs.clear()
        office.clock.pass_time(days=1)
        assert office.desk.requeue_stale() >= 1
        office.work()
        assert office.desk.submission(token).state is State.DONE

    def test_decisions_that_meet_at_one_link_are_one_decision(self, office: Office) -> None:
        with_route(office)
        token = office.desk.new_token()
        office.desk.save_draft(ROUTE_FORM, token, COMPLETE, 0)
        office.desk.ask_approval(ROUTE_FORM, token, "council", "a@b.example", link_for)
        link = approver_token(mails(office)[-1])
        with ThreadPoolExecutor(4) as threads:
            calls = [
                threads.submit(office.new_desk().decide, link, {**YES, "name": f"Anna {number}"})
                for number in range(4)
            ]
            assert len({call.result().approval.name for call in calls}) == 1
        found = office.desk.open_draft(ROUTE_FORM, token)
        assert found.version == 2
        saved = office.desk.save_draft(ROUTE_FORM, token, {**COMPLETE, "pupils": "3"}, 2)
        assert [each.id for each in saved.route.just_voided] == ["council"]
        assert office.desk.open_approval(link).over == "changed"

    def test_saves_that_meet_at_one_draft_are_merged(self, office: Office) -> None:
        token = office.desk.new_token()
        began = office.desk.save_draft(FORM_ID, token, {"school": "", "pupils": ""}, 0)
        basis = Basis(fingerprints(began.values))
        answers = ({"school": "De Boom", "pupils": ""}, {"school": "", "pupils": "7"})
        with ThreadPoolExecutor(2) as threads:
            saves = [
                threads.submit(office.new_desk().save_draft, FORM_ID, token, raw, 1, basis=basis)
                for raw in answers
            ]
            assert {save.result().version for save in saves} == {2, 3}
        values = office.desk.open_draft(FORM_ID, token).values
        assert (values["school"], values["pupils"]) == ("De Boom", "7")
