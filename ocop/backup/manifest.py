"""What an archive says it holds. Read strictly: an archive may come from anywhere."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1
"""Raised when an older program could not read what is written."""
TABLE_NAME = re.compile(r"[a-z0-9_]{1,63}")
PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
SHA256 = re.compile(r"[0-9a-f]{64}")
NAME = re.compile(r"[A-Za-z0-9_.]{1,200}")
MOMENT = re.compile(r"[0-9T:.+-]{10,40}")
FAULTS = ("", "missing", "changed")


class DamagedArchive(Exception):
    """An archive that cannot be used; `reason` is a code, worded by those who speak to people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class ArchivedTable:
    """One table. `last_id`: the highest id it ever gave out, also to rows that are gone."""

    name: str
    columns: list[str]
    rows: int
    last_id: int | None
    size: int
    sha256: str

    @property
    def member(self) -> str:
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class ArchivedFile:
    """One file below the folder of uploads.

    `fault`: "" where it is what its row says, "changed" where its content is another, "missing"
    where there was none, so that the archive has none either.
    """

    path: str
    size: int
    sha256: str
    fault: str = ""

    @property
    def member(self) -> str:
        return f"files/{self.path}"


@dataclass(frozen=True)
class Manifest:
    created_at: str
    database: str
    migrations: list[str]
    tables: list[ArchivedTable]
    files: list[ArchivedFile]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def present_files(self) -> list[ArchivedFile]:
        return [file for file in self.files if file.fault != "missing"]

    def parts(self) -> Iterator[ArchivedTable | ArchivedFile]:
        """Everything that is a member of the archive, but for the manifest itself."""
        yield from self.tables
        yield from self.present_files()


def as_bytes(manifest: Manifest) -> bytes:
    content = {"format": FORMAT, **asdict(manifest)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read(data: bytes) -> Manifest:
    """Raises Damaged for anything that `as_bytes` would not have written."""
    try:
        content = json.loads(data)
        if content["format"] != FORMAT:
            raise DamagedArchive("format")
        manifest = Manifest(
            created_at=_matching(MOMENT, content["created_at"]),
            database=_matching(NAME, content["database"]),
            migrations=_names(content["migrations"]),
            tables=[_table(entry) for entry in content["tables"]],
            files=[_file(entry) for entry in content["files"]],
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DamagedArchive("contents") from None
    parts: list[ArchivedTable | ArchivedFile] = [*manifest.tables, *manifest.files]
    names = [part.member for part in parts]
    if len(set(names)) != len(names):
        raise DamagedArchive("contents")
    return manifest


def _table(entry: Any) -> ArchivedTable:
    return ArchivedTable(
        name=_matching(TABLE_NAME, entry["name"]),
        columns=_names(entry["columns"]),
        rows=_whole(entry["rows"]),
        last_id=None if entry["last_id"] is None else _whole(entry["last_id"]),
        size=_whole(entry["size"]),
        sha256=_matching(SHA256, entry["sha256"]),
    )


def _file(entry: Any) -> ArchivedFile:
    if entry["fault"] not in FAULTS:
        raise ValueError(entry["fault"])
    return ArchivedFile(
        path=_matching(PATH, entry["path"]),
        size=_whole(entry["size"]),
        sha256=_matching(SHA256, entry["sha256"]),
        fault=entry["fault"],
    )


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(value)
    return value


def _names(values: Any) -> list[str]:
    if not isinstance(values, list):
        raise ValueError(values)
    return [_matching(NAME, value) for value in values]


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError(value)
    return value
