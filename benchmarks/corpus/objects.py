"""A PDF's objects as qpdf's JSON has them: names with a slash, references as ``12 0 R``."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

_REFERENCE = re.compile(r"\d+ \d+ R")
_WARNINGS = 3
_SECONDS = 60


@dataclass(frozen=True)
class Objects:
    """``table`` has each object's value (of a stream, its dictionary) by reference."""

    table: dict[str, Any]
    root: dict[str, Any]
    page_references: tuple[str, ...]

    @classmethod
    def of(cls, path: Path) -> Objects:
        options = ["--json=2", "--json-key=qpdf", "--json-key=pages", "--json-stream-data=none"]
        done = subprocess.run(
            ["qpdf", *options, str(path)], capture_output=True, check=False, timeout=_SECONDS
        )
        if done.returncode not in (0, _WARNINGS):
            raise ValueError(f"qpdf cannot read it: {done.stderr.decode()[:200]}")
        told = json.loads(done.stdout)
        table: dict[str, Any] = {}
        root: dict[str, Any] = {}
        for name, held in told["qpdf"][1].items():
            value = held["stream"]["dict"] if "stream" in held else held["value"]
            table[name.removeprefix("obj:")] = value
        root = table[table.pop("trailer")["/Root"]]
        return cls(table, root, tuple(page["object"] for page in told["pages"]))

    def resolve(self, value: Any) -> Any:
        """What a reference leads to, ``None`` where it leads nowhere; else ``value`` itself."""
        for _ in range(50):
            if not is_reference(value):
                return value
            value = self.table.get(value)
        return None

    def dictionary(self, value: Any) -> dict[str, Any]:
        found = self.resolve(value)
        return found if isinstance(found, dict) else {}

    def array(self, value: Any) -> list[Any]:
        found = self.resolve(value)
        return found if isinstance(found, list) else []

    @cached_property
    def pages(self) -> tuple[dict[str, Any], ...]:
        return tuple(self.dictionary(each) for each in self.page_references)

    def dictionaries(self) -> Iterator[dict[str, Any]]:
        """Every dictionary in the file, those inside others too."""
        open_ = list(self.table.values())
        while open_:
            value = open_.pop()
            if isinstance(value, dict):
                yield value
                open_ += value.values()
            elif isinstance(value, list):
                open_ += value


def complaints(path: Path) -> list[str]:
    """What ``qpdf --check`` finds wrong with a file, a line each."""
    command = ["qpdf", "--check", str(path)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
    if done.returncode == 0:
        return []
    said = done.stderr.decode("utf-8", "replace").replace(f"{path}", path.name)
    return said.splitlines() or [f"exit code {done.returncode}"]


def is_reference(value: Any) -> bool:
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None
