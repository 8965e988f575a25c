"""What is backed up comes back: every row, every file, every figure, and what keeps them."""

import json
import stat
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.db import Error, connections, models, transaction

from ocop.backup.snapshot import last_ids
from ocop.backup.tables import fields_of, kept_models
from ocop.organisation import data_version
from ocop.organisation.models import InstallationFact, Unit
from products.models import Recognition
from tests.backup.places import Place, kinds

pytestmark = pytest.mark.database


def test_tables_files_and_figures_come_back_on_either_database(
    full: Place, archive: Path, blank_places: dict[str, Place], tmp_path: Path
) -> None:
    contents, figures = full.contents(), full.figures()
    assert len(contents["files"]) == 3
    assert len(contents["organisation.Unit"]) > 100
    for kind in kinds():
        with blank_places[kind].copied(tmp_path / kind) as place:
            printed = place.manage("restore", archive)
            again = tmp_path / f"{kind}.zip"
            place.manage("backup", again)
            assert place.contents() == contents, kind
            assert place.figures() == figures, kind
        with full.copied(tmp_path / f"back-{kind}") as back:
            back.manage("restore", again, "--replace")
            assert back.contents() == contents, kind
    manifest = json.loads(zipfile.ZipFile(archive).read("manifest.json"))
    assert str(sum(table["rows"] for table in manifest["tables"])) in printed


def test_an_archive_is_for_its_owner_only_and_opens_in_any_tool(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        assert b"organisation_dataversiontoken" not in opened.read("manifest.json")
        assert "tables/django_session.jsonl" not in opened.namelist()


def test_restored_files_are_for_the_program_only(blank: Place, archive: Path) -> None:
    blank.manage("restore", archive)
    paths = list(blank.files.rglob("*"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {0o700}
    assert not list(blank.files.glob(".*"))


def test_an_id_of_a_row_that_is_gone_is_not_given_out_again(
    full: Place, archive: Path, blank: Place
) -> None:
    """History, evidence and imports still name it."""
    with full.used():
        gone = last_ids([Unit])["organisation_unit"]
        assert not Unit.objects.filter(pk=gone).exists()
        given = last_ids(kept_models())
    blank.manage("restore", archive)
    with blank.used():
        assert last_ids(kept_models()) == given
        new = Unit.objects.create(code="y", level="commune", name="Mới", valid_from="2020-01-01")
        assert new.pk == gone + 1


def test_history_is_guarded_and_the_version_of_the_data_is_new(
    full: Place, archive: Path, tmp_path: Path
) -> None:
    with full.copied(tmp_path / "den") as place:
        with place.used():
            before = data_version.current()
        place.manage("restore", archive, "--replace")
        with place.used():
            after = data_version.current()
            assert {app for app in before if before[app] == after[app]} == set()
            history = Recognition.history.model.objects
            for change in (lambda: history.update(rank=1), lambda: history.all().delete()):
                with pytest.raises(Error, match="never changed"), transaction.atomic():
                    change()
            InstallationFact.objects.create(name="moi", value="1")
            assert data_version.current()["organisation"] != after["organisation"]


def test_what_is_written_meanwhile_neither_waits_nor_comes_along(
    full: Place, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record and its history, written between the reading of the two tables."""
    from ocop.backup import tables

    read, written = tables.rows_of, []

    def read_and_write(model: type[models.Model], using: str) -> object:
        InstallationFact.objects.create(name=f"luc-{len(written)}", value=model._meta.label)
        written.append(model)
        return read(model, using)

    monkeypatch.setattr(tables, "rows_of", read_and_write)
    with full.copied(tmp_path / "dang-ghi") as place:
        place.files.symlink_to(full.files)
        place.manage("backup", tmp_path / "sao.zip")
        with place.used():
            added = InstallationFact.objects.filter(name__startswith="luc-")
            assert added.count() == len(written) > 50
    digests = [_digests(path) for path in (archive, tmp_path / "sao.zip")]
    assert digests[0] | {"organisation_installationfact": ""} == digests[1] | {
        "organisation_installationfact": ""
    }
    assert "snapshot" not in vars(connections._connections)
    facts = zipfile.ZipFile(tmp_path / "sao.zip").read("tables/organisation_installationfact.jsonl")
    # The snapshot begins with the first table that is read, after the first of them.
    assert facts.count(b"luc-") <= 1


def _digests(path: Path) -> dict[str, str]:
    manifest = json.loads(zipfile.ZipFile(path).read("manifest.json"))
    return {table["name"]: table["sha256"] for table in manifest["tables"]}


def test_every_column_of_every_table_has_a_form_in_the_archive() -> None:
    known = (
        *(models.AutoField, models.BigAutoField, models.BigIntegerField, models.BinaryField),
        *(models.BooleanField, models.CharField, models.DateField, models.DecimalField),
        *(models.IntegerField, models.JSONField, models.TextField, models.TimeField),
        *(models.UUIDField, models.ForeignKey),
    )
    strange = [
        str(field)
        for model in kept_models()
        for field in fields_of(model)
        if not isinstance(field, known) or isinstance(field, models.FileField)
    ]
    assert strange == [], "a file field needs an entry in BACKUP_FILES"


def test_only_sessions_and_tokens_stay_behind() -> None:
    stored = {model._meta.label for model in kept_models()}
    everything = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert everything - stored == {"sessions.Session", "organisation.DataVersionToken"}
