"""VAR_DIR/imports that cannot be used: no import begins, and nothing breaks."""

import errno
import os

import pytest
from django.core.management import CommandError, call_command

from ocop.imports.datasets import run_progress
from ocop.imports.models import BatchState, ImportBatch
from products.models import Recognition
from tests.imports.workbooks import (
    RECOGNITIONS,
    everything,
    make_book,
    product_row,
    recognitions,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def var(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_a_file_in_the_folders_place_refuses_the_command_with_exit_2(var):
    (var / "imports").write_text("")
    (var / "thu.xlsx").write_bytes(make_book([RECOGNITIONS, product_row()]))
    before = everything()
    with pytest.raises(CommandError) as refused:
        call_command("import_workbook", str(var / "thu.xlsx"), "--dataset=recognitions")
    assert refused.value.returncode == 2
    assert everything() == before


def test_undoing_is_refused_by_command_as_well(var):
    batch = recognitions(product_row()).batch
    (var / "imports").rmdir()
    (var / "imports").write_text("")
    with pytest.raises(CommandError) as refused:
        call_command("undo_import", str(batch))
    assert (refused.value.returncode, Recognition.objects.count()) == (2, 1)


def test_a_full_disk_stops_no_import(var, monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    assert recognitions(product_row()).verdict == "accepted"


def test_what_may_still_be_running_is_not_called_interrupted(var):
    (var / "imports").write_text("")
    ImportBatch.objects.create(dataset="recognitions", state=BatchState.RUNNING)
    assert run_progress.mark_interrupted() == []
