"""What Formpress itself fills in when a form is sent: the fields of form.toml's ``[system]``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.model.definition import FormDefinition
from pipeline.model.field import Value


@dataclass(frozen=True, slots=True)
class Receipt:
    """Under what reference a submission was taken in, and when (an aware moment)."""

    reference: str = ""
    submitted_at: datetime | None = None


def system_values(definition: FormDefinition, receipt: Receipt) -> dict[str, Value]:
    """Values of the system fields, as shown; what is not known yet is left out."""
    known = {"reference": receipt.reference, "submitted_at": _shown(definition, receipt)}
    return {name: known[what] for name, what in definition.system.items() if known[what]}


def _shown(definition: FormDefinition, receipt: Receipt) -> str:
    """A moment in the form's own time zone: ``24-11-2026 14:03``; ISO where it is not Dutch."""
    if receipt.submitted_at is None:
        return ""
    local = receipt.submitted_at.astimezone(ZoneInfo(definition.time_zone))
    pattern = "%d-%m-%Y %H:%M" if definition.language.startswith("nl") else "%Y-%m-%d %H:%M"
    return local.strftime(pattern)
