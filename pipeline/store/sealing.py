"""Keeps a few words so that the database alone does not tell them: addresses and links.

The key is a setting, or else a file in the data folder that whoever needs it first makes. Without
it, what was sealed is lost, which is what a copy of the database alone should hold.
"""

from __future__ import annotations

import hmac
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pipeline.errors import StorageError

_KEY_BYTES = 32


class Sealer:
    """``key`` is the setting's, else empty; then ``file`` holds it."""

    def __init__(self, key: str, file: Path) -> None:
        self._given = key
        self._file = file

    def seal(self, text: str) -> str:
        """AES-128-CBC and HMAC-SHA256 (Fernet). Raises ``StorageError`` where there is no key."""
        from cryptography.fernet import Fernet  # takes a while to load, and is seldom needed

        return Fernet(self._key).encrypt(text.encode("utf-8")).decode("ascii")

    def unseal(self, sealed: str) -> str | None:
        """``None`` for what another key sealed."""
        from cryptography.fernet import Fernet, InvalidToken

        try:
            return Fernet(self._key).decrypt(sealed.encode("ascii")).decode("utf-8")
        except InvalidToken:
            return None

    def digest(self, text: str) -> str:
        """A keyed hash (HMAC-SHA256, hexadecimal): nobody else can try which text it is of."""
        return hmac.new(self._key, text.encode("utf-8"), sha256).hexdigest()

    @cached_property
    def _key(self) -> bytes:
        if self._given:
            return urlsafe_b64encode(sha256(self._given.encode("utf-8")).digest())
        try:
            return _key_of(self._file)
        except OSError as error:
            raise StorageError(what="files", why=str(error)) from error


def _key_of(file: Path) -> bytes:
    """The file's key, which only its owner can read; of two who make it, the first one counts."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as new:
            new.write(urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)))
            new.flush()
            os.fsync(new.fileno())
        try:
            os.link(unfinished, file)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    key = file.read_bytes().strip()
    try:
        whole = len(urlsafe_b64decode(key)) == _KEY_BYTES
    except ValueError:
        whole = False
    if not whole:
        raise OSError(f"{file} holds no key")
    return key
