"""What a run leaves in VAR_DIR/imports where its process was killed after its last write."""

import uuid

import pytest

from ocop.imports.datasets import run_progress
from ocop.imports.models import BatchState, ImportBatch
from tests.imports.workbooks import product_row, recognitions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    (tmp_path / "imports").mkdir()
    return tmp_path / "imports"


def names(folder):
    return sorted(path.stem for path in folder.iterdir())


def test_an_import_killed_right_after_its_commit_is_finished(folder):
    batch = ImportBatch.objects.get(pk=recognitions(product_row()).batch)
    (folder / f"{batch.token}.run").write_text("{}")
    assert run_progress.mark_interrupted() == []
    batch.refresh_from_db()
    assert (batch.state, names(folder)) == (BatchState.APPLIED, [])


def test_runs_under_way_keep_their_files(folder):
    """The one on record, and the one that has not come so far yet."""
    with run_progress.under_way() as begun, run_progress.under_way() as beginning:
        ImportBatch.objects.create(
            dataset="recognitions", state=BatchState.RUNNING, token=begun.token
        )
        assert run_progress.mark_interrupted() == []
        assert names(folder) == sorted(str(run.token) for run in (begun, beginning))
        assert run_progress.is_alive(beginning.token)
    assert names(folder) == []


def test_a_run_whose_file_was_cleared_before_it_was_locked_makes_it_anew(folder, monkeypatch):
    lock, times = run_progress.fcntl.flock, []

    def cleared_first(descriptor, how):
        if not times:
            times.append(1)
            next(folder.iterdir()).unlink()
        lock(descriptor, how)

    monkeypatch.setattr(run_progress.fcntl, "flock", cleared_first)
    with run_progress.under_way() as run:
        assert names(folder) == [str(run.token)]
        assert run_progress.is_alive(run.token)


def test_other_files_stay(folder):
    (folder / "ghi-chu.txt").write_text("x")
    (folder / f"{uuid.uuid4()}.run").mkdir()
    run_progress.mark_interrupted()
    assert len(names(folder)) == 2
