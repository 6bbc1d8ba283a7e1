"""What is typed into the drawn forms: Dutch, with Polish and Turkish names. All people invented."""

from __future__ import annotations

from itertools import cycle

OPTIONS = (
    ("po", "Primair onderwijs"),
    ("vo", "Voortgezet onderwijs"),
    ("so", "Speciaal onderwijs"),
    ("an", "Anders – zie toelichting"),
)
"""Export and display values of every combo box."""

STATES = ("ja", "nee", "onbekend")
"""On-states of every radio group."""

_LABELS = {
    "text": "Naam of omschrijving",
    "lines": "Toelichting",
    "comb": "Kenmerk",
    "choice": "Soort onderwijs",
    "check": "Akkoord",
    "radio": "Ja, nee of onbekend",
}

_LINES_OF_TEXT = (
    "Basisschool De Regenboog",
    "Łukasz Wójcik-Żółkiewski, Łódź",
    "Jan Willem van den Broek",
    "Gökşen Yıldırım-Çağlar",
    "Renée Hölscher-van ’t Veer",
    "Agnieszka Brzęczyszczykiewicz",
    "Burgemeester Jansenlaan 14a",
    "İbrahim Kılıçdağ",
    "info@regenboog.example",
    "’s-Hertogenbosch, wijk 3 – Noord",
)

_PARAGRAPHS = (
    "De school werkt met vaste routines en duidelijke taal. Leerkrachten benoemen gedrag dat ze "
    "willen zien en herstellen wat misging samen met het kind. Elke groep maakt in september "
    "eigen afspraken, die het hele jaar in de klas hangen.",
    "Łucja en Sławomir Żurawski lezen elke week voor in het Pools; mevrouw Şükran Güneş doet dat "
    "in het Turks.\nOuders worden daar vooraf over ingelicht, ook in Łódź en Iğdır waar een deel "
    "van de familie woont.",
    "Eén keer per maand komt de coördinator langs. Ze bespreekt met de ouders wat goed gaat en "
    "wat nog hulp vraagt; de afspraken – ook die over geld, bijvoorbeeld € 25,– – staan in het "
    "dossier.",
)

_KEYS = ("6211LK14", "15092026", "NL01TEST0123", "99ZZ00")


class Filler:
    """Deals out labels and values in a fixed order, kind by kind."""

    def __init__(self) -> None:
        self._values: dict[str, cycle[object]] = {
            "text": cycle(_LINES_OF_TEXT),
            "lines": cycle(_PARAGRAPHS),
            "comb": cycle(_KEYS),
            "choice": cycle([export for export, _ in OPTIONS]),
            "check": cycle([True, False]),
            "radio": cycle(STATES),
        }

    def value(self, kind: str) -> object:
        return next(self._values[kind])

    @staticmethod
    def label(kind: str) -> str:
        return _LABELS[kind]
