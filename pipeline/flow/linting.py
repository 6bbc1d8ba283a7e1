"""The order of things when a template is checked: read, survey, find, draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FormDefinitionError
from pipeline.flow.catalogue import TEMPLATE_FILE, Form, open_form
from pipeline.lint.checks import findings_of, in_order
from pipeline.lint.finding import Finding
from pipeline.lint.legend import legend_of
from pipeline.lint.report import Report
from pipeline.lint.subject import Subject
from pipeline.model.limits import Limits
from pipeline.pdf.finding_pictures import finding_picture
from pipeline.pdf.picture_source import picture_source
from pipeline.pdf.survey import survey


@dataclass(frozen=True)
class Linted:
    """A form with what was found of it."""

    form: Form
    report: Report
    limits: Limits

    def pictures(self) -> Iterator[tuple[str, bytes]]:
        """A PNG a page, with its file name: ``page-01.png`` … Raises ``NotAPdf`` and ``TooLarge``
        where PDFium cannot draw them."""
        pages = self.form.template.pages
        source = picture_source(self.form.pdf, self.limits)
        digits = max(2, len(str(len(pages))))
        for page in pages:
            boxes = (
                widget.rect
                for _, widget in self.report.subject.seen_widgets()
                if widget.page == page.number
            )
            legend = legend_of(page.number, self.report.findings, boxes)
            name = f"page-{page.number + 1:0{digits}}.png"
            yield name, finding_picture(source, page, legend)


def lint(path: Path, limits: Limits) -> Linted:
    """What is to be said of a template, or of a form's folder. A mistake in form.toml is a finding.

    Raises the errors of ``open_form`` otherwise.
    """
    try:
        form, mistakes = open_form(path, limits), []
    except FormDefinitionError as error:
        form, mistakes = open_form(path / TEMPLATE_FILE, limits), [_mistake(error)]
    return Linted(form, lint_form(form, limits, mistakes), limits)


def lint_form(form: Form, limits: Limits, mistakes: Sequence[Finding] = ()) -> Report:
    """What is to be said of an open form, and of the ``mistakes`` beside it."""
    surveyed = survey(form.pdf, form.template, form.fonts, limits)
    subject = Subject(form.template, surveyed, form.boxes, form.fonts.for_document())
    findings = findings_of(subject)
    if mistakes:
        findings = in_order(subject, [*mistakes, *findings])
    return Report(form.title, subject, findings)


def _mistake(error: FormDefinitionError) -> Finding:
    return Finding("form_toml", data=error.data)
