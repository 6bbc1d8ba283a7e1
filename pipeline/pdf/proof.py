"""Proves that a flattened PDF says what was submitted, before anybody gets it.

PDFium, which wrote none of it, opens the very bytes that are to leave: every text must be found in
its own box, a box without an answer must be as in the blank form, every mark must be drawn where
its button is on and nowhere else, and nothing of the form may be left. What is to be published
must open without a password, forbid changes and allow reading aloud.
"""

from __future__ import annotations

from collections import defaultdict

from pipeline.appearance.compose import Appearance, Composed
from pipeline.errors import FieldProblem, ProofError
from pipeline.model.template import Template
from pipeline.pdf.page_reader import Document, read
from pipeline.pdf.proof_marks import mark_problems
from pipeline.pdf.proof_texts import text_problems
from pipeline.pdf.proof_witness import Witness
from pipeline.pdf.states import FlatPdf, ProvenPdf, SealedPdf, SecuredPdf

_REVISION = 6
_PRINT, _MODIFY, _COPY, _ANNOTATE = 1 << 2, 1 << 3, 1 << 4, 1 << 5
_FILL_FORMS, _READ_ALOUD, _ASSEMBLE = 1 << 8, 1 << 9, 1 << 10
"""Access permissions. ISO 32000-2, table 22."""


def prove(flat: FlatPdf, witness: Witness, composed: Composed) -> ProvenPdf:
    """``flat`` itself, proven. Raises ``ProofError`` with a problem for each field that is not as
    submitted."""
    with read(flat) as document:
        _pass(_problems(document, witness, composed))
    return ProvenPdf(flat)


def prove_sealed(sealed: SealedPdf, witness: Witness, composed: Composed) -> SecuredPdf:
    """``sealed`` itself, proven, its protection included. Raises ``ProofError``."""
    with read(sealed) as document:
        _pass([*_protection_problems(document), *_problems(document, witness, composed)])
    return SecuredPdf(sealed)


def _pass(problems: list[FieldProblem]) -> None:
    if problems:
        raise ProofError(problems)


def _problems(document: Document, witness: Witness, composed: Composed) -> list[FieldProblem]:
    problems = _leftovers(document, witness.template)
    by_page: dict[int, list[Appearance]] = defaultdict(list)
    for appearance in composed.appearances:
        if appearance.paints:
            by_page[appearance.widget.page].append(appearance)
    for number, appearances in sorted(by_page.items()):
        if number >= document.page_count:
            break
        with document.page(witness.template.pages[number]) as page:
            problems += text_problems(page, appearances, witness)
            problems += mark_problems(page, appearances, witness)
    return problems


def _leftovers(document: Document, template: Template) -> list[FieldProblem]:
    problems = []
    if document.page_count != len(template.pages):
        problems.append(FieldProblem("", "page_count", {"found": document.page_count}))
    if document.has_form:
        problems.append(FieldProblem("", "form_left"))
    return problems


def _protection_problems(document: Document) -> list[FieldProblem]:
    if document.security_revision != _REVISION:
        return [FieldProblem("", "not_encrypted")]
    problems = []
    allowed = document.permissions
    if allowed & (_MODIFY | _ANNOTATE | _FILL_FORMS | _ASSEMBLE):
        problems.append(FieldProblem("", "changes_allowed"))
    if not (allowed & _READ_ALOUD and allowed & _COPY and allowed & _PRINT):
        problems.append(FieldProblem("", "not_accessible"))
    return problems
