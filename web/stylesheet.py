"""The one stylesheet of a form's page: how all forms look, and where this form's fields are.

In one file with its signs, because a browser draws nothing before it has every stylesheet of the
page, and asks for each picture by itself.
"""

from __future__ import annotations

import re
import weakref
from base64 import b64encode
from functools import cache
from pathlib import Path

from pipeline.flow.documents import Form
from web.form_style import form_stylesheet

_STATIC = Path(__file__).parent / "static"
_SHARED = ("form.css", "keeping.css", "route.css")
_PICTURE = re.compile(r'url\("([\w-]+\.svg)"\)')

_made: dict[int, str] = {}
"""By the form's identity, as long as there is that form."""


def stylesheet_of(form: Form) -> str:
    key = id(form)
    if key not in _made:
        _made[key] = _shared() + form_stylesheet(form.template)
        weakref.finalize(form, _made.pop, key, None)
    return _made[key]


@cache
def _shared() -> str:
    texts = ((_STATIC / name).read_text("utf-8") for name in _SHARED)
    return "".join(_PICTURE.sub(_inlined, text) for text in texts)


def _inlined(found: re.Match[str]) -> str:
    """The picture itself in its place (RFC 2397); each is a few hundred bytes."""
    data = b64encode((_STATIC / found[1]).read_bytes()).decode("ascii")
    return f'url("data:image/svg+xml;base64,{data}")'
