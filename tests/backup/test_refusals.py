"""What backup and restore refuse, in a sentence; and what they leave where they cannot go on."""

import errno
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.backup import files, loading, schema
from ocop.backup.archive import ArchiveMember
from ocop.organisation.models import InstallationFact, Unit, User
from products.evidence import storage
from products.models import Recognition
from products.records.permissions import get_kind_or_404
from tests.backup.places import Place
from tests.products.evidence import made_files

pytestmark = pytest.mark.database


def test_a_database_that_holds_something_is_replaced_only_on_demand(
    full: Place, archive: Path, blank: Place, tmp_path: Path
) -> None:
    with blank.used():
        User.objects.create_user("nguoi-cu", password="x")
        InstallationFact.objects.create(name="cu", value="1")
    before = blank.contents()
    status, sentence = blank.refuses("restore", archive)
    assert (status, "account: 1" in sentence, "--replace" in sentence) == (1, True, True)
    assert blank.contents() == before
    blank.manage("restore", archive, "--replace")
    assert blank.contents() == full.contents()


def test_a_folder_that_holds_files_is_replaced_only_on_demand(
    full: Place, archive: Path, blank: Place
) -> None:
    old = blank.files / "evidence" / "zz" / "old"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    status, sentence = blank.refuses("restore", archive)
    assert (status, str(blank.files) in sentence, "--replace" in sentence) == (1, True, True)
    blank.manage("restore", archive, "--replace")
    assert blank.digests() == full.digests()
    assert not old.parent.exists()


def test_replacing_brings_a_spoilt_file_back(full: Place, archive: Path, blank: Place) -> None:
    blank.manage("restore", archive)
    next(path for path in blank.files.rglob("*") if path.is_file()).write_bytes(b"spoilt")
    blank.manage("restore", archive, "--replace")
    assert blank.contents() == full.contents()


def test_a_restore_that_fails_at_its_last_step_leaves_all_as_it_was(
    full: Place, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are written, files are being put in place, and the disk is full."""
    with full.copied(tmp_path / "den") as place:
        with place.used():
            InstallationFact.objects.create(name="cua-toi", value="1")
        names = sorted(full.digests())
        (place.files / names[0]).parent.mkdir(parents=True)
        (place.files / names[0]).write_bytes(b"mine")
        before = place.contents()
        whole = files.StagedFiles.put_in_place

        def fails_at_last(staged: Any) -> None:
            whole(staged)
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(files.StagedFiles, "put_in_place", fails_at_last)
        status, sentence = place.refuses("restore", archive, "--replace")
        assert (status, "the disk is full" in sentence) == (2, True)
        assert place.contents() == before
        monkeypatch.undo()
        place.manage("restore", archive, "--replace")
        assert place.contents() == full.contents()


def test_what_a_killed_restore_left_is_mended_by_running_it_again(
    full: Place, archive: Path, blank: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed when the files were in place: before the rows were committed, then after."""

    class Killed(BaseException):
        pass

    def killed(*_args: Any) -> None:
        raise Killed

    empty = blank.contents()
    for moment, name in (("roll_back", "put_in_place"), ("tidy", "tidy")):
        monkeypatch.setattr(files.StagedFiles, moment, lambda _staged: None)
        if moment == "roll_back":
            put = files.StagedFiles.put_in_place
            monkeypatch.setattr(
                files.StagedFiles, name, lambda staged, put=put: (put(staged), killed())
            )
        else:
            monkeypatch.setattr(files.StagedFiles, name, killed)
        monkeypatch.setattr(files.shutil, "rmtree", lambda *_a, **_k: None)
        with pytest.raises(Killed):
            blank.manage("restore", archive, "--replace")
        rows = {name: held for name, held in blank.contents().items() if name != "files"}
        expected = empty if moment == "roll_back" else full.contents()
        assert rows == {name: held for name, held in expected.items() if name != "files"}
        monkeypatch.undo()
        assert list(blank.files.glob(".restore-*"))
        blank.manage("restore", archive, "--replace")
        assert blank.contents() == full.contents()


def test_another_version_of_the_program_is_refused_by_name(
    full: Place, archive: Path, blank: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = blank.contents()
    ours = schema.of_program()
    cases = {
        "this one lacks": ([], ["targets.0099_later"], "targets.0099_later"),
        "the archive lacks": (["targets.0099_later"], [], "targets.0099_later"),
    }
    for name, (program, written, named) in cases.items():
        monkeypatch.setattr(schema, "of_program", lambda more=written: [*ours, *more])
        monkeypatch.setattr(schema, "_of_database", lambda more=written: {*ours, *more})
        path = archive.with_name(f"{len(written)}.zip")
        full.manage("backup", path)
        monkeypatch.setattr(schema, "of_program", lambda more=program: [*ours, *more])
        monkeypatch.setattr(schema, "_of_database", lambda more=program: {*ours, *more})
        status, sentence = blank.refuses("restore", path)
        assert (status, named in sentence) == (1, True), name
        path.unlink()
    assert blank.contents() == before


def test_a_database_of_another_version_is_neither_backed_up_nor_restored_into(
    full: Place, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "of_program", lambda: ["targets.0001_initial"])
    monkeypatch.setattr(schema, "_of_database", set)
    status, sentence = full.refuses("backup", tmp_path / "sao.zip")
    assert (status, "manage.py migrate" in sentence) == (1, True)
    assert "targets.0001_initial" in sentence
    monkeypatch.setattr(
        schema, "_of_database", lambda: {"targets.0001_initial", "targets.0002_b", "gone.0001_a"}
    )
    status, sentence = full.refuses("backup", tmp_path / "sao.zip")
    assert (status, "targets.0002_b" in sentence, "gone" in sentence) == (1, True, False)
    assert not list(tmp_path.iterdir())


def test_an_existing_file_is_not_overwritten(full: Place, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "co-roi.zip").write_bytes(b"mine")
    (tmp_path / "lien-ket.zip").symlink_to("nowhere")
    for name in ("co-roi.zip", "lien-ket.zip"):
        status, sentence = full.refuses("backup", tmp_path / name)
        assert (status, name in sentence) == (2, True)
    assert (tmp_path / "co-roi.zip").read_bytes() == b"mine"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_place_that_cannot_be_written_is_named(full: Place, tmp_path: Path) -> None:
    status, sentence = full.refuses("backup", tmp_path / "khong-co" / "sao.zip")
    assert (status, "no such folder" in sentence) == (2, True)


def test_a_full_disk_leaves_nothing(
    full: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At any of the writes, the last ones included."""
    for allowed in (0, 3, 60, 70):
        left = [allowed]
        write = ArchiveMember.write

        def full_at_last(member: Any, data: bytes, left: Any = left, write: Any = write) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            write(member, data)

        monkeypatch.setattr(ArchiveMember, "write", full_at_last)
        status, sentence = full.refuses("backup", tmp_path / "sao.zip")
        monkeypatch.undo()
        assert (status, "the disk is full" in sentence) == (2, True)
        assert not list(tmp_path.iterdir())


def test_a_file_that_was_lost_is_named_and_may_be_left_out(
    full: Place, blank: Place, tmp_path: Path
) -> None:
    with full.copied(tmp_path / "mat-tep") as place:
        with place.used():
            record = Recognition.objects.all()[1]
            officer = User.objects.get(username="tinh")
            uploads = [SimpleUploadedFile(f"{n}.pdf", made_files.pdf(n)) for n in (4, 5)]
            stored, refused = storage.add(get_kind_or_404("recognition"), record, uploads, officer)
            assert not refused
            lost, spoilt = (storage.path_of(row.pk) for row in stored)
        for path in full.files.rglob("*"):
            if path.is_file():
                copy = place.files / path.relative_to(full.files)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes())
        lost.unlink()
        spoilt.write_bytes(b"spoilt")
        archive = tmp_path / "sao.zip"
        status, sentence = place.refuses("backup", archive)
        named = [lost.name in sentence, spoilt.name in sentence, "--allow-missing" in sentence]
        assert (status, named) == (1, [True] * 3)
        assert not archive.exists()
        place.manage("backup", archive, "--allow-missing")
        blank.manage("restore", archive)
        assert blank.contents() == place.contents()


def test_files_larger_than_what_is_left_are_refused_beforehand(
    blank: Place, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 10

    monkeypatch.setattr("ocop.backup.restoring.shutil.disk_usage", lambda _folder: Usage)
    status, sentence = blank.refuses("restore", archive)
    assert (status, "left" in sentence) == (2, True)
    assert not blank.files.exists()


def test_checking_alone_changes_nothing(full: Place, archive: Path, blank: Place) -> None:
    before = blank.contents()
    printed = blank.manage("restore", archive, "--check")
    assert "SHA-256" in printed
    assert blank.contents() == before
    assert full.manage("restore", archive, "--check") == printed, "whatever the database holds"


def test_a_blank_database_is_empty(blank: Place) -> None:
    with blank.used():
        assert loading.present() == []
        Unit.objects.create(code="1", level="commune", name="Một", valid_from="2020-01-01")
        # The unit, and its row of history.
        assert [number for _name, number in loading.present()] == [1, 1]
