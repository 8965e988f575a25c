"""Whose targets are tracked is data: no code and no template names the province or its plan."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("ocop", "products", "targets", "templates", "static")
NAMES = re.compile(r"Trà Vinh|Tra Vinh|20-CT/TU|['\"]84['\"]")
MAY = {
    "products/migrations/0006_traceability_systems.py": "what was loaded before fixtures",
}
DATA = "targets/demonstration/"
"""The demonstration is data that happens to be written in Python."""


def test_no_code_and_no_template_names_the_province_or_its_plan() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for place in PLACES
        for path in sorted((ROOT / place).rglob("*"))
        if path.suffix in {".py", ".html", ".js", ".css"} and "vendor" not in path.parts
        if (name := path.relative_to(ROOT).as_posix()) not in MAY and not name.startswith(DATA)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if NAMES.search(line)
    ]
    assert found == []
