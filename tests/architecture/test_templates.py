"""Templates can be read without scrolling sideways."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 160


def test_no_line_of_a_template_is_longer_than_160_characters() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{number} has {len(line)} characters"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if len(line) > LONGEST
    ]
    assert long == []
