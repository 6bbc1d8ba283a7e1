"""The key that seals, and who has it."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.errors import SettingsError, StorageError
from pipeline.settings import load_settings
from pipeline.store.sealing import Sealer

WORDS = "anna@example.org https://x/Łódź"


def test_what_is_sealed_opens_with_the_same_key_only(tmp_path: Path) -> None:
    sealer = Sealer("", tmp_path / "new" / "secret.key")
    sealed = sealer.seal(WORDS)
    assert "anna" not in sealed
    assert sealed != sealer.seal(WORDS)
    assert Sealer("", tmp_path / "new" / "secret.key").unseal(sealed) == WORDS
    assert Sealer("", tmp_path / "other.key").unseal(sealed) is None
    assert Sealer("k" * 32, tmp_path / "new" / "secret.key").unseal(sealed) is None


def test_the_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    Sealer("", file).seal(WORDS)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_key_of_the_settings_leaves_no_file(tmp_path: Path) -> None:
    sealed = Sealer("k" * 32, tmp_path / "secret.key").seal(WORDS)
    assert Sealer("k" * 32, tmp_path / "secret.key").unseal(sealed) == WORDS
    assert list(tmp_path.iterdir()) == []


def test_many_that_begin_together_have_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        seals = [threads.submit(Sealer("", tmp_path / "secret.key").seal, WORDS) for _ in range(16)]
        opener = Sealer("", tmp_path / "secret.key")
        assert {opener.unseal(each.result()) for each in seals} == {WORDS}


def test_a_digest_is_the_keys_own(tmp_path: Path) -> None:
    sealer = Sealer("k" * 32, tmp_path)
    assert sealer.digest("a") == sealer.digest("a") != Sealer("l" * 32, tmp_path).digest("a")


def test_a_key_file_that_holds_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("not a key")
    with pytest.raises(StorageError):
        Sealer("", tmp_path / "secret.key").seal(WORDS)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(SettingsError):
        load_settings(secret_key="short")
