"""Values that a template accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.field import Value


@dataclass(frozen=True, slots=True)
class Submission:
    """Checked raw values by fully qualified name, in the template's order.

    Unanswered fields are left out; a checkbox is always there. Made by ``validate`` only, so
    nothing after it checks a limit again.
    """

    template_digest: str
    values: Mapping[str, Value]
