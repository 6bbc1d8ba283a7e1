"""A desk on a small form, with a clock that a test sets and a queue that a test empties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from pipeline.flow.desk import Desk
from pipeline.flow.documents import Catalogue, open_catalogue
from pipeline.settings import Settings, load_settings
from pipeline.store.database import Sessions, connect, open_sessions
from pipeline.store.files import FileStore
from pipeline.store.mail import Mailer, open_mailer
from pipeline.store.migrations import upgrade
from tests.store.small_form import ANSWERS, FORM_ID, small_form_folder


@dataclass
class Clock:
    now: datetime = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Office:
    """``jobs`` are the ids that were handed to the queue; ``new_desk`` is another process's."""

    settings: Settings
    catalogue: Catalogue
    sessions: Sessions
    files: FileStore
    mailer: Mailer
    clock: Clock = field(default_factory=Clock)
    jobs: list[UUID] = field(default_factory=list)

    def new_desk(self, enqueue: Callable[[UUID], None] | None = None) -> Desk:
        return Desk(
            self.settings,
            self.catalogue,
            self.sessions,
            self.files,
            self.mailer,
            enqueue or self.jobs.append,
            self.clock,
        )

    @property
    def desk(self) -> Desk:
        return self.new_desk()

    def send(self) -> str:
        """Sends the small form; the token of its submission."""
        return self.desk.send(FORM_ID, self.desk.new_token(), ANSWERS).token

    def work(self) -> None:
        """Does what is queued."""
        while self.jobs:
            self.desk.work(self.jobs.pop(0))

    def mails(self) -> list[EmailMessage]:
        """What is in the folder of mails, the oldest first."""
        found = sorted(self.settings.mail_dir.glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]

    def stored(self, folder: str) -> list[Path]:
        return [path for path in (self.files.folder / folder).rglob("*") if path.is_file()]


def open_office(folder: Path, database_url: str = "") -> Office:
    settings = load_settings(
        data_dir=folder / "data",
        forms=[small_form_folder(folder / "forms")],
        database_url=database_url,
    )
    engine = connect(settings.database)
    upgrade(engine)
    return Office(
        settings,
        open_catalogue(settings.forms, settings.limits),
        open_sessions(engine),
        FileStore(settings.files_dir),
        open_mailer(settings.mail_url, settings.mail_from, FileStore(settings.mail_dir)),
    )


def close_office(office: Office) -> None:
    office.sessions.kw["bind"].dispose()
