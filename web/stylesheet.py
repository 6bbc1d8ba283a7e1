"""The one stylesheet of a form's page: how all forms look, and where this form's fields are.

In one file, because a browser draws nothing before it has every stylesheet of the page.
"""

from __future__ import annotations

import re
import weakref
from functools import cache
from pathlib import Path

from pipeline.flow.documents import Form
from web.form_style import form_stylesheet

_STATIC = Path(__file__).parent / "static"
_SHARED = ("form.css", "keeping.css", "route.css")
_PICTURE = re.compile(r'url\("(?=[\w-]+\.svg"\))')
_TO_STATIC = 'url("../../static/'
"""From the stylesheet's own address, wherever the application is mounted."""

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
    return "".join(_PICTURE.sub(_TO_STATIC, text) for text in texts)
