"""Approvals by link: asked for, given, refused, taken back, voided by a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select

from pipeline.errors import (
    AlreadySubmitted,
    ApprovalOver,
    ApprovalTooEarly,
    EditConflict,
    MailError,
    SubmissionError,
    TooManyMails,
    UnknownApproval,
    UnknownLink,
    WouldVoidApproval,
)
from pipeline.flow.drafts import Draft
from pipeline.flow.route import Approval, ApprovalState
from pipeline.store.mail import Mail
from pipeline.store.records import ApprovalRecord, VoidReason
from tests.pdf.judges import poppler_text
from tests.store.approval_form import (
    AGREED,
    COMPLETE,
    NO,
    ROUTE_FORM,
    YES,
    approver_token,
    link_for,
    mails,
    with_route,
)
from tests.store.office import Clock, Office

ADDRESS = "raad@school.example"
EMPTY = {"advice_note": None, "advice_name": None, "advice_day": None, "advice": None}


@pytest.fixture
def office(office: Office) -> Office:
    return with_route(office)


@pytest.fixture
def token(office: Office) -> str:
    """A draft that is complete but for its route."""
    token = office.desk.new_token()
    office.desk.save_draft(ROUTE_FORM, token, COMPLETE, 0)
    return token


def ask(office: Office, token: str, approval_id: str = "council") -> str:
    """Asks, and takes the approver's token out of the mail."""
    office.desk.ask_approval(ROUTE_FORM, token, approval_id, ADDRESS, link_for)
    return approver_token(mails(office)[-1])


def draft(office: Office, token: str) -> Draft:
    return office.desk.open_draft(ROUTE_FORM, token)


def approval(office: Office, token: str, approval_id: str = "council") -> Approval:
    found = draft(office, token).route.latest(approval_id)
    assert found is not None
    return found


def test_the_whole_route(office: Office, token: str) -> None:
    council = ask(office, token)
    assert council != token
    assert approval(office, token).state is ApprovalState.ASKED
    with pytest.raises(ApprovalTooEarly):
        office.desk.ask_approval(ROUTE_FORM, token, "board", ADDRESS, link_for)
    office.clock.pass_time(hours=2)
    seen = office.desk.decide(council, YES)
    assert (seen.approval.state, seen.approval.verdict) == (ApprovalState.GIVEN, "positive")
    filled = draft(office, token)
    assert filled.version == 2
    assert filled.saved_at == office.clock.now
    assert {name: filled.values.get(name) for name in EMPTY} == {
        "advice": "positive",
        "advice_note": None,
        "advice_name": "Anna Bos",
        "advice_day": "01-03-2026",
    }
    board = ask(office, token, "board")
    assert office.desk.open_approval(board).values["advice"] == "positive"
    office.desk.decide(board, AGREED)
    last = draft(office, token)
    assert (last.values["agreed"], last.values["agreed_role"]) == (True, "Voorzitter")
    sent = office.desk.send(ROUTE_FORM, token, COMPLETE)
    office.work()
    values = office.desk.submission(sent.token).values
    assert values["advice_name"] == "Anna Bos"
    assert values["agreed_name"] == "Bo Dijk"
    route = draft(office, token).route
    assert (route.submitted_at, route.pdf_at) == (office.clock.now, office.clock.now)
    assert [each.state for each in route.approvals] == [ApprovalState.GIVEN] * 2
    assert office.desk.open_approval(board).over == ""


def test_the_mail_says_what_it_is_about_and_nobody_keeps_the_address(
    office: Office, token: str
) -> None:
    council = ask(office, token)
    (mail,) = mails(office)
    assert mail["to"] == ADDRESS
    assert mail["subject"] == "Gevraagd: Advies van de raad (Plan)"
    assert "De Boom" in mail["text"]
    assert link_for(council) in mail["text"]
    assert token not in mail["text"]
    kept = b"".join(
        path.read_bytes() for path in office.settings.data_dir.glob("formpress.sqlite*")
    )
    assert b"De Boom" in kept
    assert ADDRESS.encode() not in kept
    assert council.encode() not in kept


def test_the_approver_sees_the_version_that_was_asked_for(office: Office, token: str) -> None:
    council = ask(office, token)
    found = office.desk.open_approval(council)
    assert (found.approval.version, found.values["school"], found.over) == (1, "De Boom", "")
    pdf = office.desk.approval_pdf(council)
    text = poppler_text(pdf)
    assert "De Boom" in text
    assert "CONCEPT" in "".join(text.split())
    office.desk.save_draft(ROUTE_FORM, token, {**COMPLETE, "school": "De Beuk"}, 1)
    assert office.desk.open_approval(council).values["school"] == "De Boom"
    with pytest.raises(ApprovalOver):
        office.desk.approval_pdf(council)


def test_what_is_missing_is_listed_but_not_what_approvals_fill_in(office: Office) -> None:
    token = office.desk.new_token()
    office.desk.save_draft(ROUTE_FORM, token, {"pupils": "veel"}, 0)
    with pytest.raises(SubmissionError) as caught:
        office.desk.ask_approval(ROUTE_FORM, token, "council", ADDRESS, link_for)
    assert [each.field for each in caught.value.problems] == ["school", "pupils"]
    assert mails(office) == []
    assert draft(office, token).route.approvals == ()


def test_a_change_voids_what_was_asked_and_what_was_given(office: Office, token: str) -> None:
    council = ask(office, token)
    saved = office.desk.save_draft(ROUTE_FORM, token, {**COMPLETE, "pupils": "20"}, 1)
    assert [each.id for each in saved.route.just_voided] == ["council"]
    assert office.desk.open_approval(council).over == "changed"
    with pytest.raises(ApprovalOver) as caught:
        office.desk.decide(council, YES)
    assert caught.value.data["why"] == "changed"
    office.desk.decide(ask(office, token), YES)
    office.desk.decide(ask(office, token, "board"), AGREED)
    now = draft(office, token)
    office.clock.pass_time(minutes=5)
    saved = office.desk.save_draft(ROUTE_FORM, token, {**COMPLETE, "open": False}, now.version)
    assert [each.id for each in saved.route.just_voided] == ["council", "board"]
    assert saved.route.standing == ()
    assert {name: saved.values.get(name) for name in EMPTY} == EMPTY
    assert saved.values["agreed"] is False
    assert "agreed_name" not in saved.values
    office.clock.pass_time(minutes=5)
    again = office.desk.save_draft(ROUTE_FORM, token, {**COMPLETE, "open": False}, saved.version)
    assert again.route.just_voided == ()


def test_what_a_save_took_away_is_known_by_its_moment(office: Office, token: str) -> None:
    """A clock that really moves, between any two looks at it."""
    ask(office, token)
    office.clock = Ticking()
    saved = office.desk.save_draft(ROUTE_FORM, token, {**COMPLETE, "pupils": "20"}, 1)
    assert [each.id for each in saved.route.just_voided] == ["council"]


class Ticking(Clock):
    def __call__(self) -> datetime:
        self.pass_time(microseconds=1)
        return self.now


def test_saving_without_a_change_voids_nothing(office: Office, token: str) -> None:
    office.desk.decide(ask(office, token), YES)
    same = {**COMPLETE, "advice": "", "advice_day": "1-3-2026", "agreed": False, "double": ""}
    saved = office.desk.save_draft(ROUTE_FORM, token, same, 2)
    assert approval(office, token).state is ApprovalState.GIVEN
    assert saved.values["advice"] == "positive"
    office.desk.save_draft(ROUTE_FORM, token, {**COMPLETE, "advice_name": "Anna Bos"}, None)
    assert approval(office, token).state is ApprovalState.GIVEN


@pytest.mark.parametrize(
    ("name", "value"),
    [("advice", "negative"), ("advice_name", "Een ander"), ("advice_note", "Erbij gezet")],
)
@pytest.mark.parametrize("decided", [True, False])
def test_nobody_else_fills_in_what_is_the_approvers(
    office: Office, token: str, name: str, value: str, decided: bool
) -> None:
    council = ask(office, token)
    if decided:
        office.desk.decide(council, YES)
    before = draft(office, token)
    for call in (
        lambda raw: office.desk.save_draft(ROUTE_FORM, token, raw, None),
        lambda raw: office.desk.send(ROUTE_FORM, token, raw),
    ):
        with pytest.raises(SubmissionError) as caught:
            call({**COMPLETE, name: value})
        assert [(each.field, each.code) for each in caught.value.problems] == [(name, "approved")]
    assert draft(office, token) == before


def test_sending_with_a_change_does_not_send_the_approval_of_something_else(
    office: Office, token: str
) -> None:
    office.desk.decide(ask(office, token), YES)
    office.desk.decide(ask(office, token, "board"), AGREED)
    with pytest.raises(SubmissionError) as caught:
        office.desk.send(ROUTE_FORM, token, {**COMPLETE, "pupils": "21"})
    assert {each.field for each in caught.value.problems} >= {"advice", "agreed"}
    assert draft(office, token).submission_token is None
    assert approval(office, token).void_reason is VoidReason.CHANGED


def test_a_refusal_by_radio_is_in_the_form_and_stops_the_route(office: Office, token: str) -> None:
    office.desk.decide(ask(office, token), NO)
    assert approval(office, token).state is ApprovalState.REFUSED
    assert draft(office, token).values["advice"] == "negative"
    with pytest.raises(ApprovalTooEarly):
        office.desk.ask_approval(ROUTE_FORM, token, "board", ADDRESS, link_for)
    again = ask(office, token)
    assert "advice" not in draft(office, token).values
    office.desk.decide(again, YES)
    states = [each.state for each in draft(office, token).route.approvals]
    assert states == [ApprovalState.VOID, ApprovalState.GIVEN]


def test_a_refusal_by_a_box_left_off_fills_nothing_in(office: Office, token: str) -> None:
    office.desk.decide(ask(office, token), YES)
    before = draft(office, token)
    no = {"verdict": "false", "name": "Bo Dijk", "remark": "Eerst de begroting."}
    seen = office.desk.decide(ask(office, token, "board"), no)
    assert seen.approval.state is ApprovalState.REFUSED
    assert seen.approval.remark == "Eerst de begroting."
    assert draft(office, token).values == before.values


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({}, [("verdict", "required"), ("name", "required"), ("date", "required")]),
        ({**YES, "verdict": "misschien"}, [("verdict", "not_in_options")]),
        ({**YES, "verdict": "remarks"}, [("remark", "required")]),
        ({**YES, "remark": "x" * 41}, [("remark", "max_len")]),
        ({**YES, "name": "x" * 31}, [("name", "max_len")]),
        ({**YES, "name": "  "}, [("name", "required")]),
        ({**YES, "date": "31-02-2026"}, [("date", "not_a_date")]),
        ({**YES, "date": "02-03-2026"}, [("date", "in_future")]),
        ({**YES, "remark": "W" * 40}, [("remark", "does_not_fit")]),
        ({**YES, "name": "Anna 名"}, [("name", "no_glyph")]),
    ],
)
def test_a_decision_is_checked_as_the_form_checks_its_fields(
    office: Office, token: str, given: dict[str, str], problems: list[tuple[str, str]]
) -> None:
    council = ask(office, token)
    with pytest.raises(SubmissionError) as caught:
        office.desk.decide(council, given)
    assert [(each.field, each.code) for each in caught.value.problems] == problems
    assert approval(office, token).state is ApprovalState.ASKED


def test_what_the_form_has_no_field_for_has_a_limit_too(office: Office, token: str) -> None:
    office.desk.decide(ask(office, token), YES)
    board = ask(office, token, "board")
    with pytest.raises(SubmissionError) as caught:
        office.desk.decide(board, {**AGREED, "remark": "x" * 1001})
    assert [(each.field, each.code) for each in caught.value.problems] == [("remark", "max_len")]
    seen = office.desk.decide(board, {**AGREED, "remark": "x" * 1000})
    assert seen.approval.dated == date(2026, 3, 1)


def test_a_decision_is_made_once(office: Office, token: str) -> None:
    council = ask(office, token)
    office.desk.decide(council, YES)
    second = office.desk.decide(council, NO)
    assert second.approval.verdict == "positive"
    assert draft(office, token).version == 2


def test_asking_again_replaces_the_link(office: Office, token: str) -> None:
    first = ask(office, token)
    second = ask(office, token)
    assert office.desk.open_approval(first).over == "replaced"
    assert office.desk.open_approval(second).over == ""
    assert draft(office, token).route.just_voided == ()


def test_asking_the_earlier_one_again_takes_the_later_one_with_it(
    office: Office, token: str
) -> None:
    office.desk.decide(ask(office, token), YES)
    board = ask(office, token, "board")
    office.desk.decide(board, AGREED)
    ask(office, token)
    assert office.desk.open_approval(board).over == "earlier"
    assert draft(office, token).values["agreed"] is False


def test_a_request_can_be_taken_back(office: Office, token: str) -> None:
    council = ask(office, token)
    office.desk.withdraw_approval(ROUTE_FORM, token, "council")
    assert office.desk.open_approval(council).over == "withdrawn"
    office.desk.withdraw_approval(ROUTE_FORM, token, "council")
    by_hand = {**COMPLETE, "advice": "positive", "advice_name": "Anna", "advice_day": "1-3-2026"}
    office.desk.save_draft(ROUTE_FORM, token, by_hand, None)
    office.desk.withdraw_approval(ROUTE_FORM, token, "council")
    assert draft(office, token).values["advice"] == "positive", "nobody was asked by link"


def test_an_advice_by_hand_counts_and_is_part_of_what_the_board_judges(
    office: Office, token: str
) -> None:
    by_hand = {**COMPLETE, "advice": "positive", "advice_name": "Anna", "advice_day": "1-3-2026"}
    office.desk.save_draft(ROUTE_FORM, token, by_hand, 1)
    board = ask(office, token, "board")
    office.desk.save_draft(ROUTE_FORM, token, {**by_hand, "advice_name": "Bea"}, None)
    assert office.desk.open_approval(board).over == "changed"


def test_asking_by_link_empties_what_was_filled_in_by_hand(office: Office, token: str) -> None:
    office.desk.save_draft(ROUTE_FORM, token, {**COMPLETE, "advice": "positive"}, 1)
    ask(office, token)
    assert "advice" not in draft(office, token).values


@pytest.mark.parametrize("why", ["refused", "unreachable"])
def test_a_mail_that_nobody_takes_changes_nothing(office: Office, token: str, why: str) -> None:
    first = ask(office, token)

    class Closed:
        keeps_in_folder = False

        def send(self, mail: Mail) -> None:
            raise MailError(why=why)

    mailer, office.mailer = office.mailer, Closed()
    with pytest.raises(MailError):
        office.desk.ask_approval(ROUTE_FORM, token, "council", ADDRESS, link_for)
    office.mailer = mailer
    assert office.desk.open_approval(first).over == ""


def test_a_save_while_the_mail_goes_out_is_a_conflict(office: Office, token: str) -> None:
    def save_meanwhile(secret: str) -> str:
        office.new_desk().save_draft(ROUTE_FORM, token, {**COMPLETE, "pupils": "7"}, None)
        return link_for(secret)

    with pytest.raises(EditConflict):
        office.desk.ask_approval(ROUTE_FORM, token, "council", ADDRESS, save_meanwhile)
    with pytest.raises(UnknownLink):
        office.desk.open_approval(approver_token(mails(office)[-1]))
    assert draft(office, token).route.approvals == ()


def test_nobody_has_us_flood_a_letter_box(office: Office, token: str) -> None:
    for _ in range(5):
        ask(office, token)
    with pytest.raises(TooManyMails):
        ask(office, token)


def test_a_link_expires_with_its_draft_and_says_so(office: Office, token: str) -> None:
    council = ask(office, token)
    office.clock.pass_time(days=61)
    assert office.desk.open_approval(council).over == "expired"
    with pytest.raises(ApprovalOver):
        office.desk.decide(council, YES)
    office.desk.purge()
    purged = office.desk.open_approval(council)
    assert (purged.over, purged.values) == ("expired", {})


def test_what_was_sent_needs_no_decision_any_more(office: Office, token: str) -> None:
    by_hand = {
        **COMPLETE,
        "advice": "positive",
        "advice_name": "Anna",
        "advice_day": "1-3-2026",
        "agreed": True,
        "agreed_name": "Bo",
    }
    council = ask(office, token)
    with pytest.raises(SubmissionError):
        office.desk.send(ROUTE_FORM, token, by_hand)
    office.desk.withdraw_approval(ROUTE_FORM, token, "council")
    assert office.desk.send(ROUTE_FORM, token, by_hand).reference
    assert office.desk.open_approval(council).over == "withdrawn"
    for call in (
        lambda: office.desk.ask_approval(ROUTE_FORM, token, "council", ADDRESS, link_for),
        lambda: office.desk.withdraw_approval(ROUTE_FORM, token, "council"),
    ):
        with pytest.raises(AlreadySubmitted):
            call()


@pytest.mark.parametrize(
    "call",
    [
        lambda office, token: office.desk.ask_approval(
            ROUTE_FORM, token, "nobody", ADDRESS, link_for
        ),
        lambda office, token: office.desk.withdraw_approval(ROUTE_FORM, token, "nobody"),
    ],
)
def test_an_approval_that_the_form_does_not_know(
    office: Office, token: str, call: Callable[[Office, str], None]
) -> None:
    with pytest.raises(UnknownApproval):
        call(office, token)


def test_the_drafts_own_link_opens_no_approvers_page_nor_the_other_way_round(
    office: Office, token: str
) -> None:
    council = ask(office, token)
    for call in (
        lambda: office.desk.open_approval(token),
        lambda: office.desk.decide(token, YES),
        lambda: office.desk.open_draft(ROUTE_FORM, council),
        lambda: office.desk.save_draft(ROUTE_FORM, council, {"school": "x"}, 1),
    ):
        with pytest.raises(UnknownLink):
            call()


def test_values_of_the_version_are_kept_beside_the_request(office: Office, token: str) -> None:
    ask(office, token)
    with office.sessions() as session:
        (record,) = session.scalars(select(ApprovalRecord)).all()
    assert record.values["school"] == "De Boom"
    assert record.draft_version == 1


def test_a_save_that_nobody_asked_for_voids_nothing(office: Office) -> None:
    with_route(office)
    token = office.desk.new_token()
    office.desk.save_draft(ROUTE_FORM, token, COMPLETE, 0)
    office.desk.ask_approval(ROUTE_FORM, token, "council", "a@b.example", link_for)
    changed = {**COMPLETE, "pupils": "3"}
    with pytest.raises(WouldVoidApproval):
        office.desk.save_draft(ROUTE_FORM, token, changed, 1, quiet=True)
    kept = office.desk.open_draft(ROUTE_FORM, token)
    assert kept.version == 1
    assert [each.id for each in kept.route.standing] == ["council"]
    assert office.desk.save_draft(ROUTE_FORM, token, COMPLETE, 1, quiet=True).route.standing
    saved = office.desk.save_draft(ROUTE_FORM, token, changed, None)
    assert [each.id for each in saved.route.just_voided] == ["council"]
