"""The containers as they are described; the processes in them are tested in ``tests/workers``."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.settings import PREFIX, Settings
from workers.cli import add_worker

_ROOT = Path(__file__).parent.parent
_PASSWORDS = {"POSTGRES_PASSWORD": "p0stgres", "REDIS_PASSWORD": "r3dis"}


def _compose() -> list[str]:
    """Docker's plug-in, or Debian's program of that name; no Docker daemon is needed."""
    docker = shutil.which("docker")
    if docker:
        plug_in = subprocess.run([docker, "compose", "version"], capture_output=True, check=False)
        if plug_in.returncode == 0:
            return [docker, "compose"]
    program = shutil.which("docker-compose")
    assert program, "no docker compose here: apt-get install docker-compose"
    return [program]


def _config(passwords: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [*_compose(), "--file", _ROOT / "docker-compose.yml", "config"],
        env={**inherited, **passwords},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    """As ``docker compose config`` resolves them."""
    done = _config(_PASSWORDS)
    assert done.returncode == 0, done.stderr
    services: dict[str, dict[str, Any]] = yaml.safe_load(done.stdout)["services"]
    return services


def test_the_services_are_all_there(services: dict[str, dict[str, Any]]) -> None:
    assert set(services) == {"web", "worker", "beat", "redis", "postgres"}


@pytest.mark.parametrize("missing", sorted(_PASSWORDS))
def test_without_a_password_nothing_starts(missing: str) -> None:
    given = {name: word for name, word in _PASSWORDS.items() if name != missing}
    done = _config(given)
    assert done.returncode != 0
    assert f"set {missing}" in done.stderr


def test_web_worker_and_beat_are_one_image_with_one_set_of_settings(
    services: dict[str, dict[str, Any]],
) -> None:
    ours = [services[name] for name in ("web", "worker", "beat")]
    assert len({service["image"] for service in ours}) == 1
    assert ours[0]["environment"] == ours[1]["environment"] == ours[2]["environment"]
    environment = ours[0]["environment"]
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(environment) <= known
    assert "p0stgres@postgres" in environment["FORMPRESS_DATABASE_URL"]
    assert "r3dis@redis" in environment["FORMPRESS_BROKER_URL"]


def test_none_is_root_and_none_writes_where_it_should_not(
    services: dict[str, dict[str, Any]],
) -> None:
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert name in ("web", "worker", "beat") or service["user"] == name
    stage = (_ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", stage, re.M)


def test_what_can_be_asked_has_a_health_check(services: dict[str, dict[str, Any]]) -> None:
    assert {name for name, service in services.items() if "healthcheck" in service} == {
        "web",
        "worker",
        "redis",
        "postgres",
    }


def test_the_commands_exist(services: dict[str, dict[str, Any]]) -> None:
    parser = argparse.ArgumentParser()
    add_worker(parser.add_subparsers())
    for words in (
        services["worker"]["command"],
        services["beat"]["command"],
        services["worker"]["healthcheck"]["test"][1:],
    ):
        assert words[0] == "formpress"
        parser.parse_args(words[1:])
    served = re.search(r'^CMD \["gunicorn", "(.+?):(.+?)\(\)"', _dockerfile(), re.M)
    assert served is not None
    assert callable(getattr(import_module(served[1]), served[2]))


def test_the_image_gets_all_it_copies_and_no_more() -> None:
    ignored, kept = _ignore_patterns()
    for line in re.findall(r"^COPY (?!--from)(.+)$", _dockerfile(), re.M):
        for source in line.split()[:-1]:
            assert (_ROOT / source).exists(), source
            assert source in kept, f"{source} is left out by .dockerignore"
    for secret in (".env", ".git", "data", "tests"):
        assert any(fnmatch(secret, pattern) for pattern in ignored)
        assert secret not in kept


def _dockerfile() -> str:
    return (_ROOT / "Dockerfile").read_text()


def _ignore_patterns() -> tuple[list[str], list[str]]:
    lines = (_ROOT / ".dockerignore").read_text().splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    return (
        [each for each in patterns if not each.startswith("!")],
        [each[1:] for each in patterns if each.startswith("!")],
    )
