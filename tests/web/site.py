"""A site to visit: the application on SQLite and a folder, and what a browser does with a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import lxml.html
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import FormElement, HtmlElement
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from pipeline.flow.desk import Desk
from pipeline.flow.documents import Catalogue
from pipeline.settings import load_settings
from pipeline.store.database import connect, open_sessions
from pipeline.store.files import FileStore
from pipeline.store.mail import open_mailer
from pipeline.store.migrations import migrate
from web import create_app

TEMPLATES = Path(__file__).resolve().parents[2] / "pdf_templates"
JSON = {"Accept": "application/json"}


@dataclass
class Website:
    """``waiting`` are the jobs that a worker would do; ``later`` moves the clock."""

    app: Flask
    desk: Desk
    client: FlaskClient
    waiting: list[UUID] = field(default_factory=list)
    passed: timedelta = timedelta()
    mail_dir: Path = Path()

    def clock(self) -> datetime:
        return datetime.now(UTC) + self.passed

    def later(self, **passed: float) -> None:
        self.passed += timedelta(**passed)

    def work(self) -> None:
        while self.waiting:
            self.desk.work(self.waiting.pop(0))

    def open(self, address: str) -> FilledPage:
        return FilledPage(self, self.client.get(address))

    def mails(self) -> list[EmailMessage]:
        """What is in the folder of mails, the oldest first."""
        found = sorted(Path(self.mail_dir).glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]

    def confirm(self, asked: TestResponse, **typed: str) -> TestResponse:
        """Answers the page before sending; what a new version replaces is ticked."""
        document = lxml.html.fromstring(asked.get_data(as_text=True))
        (form,) = document.xpath("//form[.//input[@name='bevestigd']]")
        posted = dict(form.form_values())
        for box in form.xpath(".//input[@type='checkbox']"):
            posted[box.get("name")] = box.get("value")
        return self.client.post(form.action, data=posted | typed)

    def new(self, form_id: str) -> FilledPage:
        return self.open(f"/formulier/{form_id}")


@dataclass
class FilledPage:
    """The page of a form, as a browser without scripts would fill and post it."""

    site: Website
    response: TestResponse

    @property
    def document(self) -> HtmlElement:
        return lxml.html.fromstring(self.response.get_data(as_text=True))

    @property
    def form(self) -> FormElement:
        return self.document.get_element_by_id("formulier")

    @property
    def address(self) -> str:
        """The draft's own: the action without its last word."""
        return self.form.action.rpartition("/")[0]

    def values(self) -> MultiDict[str, str]:
        """What would be posted now. A browser drops the line break that begins a text area."""
        areas = {area.get("name") for area in self.form.iter("textarea")}
        posted: MultiDict[str, str] = MultiDict()
        for name, value in self.form.form_values():
            posted.add(name, value[1:] if name in areas and value[:1] == "\n" else value)
        return posted

    def filled(self, **values: str | list[str]) -> MultiDict[str, str]:
        posted = self.values()
        for name, value in values.items():
            posted.setlist(f"v:{name}", [value] if isinstance(value, str) else value)
        return posted

    def press(
        self, button: str, posted: MultiDict[str, str] | None = None, json: bool = False
    ) -> TestResponse:
        pairs = (self.values() if posted is None else posted).items(multi=True)
        return self.site.client.post(
            f"{self.address}/{button}",
            # In a multipart name, browsers write a quotation mark as %22.
            data=MultiDict((name.replace('"', "%22"), value) for name, value in pairs),
            content_type="multipart/form-data",
            headers=JSON if json else {},
        )

    def send(self, posted: MultiDict[str, str] | None = None) -> TestResponse:
        """Presses Verstuur het formulier, and confirms where that was asked."""
        asked = self.press("versturen", posted)
        return self.site.confirm(asked) if asked.status_code == 200 else asked


@contextmanager
def website(catalogue: Catalogue, folder: Path, **overrides: object) -> Iterator[Website]:
    settings = load_settings(data_dir=folder / "data", **overrides)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrate(settings.database)
    engine = connect(settings.database)
    waiting: list[UUID] = []
    clock: list[Website] = []
    desk = Desk(
        settings,
        catalogue,
        open_sessions(engine),
        FileStore(settings.files_dir),
        open_mailer(settings.mail_url, settings.mail_from, FileStore(settings.mail_dir)),
        waiting.append,
        lambda: clock[0].clock(),
    )
    app = create_app(settings, desk, catalogue)
    site = Website(app, desk, app.test_client(), waiting, mail_dir=settings.mail_dir)
    clock.append(site)
    try:
        yield site
    finally:
        engine.dispose()
