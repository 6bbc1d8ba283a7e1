"""Files by key: definitive PDFs, uploads in quarantine, copies of templates.

A key reads like a path ("submissions/3f/….pdf") and is made by Formpress, never by a person.
``Files`` is what the rest needs, no more than an S3-compatible store can give as well.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pipeline.errors import StorageError

_KEY = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*\.[a-z0-9]+")
_UNFINISHED = ".unfinished"
_AN_HOUR = 3600


class Files(Protocol):
    """Every method raises ``StorageError`` where the store does not do as it was told.

    ``put`` replaces the whole file or leaves the old one: nobody ever reads half of one.
    """

    def put(self, key: str, data: bytes) -> None: ...

    def get(self, key: str) -> bytes: ...

    def delete(self, key: str) -> None: ...

    def exists(self, key: str) -> bool: ...

    def keys(self, folder: str, before: datetime) -> Iterator[str]:
        """The keys below ``folder`` of what was last put before an aware moment."""
        ...

    def discard_unfinished(self) -> None:
        """Removes what a killed writer left; nothing to do where ``put`` is atomic by nature."""
        ...


class FileStore:
    """Files in a folder. Written beside, synced and renamed, so that a crash leaves old or new."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, key: str, data: bytes) -> None:
        target = self._path(key)
        unfinished = self.folder / _UNFINISHED / secrets.token_hex(16)
        try:
            unfinished.parent.mkdir(parents=True, exist_ok=True)
            _make_folders(self.folder, target.parent)
            try:
                _write_synced(unfinished, data)
                unfinished.replace(target)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
            _sync_folder(target.parent)
        except OSError as error:
            raise StorageError(what="files", why=str(error)) from error

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except OSError as error:
            raise StorageError(what="files", why=str(error)) from error

    def delete(self, key: str) -> None:
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(what="files", why=str(error)) from error

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def keys(self, folder: str, before: datetime) -> Iterator[str]:
        for path in sorted((self.folder / folder).rglob("*")):
            try:
                if path.is_file() and path.stat().st_mtime < before.timestamp():
                    yield path.relative_to(self.folder).as_posix()
            except OSError:
                continue  # deleted meanwhile

    def discard_unfinished(self) -> None:
        """Only what is older than an hour: a younger one may still be being written."""
        for path in (self.folder / _UNFINISHED).glob("*"):
            try:
                if path.stat().st_mtime < time.time() - _AN_HOUR:
                    path.unlink()
            except OSError:
                continue

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a key: {key!r}")
        return self.folder / key


def _make_folders(root: Path, folder: Path) -> None:
    """Makes ``folder`` below ``root`` and sees to it that its name, too, survives a power cut."""
    if folder.is_dir():
        return
    if folder != root:
        _make_folders(root, folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Without this a rename may be lost in a power cut although the file's bytes are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
