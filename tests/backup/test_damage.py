"""A damaged or hostile archive is refused as a whole, and nothing is written."""

import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ocop.backup import archive as archives
from ocop.backup.manifest import ArchivedFile, ArchivedTable, Manifest
from tests.backup.places import Place

pytestmark = pytest.mark.database

SEED = 20
ODD = "b" * 64


def structural_places(data: bytes) -> list[int]:
    """Bytes of the zip's own bookkeeping, and of the sum: first header to the last digit."""
    central, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    return [0, 4, 8, 11, 14, 28, 30, central, central + 10, central + 12, central + 42, end,
            end + 10, end + 20, end + 22, len(data) - 64, len(data) - 1]  # fmt: skip


def test_a_bit_flipped_anywhere_is_reported_and_nothing_is_written(
    blank: Place, archive: Path, tmp_path: Path
) -> None:
    whole = archive.read_bytes()
    chance = random.Random(SEED)
    places = [chance.randrange(len(whole)) for _ in range(20)] + structural_places(whole)
    before = blank.contents()
    accepted = []
    for place in places:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        (tmp_path / "lat.zip").write_bytes(flipped)
        for words in (["--replace"], ["--check"]):
            try:
                blank.manage("restore", tmp_path / "lat.zip", *words)
                accepted.append((place, words))
            except CommandError as refusal:
                if refusal.returncode != 2 or "Nothing was changed" not in str(refusal):
                    accepted.append((place, refusal))
    assert accepted == []
    assert blank.contents() == before
    assert not blank.files.exists()


def test_what_is_no_whole_archive_is_refused(blank: Place, archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    other = tmp_path / "khac.zip"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("a.txt", "x")
    cases = {
        "empty": b"",
        "short": whole[:50],
        "cut off": whole[:-1],
        "half": whole[: len(whole) // 2],
        "more at its end": whole + b"\n",
        "more at its beginning": b"\n" + whole,
        "another zip": other.read_bytes(),
        "twice": whole + whole[:-1],
    }
    wrong = {}
    for name, data in cases.items():
        (tmp_path / "thu.zip").write_bytes(data)
        status, sentence = blank.refuses("restore", tmp_path / "thu.zip")
        if status != 2 or "Nothing was changed" not in sentence:
            wrong[name] = sentence
    assert wrong == {}
    status, sentence = blank.refuses("restore", tmp_path / "khong-co.zip")
    assert (status, "no such file" in sentence) == (2, True)
    assert blank.refuses("restore", tmp_path)[0] == 2


# --- Archives whose sum is right, and whose content is not ---------------------------------------

Change = Callable[[dict[str, bytes], Manifest], Manifest | None]


def made(path: Path, source: Path, change: Change) -> Path:
    """An archive like `source` after `change` of its members and manifest, with a sum that fits."""
    with archives.opened(source) as opened, zipfile.ZipFile(source) as file:
        members = {name: file.read(name) for name in file.namelist() if name != "manifest.json"}
        manifest = opened.manifest
    manifest = change(members, manifest) or manifest
    path.unlink(missing_ok=True)
    with archives.written(path) as writer:
        found = {}
        for name, data in members.items():
            with writer.member(name, packed=True) as member:
                member.write(data)
            found[name] = member
        parts: dict[str, list[Any]] = {"tables": [], "files": []}
        for part in (*manifest.tables, *manifest.files):
            member = found.get(part.member)
            if member and len(part.sha256) == 64 and part.sha256 != ODD:
                part = replace(part, size=member.size, sha256=member.sha256)
            parts["tables" if isinstance(part, ArchivedTable) else "files"].append(part)
        writer.finish(replace(manifest, **parts))
    return path


def _rows(members: dict[str, bytes], table: str, edit: Callable[[list[Any]], Any]) -> None:
    lines = members[f"tables/{table}.jsonl"].splitlines()
    rows = [json.loads(line) for line in lines]
    edit(rows)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    members[f"tables/{table}.jsonl"] = text.encode()


def _cell(table: str, column: str, value: Any) -> Change:
    def change(members: dict[str, bytes], manifest: Manifest) -> None:
        (place,) = (t.columns.index(column) for t in manifest.tables if t.name == table)
        _rows(members, table, lambda rows: rows[0].__setitem__(place, value))

    return change


def _moved(path: str) -> Change:
    def change(members: dict[str, bytes], manifest: Manifest) -> Manifest:
        first, *others = manifest.files
        members[f"files/{path}"] = members.pop(first.member)
        return replace(manifest, files=[replace(first, path=path), *others])

    return change


def _other_content(members: dict[str, bytes], manifest: Manifest) -> None:
    members[manifest.files[0].member] = b"another content"


def _one_more(members: dict[str, bytes], _manifest: Manifest) -> None:
    members["files/evidence/more"] = b"x"


def _one_less(members: dict[str, bytes], manifest: Manifest) -> None:
    del members[manifest.tables[3].member]


def _a_file_nobody_names(members: dict[str, bytes], manifest: Manifest) -> Manifest:
    members["files/evidence/zz/more"] = b"x"
    more = ArchivedFile("evidence/zz/more", 1, "0" * 64)
    return replace(manifest, files=[*manifest.files, more])


def _larger_than_said(members: dict[str, bytes], manifest: Manifest) -> Manifest:
    first, *others = manifest.files
    members[first.member] = b"\0" * 50_000_000
    return replace(manifest, files=[replace(first, sha256=ODD), *others])


def _counted(**fields: Any) -> Change:
    def change(_members: dict[str, bytes], manifest: Manifest) -> Manifest:
        return replace(manifest, tables=[replace(t, **fields) for t in manifest.tables])

    return change


HOSTILE: dict[str, Change] = {
    "a path above the folder": _moved("../../outside"),
    "a path from the root": _moved("/outside"),
    "a path with a step up inside": _moved("evidence/../../outside"),
    "a path with a null byte": _moved("evidence/a\0b"),
    "a hidden path": _moved(".restore-x/outside"),
    "a file under another name": _moved("evidence/aa/other"),
    "a file that is not what its row says": _other_content,
    "a member more": _one_more,
    "a member less": _one_less,
    "a file that no row names": _a_file_nobody_names,
    "a member larger than said": _larger_than_said,
    "a number of rows that is not so": _counted(rows=3),
    "a number below zero": _counted(last_id=-1),
    "a digest that is none": _counted(sha256="x"),
    "a name that is none": _counted(name='x" ; DROP TABLE x'),
    "a day that is none": _cell("organisation_unit", "valid_from", "2022-02-31"),
    "a list where a text is": _cell("organisation_unit", "code", ["x"]),
    "a number beyond all": _cell("organisation_unit", "id", 10**40),
    "a file's id that is none": _cell("products_evidence", "id", "../../x"),
    "bytes that are none": _cell("imports_storedfile", "content", "é"),
    "a row too short": lambda m, _: _rows(m, "organisation_unit", lambda rows: rows[0].pop()),
    "a row that is none": lambda m, _: _rows(
        m, "organisation_unit", lambda rows: rows.__setitem__(0, {"a": 1})
    ),
    "text that is not JSON": lambda m, _: m.__setitem__("tables/organisation_unit.jsonl", b"[1,"),
    "JSON without end": lambda m, _: m.__setitem__(
        "tables/organisation_unit.jsonl", b"[" * 100_000
    ),
}


def test_an_archive_made_up_with_the_right_sum_is_refused(
    blank: Place, archive: Path, tmp_path: Path
) -> None:
    before = blank.contents()
    outcomes = {}
    for name, change in HOSTILE.items():
        path = made(tmp_path / "gia.zip", archive, change)
        try:
            blank.manage("restore", path)
            outcomes[name] = "accepted"
        except CommandError as refusal:
            if refusal.returncode not in (1, 2) or "Nothing was changed" not in str(refusal):
                outcomes[name] = str(refusal)
        if left := [str(path) for path in blank.files.rglob("*") if path.is_file()]:
            outcomes[name] = f"left {left}"
    assert outcomes == {}
    assert blank.contents() == before
    assert not list(tmp_path.rglob("outside"))


def test_rows_that_do_not_fit_together_leave_the_database_as_it_was(
    full: Place, archive: Path, tmp_path: Path
) -> None:
    """An unknown parent, a key given twice, a rule of the table broken; files stay too."""
    cases = {
        "unknown parent": _cell("products_recognition", "product_id", 10**9),
        "key twice": lambda m, _: _rows(
            m, "organisation_agency", lambda rows: rows.append(rows[-1])
        ),
        "no value": _cell("organisation_unit", "code", None),
    }
    with full.copied(tmp_path / "den") as place:
        (place.files / "evidence").mkdir(parents=True)
        (place.files / "evidence" / "mine").write_bytes(b"mine")
        before = place.contents()
        wrong = {}
        for name, change in cases.items():
            path = made(tmp_path / "gia.zip", archive, _with_rows_counted(change))
            status, sentence = place.refuses("restore", path, "--replace")
            if status != 1 or "Nothing was changed" not in sentence:
                wrong[name] = sentence
        assert wrong == {}
        assert place.contents() == before


def _with_rows_counted(change: Change) -> Change:
    def counted(members: dict[str, bytes], manifest: Manifest) -> Manifest:
        change(members, manifest)
        tables = [
            replace(table, rows=members[table.member].count(b"\n")) for table in manifest.tables
        ]
        return replace(manifest, tables=tables)

    return counted


def test_a_form_of_a_later_version_says_so(
    blank: Place, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ocop.backup.manifest.FORMAT", 2)
    path = made_with_other_format(tmp_path, archive, monkeypatch)
    status, sentence = blank.refuses("restore", path)
    assert status == 2
    assert "version that wrote it" in sentence


def made_with_other_format(tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("ocop.backup.manifest.FORMAT", 1)
    with archives.opened(archive) as opened:
        manifest = opened.manifest
    monkeypatch.setattr("ocop.backup.manifest.FORMAT", 2)
    with archives.written(tmp_path / "moi.zip") as writer:
        writer.finish(manifest)
    monkeypatch.setattr("ocop.backup.manifest.FORMAT", 1)
    return tmp_path / "moi.zip"


def test_the_command_line_ends_with_2(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("restore", str(tmp_path / "khong-co.zip"))
    assert caught.value.returncode == 2
