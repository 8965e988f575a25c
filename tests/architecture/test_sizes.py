"""The tail is bounded: templates, scripts and style sheets stay readable in one go."""

from pathlib import Path

from tests.support.cases import every_case

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {"templates/**/*.html": 140, "static/js/*.js": 200, "static/css/*.css": 300}
FILES = [(path, limit) for pattern, limit in LIMITS.items() for path in ROOT.glob(pattern)]


@every_case("path,limit", FILES)
def test_own_front_end_files_stay_short(path: Path, limit: int) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= limit


@every_case("path", [path for path, _ in FILES if path.suffix == ".html"])
def test_templates_carry_no_inline_script_or_style(path: Path) -> None:
    """The content security policy would refuse them."""
    text = path.read_text(encoding="utf-8")
    assert " style=" not in text
    assert "<style" not in text
    for part in text.split("<script")[1:]:
        opening, _, body = part.partition(">")
        assert "src=" in opening or "json" in opening, body[:40]
    assert not any(f" on{event}=" in text for event in ("click", "change", "submit", "load"))
