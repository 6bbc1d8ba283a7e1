"""A form with an internal route: a council's advice (radio buttons), then a board's tick."""

from __future__ import annotations

from email import message_from_bytes, policy
from re import findall

from pikepdf import Array

from pipeline.flow.documents import Catalogue, Form, form_of
from pipeline.model.definition import parse_definition
from pipeline.model.limits import Limits
from tests.pdf.small_forms import READ_ONLY, REQUIRED, Sheet, actions
from tests.store.office import Office

ROUTE_FORM = "route"

DEFINITION = """
title = "Plan"
language = "nl"
retention_days = 60
key = ["school"]
required_at_submit = ["advice", "advice_name", "advice_day", "agreed", "agreed_name"]

[[required_if]]
fields = ["advice_note"]
when = "advice != 'positive'"

[[check]]
fields = ["advice"]
when = "advice = 'negative'"
message = "Een negatief advies kan niet worden verstuurd."

[[approval]]
id = "council"
title = "Advies van de raad"
ask = "Lees het plan en geef uw advies."
verdict = "advice"
remark = "advice_note"
name = "advice_name"
date = "advice_day"
refuses = ["negative"]

[[approval]]
id = "board"
title = "Akkoord van het bestuur"
verdict = "agreed"
name = "agreed_name"
role = "agreed_role"
after = ["council"]
"""

COMPLETE: dict[str, object] = {"school": "De Boom", "pupils": "19", "open": True}
"""All that a school has to fill in before its route begins."""

YES = {"verdict": "positive", "name": "Anna Bos", "date": "01-03-2026"}
NO = {**YES, "verdict": "negative", "remark": "Te vroeg."}
AGREED = {"verdict": "true", "name": "Bo Dijk", "role": "Voorzitter"}


def route_form() -> Form:
    """``school`` required, ``pupils`` with the sum ``double``, ``open`` a box; then the route."""
    sheet = Sheet(size=(300, 420))
    number = {"F": 'AFNumber_Format(0, 3, 0, 0, "", true);'}
    sheet.text("school", (20, 390, 280, 410), Ff=REQUIRED)
    sheet.text("pupils", (20, 360, 140, 380), AA=actions(**number))
    total = sheet.text(
        "double",
        (150, 360, 280, 380),
        Ff=READ_ONLY,
        AA=actions(**number, C='AFSimple_Calculate("SUM", new Array("pupils", "pupils"));'),
    )
    sheet.checkbox("open", (20, 335, 36, 351))
    sheet.radio("advice", ("positive", "remarks", "negative"), (20, 310, 36, 326))
    sheet.text("advice_note", (20, 270, 120, 290), MaxLen=40)
    sheet.text("advice_name", (20, 240, 280, 260), MaxLen=30)
    sheet.text("advice_day", (20, 210, 280, 230), AA=actions(F='AFDate_FormatEx("dd-mm-yyyy");'))
    sheet.checkbox("agreed", (20, 180, 36, 196))
    sheet.text("agreed_name", (20, 150, 280, 170))
    sheet.text("agreed_role", (20, 120, 280, 140))
    sheet.form.CO = Array([total])
    return form_of(sheet.bytes(), ROUTE_FORM, parse_definition(DEFINITION), Limits())


def with_route(office: Office) -> Office:
    office.catalogue = Catalogue({ROUTE_FORM: route_form()})
    return office


def mails(office: Office) -> list[dict[str, str]]:
    """What was mailed, the oldest first: ``to``, ``subject`` and ``text``."""
    found = []
    for path in sorted(office.settings.mail_dir.glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        found.append({"to": mail["To"], "subject": mail["Subject"], "text": mail.get_content()})
    return found


def approver_token(mail: dict[str, str]) -> str:
    return str(findall(r"https://scholen\.example/advies/(\S+)", mail["text"])[0])


def link_for(token: str) -> str:
    return f"https://scholen.example/advies/{token}"
