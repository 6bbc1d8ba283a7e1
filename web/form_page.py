"""The page of a form in each of its states: new, continued, refused, overtaken by another save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.errors import EditConflict, FormpressError, SubmissionError
from pipeline.flow.documents import Form, Stage, check
from pipeline.flow.drafts import Draft
from web.field_view import ProblemView
from web.form_view import FormView, form_view, problem_views
from web.forms import Posted
from web.links import SavedMessage, saved_message
from web.site import site


@dataclass(frozen=True, slots=True)
class FormPage:
    """``version`` is the stored version that this page goes on from, 0 where nothing is stored.

    ``refused`` are the problems that kept the form from being sent; ``conflict`` the version that
    somebody else saved meanwhile; ``report`` what could not be read from an upload.
    """

    form: Form
    token: str
    version: int
    view: FormView
    saved: SavedMessage | None = None
    refused: tuple[ProblemView, ...] = ()
    conflict: int | None = None
    report: tuple[ProblemView, ...] | None = None

    @property
    def unsaved(self) -> bool:
        """Whether the page holds what is stored nowhere yet."""
        return self.conflict is not None


def fresh_page(form: Form, token: str) -> FormPage:
    values = check(form, {}, Stage.DRAFT).values
    return FormPage(form, token, 0, form_view(form, values))


def page_of_draft(form: Form, token: str, draft: Draft) -> FormPage:
    report = draft.upload_report
    return FormPage(
        form,
        token,
        draft.version,
        form_view(form, draft.values, as_typed=_wrong(form, draft.values)),
        saved=saved_message(form, token, draft),
        report=None if report is None else problem_views(form, report),
    )


def rejected_page(form: Form, token: str, posted: Posted, error: SubmissionError) -> FormPage:
    """Every value as it was typed, and each problem twice: above the form and at its field."""
    view = form_view(form, _as_typed(form, posted), error.problems, posted.raw)
    page = FormPage(form, token, posted.version or 0, view, refused=view.problems)
    return _with_what_is_stored(page)


def conflict_page(form: Form, token: str, posted: Posted, conflict: EditConflict) -> FormPage:
    found = conflict.data.get("version")
    return FormPage(
        form,
        token,
        posted.version or 0,
        form_view(form, _as_typed(form, posted), as_typed=posted.raw),
        conflict=found if isinstance(found, int) else 0,
    )


def _as_typed(form: Form, posted: Posted) -> Mapping[str, object]:
    """What was posted; calculated and fixed fields as the server knows them."""
    return {**check(form, posted.raw, Stage.DRAFT).values, **posted.raw}


def _wrong(form: Form, values: Mapping[str, object]) -> set[str]:
    """A draft keeps what is wrong as it was typed."""
    return {problem.field for problem in check(form, values, Stage.DRAFT).problems}


def _with_what_is_stored(page: FormPage) -> FormPage:
    try:
        draft = site().desk.open_draft(page.form.id, page.token)
    except FormpressError:
        return page
    return replace(page, version=draft.version, saved=saved_message(page.form, page.token, draft))
