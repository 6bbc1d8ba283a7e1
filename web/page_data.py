"""What the scripts of a form page are told: rules, sentences and addresses, as JSON."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from pipeline.flow.documents import field_rules
from pipeline.model.field import Value
from web.form_page import FormPage
from web.wording import SENTENCES


def page_data(page: FormPage) -> dict[str, object]:
    ids = {view.field.name: view.id for view in page.view.fields}
    return {
        "rules": [{**rule, "id": ids.get(str(rule["name"]))} for rule in field_rules(page.form)],
        "order": list(page.form.template.calculation_order),
        "hidden": _values_without_a_place(page, ids),
        "sentences": {code: str(text) for code, text in SENTENCES.items()},
        "texts": _texts(),
        "urls": _addresses(page),
        "unsaved": page.conflict is not None,
    }


def _values_without_a_place(page: FormPage, ids: dict[str, str]) -> dict[str, Value]:
    """Fields that show nowhere keep the template's value, and calculations may use it."""
    return {
        field.name: field.value
        for field in page.form.template.data_fields()
        if field.value is not None and field.name not in ids
    }


def _addresses(page: FormPage) -> dict[str, str]:
    here = {"form_id": page.form.id, "token": page.token}
    return {
        "save": url_for("form.save", **here),
        "check": url_for("form.check_values", **here),
        "draft": url_for("form.draft", **here),
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
        "copied": _("De link is gekopieerd."),
        "copy_failed": _("Kopiëren lukte niet. Selecteer de link en kopieer die zelf."),
        "offline": _(
            "Er is geen verbinding met de server. Uw invoer staat nog op deze pagina. Probeer het "
            "straks opnieuw."
        ),
        "missing": _("Nog %(count)s punten voordat het formulier kan worden verstuurd"),
        "one_missing": _("Nog 1 punt voordat het formulier kan worden verstuurd"),
        "none_missing": _("Alle verplichte velden zijn ingevuld. Er ontbreekt niets."),
        "warnings": _("Let op"),
        "page": _("bladzijde %(page)s"),
        "clear": _("Wis keuze"),
    }
