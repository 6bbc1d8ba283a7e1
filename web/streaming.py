"""A long page goes out in pieces, so that the browser is at work while the rest is made.

Its head comes first: what it names is fetched while the fields are still written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import Response, stream_template

_FIRST = 4 * 1024
_LARGEST = 64 * 1024
"""Characters of a piece: the first is small, each next one twice as long, up to this."""


def streamed(template: str, **context: object) -> Response:
    """``render_template`` in pieces. Raises what stands before the first piece; what fails later
    breaks the answer off, which a browser notices."""
    return Response(in_pieces(stream_template(template, **context)), mimetype="text/html")


def in_pieces(texts: Iterable[str]) -> Iterator[str]:
    """The same text, joined into pieces of a useful length."""
    held: list[str] = []
    length, enough = 0, _FIRST
    for text in texts:
        held.append(text)
        length += len(text)
        if length >= enough:
            yield "".join(held)
            held.clear()
            length, enough = 0, min(2 * enough, _LARGEST)
    if held:
        yield "".join(held)
