"""The one-page of a form: its template, checked against the form once, when both are opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.errors import FormDefinitionError
from pipeline.model.definition import SYSTEM_VALUES, FormDefinition, definition_error
from pipeline.model.field import Field, FieldType
from pipeline.model.limits import Limits
from pipeline.model.one_page_definition import OnePageDefinition
from pipeline.model.template import Template
from pipeline.pdf.fonts import FontBook, read_font_book
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.reflow import check_reflow
from pipeline.pdf.states import TemplatePdf
from pipeline.pdf.template_reader import read_template

_BUTTONS = (FieldType.CHECKBOX, FieldType.RADIO)


@dataclass(frozen=True)
class OnePageTemplate:
    """``definition`` is what form.toml says of the one-page, ``document`` the same as the engine
    takes it: title, language, smallest text."""

    definition: OnePageDefinition
    document: FormDefinition
    template: Template
    pdf: TemplatePdf

    @cached_property
    def fonts(self) -> FontBook:
        with open_pdf(self.pdf) as pdf:
            return read_font_book(pdf)


def open_one_page(data: bytes, form: Template, form_file: str, limits: Limits) -> OnePageTemplate:
    """The one-page that the form's definition speaks of, from its bytes.

    Raises the errors of ``read_template``, and ``FormDefinitionError`` for a field of the one-page
    that the form has nothing for, for a pattern that leads to nothing, and for a page that cannot
    close up.
    """
    definition = form.definition.one_page
    assert definition is not None
    document = FormDefinition(
        title=definition.title,
        language=form.definition.language,
        smallest_text=definition.smallest_text,
    )
    template = read_template(data, document, limits)
    for where, why, mention in _mistakes(template, form, definition):
        raise definition_error(form_file, form.definition.source, where, why, mention=mention)
    pdf = TemplatePdf(data)
    try:
        check_reflow(pdf, template)
    except FormDefinitionError as error:
        why = f"{definition.template} {error.data['why']}"
        raise definition_error(
            form_file, form.definition.source, "one_page.template", why
        ) from error
    return OnePageTemplate(definition, document, template, pdf)


def _mistakes(
    template: Template, form: Template, definition: OnePageDefinition
) -> Iterator[tuple[str, str, str]]:
    """(key, reason, word in its value)."""
    for name, pattern in definition.values.items():
        where = f"one_page.values.{name}"
        target = template.by_name.get(name)
        if target is None or target.type is not FieldType.TEXT:
            yield where, f"no text field {name!r} in {definition.template}", ""
        for each in pattern.names:
            source = form.by_name.get(each)
            if (source is None and each not in SYSTEM_VALUES) or (
                source is not None and source.type in _BUTTONS
            ):
                yield where, f"no text or choice field {each!r}", each
    for target in template.data_fields():
        if target.name in definition.values:
            continue
        why = _mistake_of(target, form.by_name.get(target.name), form.definition)
        if why:
            yield "one_page.template", f"{definition.template}: {target.name}: {why}", ""


def _mistake_of(target: Field, source: Field | None, definition: FormDefinition) -> str:
    if target.name in definition.system:
        return ""
    if source is None:
        return "the form has no such field, and [one_page.values] does not say what to show"
    if target.type in _BUTTONS:
        states = {*source.on_states, *(option.export for option in source.options)}
        if source.type is FieldType.CHECKBOX or states & set(target.on_states):
            return ""
        return f"no answer of the form turns {', '.join(target.on_states)} on"
    if source.type is FieldType.CHECKBOX:
        return "a check box of the form cannot be shown as text"
    longest = _longest(source, definition)
    if target.max_len is not None and (longest is None or longest > target.max_len):
        return f"takes {target.max_len} characters, the form's field {longest or 'any number'}"
    return ""


def _longest(source: Field, definition: FormDefinition) -> int | None:
    """Characters that an answer may show; ``None`` where nothing bounds them."""
    limit = definition.max_len.get(source.name, source.max_len)
    shown = [len(option.display) for option in source.options]
    if source.type is FieldType.TEXT or source.editable:
        return None if limit is None else max([limit, *shown])
    return max(shown, default=limit)
