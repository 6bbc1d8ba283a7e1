"""Mail by a real server, and into a folder."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from pipeline.errors import MailError, SettingsError
from pipeline.settings import load_settings
from pipeline.store.files import FileStore
from pipeline.store.mail import Mail, open_mailer
from tests.store.mail_server import mail_server

MAIL = Mail("anna@example.org", "Uw formulier: Łódź €", "Beste,\n\nDe link: https://x/é\n")
SENDER = "Scholen <noreply@example.org>"


def test_a_server_gets_it_whole(tmp_path: Path) -> None:
    with mail_server() as server:
        mailer = open_mailer(server.url, SENDER, FileStore(tmp_path))
        assert not mailer.keeps_in_folder
        mailer.send(MAIL)
    (mail,) = server.received
    assert (mail["To"], mail["From"], mail["Subject"]) == (MAIL.to, SENDER, MAIL.subject)
    assert mail.get_content().replace("\r\n", "\n") == MAIL.text
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].strip("<>").endswith("@example.org")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_name_and_password_of_the_address_are_used(tmp_path: Path) -> None:
    with mail_server(login=True) as server:
        open_mailer(server.url, SENDER, FileStore(tmp_path)).send(MAIL)
        assert server.logins == [(b"scholen", b"p@ss")]
        wrong = server.url.replace("p%40ss", "other")
        with pytest.raises(MailError) as caught:
            open_mailer(wrong, SENDER, FileStore(tmp_path)).send(MAIL)
    assert caught.value.data["why"] == "unreachable"
    assert len(server.received) == 1


def test_an_address_that_is_refused_is_told_apart(tmp_path: Path) -> None:
    with mail_server() as server:
        server.refused.add(MAIL.to)
        with pytest.raises(MailError) as caught:
            open_mailer(server.url, SENDER, FileStore(tmp_path)).send(MAIL)
    assert caught.value.data["why"] == "refused"
    assert MAIL.to not in str(caught.value)


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{held.getsockname()[1]}"
        with pytest.raises(MailError) as caught:
            open_mailer(url, SENDER, FileStore(tmp_path)).send(MAIL)
    assert caught.value.data["why"] == "unreachable"


def test_a_server_that_takes_its_time_over_every_answer_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer is in time, all together are not."""
    monkeypatch.setattr("pipeline.store.mail._SECONDS", 0.6)
    heard: list[bytes] = []

    def answer(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rwb", 0) as lines, suppress(OSError):
            lines.write(b"220 slow\r\n")
            for line in lines:
                heard.append(line)
                time.sleep(0.4)
                lines.write(b"354 go on\r\n" if line == b"data\r\n" else b"250 OK\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        slow = threading.Thread(target=answer, args=(listening,))
        slow.start()
        url = f"smtp://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(MailError) as caught:
            open_mailer(url, SENDER, FileStore(tmp_path)).send(MAIL)
        slow.join()
    assert caught.value.data["why"] == "unreachable"
    assert len(heard) == 2, "hello and sender, and the second answer came too late"


def test_an_address_with_a_line_break_brings_no_header_in(tmp_path: Path) -> None:
    with mail_server() as server, pytest.raises(MailError):
        sneaky = Mail("a@example.org\nBcc: b@example.org", "x", "y")
        open_mailer(server.url, SENDER, FileStore(tmp_path)).send(sneaky)
    assert server.received == []


def test_without_a_server_it_is_a_file_that_a_mail_program_opens(tmp_path: Path) -> None:
    mailer = open_mailer("", SENDER, FileStore(tmp_path))
    assert mailer.keeps_in_folder
    mailer.send(MAIL)
    mailer.send(MAIL)
    files = sorted(tmp_path.glob("*.eml"))
    assert len(files) == 2
    mail = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert mail["Subject"] == MAIL.subject


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FORMPRESS_MAIL_URL", "http://host"),
        ("FORMPRESS_MAIL_URL", "smtp://"),
        ("FORMPRESS_MAIL_FROM", "niemand"),
        ("FORMPRESS_MAIL_FROM", "a@b\nBcc: c@d"),
    ],
)
def test_settings_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.data["variable"] == variable
