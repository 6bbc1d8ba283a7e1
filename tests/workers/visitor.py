"""A person with a browser without JavaScript: sends the small form over HTTP and gets its PDF."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from pipeline.flow.links import new_token
from tests.store.small_form import FORM_ID
from tests.workers.processes import until

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="(\w*)">')
_REPLACED = re.compile(r'name="vervangt" type="checkbox" value="([\w-]+)"')
_TYPED = {"v:school": "De Boom", "v:pupils": "19,25", "v:note": "", "v:agreed": "Yes"}


def send_over_http(address: str, **typed: str) -> str:
    """The address of the sent form's page; ``typed`` is what the page before sending asks."""
    url = f"{address}formulier/{FORM_ID}/{new_token()}/versturen"
    with urlopen(Request(url, urlencode(_TYPED).encode()), timeout=20) as asked:
        page = asked.read().decode()
    confirmed = {**dict(_HIDDEN.findall(page)), **typed}
    if replaced := _REPLACED.search(page):
        confirmed["vervangt"] = replaced[1]
    with urlopen(Request(url, urlencode(confirmed).encode()), timeout=20) as answer:
        assert answer.status == 200
        sent = str(answer.url)
    assert "/ingediend/" in sent
    return sent


def pdf_over_http(sent: str) -> bytes:
    """Waits until the page says that the definitive PDF is there."""
    status = until(lambda: _ended(sent))
    assert status["state"] == "done", status
    pdf = status["pdf"]
    assert isinstance(pdf, dict)
    with urlopen(sent[: sent.index("/ingediend/")] + pdf["url"], timeout=20) as answer:
        assert answer.headers["Content-Type"] == "application/pdf"
        return bytes(answer.read())


def _ended(sent: str) -> dict[str, object] | None:
    with urlopen(f"{sent}/status", timeout=20) as answer:
        status: dict[str, object] = json.load(answer)
    return status if status["state"] in ("done", "failed") else None
