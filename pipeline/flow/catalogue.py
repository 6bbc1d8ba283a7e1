"""The forms that are served: each a template PDF, with the form.toml beside it if there is one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pipeline.appearance.compose import Boxes, compose
from pipeline.errors import (
    FormDefinitionError,
    FormpressError,
    NotAPdf,
    NotArchivable,
    ProofError,
    UnknownForm,
)
from pipeline.extract.page_characters import Char, page_characters
from pipeline.extract.secured import secured_problems
from pipeline.flow.one_page_template import OnePageTemplate, open_one_page
from pipeline.model.approval_definition import unfit_approval
from pipeline.model.conditions import names_in
from pipeline.model.definition import FormDefinition, definition_error, parse_definition
from pipeline.model.field import FieldType
from pipeline.model.limits import Limits
from pipeline.model.outline import Outline
from pipeline.model.template import Template
from pipeline.pdf.archive import archival
from pipeline.pdf.flatten import compile_skeleton
from pipeline.pdf.fonts import FontBook, read_font_book
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.proof_witness import Witness
from pipeline.pdf.section_reader import read_outline
from pipeline.pdf.skeleton import Skeleton
from pipeline.pdf.states import FlatPdf, TemplatePdf
from pipeline.pdf.template_reader import read_template

TEMPLATE_FILE = "template.pdf"
DEFINITION_FILE = "form.toml"
GUIDE_FILE = "guide.md"


@dataclass(frozen=True)
class Form:
    """A template with its bytes, and what every document made from it needs, worked out once.

    ``guide`` is Markdown, the form's own explanation; empty where it has none. ``one_page`` is
    filled from its submissions.
    """

    id: str
    title: str
    template: Template
    pdf: TemplatePdf
    guide: str = ""
    one_page: OnePageTemplate | None = None

    @cached_property
    def fonts(self) -> FontBook:
        with open_pdf(self.pdf) as pdf:
            return read_font_book(pdf)

    @cached_property
    def boxes(self) -> Boxes:
        return Boxes.of(self.template)

    @cached_property
    def skeleton(self) -> Skeleton:
        """The template without its form, ready for any document. What every document has of it,
        another reader looks at once. Raises ``ProofError``."""
        skeleton = compile_skeleton(self.pdf, self.boxes, self.fonts)
        blank = compose(self.boxes, {}, self.fonts.for_document())
        problems = secured_problems(skeleton.sealed_document(blank), len(self.template.pages))
        if problems:
            raise ProofError(problems)
        return skeleton

    @cached_property
    def blank(self) -> FlatPdf:
        """The template flattened without any value: what a page shows before it is filled in."""
        return self.skeleton.document(compose(self.boxes, {}, self.fonts.for_document()))

    @cached_property
    def archive_hindrances(self) -> tuple[str, ...]:
        """Why no document of it can be PDF/A, whatever the answers: ``NotArchivable.reasons``."""
        try:
            archival(self.blank)
        except NotArchivable as error:
            return error.reasons
        return ()

    @cached_property
    def witness(self) -> Witness:
        painted = tuple(place for place in self.boxes.places if place.paints)
        return Witness(self.template, self.blank, painted)

    @cached_property
    def outline(self) -> Outline:
        """The sections that its fields stand in, and the words beside its buttons."""
        return read_outline(self.pdf, self.template, self.boxes, self.fonts.for_document())

    @cached_property
    def printed(self) -> list[list[Char]]:
        """What ``blank`` itself says, character by character: no part of anybody's answers."""
        return page_characters(self.blank, self.template.pages)


@dataclass(frozen=True)
class Catalogue:
    """The forms by id, in the order they were given."""

    forms: Mapping[str, Form]

    def form(self, form_id: str) -> Form:
        found = self.forms.get(form_id)
        if found is None:
            raise UnknownForm(form=form_id)
        return found


def form_of(
    data: bytes,
    form_id: str,
    definition: FormDefinition,
    limits: Limits,
    one_page: bytes | None = None,
) -> Form:
    """A form from the bytes of its template, and of its one-page's where form.toml names one.

    Raises the errors of ``read_template``.
    """
    template = read_template(data, definition, limits)
    _check_names(template, form_id)
    sheet = None
    if one_page is not None and definition.one_page is not None:
        sheet = open_one_page(one_page, template, f"{form_id}/{DEFINITION_FILE}", limits)
    return Form(form_id, template.title or form_id, template, TemplatePdf(data), one_page=sheet)


def open_form(path: Path, limits: Limits) -> Form:
    """A form's folder, or a bare PDF. A file that cannot be read raises ``NotAPdf``."""
    source, definition, guide = path, FormDefinition(), ""
    form_id = slug(path.name if path.is_dir() else path.stem)
    if path.is_dir():
        source = path / TEMPLATE_FILE
        definition_file = path / DEFINITION_FILE
        if definition_file.is_file():
            definition = parse_definition(_text(definition_file), str(definition_file))
        if (path / GUIDE_FILE).is_file():
            guide = _text(path / GUIDE_FILE)
    try:
        data = read_file(source, limits)
        sheet = definition.one_page
        one_page = None if sheet is None else read_file(path / sheet.template, limits)
        return replace(form_of(data, form_id, definition, limits, one_page), guide=guide)
    except FormpressError as error:
        error.data.setdefault("path", str(source))
        raise


def open_catalogue(paths: Sequence[Path], limits: Limits) -> Catalogue:
    """Forms' folders, folders of them, and PDFs; ids that meet get a number."""
    forms: dict[str, Form] = {}
    for path in paths:
        for place in _places(path):
            form = open_form(place, limits)
            form_id, number = form.id, 2
            while form_id in forms:
                form_id, number = f"{form.id}-{number}", number + 1
            forms[form_id] = replace(form, id=form_id)
    return Catalogue(forms)


def read_file(path: Path, limits: Limits) -> bytes:
    """The bytes of a file, one more than the limit at most, so that a huge one costs nothing."""
    try:
        with path.open("rb") as file:
            return file.read(limits.max_bytes + 1)
    except OSError as error:
        raise NotAPdf(reason="unreadable", path=str(path), why=error.strerror) from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "is not UTF-8"
        raise FormDefinitionError(file=str(path), where="", why=why) from error


def slug(name: str) -> str:
    """A name as an address bears it: ASCII letters, digits and hyphens."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-") or "form"


def _places(path: Path) -> list[Path]:
    if not path.is_dir() or (path / TEMPLATE_FILE).is_file():
        return [path]
    inside = sorted(path.iterdir())
    found = [each for each in inside if (each / TEMPLATE_FILE).is_file()]
    found += [each for each in inside if each.suffix.lower() == ".pdf" and each.is_file()]
    if not found:
        raise NotAPdf(reason="no_forms", path=str(path))
    return found


def _check_names(template: Template, form_id: str) -> None:
    """A rule about a field that the template does not have would never be noticed."""
    definition = template.definition
    rules: list[tuple[str, tuple[str, ...]]] = [
        ("required_at_submit", definition.required_at_submit),
        ("key", definition.key),
        ("sender", (definition.sender,) if definition.sender else ()),
        ("kinds", tuple(definition.kinds)),
        ("max_len", tuple(definition.max_len)),
        ("system", tuple(definition.system)),
        ("reporting.leave_out", definition.reporting.leave_out),
    ]
    for number, rule in enumerate(definition.required_if, 1):
        rules.append((f"required_if[{number}]", (*rule.fields, *names_in(rule.when))))
    for number, check in enumerate(definition.checks, 1):
        rules.append((f"check[{number}]", (*check.fields, *names_in(check.when))))
    for where, names in rules:
        for name in names:
            prefix = name.removesuffix("*") if name.endswith(".*") else None
            known = (
                name in template.by_name
                if prefix is None
                else any(each.startswith(prefix) for each in template.by_name)
            )
            if not known:
                file = f"{form_id}/{DEFINITION_FILE}"
                why = f"no field {name!r}"
                raise definition_error(file, definition.source, where, why, mention=name)
    for name in definition.system:
        found = template.by_name[name]
        if not (found.type is FieldType.TEXT and found.read_only):
            file, where = f"{form_id}/{DEFINITION_FILE}", f"system.{name}"
            raise definition_error(file, definition.source, where, "must be a read-only text field")
    if unfit := unfit_approval(template):
        where, why, mention = unfit
        file = f"{form_id}/{DEFINITION_FILE}"
        raise definition_error(file, definition.source, where, why, mention)
