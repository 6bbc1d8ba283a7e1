"""Which modules a script needs, so that a page can name them all at once.

Without that a browser finds each one only when the module that imports it has come.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_STATIC = Path(__file__).parent / "static"
_IMPORT = re.compile(r"""^(?:import|export)\b[^"']*["']\./([\w.]+)["'];""", re.MULTILINE)


@cache
def modules_of(name: str) -> tuple[str, ...]:
    """The files below static/ that ``name`` imports, and those that they do; not itself."""
    found: list[str] = []
    pending = [name]
    while pending:
        text = (_STATIC / pending.pop(0)).read_text("utf-8")
        for imported in _IMPORT.findall(text):
            if imported not in found and imported != name:
                found.append(imported)
                pending.append(imported)
    return tuple(found)
