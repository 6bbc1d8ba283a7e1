"""The web application, wired by hand."""

from __future__ import annotations

from pathlib import Path

import fontpkg_open_sans
from flask import Flask
from flask_babel import Babel

from pipeline.flow.desk import Desk
from pipeline.flow.documents import Catalogue
from pipeline.settings import Settings
from pipeline.store.files import FileStore
from web.compression import compress
from web.errors import handle_errors
from web.guide import guide_of
from web.headers import secure_headers
from web.language import (
    DEFAULT,
    chosen_language,
    keep_language,
    other_languages,
    own_words,
    spoken_language,
)
from web.links import can_remind
from web.page_data import kept_key
from web.pictures import Pictures
from web.routes import approval, assets, box, form, guide, health, home, links, submission, versions
from web.site import Site, attach

_FONT = Path(fontpkg_open_sans.ROOT) / "files" / "OpenSans[wdth,wght].ttf"
_ROOM_FOR_THE_REST = 1024 * 1024
"""Bytes that a request may have on top of its largest file: names, boundaries, small fields."""


def create_app(settings: Settings, desk: Desk, catalogue: Catalogue) -> Flask:
    app = Flask("web", static_url_path="/static")
    limits = settings.limits
    app.config.update(
        MAX_CONTENT_LENGTH=limits.max_bytes + _ROOM_FOR_THE_REST,
        # All that is typed into one form: in memory, and in one part for each field.
        MAX_FORM_MEMORY_SIZE=limits.max_bytes,
        MAX_FORM_PARTS=2 * limits.max_fields + 100,
    )
    Babel(
        app,
        default_locale=DEFAULT,
        default_timezone="Europe/Amsterdam",
        default_translation_directories=str(Path(app.root_path) / "translations"),
        locale_selector=chosen_language,
    )
    keep_language(app)
    pictures = Pictures(FileStore(settings.data_dir / "cache"))
    attach(app.extensions, Site(settings, desk, catalogue, pictures, _FONT))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        guide_of=guide_of, can_remind=can_remind, kept_key=kept_key, own_words=own_words
    )
    app.context_processor(
        lambda: {
            "locale": spoken_language(),
            "other_languages": other_languages(),
            "has_theme": settings.theme is not None,
        }
    )
    for part in (home, guide, form, box, submission, assets, health, approval, links, versions):
        app.register_blueprint(part.routes)
    app.register_blueprint(submission.documents)
    handle_errors(app)
    app.after_request(secure_headers)
    app.after_request(compress)
    return app
