"""The route of a form as its page shows it: what was done, what is asked of whom, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import gettext

from pipeline.flow.documents import Form
from pipeline.flow.route import Approval, ApprovalState, Route
from pipeline.model.approval_definition import ApprovalDefinition
from pipeline.model.approvals import approval_of, is_given_by_hand
from pipeline.model.field import Value
from web.field_view import FieldView, ProblemView
from web.route_words import in_words, lines_of, reason_of, title_of
from web.site import site

if TYPE_CHECKING:
    from web.form_view import FormView


@dataclass(frozen=True, slots=True)
class Step:
    """``state``: done, current, todo, or stopped where an approver said no. ``lines`` are what
    came of the last request, ``earlier`` what came of those before it."""

    title: str
    state: str
    lines: tuple[str, ...]
    approval_id: str = ""
    askable: bool = False
    asked_before: bool = False
    withdrawable: bool = False
    decided: bool = False
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the approval ``approval_id`` was not asked for; ``address`` is what was typed."""

    approval_id: str
    message: str
    address: str = ""
    problems: tuple[ProblemView, ...] = ()


@dataclass(frozen=True, slots=True)
class RouteView:
    """``standing`` are the titles of what a change of the form would take away."""

    steps: tuple[Step, ...]
    standing: tuple[str, ...] = ()
    trouble: Trouble | None = None
    mail_folder: str = ""
    sent: bool = False


def route_view(form: Form, route: Route | None, values: Mapping[str, Value]) -> RouteView | None:
    """``None`` for a form that asks nobody else. ``route`` is ``None`` before the first save."""
    approvals = form.template.definition.approvals
    if not approvals:
        return None
    given = {each.id for each in approvals if _is_given(form, each, route, values)}
    steps = [_approval_step(form, each, route, given) for each in approvals]
    begun = bool(given) or (route is not None and bool(route.standing))
    steps.insert(0, Step(gettext("Invullen"), "done" if begun else "todo", _filling(route)))
    sent = route is not None and route.submitted_at is not None
    steps.append(Step(gettext("Versturen"), "done" if sent else "todo", _sent(route)))
    ready = route is not None and route.pdf_at is not None
    steps.append(Step(gettext("Definitieve PDF"), "done" if ready else "todo", _ready(route)))
    standing = () if route is None else route.standing
    titles = tuple(title_of(form, each.id) for each in standing)
    folder = "" if sent else _mail_folder(standing)
    return RouteView(_with_current(steps), titles, mail_folder=folder, sent=sent)


def with_reserved(view: FormView, form: Form, route: Route) -> FormView:
    """The fields that approvers fill in, not to be changed here, and why."""
    reasons: dict[str, str] = {}
    for approval in route.standing:
        definition = approval_of(form.template, approval.id)
        for name in () if definition is None else definition.fields:
            reasons[name] = reason_of(form, approval)
    if not reasons:
        return view
    pages = tuple(
        replace(
            page,
            entries=tuple(
                replace(entry, asked=False, required=False, reserved=reasons[entry.field.name])
                if isinstance(entry, FieldView) and entry.field.name in reasons
                else entry
                for entry in page.entries
            ),
        )
        for page in view.pages
    )
    return replace(view, pages=pages)


def voided_sentence(form: Form, route: Route) -> str:
    """What the last save took away; empty where that is nothing."""
    titles = [title_of(form, each.id) for each in route.just_voided]
    if not titles:
        return ""
    return str(
        gettext(
            "Let op: door uw wijziging is vervallen: %(titles)s. Vraag het opnieuw als het "
            "formulier klaar is.",
            titles=_joined(titles),
        )
    )


def unsaved_sentence(view: RouteView | None) -> str:
    """What to say of a change that is not saved yet; empty where it takes nothing away."""
    if view is None or not view.standing:
        return ""
    return str(
        gettext(
            "Niet opgeslagen wijzigingen. Slaat u ze op, dan vervalt: %(titles)s",
            titles=_joined(view.standing),
        )
    )


def _mail_folder(standing: tuple[Approval, ...]) -> str:
    """Where the mail lies that somebody has to pass on by hand; empty where it was sent."""
    settings = site().settings
    waiting = any(each.state is ApprovalState.ASKED for each in standing)
    return str(settings.mail_dir) if waiting and not settings.mail_url else ""


def _is_given(
    form: Form, definition: ApprovalDefinition, route: Route | None, values: Mapping[str, Value]
) -> bool:
    latest = None if route is None else route.latest(definition.id)
    if latest is not None and latest.state is not ApprovalState.VOID:
        return latest.state is ApprovalState.GIVEN
    return is_given_by_hand(form.template, definition, values)


def _approval_step(
    form: Form, definition: ApprovalDefinition, route: Route | None, given: set[str]
) -> Step:
    """Of a sent form only what is in it: its page is for more people than its draft was."""
    requests = [] if route is None else [e for e in route.approvals if e.id == definition.id]
    sent = route is not None and route.submitted_at is not None
    if sent:
        requests = [
            each if definition.remark else replace(each, remark="")
            for each in requests[-1:]
            if each.state is ApprovalState.GIVEN
        ]
    latest = requests[-1] if requests else None
    waits_for = [title_of(form, each) for each in definition.after if each not in given]
    lines = [] if latest is None else lines_of(form, definition, latest)
    stands = latest is not None and latest.state is not ApprovalState.VOID
    if not stands and definition.id in given:
        lines.insert(0, gettext("Ingevuld in het formulier zelf."))
    elif not stands and waits_for:
        lines.append(gettext("Kan pas na: %(titles)s.", titles=_joined(waits_for)))
    elif latest is None:
        lines.append(gettext("Nog niet gevraagd."))
    return Step(
        title=definition.title,
        state=_state(latest, definition.id in given),
        lines=tuple(lines),
        approval_id=definition.id,
        askable=not sent and not waits_for and not (stands and definition.id in given),
        asked_before=stands,
        withdrawable=stands and not sent,
        decided=stands and latest is not None and latest.decided_at is not None,
        earlier=tuple(
            " ".join(lines_of(form, definition, each)) for each in reversed(requests[:-1])
        ),
    )


def _state(latest: Approval | None, given: bool) -> str:
    if latest is not None and latest.state is ApprovalState.REFUSED:
        return "stopped"
    return "done" if given else "todo"


def _with_current(steps: list[Step]) -> tuple[Step, ...]:
    """The first step that is not behind us is the one to take now; a stopped one stays stopped."""
    for at, step in enumerate(steps):
        if step.state == "stopped":
            break
        if step.state == "todo":
            steps[at] = replace(step, state="current")
            break
    return tuple(steps)


def _filling(route: Route | None) -> tuple[str, ...]:
    if route is None:
        return (gettext("Nog niet opgeslagen."),)
    return (
        gettext("Begonnen op %(moment)s.", moment=in_words(route.started_at)),
        gettext(
            "Laatst opgeslagen op %(moment)s (versie %(version)s).",
            moment=in_words(route.saved_at),
            version=route.version,
        ),
    )


def _sent(route: Route | None) -> tuple[str, ...]:
    if route is None or route.submitted_at is None:
        return ()
    return (gettext("Verstuurd op %(moment)s.", moment=in_words(route.submitted_at)),)


def _ready(route: Route | None) -> tuple[str, ...]:
    if route is None or route.pdf_at is None:
        return ()
    return (gettext("Klaar op %(moment)s.", moment=in_words(route.pdf_at)),)


def _joined(titles: list[str] | tuple[str, ...]) -> str:
    return "; ".join(titles)
