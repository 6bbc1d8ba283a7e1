"""A PDF that was filled in elsewhere becomes a draft; the file itself goes no further."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from uuid import uuid4

from pipeline.errors import AlreadySubmitted, OtherEdition, StorageError
from pipeline.flow.carry_report import UPLOAD, CarryReport, carried_over, report_to_json
from pipeline.flow.documents import Form, Received, receive_guarded
from pipeline.flow.drafts import (
    Draft,
    draft_for_writing,
    require_same_template,
    saved_draft,
    store_values,
    was_sent,
)
from pipeline.flow.editions import keep_edition
from pipeline.flow.links import submission_token, token_digest
from pipeline.flow.previous import read_edition
from pipeline.flow.wiring import Wiring
from pipeline.store.as_json import JsonObject, problems_to_json
from pipeline.store.database import writing
from pipeline.store.records import UploadRecord

_LONGEST_NAME = 200
"""Characters of a sender's file name that are kept, to show it to the person again."""


def take_upload(wiring: Wiring, form_id: str, token: str, file_name: str, data: bytes) -> Draft:
    """Reads the values in a guarded process and makes them a draft with a report.

    A definitive PDF of an earlier edition that was kept is read with that one and carried over.
    Raises what ``receive_guarded`` and ``save_draft`` raise; then nothing is kept.
    """
    form = wiring.catalogue.form(form_id)
    digest = token_digest(token)
    old, received = _read(wiring, form, data)
    values, carried = received.values, None
    if old is not form:
        checked, _, misfits = carried_over(received.values, old, form)
        values = checked.values
        carried = report_to_json(CarryReport(UPLOAD, _shown_name(file_name), misfits))
    keep_edition(wiring, form)
    upload_id = uuid4()
    key = f"uploads/{upload_id.hex[:2]}/{upload_id.hex}.pdf"
    wiring.files.put(key, data)
    try:
        with writing(wiring.sessions) as session:
            record = draft_for_writing(wiring, session, form, digest)
            if was_sent(session, record):
                raise AlreadySubmitted(submission_token=submission_token(token))
            require_same_template(form, record)
            record.carried = carried
            store_values(wiring, form, record, values)
            session.add(
                UploadRecord(
                    id=upload_id,
                    form_id=form.id,
                    draft_id=record.id,
                    sha256=sha256(data).hexdigest(),
                    file_key=key,
                    file_name=_shown_name(file_name),
                    bytes=len(data),
                    received_at=wiring.clock(),
                    report=_report(received),
                )
            )
            session.flush()
            return saved_draft(session, record, token)
    except BaseException:
        with suppress(StorageError):
            wiring.files.delete(key)
        raise


def _read(wiring: Wiring, form: Form, data: bytes) -> tuple[Form, Received]:
    """Of an edition that nobody kept, the pages are read as if they were today's."""
    try:
        return read_edition(wiring, form, (form.id,), data)
    except OtherEdition:
        return form, receive_guarded(form, data, wiring.settings.limits)


def _report(received: Received) -> JsonObject:
    return {
        "source": received.source,
        "fields": {name: asdict(reading) for name, reading in received.fields.items()},
        "problems": problems_to_json(received.problems),
    }


def _shown_name(file_name: str) -> str:
    """A sender's file name without folders and without what cannot be printed."""
    last = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in last if each.isprintable())[:_LONGEST_NAME]
