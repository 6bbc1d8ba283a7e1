"""What the linter found of one form, as data for programs and as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.lint.behaviour import behaviour
from pipeline.lint.finding import Finding, Severity
from pipeline.lint.hints import HINTS
from pipeline.lint.subject import Subject
from pipeline.lint.wording import sentence
from pipeline.model.field import Field


@dataclass(frozen=True)
class Report:
    """``findings`` are in the order that they are told in; ``name`` is the form's title."""

    name: str
    subject: Subject
    findings: tuple[Finding, ...]

    @property
    def summary(self) -> dict[str, int]:
        counts = Counter(finding.severity for finding in self.findings)
        return {severity.value: counts[severity] for severity in Severity}

    def as_json(self) -> dict[str, object]:
        """The shape that docs/check.md promises; pages count from 1, ``rect`` is in points."""
        template = self.subject.template
        return {
            "digest": template.digest,
            "pages": len(template.pages),
            "summary": self.summary,
            "fields": [self._field_json(field) for field in template.fields],
            "findings": [_finding_json(finding) for finding in self.findings],
            "not_understood": [
                {"field": each.field, "what": each.what} for each in template.not_understood
            ],
            "notices": list(template.notices),
        }

    def lines(self) -> Iterator[str]:
        """The fields, then the findings page by page, then a summary."""
        template = self.subject.template
        yield f"{self.name}: {len(template.pages)} page(s), {len(template.fields)} field(s)"
        for page, fields in groupby(template.fields, key=lambda field: field.page):
            yield from ("", "What the online form does on no page" if page is None else
                        f"What the online form does on page {page + 1}")  # fmt: skip
            for field in fields:
                yield f"  {field.name}: {behaviour(self.subject, field)}"
        for place, findings in groupby(self.findings, key=_place):
            yield from ("", f"Findings {place}")
            yield from _finding_lines(list(findings))
        yield from ("", _summary_line(self.summary))

    def _field_json(self, field: Field) -> dict[str, object]:
        return {
            "name": field.name,
            "page": None if field.page is None else field.page + 1,
            "type": field.type.value,
            "does": behaviour(self.subject, field),
            "findings": [each.code for each in self.findings if each.field == field.name],
        }


def _finding_json(finding: Finding) -> dict[str, object]:
    rect, hint = finding.rect, HINTS[finding.code]
    corners = None if rect is None else [round(each, 2) for each in (rect.x0, rect.y0, rect.x1, rect.y1)]  # fmt: skip  # noqa: E501
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "page": None if finding.page is None else finding.page + 1,
        "field": finding.field,
        "rect": corners,
        "message": sentence(finding),
        "hint": {"acrobat": hint.acrobat, "libreoffice": hint.libreoffice},
    }


def _place(finding: Finding) -> str:
    if finding.page is not None:
        return f"on page {finding.page + 1}"
    return "in the document" if finding.field is None else "on no page"


def _finding_lines(findings: list[Finding]) -> Iterator[str]:
    """A line each; alike ones follow each other, and their hint is told once, after the last."""
    ordered = sorted(findings, key=lambda each: (each.severity.rank, _first_of(findings, each)))
    for code, alike in groupby(ordered, key=lambda each: each.code):
        for finding in alike:
            named = "" if finding.field is None else f"{finding.field}: "
            yield f"  {finding.severity.value:<7}  {named}{sentence(finding)} [{code}]"
        yield f"             Acrobat: {HINTS[code].acrobat}"
        yield f"             LibreOffice: {HINTS[code].libreoffice}"


def _first_of(findings: list[Finding], finding: Finding) -> int:
    return next(at for at, each in enumerate(findings) if each.code == finding.code)


def _summary_line(summary: dict[str, int]) -> str:
    told = [f"{count} {name}{'' if count == 1 else 's'}" for name, count in summary.items()]
    return ", ".join(told)
