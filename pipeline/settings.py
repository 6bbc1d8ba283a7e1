"""What an installation may choose, read once from the environment (``FORMPRESS_…``) at the edge.

The same settings serve the web process, the worker and the tests; ``as_environment`` hands them
to a child process unchanged.
"""

from __future__ import annotations

import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pipeline.errors import SettingsError
from pipeline.model.limits import MEBIBYTE, Limits
from pipeline.pdf.font_files import font_paths, named_faces

PREFIX = "FORMPRESS_"

_SMTP = ("smtp", "smtp+starttls", "smtps")
_SHORTEST_KEY = 32
_POSTGRES = ("postgres://", "postgresql://")


def packaged_forms() -> Path:
    """The folder of the forms that come with Formpress."""
    return Path(str(files("pdf_templates")))


class Settings(BaseSettings):
    """``forms`` are PDFs or folders, in the environment separated as PATH is, or a JSON list.

    ``fonts`` are font files or folders, listed likewise. They are only checked here: the engine
    reads their variable itself, so that the command line has them without any settings.

    ``theme`` is a stylesheet with the colours and the logo of an organisation.

    ``mail_url`` is the SMTP server, ``mail_from`` the sender; without a server mail stays in a
    folder. ``secret_key`` seals addresses and links of mails that are to go later; without one, a
    file in the data folder holds it.

    ``job_seconds`` is what one definitive PDF may take; the queue's other times follow from it.
    ``read_seconds`` and ``read_memory_bytes`` bound the reading of one upload. Addresses of the
    database and the broker may hold passwords, so neither shows in a log.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data_dir: Path = Path("data")
    database_url: str = Field(default="", repr=False)
    broker_url: str = Field(default="redis://127.0.0.1:6379/0", repr=False)
    forms: Annotated[tuple[Path, ...], NoDecode] = Field(default=(), validate_default=True)
    fonts: Annotated[tuple[Path, ...], NoDecode] = ()
    base_url: str | None = None
    theme: Path | None = None
    mail_url: str = Field(default="", repr=False)
    mail_from: str = "formpress@localhost"
    secret_key: str = Field(default="", repr=False)
    max_bytes: int = Field(default=25 * MEBIBYTE, gt=0)
    max_pages: int = Field(default=500, gt=0)
    max_fields: int = Field(default=5_000, gt=0)
    read_seconds: int = Field(default=30, gt=0)
    read_memory_bytes: int = Field(default=1_536 * MEBIBYTE, gt=0)
    worker_concurrency: int = Field(default=2, gt=0)
    worker_memory_bytes: int = Field(default=1_536 * MEBIBYTE, gt=0)
    job_seconds: int = Field(default=120, gt=0)

    @field_validator("data_dir")
    @classmethod
    def _whole_path(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @field_validator("forms", mode="before")
    @classmethod
    def _paths(cls, given: Any) -> Any:
        if isinstance(given, str):
            listed = given.startswith("[")
            given = json.loads(given) if listed else filter(None, given.split(os.pathsep))
        return tuple(Path(path).expanduser().absolute() for path in given) or (packaged_forms(),)

    @field_validator("fonts", mode="before")
    @classmethod
    def _font_paths(cls, given: Any) -> Any:
        return font_paths(given) if isinstance(given, str) else given

    @field_validator("fonts")
    @classmethod
    def _usable_fonts(cls, paths: tuple[Path, ...]) -> tuple[Path, ...]:
        for path in paths:
            named_faces(path)
        return paths

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: Any) -> Any:
        """A variable that is set to nothing (``FORMPRESS_BASE_URL=``) is not set."""
        return {name: value for name, value in given.items() if value != ""}

    @field_validator("theme")
    @classmethod
    def _stylesheet(cls, path: Path | None) -> Path | None:
        if path is None:
            return None
        path = path.expanduser().absolute()
        try:
            path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError("must be a readable file with CSS in UTF-8") from error
        return path

    @field_validator("mail_url")
    @classmethod
    def _smtp(cls, url: str) -> str:
        if urlsplit(url).scheme not in ("", *_SMTP) or (url and not urlsplit(url).hostname):
            raise ValueError(
                f"must begin with {', '.join(f'{each}://' for each in _SMTP)} and a host"
            )
        return url

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, address: str) -> str:
        if "@" not in address or not address.isprintable():
            raise ValueError("must be an address, as in Scholen <noreply@example.org>")
        return address

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, key: str) -> str:
        if key and len(key) < _SHORTEST_KEY:
            raise ValueError(f"must have at least {_SHORTEST_KEY} characters, chosen at random")
        return key

    @field_validator("database_url")
    @classmethod
    def _with_driver(cls, url: str) -> str:
        for scheme in _POSTGRES:
            if url.startswith(scheme):
                return "postgresql+psycopg://" + url.removeprefix(scheme)
        return url

    @property
    def database(self) -> str:
        """The address of the database: the given one, else SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'formpress.sqlite'}"

    @property
    def files_dir(self) -> Path:
        return self.data_dir / "files"

    @property
    def mail_dir(self) -> Path:
        return self.data_dir / "mail"

    @property
    def key_file(self) -> Path:
        return self.data_dir / "secret.key"

    @property
    def limits(self) -> Limits:
        return Limits(
            max_bytes=self.max_bytes,
            max_pages=self.max_pages,
            max_fields=self.max_fields,
            seconds=self.read_seconds,
            memory_bytes=self.read_memory_bytes,
        )

    def as_environment(self) -> dict[str, str]:
        """The variables that give a child process these settings."""
        environment = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            if name in ("forms", "fonts"):
                value = json.dumps([str(path) for path in value])
            if value is not None:
                environment[PREFIX + name.upper()] = str(value)
        return environment


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment; an override that is ``None`` counts as not given.

    Raises ``SettingsError`` naming the first variable that cannot be used.
    """
    given: dict[str, Any] = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        raise SettingsError(variable=PREFIX + name.upper(), why=first["msg"]) from None
