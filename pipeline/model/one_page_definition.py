"""``[one_page]`` of form.toml: a second template, filled from the answers to the first.

A field of the one-page that is called like a field of the form shows that field's answer; only
what is put together of several answers is said here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType

from pipeline.errors import FormDefinitionError

DEFAULT_SMALLEST = 8.0
"""Points: what is printed for everybody must be read by everybody."""

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_KEYS = ("template", "title", "file_name", "smallest_text", "values")

Wrong = Callable[[str, str], FormDefinitionError]
"""Makes the complaint about a key, with the reason."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """``parts`` with ``{name}`` for answers, joined by ``separator``.

    A part whose answers are all empty is left out, so that no separator stays behind; beside an
    empty answer, nor does a space at the part's end.
    """

    parts: tuple[str, ...]
    separator: str = ", "

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for part in self.parts for name in _PLACEHOLDER.findall(part))

    def text(self, shown: Mapping[str, str]) -> str:
        """``shown`` are the answers' texts by name, as the form shows them; letter for letter."""
        filled = []
        for part in self.parts:
            names = _PLACEHOLDER.findall(part)
            if names and not any(shown.get(name) for name in names):
                continue
            text = _PLACEHOLDER.sub(lambda match: shown.get(match[1], ""), part)
            gaps = any(not shown.get(name) for name in names)
            filled.append(text.strip(" ") if gaps else text)
        return self.separator.join(filled)


@dataclass(frozen=True, slots=True)
class OnePageDefinition:
    """``template`` is a file's name beside form.toml, ``smallest_text`` in points; ``file_name``
    as the form's own. ``values`` are patterns by the names of the one-page's fields."""

    template: str
    title: str = ""
    file_name: str = ""
    smallest_text: float = DEFAULT_SMALLEST
    values: Mapping[str, Pattern] = field(default_factory=lambda: MappingProxyType({}))


def parse_one_page(table: object, wrong: Wrong) -> OnePageDefinition | None:
    """``None`` where form.toml has no such table. Raises what ``wrong`` makes."""
    if table is None:
        return None
    if not isinstance(table, dict):
        raise wrong("one_page", "is written as [one_page]")
    for key in table:
        if key not in _KEYS:
            raise wrong(f"one_page.{key}", "no such setting")
    template = _text(table, "template", wrong)
    if not template:
        raise wrong("one_page.template", "is missing")
    if PurePath(template).name != template or not template.lower().endswith(".pdf"):
        raise wrong("one_page.template", "must be the name of a PDF beside form.toml")
    smallest = table.get("smallest_text", DEFAULT_SMALLEST)
    if isinstance(smallest, bool) or not isinstance(smallest, int | float) or smallest <= 0:
        raise wrong("one_page.smallest_text", "must be a number above 0")
    values = table.get("values", {})
    if not isinstance(values, dict):
        raise wrong("one_page.values", "is written as [one_page.values]")
    return OnePageDefinition(
        template=template,
        title=_text(table, "title", wrong),
        file_name=_text(table, "file_name", wrong),
        smallest_text=float(smallest),
        values=MappingProxyType(
            {
                name: _pattern(value, f"one_page.values.{name}", wrong)
                for name, value in values.items()
            }
        ),
    )


def _text(table: Mapping[str, object], key: str, wrong: Wrong) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise wrong(f"one_page.{key}", "must be str")
    return value


def _pattern(value: object, where: str, wrong: Wrong) -> Pattern:
    """A text, a list of them, or a table of ``parts`` and ``separator``."""
    if isinstance(value, dict):
        for key in value:
            if key not in ("parts", "separator"):
                raise wrong(f"{where}.{key}", "no such setting")
        separator = value.get("separator", Pattern.__dataclass_fields__["separator"].default)
        if not isinstance(separator, str):
            raise wrong(f"{where}.separator", "must be str")
        return Pattern(_parts(value.get("parts"), f"{where}.parts", wrong), separator)
    return Pattern(_parts(value, where, wrong))


def _parts(value: object, where: str, wrong: Wrong) -> tuple[str, ...]:
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, list) or not parts or not all(isinstance(p, str) for p in parts):
        raise wrong(where, "must be a text or a list of texts")
    for part in parts:
        if re.search(r"[{}]", _PLACEHOLDER.sub("", part)):
            raise wrong(where, f"a brace that is no {{name}} in {part!r}")
    if not any(_PLACEHOLDER.search(part) for part in parts):
        raise wrong(where, "names no field")
    return tuple(parts)
