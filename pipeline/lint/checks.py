"""All checks of a template, and the order that their findings are told in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.lint.accessibility import accessibility_findings
from pipeline.lint.boxes import box_findings
from pipeline.lint.definition import definition_findings
from pipeline.lint.document import document_findings
from pipeline.lint.finding import Finding
from pipeline.lint.labels import label_findings
from pipeline.lint.names import name_findings
from pipeline.lint.options import option_findings
from pipeline.lint.reach import reach_findings
from pipeline.lint.scripts import calculation_findings, script_findings
from pipeline.lint.subject import Subject
from pipeline.lint.text_looks import look_findings
from pipeline.lint.values import value_findings

_CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    document_findings, definition_findings, name_findings, reach_findings, script_findings,
    calculation_findings, option_findings, value_findings, box_findings, look_findings,
    label_findings, accessibility_findings,
)  # fmt: skip

_LAST = 1 << 30


def findings_of(subject: Subject) -> tuple[Finding, ...]:
    return in_order(subject, [each for check in _CHECKS for each in check(subject)])


def in_order(subject: Subject, findings: list[Finding]) -> tuple[Finding, ...]:
    """The document's own first, then page by page, errors first, fields in the form's order; what
    is on no page comes last."""
    place = subject.template.place_of

    def key(finding: Finding) -> tuple[int, int, int]:
        page = finding.page
        if page is None:
            page = -1 if finding.field is None else _LAST
        return page, finding.severity.rank, place.get(finding.field or "", -1)

    return tuple(sorted(findings, key=key))
