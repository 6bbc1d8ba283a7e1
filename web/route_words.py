"""The route of a form in words: who decided what, when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask_babel import format_date, format_datetime, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from pipeline.flow.documents import Form
from pipeline.flow.route import Approval, ApprovalState
from pipeline.model.approval_definition import ApprovalDefinition
from pipeline.model.approvals import approval_of
from pipeline.model.field import FieldType
from pipeline.store.records import VoidReason
from web.field_view import state_in_words

_ = lazy_gettext

_VOID: Mapping[VoidReason, LazyString] = {
    VoidReason.CHANGED: _("Vervallen op %(moment)s: het formulier is daarna gewijzigd."),
    VoidReason.EARLIER: _("Vervallen op %(moment)s: een eerdere stap is opnieuw aan de beurt."),
    VoidReason.WITHDRAWN: _("Ingetrokken op %(moment)s."),
    VoidReason.REPLACED: _("Vervangen op %(moment)s door een nieuwe vraag."),
}


def verdict_text(form: Form, definition: ApprovalDefinition, verdict: str) -> str:
    """A verdict as people read it."""
    field = form.template.by_name[definition.verdict]
    words = dict(definition.words)
    if verdict in words:
        return words[verdict]
    if field.type is FieldType.CHECKBOX:
        return str(gettext("ja") if verdict == "true" else gettext("nee"))
    if field.type is FieldType.RADIO:
        displays = dict(
            zip(field.on_states, (each.display for each in field.options), strict=False)
        )
        return displays.get(verdict) or state_in_words(verdict)
    return next((each.display for each in field.options if each.export == verdict), verdict)


def title_of(form: Form, approval_id: str) -> str:
    definition = approval_of(form.template, approval_id)
    return approval_id if definition is None else definition.title


def in_words(moment: datetime) -> str:
    return str(format_datetime(moment, "d MMMM y, HH:mm"))


def lines_of(form: Form, definition: ApprovalDefinition, approval: Approval) -> list[str]:
    lines = []
    if approval.decided_at is None:
        lines.append(
            gettext(
                "Gevraagd op %(moment)s, over versie %(version)s.",
                moment=in_words(approval.requested_at),
                version=approval.version,
            )
        )
        if approval.state is ApprovalState.ASKED:
            lines.append(gettext("Er is nog geen antwoord."))
    else:
        verdict = capital(verdict_text(form, definition, approval.verdict or ""))
        who = ", ".join(each for each in (approval.name, approval.role) if each)
        moment = in_words(approval.decided_at)
        lines.append(
            gettext(
                "%(verdict)s – %(who)s, op %(moment)s.", verdict=verdict, who=who, moment=moment
            )
            if who
            else gettext("%(verdict)s, op %(moment)s.", verdict=verdict, moment=moment)
        )
        if approval.remark:
            lines.append(gettext("Opmerking: %(remark)s", remark=approval.remark))
    if approval.void_reason is not None and approval.voided_at is not None:
        lines.append(str(_VOID[approval.void_reason]) % {"moment": in_words(approval.voided_at)})
    return lines


def reason_of(form: Form, approval: Approval) -> str:
    title = title_of(form, approval.id)
    if approval.decided_at is None:
        return str(
            gettext("Gevraagd met een link: %(title)s. Dit vult die persoon in.", title=title)
        )
    return str(
        gettext(
            "Ingevuld door %(name)s op %(date)s (%(title)s). Dit kunt u hier niet wijzigen.",
            name=approval.name,
            date=format_date(approval.decided_at, "d MMMM y"),
            title=title,
        )
    )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
