from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from pipeline.errors import StorageError
from pipeline.store.files import FileStore

KEY = "submissions/ab/abc-1.pdf"


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def test_what_was_put_is_got(files: FileStore) -> None:
    assert not files.exists(KEY)
    files.put(KEY, b"one")
    files.put(KEY, b"two")
    assert files.exists(KEY)
    assert files.get(KEY) == b"two"
    files.delete(KEY)
    files.delete(KEY)
    assert not files.exists(KEY)


@pytest.mark.parametrize("key", ["../x.pdf", "/etc/x.pdf", "a//b.pdf", "a/../b.pdf", "", "a\0.pdf"])
def test_a_key_never_leaves_the_folder(files: FileStore, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        files.put(key, b"")


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(
    files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.put(KEY, b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError) as caught:
        files.put(KEY, b"new")
    assert caught.value.data["what"] == "files"
    assert files.get(KEY) == b"old"
    assert [path.name for path in files.folder.rglob("*") if path.is_file()] == ["abc-1.pdf"]


def test_a_missing_file_is_a_storage_error(files: FileStore) -> None:
    with pytest.raises(StorageError):
        files.get(KEY)


def test_only_what_was_left_long_ago_is_discarded(files: FileStore) -> None:
    files.discard_unfinished()
    files.put(KEY, b"kept")
    left, being_written = (files.folder / ".unfinished" / name for name in ("left", "young"))
    for path in (left, being_written):
        path.write_bytes(b"half")
    os.utime(left, (time.time() - 7200,) * 2)
    files.discard_unfinished()
    assert not left.exists()
    assert being_written.exists()
    assert files.exists(KEY)
