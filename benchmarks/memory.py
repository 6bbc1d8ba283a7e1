"""Peak memory of making documents, in a process that has done nothing else."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ours import with_proof
from benchmarks.subjects import Subject, keep, kept

_ROOT = Path(__file__).parent.parent
_DOCUMENTS = 3


@dataclass(frozen=True, slots=True)
class Peak:
    """Mebibytes: when the form was open, and at the most."""

    opened: float
    most: float


def peak_of(subject: Subject) -> Peak:
    """The form is handed over drawn: drawing a font takes more than filling in a form."""
    with tempfile.TemporaryDirectory() as name:
        keep(subject, Path(name))
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.memory", name],
            cwd=_ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    return Peak(*json.loads(done.stdout))


def _resident() -> float:
    """The most that this process has had resident so far, in mebibytes.

    Linux lets ``ru_maxrss`` begin with the parent's size, so the kernel's own mark is read first.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _child(folder: Path) -> None:
    subject = kept("handed over", folder)
    opened = _resident()
    for _ in range(_DOCUMENTS):
        with_proof(subject)
    sys.stdout.write(json.dumps([opened, _resident()]))


if __name__ == "__main__":
    _child(Path(sys.argv[1]))
