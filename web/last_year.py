"""Last year's answers on this year's page: which fields still say the same, and which do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from pipeline.errors import FormpressError, NotALink
from pipeline.model.field import Value
from web.explanations import explain, explanation_text
from web.field_view import FieldView, control_id
from web.form_view import Entry, FormView, PageView

_ = lazy_gettext

_TROUBLE: Mapping[str, LazyString] = {
    "unknown_link": _(
        "Onder deze link is hier niets te vinden. Kopieer de link nog eens, van het begin tot het "
        "eind. Na afloop van de termijn werkt een link niet meer; gebruik dan de PDF."
    ),
    "expired_link": _(
        "Deze link is verlopen en het formulier is verwijderd. Hebt u de PDF nog? Gebruik dan die."
    ),
}


@dataclass(frozen=True, slots=True)
class Before:
    """A field that had an answer last year."""

    name: str
    label: str
    anchor: str
    page: int
    same: bool


@dataclass(frozen=True, slots=True)
class LastYear:
    """In the form's order; ``values`` are last year's, for the page's script."""

    fields: tuple[Before, ...]
    values: dict[str, Value]

    @property
    def same(self) -> tuple[Before, ...]:
        return tuple(each for each in self.fields if each.same)

    @property
    def changed(self) -> tuple[Before, ...]:
        return tuple(each for each in self.fields if not each.same)


def compared(
    view: FormView, previous: Mapping[str, Value], values: Mapping[str, object]
) -> tuple[FormView, LastYear]:
    """The view with a mark at each field that has an answer of last year, and all of them."""
    found: list[Before] = []
    pages: list[PageView] = []
    for page in view.pages:
        entries: list[Entry] = []
        for entry in page.entries:
            if isinstance(entry, FieldView) and entry.asked and entry.field.name in previous:
                same = values.get(entry.field.name) == previous[entry.field.name]
                found.append(_before(entry, page.number + 1, same))
                entry = replace(entry, since="same" if same else "changed")
            entries.append(entry)
        pages.append(replace(page, entries=tuple(entries)))
    names = {each.name for each in found}
    kept = {name: value for name, value in previous.items() if name in names}
    return replace(view, pages=tuple(pages)), LastYear(tuple(found), kept)


def token_of(link: str) -> str:
    """The token in a link of a saved or sent form, or a token alone. Raises ``NotALink``."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        raise NotALink() from None
    steps = [unquote(step) for step in parts.path.split("/") if step]
    for word, further in (("formulier", 2), ("ingediend", 1)):
        if word in steps and len(steps) > steps.index(word) + further:
            return steps[steps.index(word) + further]
    if len(steps) == 1 and not parts.netloc and "." not in steps[0]:
        return steps[0]
    raise NotALink()


def trouble(error: FormpressError) -> str:
    """What went wrong with last year's PDF or link, in one or two sentences."""
    own = _TROUBLE.get(error.code)
    if own is not None:
        return str(own)
    found = explain(error)
    return f"{found.title}. {explanation_text(found, error)}"


def _before(entry: FieldView, page: int, same: bool) -> Before:
    return Before(entry.field.name, entry.full_label, control_id(entry.id), page, same)
