"""Breaks a text into lines that are no wider than a box.

A paragraph is first cut into what stays together (``line_breaks``), and each piece measured once,
whatever sizes are tried. A piece that is wider than the box is broken between letters.
"""

from __future__ import annotations

from pipeline.appearance.graphemes import unbreakable
from pipeline.appearance.line_breaks import SOFT_HYPHEN, segments
from pipeline.appearance.typeface import Typeface

Piece = tuple[str, float, float]
"""(text, its width with more after it, its width at a line's end): there spaces take no room, and
a soft hyphen is seen."""

_SLACK = 1e-6


def measured(text: str, face: Typeface) -> list[list[Piece]]:
    """The pieces of each paragraph; widths in ems. A person's own line breaks part paragraphs."""
    space = face.width(" ")
    return [_pieces(paragraph, face, space) for paragraph in text.split("\n")]


def wrapped(paragraphs: list[list[Piece]], room: float, face: Typeface) -> list[list[str]]:
    """The lines of each paragraph, no wider than ``room`` ems; joined they are the paragraph."""
    return [_wrap(pieces, room, face) for pieces in paragraphs]


def without_soft_hyphens(lines: list[str]) -> list[str]:
    """A paragraph's lines as they are drawn: a soft hyphen is seen where its word is broken."""
    *broken, last = lines
    return [_drawn(line) for line in broken] + [last.replace(SOFT_HYPHEN, "")]


def _drawn(line: str) -> str:
    ending = SOFT_HYPHEN if line.endswith(SOFT_HYPHEN) else ""
    return line.replace(SOFT_HYPHEN, "") + ending


def _pieces(paragraph: str, face: Typeface, space: float) -> list[Piece]:
    if SOFT_HYPHEN in paragraph:
        return [_hyphenated(piece, face, space) for piece in segments(paragraph)]
    found = []
    for piece in segments(paragraph):
        bare = piece.rstrip(" ")
        width = face.width(bare)
        found.append((piece, width + (len(piece) - len(bare)) * space, width))
    return found


def _hyphenated(piece: str, face: Typeface, space: float) -> Piece:
    bare = piece.rstrip(" ")
    width = face.width(bare.replace(SOFT_HYPHEN, ""))
    ended = face.width(_drawn(bare)) if bare.endswith(SOFT_HYPHEN) else width
    return piece, width + (len(piece) - len(bare)) * space, ended


def _wrap(pieces: list[Piece], room: float, face: Typeface) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for text, width, bare in pieces:
        if used + bare <= room + _SLACK:
            line, used = line + text, used + width
            continue
        if line:
            lines.append(line)
        line, used = text, width
        if bare > room + _SLACK:
            heads, line = _broken(text, room, face)
            lines += heads
            used = face.width(line)
    lines.append(line)
    return lines


def _broken(piece: str, room: float, face: Typeface) -> tuple[list[str], str]:
    """A piece that is too wide, as full lines and what is left of it, which fits. The cost grows
    with its length, not with the square: somebody may paste a million letters without a space."""
    word = piece.rstrip(" ")
    letters = unbreakable(word)
    heads: list[str] = []
    at = 0
    while at < len(letters):
        count = _longest_head(letters, at, room, face)
        if heads and at + count == len(letters):
            break
        heads.append("".join(letters[at : at + count]))
        at += count
    return heads, "".join(letters[at:]) + piece[len(word) :]


def _longest_head(letters: list[str], at: int, room: float, face: Typeface) -> int:
    """How many letters from ``at`` on ``room`` holds; at least one, or nothing would be set."""

    def holds(count: int) -> bool:
        return face.width("".join(letters[at : at + count])) <= room + _SLACK

    left = len(letters) - at
    low, high = 1, min(16, left)
    while high < left and holds(high):
        low, high = high, min(2 * high, left)
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
