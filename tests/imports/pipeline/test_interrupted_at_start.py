"""When the program starts, imports that its last stop interrupted are marked and named."""

import logging
import os
import subprocess
import sys
import uuid

import pytest
from django.db import OperationalError

from ocop.imports.datasets import run_progress
from ocop.imports.datasets.batches import begin, store_file
from ocop.imports.models import BatchState, ImportBatch
from tests.support.database import ROOT

pytestmark = pytest.mark.database


def begun(run, name="phu-luc.xlsx"):
    return begin(store_file(b"x", name, None), "recognitions", None, run)


@pytest.mark.django_db
def test_each_interrupted_import_is_marked_and_named_in_one_line(caplog):
    with run_progress.under_way() as run, caplog.at_level(logging.WARNING):
        alive = begun(run.token)
        dead = [begun(uuid.uuid4(), "a.xlsx"), begun(uuid.uuid4(), "b.xlsx")]
        marked = run_progress.mark_interrupted_at_start()
    assert {batch.pk for batch in marked} == {batch.pk for batch in dead}
    assert sorted(record.args[1] for record in caplog.records) == ["a.xlsx", "b.xlsx"]
    assert ImportBatch.objects.get(pk=alive.pk).state == BatchState.RUNNING


@pytest.mark.parametrize("error", [OperationalError("away"), PermissionError("var")])
def test_a_database_that_is_away_does_not_stop_the_start(error, monkeypatch):
    def away():
        raise error

    monkeypatch.setattr(run_progress, "mark_interrupted", away)
    assert run_progress.mark_interrupted_at_start() == []


def test_the_program_starts_on_a_database_without_tables(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "import ocop.wsgi; print('started')"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "ocop.settings",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}",
            "VAR_DIR": str(tmp_path),
            "DEBUG": "1",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "started\n"
    assert "Traceback" not in done.stderr
