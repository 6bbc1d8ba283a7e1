"""Mail that leaves: by SMTP where a server is named, else as files in a folder.

An address is used and forgotten: nothing here keeps or logs one.
"""

from __future__ import annotations

import smtplib
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from pipeline.errors import MailError
from pipeline.store.files import Files, FileStore

_SECONDS = 15
"""How long the server may take over one mail, from the connection to its last answer."""


@dataclass(frozen=True, slots=True)
class Mail:
    """Plain text; ``to`` is one address, checked by whoever took it in."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    keeps_in_folder: bool
    """Whether mail stays on this machine, so that people must be told."""

    def send(self, mail: Mail) -> None:
        """Raises ``MailError`` where nobody took it."""
        ...


class SmtpMailer:
    """``url`` is ``smtp://``, ``smtp+starttls://`` or ``smtps://``, with name and password if need
    be. A connection for each mail: there are few, and none is held open in vain."""

    keeps_in_folder = False

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    def send(self, mail: Mail) -> None:
        try:
            with _connected(self._url) as server:
                if self._url.username:
                    server.login(unquote(self._url.username), unquote(self._url.password or ""))
                server.send_message(_message(mail, self._sender))
        except smtplib.SMTPRecipientsRefused as error:
            raise MailError(why="refused") from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise MailError(why="unreachable") from error


class FolderMailer:
    """For one machine: each mail is a file that any mail program opens."""

    keeps_in_folder = True

    def __init__(self, files: Files, sender: str) -> None:
        self._files = files
        self._sender = sender

    def send(self, mail: Mail) -> None:
        moment = datetime.now(UTC).strftime("%Y%m%dt%H%M%S%f")
        self._files.put(f"{moment}.eml", bytes(_message(mail, self._sender)))


def open_mailer(url: str, sender: str, folder: FileStore) -> Mailer:
    return SmtpMailer(url, sender) if url else FolderMailer(folder, sender)


class _InTime(smtplib.SMTP):
    """Each answer may take what is left of the time, so that a slow server cannot add them up."""

    def __init__(self, host: str, port: int, **more: Any) -> None:
        self._deadline = time.monotonic() + _SECONDS
        super().__init__(host, port, **{"timeout": _SECONDS, **more})

    def getreply(self) -> tuple[int, bytes]:
        if self.sock is not None:
            left = self._deadline - time.monotonic()
            if left <= 0:
                self.close()
                raise TimeoutError("the mail server is too slow")
            self.sock.settimeout(left)
        return super().getreply()


class _InTimeOverTls(_InTime, smtplib.SMTP_SSL):
    pass


def _connected(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        return _InTimeOverTls(host, url.port or 465, context=ssl.create_default_context())
    server = _InTime(host, url.port or (587 if "starttls" in url.scheme else 25))
    if url.scheme == "smtp+starttls":
        server.starttls(context=ssl.create_default_context())
    return server


def _message(mail: Mail, sender: str) -> EmailMessage:
    """RFC 5322; marked as made by a program, so that no absence notice answers it (RFC 3834)."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip(">") or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message
