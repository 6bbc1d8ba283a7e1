"""What the routes work with, put together once in ``create_app``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import current_app

from pipeline.flow.desk import Desk
from pipeline.flow.documents import Catalogue, Form
from pipeline.settings import Settings
from web.pictures import Pictures

_KEY = "formpress"


@dataclass(frozen=True, slots=True)
class Site:
    settings: Settings
    desk: Desk
    catalogue: Catalogue
    pictures: Pictures
    font: Path

    def form(self, form_id: str) -> Form:
        """Raises ``UnknownForm``."""
        return self.catalogue.form(form_id)


def attach(extensions: dict[str, object], site: Site) -> None:
    extensions[_KEY] = site


def site() -> Site:
    return cast("Site", current_app.extensions[_KEY])
