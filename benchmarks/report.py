"""The figures as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from benchmarks.fidelity import CLASSES, Fidelity
from benchmarks.measuring import Outcome
from benchmarks.memory import Peak
from benchmarks.ours import FLOOR
from benchmarks.subjects import Subject
from benchmarks.targets import Target

_HEAD = (
    "",
    "documents/s",
    "× floor",
    "CPU ms",
    "× floor, CPU",
    "KiB",
    "× floor's bytes",
    *CLASSES,
    "left over",
    "not done",
)

PAGE_PART = "## The page of a form"
"""Heading of the part that ``python -m benchmarks.page`` writes, at the end of the file."""

_METHOD = """\
The work is: values → validation → appearances → flattening → proof → AES-256 (R 6, opens without a
password), in memory, warm. The floor is pikepdf opening the empty form and saving it with AES-256:
it fills nothing in. All contenders of a table took turns in one run (A B C … A B C …); figures are
medians. CPU time stands beside the clock's because it hardly depends on what else the machine does.
The Python contenders share one process; pdf-lib and PDFBox each have a process that stays and time
themselves inside it. No peer validates or proves anything, so that is not said of each.

*profile* and *onepage* are drawn by the bench over one embedded TrueType font, as simple font in
WinAnsi; the texts are Dutch with Polish and Turkish names. `bao-2024` is the template of this
repository, with its realistic profile. "Own font" means that the peer was given Open Sans for every
field. The columns {classes} give the share of the submitted texts that PDFium finds
in their own boxes, by what they need: ASCII only, the rest of WinAnsi, characters beyond it. Where
widgets are left, what they show counts. A choice printed as its export value is not found."""


def table(outcomes: Mapping[str, Outcome]) -> str:
    """Those that ran; the others are named by ``absent``."""
    floor = outcomes[FLOOR]
    lines = [_line(_HEAD), _line(["---", *["--:"] * 9, "---", "---"])]
    lines += [_line(_cells(each, floor)) for each in outcomes.values() if not each.why]
    return "\n".join(lines)


def absent(outcomes: Mapping[str, Outcome]) -> list[str]:
    """A line for each that did not run."""
    return [f"- {each.name}: {each.why}" for each in outcomes.values() if each.why]


def target_table(targets: Iterable[Target]) -> str:
    words = {True: "yes", False: "**no**", None: "–"}
    lines = [_line(["target", "measured", "reached"]), _line(["---", "---", "---"])]
    lines += [_line([each.wanted, each.measured, words[each.reached]]) for each in targets]
    return "\n".join(lines)


def document(
    tables: Iterable[tuple[Subject, Mapping[str, Outcome]]],
    targets: list[Target],
    peak: Peak,
    command: str,
    load: tuple[float, float],
) -> str:
    """docs/performance.md."""
    missed = sum(each.reached is False for each in targets)
    unknown = sum(each.reached is None for each in targets)
    parts = [
        "# Speed and size",
        f"{datetime.now(UTC).date()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
        f"`{command}`. The load average was {load[0]:.1f} when it began "
        f"and {load[1]:.1f} when it ended; a load of about 1 is the bench itself.",
        _METHOD.format(classes=", ".join(f'"{name}"' for name in CLASSES)),
        "## Targets",
        f"Of {len(targets)} targets {len(targets) - missed - unknown} are reached, "
        f"{missed} are not" + (f", {unknown} could not be measured." if unknown else "."),
        target_table(targets),
        f"Peak memory is that of a fresh process making three *profile* documents: "
        f"{peak.most:.0f} MiB, of which {peak.opened:.0f} MiB are there once the form is open.",
    ]
    for subject, outcomes in tables:
        parts += [f"## {subject.name}", f"{subject.summary}; {len(subject.pdf) // 1024} KiB."]
        parts.append(table(outcomes))
        if missing := absent(outcomes):
            parts.append("\n".join(missing))
    return "\n\n".join(parts) + "\n"


def _cells(outcome: Outcome, floor: Outcome) -> list[str]:
    fidelity = outcome.fidelity
    assert fidelity is not None
    is_floor = outcome is floor
    return [
        outcome.name,
        _rate(1 / outcome.seconds),
        f"{floor.seconds / outcome.seconds:.2f}",
        f"{outcome.cpu * 1000:.0f}",
        f"{floor.cpu / outcome.cpu:.2f}",
        f"{outcome.size / 1024:.0f}",
        f"{outcome.size / floor.size:.2f}",
        *("–" if is_floor else _share(fidelity.share(kind)) for kind in CLASSES),
        "–" if is_floor else _left(fidelity),
        outcome.contender.leaves_out,
    ]


def _rate(per_second: float) -> str:
    return f"{per_second:.1f}" if per_second >= 10 else f"{per_second:.2f}"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _left(fidelity: Fidelity) -> str:
    left = [f"{fidelity.widgets} widgets"] if fidelity.widgets else []
    return ", ".join([*left, *(["AcroForm"] if fidelity.form else [])])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
