"""A form as its page shows it: pages with fields and instructions, and what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.errors import FieldProblem
from pipeline.flow.documents import Form
from pipeline.model.geometry import Page, Rect
from pipeline.model.outline import Section
from pipeline.model.template import Instruction
from web.field_view import (
    FieldView,
    InstructionView,
    Mirror,
    ProblemView,
    control_id,
    field_id,
    field_view,
    first_visible,
)
from web.wording import sentence


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading of the PDF's own, before its first field; ``level`` is that of the HTML heading."""

    title: str
    level: int


@dataclass(frozen=True, slots=True)
class PassageView:
    """A text that is printed on the page, for those who do not see it."""

    text: str


Entry = FieldView | InstructionView | HeadingView | PassageView


@dataclass(frozen=True, slots=True)
class PageView:
    """``entries`` in reading order: fields, what the page says before them, and instructions that
    belong to no field."""

    number: int
    page: Page
    entries: tuple[Entry, ...]

    @property
    def field_names(self) -> list[str]:
        return [entry.field.name for entry in self.entries if isinstance(entry, FieldView)]


@dataclass(frozen=True, slots=True)
class FormView:
    form: Form
    pages: tuple[PageView, ...]
    problems: tuple[ProblemView, ...]

    @property
    def errors(self) -> tuple[ProblemView, ...]:
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def required(self) -> int:
        return sum(view.required for view in self.fields)

    @property
    def filled(self) -> int:
        """How many of the required fields hold something."""
        return sum(view.required and view.filled for view in self.fields)

    @property
    def fields(self) -> Iterator[FieldView]:
        for page in self.pages:
            yield from (entry for entry in page.entries if isinstance(entry, FieldView))

    def mirrors_on(self, page: int) -> list[tuple[FieldView, Mirror]]:
        """Where fields of other pages show on this one, too."""
        return [
            (view, mirror)
            for view in self.fields
            for mirror in view.mirrors
            if mirror.elsewhere and mirror.page == page
        ]


def form_view(
    form: Form,
    values: Mapping[str, object],
    problems: Iterable[FieldProblem] = (),
    as_typed: Container[str] = (),
) -> FormView:
    """``values`` are kept values, or what was typed for the names in ``as_typed``.

    A name that is missing is empty.
    """
    template = form.template
    problem_list = problem_views(form, problems)
    own_problems = defaultdict(list)
    for problem in problem_list:
        own_problems[problem.field].append(problem)
    own_instructions = defaultdict(list)
    loose = defaultdict(list)
    for number, instruction in enumerate(template.instructions):
        shown = InstructionView(instruction_id(number), instruction.text)
        if _stands_with_its_field(form, instruction):
            own_instructions[instruction.for_field].append(shown)
        else:
            loose[instruction.page].append((instruction.rect, shown))
    fields = defaultdict(list)
    before = _printed_before(form.outline.sections, template.title)
    for number, field in enumerate(template.fields):
        if field.holds_data and field.visible:
            view = field_view(
                template.definition,
                form.outline,
                number,
                field,
                values.get(field.name),
                own_instructions[field.name],
                own_problems[field.name],
                field.name in as_typed,
                template.language,
            )
            fields[first_visible(field)[1].page].append(view)
    return FormView(
        form,
        tuple(
            PageView(
                number, page, tuple(_in_reading_order(page, fields[number], loose[number], before))
            )
            for number, page in enumerate(template.pages)
        ),
        problem_list,
    )


def problem_views(form: Form, problems: Iterable[FieldProblem]) -> tuple[ProblemView, ...]:
    numbers = {field.name: number for number, field in enumerate(form.template.fields)}
    return tuple(_problem_view(form, numbers, problem) for problem in problems)


def instruction_id(number: int) -> str:
    return f"u{number}"


def _problem_view(form: Form, numbers: Mapping[str, int], problem: FieldProblem) -> ProblemView:
    field = form.template.by_name.get(problem.field)
    on_page = field is not None and field.holds_data and field.visible
    return ProblemView(
        field=problem.field,
        code=problem.code,
        message=sentence(field, problem),
        level=problem.level,
        label=problem.field if field is None else form.outline.full_label_of(field),
        anchor=control_id(field_id(numbers[problem.field])) if on_page else None,
        page=first_visible(field)[1].page + 1 if field is not None and on_page else None,
    )


def _stands_with_its_field(form: Form, instruction: Instruction) -> bool:
    """Whether the instruction's field is on a page at all, and on the same one."""
    field = form.template.by_name.get(instruction.for_field or "")
    if field is None or not field.holds_data or not field.visible:
        return False
    return first_visible(field)[1].page == instruction.page


_TOP = 2
"""The HTML heading above all sections: that of a page."""
_DEEPEST = 6


def _printed_before(
    sections: Iterable[Section], title: str
) -> Mapping[str, tuple[HeadingView | PassageView, ...]]:
    """By the name of the field that it stands before. The form's own title is told elsewhere."""
    found: dict[str, tuple[HeadingView | PassageView, ...]] = {}
    above: list[HeadingView | PassageView] = []
    for section in sections:
        if section.title and section.title != title and (section.fields or section.level > 1):
            level = max(_TOP + 1, min(_DEEPEST, section.level + 1))
            above.append(HeadingView(section.title, level))
        above += map(PassageView, section.texts)
        for at, name in enumerate(section.fields):
            passages: tuple[HeadingView | PassageView, ...]
            passages = tuple(map(PassageView, section.before.get(name, ())))
            if at == 0:
                passages = (*above, *passages)
            if passages:
                found[name] = passages
        if section.fields:
            above = []
    return found


def _in_reading_order(
    page: Page,
    fields: list[FieldView],
    loose: list[tuple[Rect, InstructionView]],
    printed: Mapping[str, tuple[HeadingView | PassageView, ...]],
) -> Iterator[Entry]:
    """An instruction without a field stands before the first field that ends below its top."""
    before = defaultdict(list)
    for rect, shown in loose:
        top = page.shown(rect).y0
        bottoms = [page.shown(first_visible(view.field)[1].rect).y1 for view in fields]
        at = next((at for at, bottom in enumerate(bottoms) if bottom > top), len(fields))
        before[at].append(shown)
    for at, view in enumerate(fields):
        yield from printed.get(view.field.name, ())
        yield from before[at]
        yield view
    yield from before[len(fields)]
