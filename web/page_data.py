"""What the scripts of a form page are told: rules, sentences and addresses, as JSON."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for
from flask_babel import gettext as _

from pipeline.flow.documents import field_rules
from pipeline.model.field import Value
from web.field_view import FieldView
from web.form_page import FormPage
from web.wording import SENTENCES


def page_data(page: FormPage) -> dict[str, object]:
    views = {view.field.name: view for view in page.view.fields}
    rules = field_rules(page.form)
    return {
        "rules": [_rule(rule, views[rule["name"]]) for rule in rules if rule["name"] in views],
        "order": list(page.form.template.calculation_order),
        "names": [field.name for field in page.form.template.fields],
        "hidden": _values_without_a_place(page, views),
        "sentences": {code: str(text) for code, text in SENTENCES.items()},
        "texts": _texts(),
        "urls": _addresses(page),
        "stored": page.conflict is None and page.version > 0,
        "unsaved": page.conflict is not None,
    }


def _rule(rule: Mapping[str, object], view: FieldView) -> dict[str, object]:
    """A field's rule, with what form.toml asks at sending, and what an editable list offers."""
    more: dict[str, object] = {"required": view.required, "read_only": not view.asked}
    if view.kind == "combo":
        more["options"] = [
            {"export": option.export, "display": option.display} for option in view.options
        ]
    return {**rule, **more}


def _values_without_a_place(page: FormPage, views: Mapping[str, FieldView]) -> dict[str, Value]:
    """Fields that show nowhere keep the template's value, and calculations may use it."""
    return {
        field.name: field.value
        for field in page.form.template.data_fields()
        if field.value is not None and field.name not in views
    }


def _addresses(page: FormPage) -> dict[str, str]:
    endpoints = {"save": "form.save", "check": "form.check_values", "draft": "form.draft"}
    return {
        name: url_for(endpoint, form_id=page.form.id, token=page.token)
        for name, endpoint in endpoints.items()
    }


def _texts() -> dict[str, str]:
    return {
        "left": _("Nog %(count)s tekens"),
        "one_left": _("Nog 1 teken"),
        "none_left": _("Geen tekens meer over"),
        "cut": _("Niet alles paste: de laatste %(count)s tekens zijn niet overgenomen."),
        "progress": _("%(filled)s van %(total)s verplichte velden"),
        "unsaved": _("Niet opgeslagen wijzigingen"),
        "saving": _("Bezig met opslaan …"),
        "saved_at": _("Opgeslagen om %(time)s"),
        "sending": _("Bezig met versturen …"),
        "offline": _(
            "Er is geen verbinding met de server. Uw invoer staat nog op deze pagina. Probeer het "
            "straks opnieuw."
        ),
        "missing": _("Nog %(count)s punten voordat het formulier kan worden verstuurd"),
        "one_missing": _("Nog 1 punt voordat het formulier kan worden verstuurd"),
        "none_missing": _("Alle verplichte velden zijn ingevuld. Er ontbreekt niets."),
        "warnings": _("Let op"),
        "page": _("bladzijde %(page)s"),
        "as_list": _("Toon als lijst"),
        "as_pages": _("Toon als bladzijden"),
    }
