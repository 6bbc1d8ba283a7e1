from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import load_settings, packaged_forms


def test_without_anything_the_packaged_forms_and_sqlite_in_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert settings.forms == (packaged_forms(),)
    assert settings.data_dir == tmp_path / "data"
    assert settings.database == f"sqlite:///{tmp_path}/data/formpress.sqlite"
    assert settings.limits.max_bytes == 25 * 1024 * 1024


def test_the_environment_counts_and_an_override_counts_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FORMPRESS_MAX_PAGES", "7")
    monkeypatch.setenv("FORMPRESS_MAX_FIELDS", "8")
    monkeypatch.setenv("FORMPRESS_BASE_URL", "")
    settings = load_settings(max_fields=9, data_dir=None)
    assert (settings.limits.max_pages, settings.limits.max_fields) == (7, 9)
    assert settings.base_url is None


def test_forms_are_a_list_of_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMPRESS_FORMS", "/a/one.pdf:/b")
    assert load_settings().forms == (Path("/a/one.pdf"), Path("/b"))


def test_a_child_process_gets_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(forms=["/a/at 12:30.pdf", "/b"], job_seconds=5, data_dir="/d")
    for name, value in settings.as_environment().items():
        monkeypatch.setenv(name, value)
    assert load_settings() == settings


def test_a_database_of_postgresql_gets_its_driver() -> None:
    settings = load_settings(database_url="postgres://me:secret@host/forms")
    assert settings.database == "postgresql+psycopg://me:secret@host/forms"
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"), [("MAX_BYTES", "many"), ("JOB_SECONDS", "0"), ("FORMS", "[nothing")]
)
def test_a_wrong_setting_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"FORMPRESS_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.data["variable"] == f"FORMPRESS_{name}"
