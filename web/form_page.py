"""The page of a form in each of its states: new, continued, refused, overtaken by another save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import EditConflict, FieldProblem, FormpressError, SubmissionError
from pipeline.flow.documents import Form, Stage, check
from pipeline.flow.drafts import Draft
from pipeline.flow.merging import fingerprints
from pipeline.model.field import Value
from web.carry_view import CarryView, carry_view
from web.conflict import ConflictView, basis_after, conflict_view, merged_values
from web.field_view import ProblemView
from web.form_view import FormView, form_view, problem_views
from web.forms import Posted
from web.last_year import LastYear, compared
from web.links import SavedMessage, saved_message
from web.route_view import RouteView, route_view, with_reserved
from web.site import site


@dataclass(frozen=True, slots=True)
class FormPage:
    """``version`` is the stored version that this page goes on from, 0 where nothing is stored.

    ``basis`` are the fingerprints of the answers that it began with, by field. ``refused`` are the
    problems that kept the form from being sent; ``conflict`` is what somebody else changed as
    well; ``report`` what could not be read from an upload. ``newer`` is
    today's edition where this is an earlier one. ``carried`` came over from elsewhere;
    ``last_year`` compares with last year's answers, ``trouble`` is why they could not be had.
    ``route`` is what others are asked, where the form asks them.
    """

    form: Form
    token: str
    version: int
    view: FormView
    basis: Mapping[str, str]
    saved: SavedMessage | None = None
    refused: tuple[ProblemView, ...] = ()
    conflict: ConflictView | None = None
    report: tuple[ProblemView, ...] | None = None
    newer: Form | None = None
    carried: CarryView | None = None
    last_year: LastYear | None = None
    trouble: str | None = None
    route: RouteView | None = None

    @property
    def unsaved(self) -> bool:
        """Whether the page holds what is stored nowhere yet."""
        return self.conflict is not None


def fresh_page(form: Form, token: str, trouble: str | None = None) -> FormPage:
    values = check(form, {}, Stage.DRAFT).values
    route = route_view(form, None, values)
    view = form_view(form, values)
    return FormPage(form, token, 0, view, fingerprints(values), trouble=trouble, route=route)


def page_of_draft(
    form: Form, token: str, draft: Draft, problems: Sequence[FieldProblem] = ()
) -> FormPage:
    report = draft.upload_report
    page = FormPage(
        form,
        token,
        draft.version,
        form_view(form, draft.values, problems, _wrong(form, draft.values)),
        fingerprints(draft.values),
        saved=saved_message(form, token, draft),
        report=None if report is None else problem_views(form, report),
    )
    return _with_what_came_over(page, draft, draft.values)


def rejected_page(
    form: Form, token: str, posted: Posted, error: SubmissionError, saved: Draft | None
) -> FormPage:
    """Every value as it was typed, and each problem twice: above the form and at its field.

    Calculated and fixed fields are as the server knows them. ``saved`` is what became of the values
    in the store, where they got there: what somebody else had changed is as it is there.
    """
    values = check(form, posted.raw, Stage.DRAFT).values
    shown, as_typed = {**values, **posted.raw}, set(posted.raw)
    if saved is None:
        seen = {} if posted.basis is None else posted.basis.seen
        view = form_view(form, shown, error.problems, as_typed)
        page = FormPage(form, token, posted.version or 0, view, seen, refused=view.problems)
        draft = _stored(page)
        return page if draft is None else _with_what_came_over(page, draft, values)
    others = _different(saved.values, values)
    shown.update({name: saved.values.get(name, "") for name in others})
    view = form_view(form, shown, error.problems, as_typed - others)
    page = FormPage(
        form,
        token,
        saved.version,
        view,
        fingerprints(saved.values),
        saved=saved_message(form, token, saved),
        refused=view.problems,
    )
    return _with_what_came_over(page, saved, saved.values)


def conflict_page(form: Form, token: str, posted: Posted, conflict: EditConflict) -> FormPage:
    """Mine as it was typed, with what only the other changed; and both, where both changed it."""
    values = check(form, posted.raw, Stage.DRAFT).values
    shown, others = merged_values({**values, **posted.raw}, conflict)
    found = conflict_view(form, values, posted, conflict)
    page = FormPage(
        form,
        token,
        found.version,
        form_view(form, shown, as_typed=set(posted.raw) - others),
        basis_after(posted, conflict),
        conflict=found,
    )
    draft = _stored(page)
    return page if draft is None else _with_what_came_over(page, draft, values)


def _different(one: Mapping[str, Value], other: Mapping[str, Value]) -> set[str]:
    """The names of the fields that are not answered alike."""
    before, after = fingerprints(one), fingerprints(other)
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def _with_what_came_over(page: FormPage, draft: Draft, values: Mapping[str, object]) -> FormPage:
    today = site().form(page.form.id)
    if today.template.digest != page.form.template.digest:
        page = replace(page, newer=today)
    if draft.carried is not None:
        page = replace(page, carried=carry_view(page.form, draft.carried))
    if draft.previous is not None:
        view, last_year = compared(page.view, draft.previous, values)
        page = replace(page, view=view, last_year=last_year)
    view = with_reserved(page.view, page.form, draft.route)
    return replace(page, view=view, route=route_view(page.form, draft.route, draft.values))


def _wrong(form: Form, values: Mapping[str, object]) -> set[str]:
    """A draft keeps what is wrong as it was typed."""
    return {problem.field for problem in check(form, values, Stage.DRAFT).problems}


def _stored(page: FormPage) -> Draft | None:
    try:
        return site().desk.open_draft(page.form.id, page.token)
    except FormpressError:
        return None
