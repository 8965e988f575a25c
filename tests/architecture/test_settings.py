"""Settings come from the environment; nonsense stops the start with a plain sentence."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from ocop.environment import Environment
from tests.support.cases import every_case

ROOT = Path(__file__).resolve().parents[2]
SAFE = {"DEBUG": "0", "SECRET_KEY": "k" * 25 + "Zx9_" * 8, "ALLOWED_HOSTS": "ocop.example.vn"}


@every_case("word,value", [("1", True), ("yes", True), ("on", True), ("0", False), ("", False)])
def test_flags_are_read_in_plain_words(word: str, value: bool) -> None:
    assert Environment({"X": word}).flag("X", default=not value) is value


def test_a_missing_flag_takes_its_default() -> None:
    assert Environment({}).flag("X", default=True) is True


@pytest.mark.parametrize("word", ["maybe", "2", "đúng"])
def test_a_flag_that_is_neither_is_refused(word: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="X="):
        Environment({"X": word}).flag("X", default=True)


@pytest.mark.parametrize("word", ["many", "1.5", "0"])
def test_a_number_that_is_none_or_too_small_is_refused(word: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="X="):
        Environment({"X": word}).whole("X", 5, least=1)


def run_check(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess:
    stored = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**stored, "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
    )


def test_production_settings_pass_djangos_own_deployment_check(tmp_path: Path) -> None:
    done = run_check(tmp_path, **SAFE)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_unsafe(missing: str, tmp_path: Path) -> None:
    given = {name: value for name, value in SAFE.items() if name != missing}
    done = run_check(tmp_path, **given)
    assert done.returncode != 0
    assert missing in done.stderr


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "postgres://[::1"])
def test_a_database_url_of_no_use_is_refused(url: str, tmp_path: Path) -> None:
    done = run_check(tmp_path, **SAFE, DATABASE_URL=url)
    assert done.returncode != 0
    assert "DATABASE_URL" in done.stderr


@pytest.mark.parametrize("url", ["memcached://x", "nonsense"])
def test_a_cache_url_of_no_use_is_refused(url: str, tmp_path: Path) -> None:
    done = run_check(tmp_path, **SAFE, CACHE_URL=url)
    assert done.returncode != 0
    assert "CACHE_URL" in done.stderr


def test_a_database_that_does_not_answer_is_given_up_on(tmp_path: Path) -> None:
    stored = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with socket.create_server(("127.0.0.1", 0)) as silent:
        done = subprocess.run(
            [sys.executable, "manage.py", "progress"],
            cwd=ROOT,
            env={
                **stored,
                "VAR_DIR": str(tmp_path),
                "DATABASE_CONNECT_TIMEOUT": "2",
                "DATABASE_URL": f"postgres://x:y@127.0.0.1:{silent.getsockname()[1]}/x",
            },
            capture_output=True,
            text=True,
            timeout=25,
        )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.django_db
def test_the_database_runs_with_the_measured_options() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW jit")
            assert cursor.fetchone() == ("off",)
            assert connection.settings_dict["OPTIONS"]["connect_timeout"] == 5
            return
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        for pragma, value in (("synchronous", 1), ("foreign_keys", 1), ("busy_timeout", 20_000)):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone() == (value,)


def test_the_commands_of_django_import_export_refuse() -> None:
    """They would pass by scope, checks and history."""
    from django.core.management import get_commands

    for name in ("import", "export"):
        assert get_commands()[name] == "ocop.imports"
        done = subprocess.run(
            [sys.executable, "manage.py", name, "products.Product", "x.csv"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert "import_workbook" in done.stderr
