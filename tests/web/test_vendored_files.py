"""Third-party files of the pages are the published ones, named with version and licence."""

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"
ROW = re.compile(
    r"\| (?P<version>[\d.]+) \| [\w.-]+ \| [^|]+ \| `(?P<file>[^`]+)` \| `(?P<sha>\w{64})`"
)


def listed() -> dict[str, re.Match[str]]:
    rows = ROW.finditer((VENDOR / "VENDORED.md").read_text(encoding="utf-8"))
    return {row["file"]: row for row in rows}


def test_every_vendored_file_is_listed_and_every_listed_file_is_there():
    present = {
        path.relative_to(VENDOR).as_posix()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "VENDORED.md" and not path.name.startswith("LICENSE")
    }
    assert present == set(listed())


def test_vendored_files_are_unmodified():
    for name, row in listed().items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == row["sha"], name


def test_each_folder_carries_its_version_and_licence():
    for name, row in listed().items():
        folder = (VENDOR / name).parent
        assert folder.name.endswith(f"-{row['version']}")
        assert list(folder.glob("LICENSE*")), folder.name
