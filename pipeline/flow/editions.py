"""The editions of a form: its template, form.toml and one-page, kept by the template's digest.

What was begun with an edition is gone on with, shown, checked, sent and finished with it, whatever
the form is by then. Of one template the form.toml and one-page that were last in use are kept; the
guide is always today's.
"""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import select

from pipeline.errors import FormDefinitionError, StorageError
from pipeline.flow.catalogue import Form, form_of
from pipeline.model.definition import FormDefinition, parse_definition
from pipeline.model.limits import Limits
from pipeline.store.database import reading
from pipeline.store.files import Files
from pipeline.store.records import DraftRecord, SubmissionRecord

if TYPE_CHECKING:
    from pipeline.flow.wiring import Wiring

_log = logging.getLogger(__name__)

_MOST_OPEN = 8
"""Earlier editions held in memory; each may hold its pages and fonts."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass
class OpenEditions:
    """Earlier editions that were read, the latest used ones; calls may come from many threads."""

    forms: OrderedDict[tuple[str, str], Form] = field(default_factory=OrderedDict)
    kept: set[tuple[str, str]] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)


def template_key(digest: str) -> str:
    return f"templates/{digest}.pdf"


def definition_key(digest: str, form_id: str) -> str:
    """Two forms may have one and the same PDF, each with a form.toml of its own."""
    return f"templates/{digest}-{form_id}.toml"


def one_page_key(digest: str, form_id: str) -> str:
    return f"templates/{digest}-{form_id}.pdf"


def keep_edition(wiring: Wiring, form: Form) -> None:
    """Keeps a copy of all that the form is made of. Raises ``StorageError``."""
    digest = form.template.digest
    key = template_key(digest)
    if not wiring.files.exists(key):
        wiring.files.put(key, form.pdf)
    parts = {definition_key(digest, form.id): form.template.definition.source.encode()}
    if form.one_page is not None:
        parts[one_page_key(digest, form.id)] = form.one_page.pdf
    for key, data in parts.items():
        kept = (key, sha256(data).hexdigest())
        if kept not in wiring.editions.kept:
            if not wiring.files.exists(key) or wiring.files.get(key) != data:
                wiring.files.put(key, data)
            wiring.editions.kept.add(kept)


def edition(wiring: Wiring, form_id: str, digest: str) -> Form:
    """The form as it is or was with the template of ``digest``.

    Raises ``UnknownForm`` for a form that neither is served nor was kept, ``StorageError`` for a
    template that is not there or not what was kept.
    """
    today = wiring.catalogue.forms.get(form_id)
    if today is not None and today.template.digest == digest:
        return today
    if today is None and not wiring.files.exists(definition_key(digest, form_id)):
        return wiring.catalogue.form(form_id)
    editions = wiring.editions
    with editions.lock:
        found = editions.forms.get((form_id, digest))
        if found is None:
            found = kept_edition(wiring.files, wiring.settings.limits, today, form_id, digest)
            editions.forms[form_id, digest] = found
            if len(editions.forms) > _MOST_OPEN:
                editions.forms.popitem(last=False)
        editions.forms.move_to_end((form_id, digest))
    return found


def kept_edition(
    files: Files, limits: Limits, today: Form | None, form_id: str, digest: str
) -> Form:
    """Reads an earlier edition. Raises ``StorageError`` and the errors of ``form_of``."""
    data = files.get(template_key(digest))
    if sha256(data).hexdigest() != digest:
        raise StorageError(what="files", why=f"{template_key(digest)} is not what was kept")
    guide = "" if today is None else today.guide
    key, sheet_key = definition_key(digest, form_id), one_page_key(digest, form_id)
    if files.exists(key):
        try:
            definition = parse_definition(files.get(key).decode("utf-8"), key)
            sheet = files.get(sheet_key) if files.exists(sheet_key) else None
            return replace(form_of(data, form_id, definition, limits, sheet), guide=guide)
        except (FormDefinitionError, UnicodeDecodeError) as error:
            # Written for another Formpress: without its rules the form is still itself.
            _log.warning("a kept form.toml cannot be used: %s", error)
    return replace(form_of(data, form_id, _of_the_document(today), limits), guide=guide)


def _of_the_document(today: Form | None) -> FormDefinition:
    """Of today's form.toml what makes the document; what names fields may not fit."""
    if today is None:
        return FormDefinition()
    now = today.template.definition
    return FormDefinition(
        title=now.title,
        language=now.language,
        smallest_text=now.smallest_text,
        retention_days=now.retention_days,
        reference=now.reference,
    )


def is_kept(wiring: Wiring, digest: str) -> bool:
    return bool(_DIGEST.fullmatch(digest)) and wiring.files.exists(template_key(digest))


def form_with_edition(wiring: Wiring, form_ids: tuple[str, ...], digest: str) -> Form | None:
    """The one of these forms that has or had the template of ``digest``."""
    for form_id in form_ids:
        today = wiring.catalogue.forms.get(form_id)
        if today is not None and today.template.digest == digest:
            return today
    if not is_kept(wiring, digest):
        return None
    for form_id in form_ids:
        if wiring.files.exists(definition_key(digest, form_id)) or (
            form_id in wiring.catalogue.forms and _was_used(wiring, form_id, digest)
        ):
            return edition(wiring, form_id, digest)
    return None


def _was_used(wiring: Wiring, form_id: str, digest: str) -> bool:
    """Of editions that were kept before form.toml was, the rows say whose they are."""
    with reading(wiring.sessions) as session:
        return any(
            session.scalar(
                select(table.id).filter_by(form_id=form_id, template_digest=digest).limit(1)
            )
            for table in (DraftRecord, SubmissionRecord)
        )
