"""One field as the form page shows it: its native control, its state, its places, its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.definition import FormDefinition
from pipeline.model.field import Field, FieldType, Option, Widget
from pipeline.model.formats import DateFormat, NumberFormat, PercentFormat
from pipeline.model.outline import Outline
from web.answer_view import chosen_states, control_kind, options_offered, text_in_control
from web.forms import PREFIX, RESERVED, is_asked
from web.hints import hint

_LONG_LINE = 180.0
"""Points: a line from which a text is worth a look at how it is set; also characters."""
_USUAL_SIZE = 9.0
_LONGEST_CODE = 16
"""Characters of a number or code, which no spelling checker knows."""


@dataclass(frozen=True, slots=True)
class ProblemView:
    """``anchor`` is the id of the control to jump to; ``None`` for what is not on the page."""

    field: str
    code: str
    message: str
    level: str
    label: str
    anchor: str | None
    page: int | None

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class InstructionView:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Button:
    """One native checkbox or radio button: one on-state of a field."""

    id: str
    value: str
    label: str
    checked: bool
    place: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """Another place where the field shows; it repeats what the control holds. ``elsewhere`` says
    that it is on another page, whose sheet it stands in."""

    place: str
    page: int
    on_state: str | None
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """``kind`` says which control: text, area, password, combo, select, list, boxes or radio.

    ``label`` are the words on the page where the PDF has no name for people; ``context`` tells it
    from fields of the same label, and ``full_label`` has both. ``form_kind`` is form.toml's kind of
    text. ``language`` is the form's, empty where it is not told.
    ``since`` compares with last year's answer: same, changed, or nothing where there is none.
    ``reserved`` says why nobody may fill it in here: an approver does. It is not posted then.
    """

    id: str
    field: Field
    kind: str
    text: str
    chosen: tuple[str, ...]
    limit: int | None
    required: bool
    asked: bool
    place: str
    buttons: tuple[Button, ...]
    mirrors: tuple[Mirror, ...]
    options: tuple[Option, ...]
    instructions: tuple[InstructionView, ...]
    problems: tuple[ProblemView, ...]
    label: str
    context: str
    full_label: str
    form_kind: str | None = None
    language: str = ""
    since: str = ""
    reserved: str = ""

    @property
    def input_name(self) -> str:
        return (RESERVED if self.reserved else PREFIX) + self.field.name

    @property
    def places_elsewhere(self) -> str:
        """The ids of its mirrors that stand in other pages' sheets."""
        return " ".join(each.place for each in self.mirrors if each.elsewhere)

    @property
    def control_id(self) -> str:
        return control_id(self.id)

    @property
    def hint(self) -> str:
        return hint(self.field, self.form_kind) if self.asked else ""

    @property
    def described_by(self) -> str:
        hints = [f"{self.id}-h"] if self.hint else []
        hints += [f"{self.id}-s"] if self.since else []
        hints += [f"{self.id}-r"] if self.reserved else []
        # The maximum, not what is left of it: that would be told anew at each key.
        hints += [f"{self.id}-m"] if self.counts else []
        return " ".join([f"{self.id}-e", *(each.id for each in self.instructions), *hints])

    @property
    def invalid(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)

    @property
    def counts(self) -> bool:
        """Whether to show how many characters are left: not where a format says what to write."""
        return self.limit is not None and self.asked and self.field.format is None

    @property
    def filled(self) -> bool:
        return bool(self.text or self.chosen)

    @property
    def input_mode(self) -> str | None:
        numeric = isinstance(self.field.format, NumberFormat | PercentFormat)
        return "decimal" if numeric else None

    @property
    def prose(self) -> bool:
        """Whether words are written here: what a spelling checker may look at."""
        return self._takes_any_text and (self.limit is None or self.limit > _LONGEST_CODE)

    @property
    def previewed(self) -> bool:
        """Whether how a text is set is worth a look: where it may get smaller, or wrap."""
        if not self._takes_any_text:
            return False
        box, size = first_visible(self.field)[1].rect, _USUAL_SIZE
        lines = max(1, int(box.height / (1.25 * size))) if self.kind == "area" else 1
        room = lines * box.width / (0.5 * size)
        return lines > 1 or (box.width >= _LONG_LINE and (self.limit or _LONG_LINE) > 0.8 * room)

    @property
    def picks_date(self) -> bool:
        """Whether its text is a whole date, which a calendar can write."""
        shape = self.field.format
        if not (self.asked and self.kind == "text" and isinstance(shape, DateFormat)):
            return False
        return shape.kind == "date" and all(part in shape.pattern.pattern for part in "dmy")

    @property
    def short(self) -> bool:
        """Whether a narrow input holds all that may be typed."""
        return self.kind == "text" and (
            self.field.format is not None or (self.limit is not None and self.limit <= 16)
        )

    @property
    def _takes_any_text(self) -> bool:
        return (
            self.asked
            and self.kind in ("text", "area")
            and self.field.format is None
            and not self.field.comb
            and self.form_kind is None
        )

    @property
    def rows(self) -> int:
        """Lines of a text area where it stands in a list: about as many as its box has."""
        return max(2, min(12, round(first_visible(self.field)[1].rect.height / 11)))


def field_id(number: int) -> str:
    """Names may hold any character; ids are the field's number in the template."""
    return f"v{number}"


def control_id(id_of_field: str) -> str:
    return f"{id_of_field}-i"


def place_id(number: int, widget_number: int) -> str:
    """The id of what stands where a widget is; the stylesheet of the form positions it."""
    return f"v{number}-w{widget_number}"


def first_visible(field: Field) -> tuple[int, Widget]:
    return next((at, widget) for at, widget in enumerate(field.widgets) if widget.visible)


def field_view(
    definition: FormDefinition,
    outline: Outline,
    number: int,
    field: Field,
    value: object,
    instructions: Sequence[InstructionView] = (),
    problems: Sequence[ProblemView] = (),
    as_typed: bool = False,
    language: str = "",
) -> FieldView:
    """``as_typed`` says that ``value`` is what a person typed, not a value as it is kept."""
    first, shown = first_visible(field)
    chosen = chosen_states(field, value)
    buttons = tuple(_buttons(outline, number, field, chosen))
    own_places = {button.place for button in buttons} or {place_id(number, first)}
    asked = is_asked(field)
    return FieldView(
        id=field_id(number),
        field=field,
        kind=control_kind(field),
        text=text_in_control(field, value, as_typed),
        chosen=chosen,
        limit=definition.max_len.get(field.name, field.max_len),
        required=asked and (field.required or field.name in definition.required_at_submit),
        asked=asked,
        place=place_id(number, first),
        buttons=buttons,
        mirrors=tuple(
            Mirror(place_id(number, at), widget.page, widget.on_state, widget.page != shown.page)
            for at, widget in enumerate(field.widgets)
            if widget.visible and place_id(number, at) not in own_places
        ),
        options=tuple(options_offered(field, chosen)),
        instructions=tuple(instructions),
        problems=tuple(problems),
        label=outline.label_of(field),
        context=outline.contexts.get(field.name, ""),
        full_label=outline.full_label_of(field),
        form_kind=definition.kinds.get(field.name),
        language=language,
    )


def _buttons(
    outline: Outline, number: int, field: Field, chosen: tuple[str, ...]
) -> Iterator[Button]:
    """One for each on-state, at the first widget that shows it."""
    if field.type not in (FieldType.CHECKBOX, FieldType.RADIO):
        return
    displays = dict(zip(field.on_states, (each.display for each in field.options), strict=False))
    shown: set[str] = set()
    for at, widget in enumerate(field.widgets):
        state = widget.on_state
        if state is None or state in shown or not widget.visible:
            continue
        own_id = control_id(field_id(number)) + (str(len(shown)) if shown else "")
        shown.add(state)
        printed = outline.captions.get((field.name, state))
        label = printed or displays.get(state) or state_in_words(state)
        yield Button(own_id, state, label, state in chosen, place_id(number, at))


def state_in_words(state: str) -> str:
    """A PDF has no words for a button that stands beside a printed text, only a name."""
    words = state.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
