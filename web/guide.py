"""A form's own explanation: Markdown in its folder, shown in a window of its own.

A heading may end in braces with the names of the fields that it explains (``{ap4.fte.* mr.*}``):
the pages of the form with such fields lead to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from pipeline.flow.documents import Form

_FIELDS = re.compile(r"\s*\{([^{}]*)\}\s*$")


@dataclass(frozen=True, slots=True)
class GuidePart:
    """``fields`` are names, with ``*`` for any letters; ``anchor`` is the heading's id."""

    title: str
    anchor: str
    fields: tuple[str, ...]

    def explains(self, names: Iterable[str]) -> bool:
        return any(fnmatchcase(name, pattern) for name in names for pattern in self.fields)


@dataclass(frozen=True, slots=True)
class Guide:
    """``parts`` are the headings below the title; ``html`` is sound and has no script."""

    title: str
    parts: tuple[GuidePart, ...]
    html: Markup

    def parts_about(self, names: Iterable[str]) -> list[GuidePart]:
        """The parts that explain one of these fields, in order."""
        asked = list(names)
        return [part for part in self.parts if part.explains(asked)]


def guide_of(form: Form) -> Guide | None:
    return _rendered(form.guide) if form.guide.strip() else None


@lru_cache(maxsize=64)
def _rendered(text: str) -> Guide:
    """HTML in the text is shown as text: whoever writes a form's folder writes no scripts."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    title = ""
    parts: list[GuidePart] = []
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        words = tokens[at + 1]
        fields = _take_fields(words)
        if token.tag == "h1" and not title:
            title = _plain(words)
        elif token.tag == "h2":
            anchor = f"deel-{len(parts) + 1}"
            token.attrSet("id", anchor)
            token.attrSet("tabindex", "-1")
            parts.append(GuidePart(_plain(words), anchor, fields))
    html = markdown.renderer.render(tokens, markdown.options, {})
    return Guide(title, tuple(parts), Markup(html))  # noqa: S704 - rendered with HTML off


def _plain(words: Token) -> str:
    return "".join(child.content for child in words.children or [])


def _take_fields(words: Token) -> tuple[str, ...]:
    """Takes the braces off a heading; gives the names in them."""
    found = _FIELDS.search(words.content)
    if found is None:
        return ()
    words.content = words.content[: found.start()]
    last = (words.children or [])[-1]
    last.content = _FIELDS.sub("", last.content)
    return tuple(found[1].split())
