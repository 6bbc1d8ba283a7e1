"""On which line of a TOML file something stands: the standard parser does not tell."""

from __future__ import annotations

import re
from collections import Counter

_HEADER = re.compile(r"\s*\[(?P<entry>\[)?\s*(?P<name>[^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*(?P<key>"[^"]*"|'[^']*'|[A-Za-z0-9_.-]+)\s*=""")
_LONG_STRING = re.compile(r'"""|\'\'\'')


def line_of(text: str, where: str, mention: str = "") -> int | None:
    """The line, from 1, of a key as errors name it: ``check[2].when``, ``kinds.school.brin``.

    An entry of which the key is missing is found by its header. ``mention`` is a word, the first
    line with it in the key's value is meant. ``None`` where nothing of that name stands.
    """
    lines = text.split("\n")
    places = _places(lines)
    found = places.get(where)
    while found is None and "." in where:
        where = where.rpartition(".")[0]
        found = places.get(where)
    if found is None or not mention:
        return found
    end = min(
        (
            line
            for name, line in places.items()
            if line > found and not name.startswith(f"{where}.")
        ),
        default=len(lines) + 1,
    )
    told = (line for line in range(found, end) if mention in lines[line - 1])
    return next(told, found)


def _places(lines: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    entries: Counter[str] = Counter()
    table = ""
    in_long_string = False
    for number, line in enumerate(lines, 1):
        inside = in_long_string
        in_long_string ^= len(_LONG_STRING.findall(line)) % 2 == 1
        if inside:
            continue
        if header := _HEADER.match(line):
            table = _plain(header["name"])
            if header["entry"]:
                entries[table] += 1
                table = f"{table}[{entries[table]}]"
            places.setdefault(table, number)
        elif key := _KEY.match(line):
            name = _plain(key["key"])
            places.setdefault(f"{table}.{name}" if table else name, number)
    return places


def _plain(name: str) -> str:
    return re.sub(r"""["']""", "", name)
