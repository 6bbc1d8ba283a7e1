"""The floor, and Formpress with and without its proof."""

from __future__ import annotations

import secrets
from datetime import date
from io import BytesIO
from unittest.mock import patch

import pikepdf

from benchmarks.contenders import Contender, in_process
from benchmarks.subjects import Subject
from pipeline.errors import SubmissionError
from pipeline.flow import documents

FLOOR = "floor: pikepdf open + save"
WITH_PROOF = "Formpress"
WITHOUT_PROOF = "Formpress, no proof"

_TODAY = date(2026, 12, 31)
"""Dates in the values are judged by this day, so that they stay valid."""


def encryption() -> pikepdf.Encryption:
    """AES-256, R 6, opens without a password."""
    return pikepdf.Encryption(owner=secrets.token_urlsafe(32), user="", R=6)


def floor(subject: Subject) -> bytes:
    """The least that anything on top of pikepdf can cost."""
    out = BytesIO()
    with pikepdf.open(BytesIO(subject.pdf)) as pdf:
        pdf.save(out, encryption=encryption())
    return out.getvalue()


def with_proof(subject: Subject) -> bytes:
    """Values → validation → appearance → flattening → proof → AES-256."""
    checked = documents.check(subject.form, subject.values, documents.Stage.FINAL, _TODAY)
    if checked.submission is None:
        raise SubmissionError(checked.errors)
    return documents.finish(subject.form, checked.submission, checked=checked)


def without_proof(subject: Subject) -> bytes:
    """The same functions with the reading-back taken out; nothing but the bench does this."""
    with patch.object(documents, "prove_sealed", lambda sealed, *_: sealed):
        return with_proof(subject)


CONTENDERS = (
    Contender(FLOOR, in_process(floor), "everything but AES-256"),
    Contender(WITH_PROOF, in_process(with_proof)),
    Contender(WITHOUT_PROOF, in_process(without_proof), "proof"),
)
