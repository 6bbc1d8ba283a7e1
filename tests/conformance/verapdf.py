"""veraPDF, from Maven Central, in a process of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_PLACE = _HERE.parents[1] / "build" / "conformance"
_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
_VERDICT = re.compile(r"^(PASS|FAIL|ERROR)\s+(\S.*?)\s+\S+$")


class NoValidator(Exception):
    """What is missing, in a sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``failures`` are the rules that failed, as ``clause-test``."""

    passed: bool
    failures: tuple[str, ...]


def judge(files: Iterable[Path], flavour: str) -> dict[Path, Verdict]:
    """veraPDF's word on each file; ``flavour`` is ``ua1``, ``2b`` … Raises ``NoValidator``."""
    wanted = [path.resolve() for path in files]
    command = ["java", "-cp", f"{_libraries()}/*", _MAIN, "-f", flavour, "--format", "text", "-v"]
    done = subprocess.run(
        [*command, *map(str, wanted)], capture_output=True, text=True, timeout=1800, check=False
    )
    found: dict[Path, Verdict] = {}
    current: Path | None = None
    for line in done.stdout.splitlines():
        if match := _VERDICT.match(line):
            current = Path(match[2])
            found[current] = Verdict(match[1] == "PASS", ())
        elif line.startswith("  FAIL ") and current is not None:
            failures = (*found[current].failures, line.split()[1])
            found[current] = Verdict(False, failures)
    unjudged = [path.name for path in wanted if path not in found]
    if unjudged:
        raise NoValidator(f"veraPDF said nothing of {', '.join(unjudged)}: {done.stderr[-500:]}")
    return {path: found[path] for path in wanted}


def _libraries() -> Path:
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            raise NoValidator(f"{tool} is missing: install a JDK and Maven")
    libraries = _PLACE / "lib"
    if not any(libraries.glob("greenfield-apps-*.jar")):
        _PLACE.mkdir(parents=True, exist_ok=True)
        shutil.copy(_HERE / "pom.xml", _PLACE)
        copy = ["mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib"]
        done = subprocess.run(copy, cwd=_PLACE, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoValidator(f"Maven did not bring veraPDF: {done.stdout[-500:]}")
    return libraries
