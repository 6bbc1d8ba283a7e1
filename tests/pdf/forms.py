"""From bytes to forms and submissions, as the flow does it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.flow import documents
from pipeline.flow.documents import Form, Stage
from pipeline.model.definition import parse_definition
from pipeline.model.field import Value
from pipeline.model.limits import Limits
from pipeline.model.submission import Submission

TODAY = date(2026, 11, 24)
LIMITS = Limits()


def form_of(data: bytes, definition: str = "") -> Form:
    return documents.form_of(data, "small", parse_definition(definition), LIMITS)


def submitted(form: Form, values: Mapping[str, object]) -> Submission:
    return documents.validate(form, values, Stage.DRAFT, TODAY)


def filled(form: Form, values: Mapping[str, object]) -> bytes:
    return documents.fill(form, submitted(form, values))


def definitive(form: Form, values: Mapping[str, object]) -> bytes:
    """Flattened and proven, not encrypted: quick to look into."""
    return documents.finish_open(form, submitted(form, values))


def received(form: Form, data: bytes) -> dict[str, Value]:
    return documents.receive(form, data, LIMITS).values
