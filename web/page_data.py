"""What the scripts of a form page are told: rules, sentences and addresses, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from flask import url_for
from flask_babel import gettext as _

from pipeline.flow.documents import field_rules
from pipeline.model.field import Value
from web.field_view import FieldView
from web.form_page import FormPage
from web.route_view import unsaved_sentence
from web.wording import SENTENCES

USUAL: Mapping[str, object] = {
    "required": False,
    "read_only": False,
    "multiline": False,
    "comb": False,
    "max_len": None,
    "on_states": [],
    "multi_select": False,
    "editable": False,
    "format": None,
    "range": None,
    "calculation": None,
    "kind": None,
}
"""What most rules say is told once: a form of 2,000 fields has as many rules."""


def page_data(page: FormPage) -> dict[str, object]:
    views = {view.field.name: view for view in page.view.fields}
    rules = field_rules(page.form)
    return {
        "rules": [_rule(rule, views[rule["name"]]) for rule in rules if rule["name"] in views],
        "usual": dict(USUAL),
        "order": list(page.form.template.calculation_order),
        "names": [field.name for field in page.form.template.fields],
        "hidden": _values_without_a_place(page, views),
        "sentences": {code: str(text) for code, text in SENTENCES.items()},
        "texts": _texts(page),
        "urls": _addresses(page),
        "before": {} if page.last_year is None else page.last_year.values,
        "stored": page.conflict is None and page.version > 0,
        "unsaved": page.conflict is not None,
        "kept": {
            "fresh": f"new:{page.form.id}:{page.form.template.digest}",
            "draft": kept_key(page.token),
        },
    }


def kept_key(token: str) -> str:
    """Under which a browser keeps changes of a draft. The link cannot be had from it."""
    return sha256(f"kept:{token}".encode()).hexdigest()[:32]


def _rule(rule: Mapping[str, object], view: FieldView) -> dict[str, object]:
    """A field's rule, with what form.toml asks at sending, and what an editable list offers.

    Without what is ``USUAL``.
    """
    more: dict[str, object] = {
        "label": view.full_label,
        "required": view.required,
        "read_only": not view.asked,
    }
    if view.kind == "combo":
        more["options"] = [
            {"export": option.export, "display": option.display} for option in view.options
        ]
    return {key: value for key, value in {**rule, **more}.items() if value != USUAL.get(key, ...)}


def _values_without_a_place(page: FormPage, views: Mapping[str, FieldView]) -> dict[str, Value]:
    """Fields that show nowhere keep the template's value, and calculations may use it."""
    return {
        field.name: field.value
        for field in page.form.template.data_fields()
        if field.value is not None and field.name not in views
    }


def _addresses(page: FormPage) -> dict[str, str]:
    endpoints = {
        "save": "form.save",
        "check": "form.check_values",
        "draft": "form.draft",
        "box": "box.preview",
    }
    return {
        name: url_for(endpoint, form_id=page.form.id, token=page.token)
        for name, endpoint in endpoints.items()
    }


def _texts(page: FormPage) -> dict[str, str]:
    return {
        "left": _("Nog %(count)s tekens"),
        "one_left": _("Nog 1 teken"),
        "none_left": _("Geen tekens meer over"),
        "one_cut": _("Niet alles paste: het laatste teken is niet overgenomen."),
        "cut": _("Niet alles paste: de laatste %(count)s tekens zijn niet overgenomen."),
        "progress": _("%(filled)s van %(total)s verplichte velden"),
        "unsaved": unsaved_sentence(page.route)
        or _("Nog niet opgeslagen; wel bewaard in deze browser"),
        "kept_nowhere": _("Niet opgeslagen wijzigingen"),
        "not_saved": _("Niet opgeslagen"),
        "conflict": _(
            "Niet opgeslagen: iemand anders wijzigde hetzelfde veld. Kies eerst welke tekst blijft."
        ),
        "offline_again": _("Niet opgeslagen: geen verbinding. We proberen het opnieuw."),
        "server_again": _(
            "Niet opgeslagen: de server kan het nu niet bewaren. We proberen het opnieuw."
        ),
        "still_here": _("Uw laatste wijzigingen blijven in deze browser bewaard."),
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
        "since_same": _("zoals vorig jaar"),
        "since_changed": _("gewijzigd"),
        "count_same": _("Zoals vorig jaar: %(count)s"),
        "count_changed": _("Gewijzigd: %(count)s"),
        **_left_texts(),
        "pick_date": _("Kies een datum: %(label)s"),
        "pick_date_short": _("Kies een datum"),
        "box_short": _("PDF"),
        "box_label": _("Zo staat het in de PDF: %(label)s"),
        "box_busy": _("Even geduld …"),
        "box_failed": _("Het voorbeeld kan nu niet worden getoond. Probeer het straks opnieuw."),
        "box_picture": _("Het vak in de PDF, met de tekst: %(text)s"),
        "as_list": _("Toon als lijst"),
        "as_pages": _("Toon als bladzijden"),
    }


def _left_texts() -> dict[str, str]:
    """Of what an earlier page left in the browser."""
    return {
        "left_heading": _("In deze browser bewaard"),
        "left_told": _("Er stond nog invoer van u in deze browser."),
        "left_look": _("Bekijk"),
        "left_here": _(
            "U hebt hier op %(moment)s een deel ingevuld en niet opgeslagen (velden: %(count)s). "
            "Wilt u daarmee verder gaan?"
        ),
        "left_shared": _(
            "Dit staat alleen in deze browser, hooguit 60 dagen. Gebruiken anderen deze computer "
            "ook? Sla het dan op onder een link, of gooi het weg."
        ),
        "left_go": _("Verder gaan"),
        "left_away": _("Weggooien"),
        "left_gone": _("Weggegooid."),
        "left_back": _(
            "Uw wijzigingen van %(moment)s staan weer in het formulier (velden: %(count)s)."
        ),
        "left_differs": _(
            "Deze wijzigingen van %(moment)s waren niet opgeslagen, en in het formulier staat nu "
            "iets anders. Kies bij elk veld wat blijft."
        ),
        "left_mine": _("Uw tekst"),
        "left_now": _("Nu in het formulier"),
        "left_use": _("Gebruik mijn tekst"),
        "left_keep": _("Laat zoals het is"),
        "empty": _("leeg"),
    }
