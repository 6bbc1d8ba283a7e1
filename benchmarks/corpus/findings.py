"""What came of one form, as data that goes from process to process."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shortfall:
    """``kind`` is a word of ``report.KINDS``; ``field`` may be empty; ``cause`` is a sentence."""

    kind: str
    field: str
    cause: str


@dataclass
class Findings:
    """``counts`` of what was sought and found; ``seconds`` by stage; sizes in bytes, ``peak`` MiB.

    ``not_a_form`` says why a file cannot be filled in at all, by its own making.
    """

    name: str
    not_a_form: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    shortfalls: list[Shortfall] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    template_bytes: int = 0
    final_bytes: int = 0
    peak: float = 0.0

    def fell_short(self, kind: str, field_name: str, cause: str) -> None:
        self.shortfalls.append(Shortfall(kind, field_name, cause))

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "not_a_form": self.not_a_form,
            "counts": dict(self.counts),
            "shortfalls": [[each.kind, each.field, each.cause] for each in self.shortfalls],
            "seconds": {stage: round(took, 3) for stage, took in self.seconds.items()},
            "template_bytes": self.template_bytes,
            "final_bytes": self.final_bytes,
            "peak": round(self.peak, 1),
        }
