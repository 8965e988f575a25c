"""Which package may import which: read from the code's own import statements."""

import ast
import sys
from functools import cache
from pathlib import Path

from tests.support.cases import every_case

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ocop", "products", "targets")
MODULES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
PURE = [
    "targets/progress/progress.py",
    "targets/periods.py",
    "targets/progress/stock.py",
    "targets/progress/events.py",
    "targets/progress/renewals.py",
    "targets/forecast/durations.py",
    "targets/reports/writers/document.py",
    "products/certificates.py",
    "products/scoring/arithmetic.py",
    "ocop/backup/archive.py",
    "ocop/backup/manifest.py",
    "ocop/lib/text.py",
    "ocop/lib/dates.py",
    "ocop/lib/numbers.py",
    "ocop/lib/yes_no.py",
    "ocop/lib/errors.py",
    "ocop/lib/fonts/legacy.py",
    "ocop/lib/fonts/syllables.py",
    "ocop/lib/spreadsheets/tables/ditto.py",
]
PURE_MAY_ALSO = {
    "ocop.backup.manifest",
    "ocop.lib.errors",
    "ocop.lib.text",
    "ocop.lib.dates",
    "ocop.lib.fonts.syllables",
    "products.certificates",
    "targets.progress.stock",
    "targets.periods",
}
# Writers of papers know plain data and the libraries that make files: no request, no database.
WRITERS = [
    "targets/reports/writers/decree30.py",
    "targets/reports/writers/chart_images.py",
    "targets/reports/writers/excel.py",
    "targets/reports/writers/minutes.py",
    "targets/reports/writers/word.py",
]
WRITERS_MAY_ALSO = {
    *("docx", "openpyxl", "matplotlib", "ocop.lib.spreadsheets.writing.writer"),
    *(f"targets.reports.{name}" for name in ("paper", "decree30", "drawing", "word")),
    # The words of a form and the way a language writes a day are neither.
    *("django.utils.translation", "django.utils.formats"),
}
PACKAGES_OF_OCOP = {"lib", "organisation", "imports", "backup"}
# A package may import from itself and from the packages named here.
ALLOWED = {
    "ocop.lib": set(),
    "ocop.organisation": {"ocop.lib", "ocop"},
    "ocop.imports": {"ocop.lib", "ocop.organisation", "ocop"},
    # Knows no records: which tables there are it reads from the registry of models.
    "ocop.backup": {"ocop"},
    "products": {"ocop.lib", "ocop.organisation", "ocop.imports", "ocop"},
    "targets": {"ocop.lib", "ocop.organisation", "ocop.imports", "ocop", "products"},
}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def package_of(module: str) -> str:
    parts = module.split(".")
    if parts[0] == "ocop" and len(parts) > 1 and parts[1] in PACKAGES_OF_OCOP:
        return f"ocop.{parts[1]}"
    return parts[0]


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports_of(path: Path) -> list[str]:
    found = []
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


@every_case("path", MODULES)
def test_a_package_imports_only_from_packages_it_may(path: Path) -> None:
    package = package_of(name_of(path))
    if package not in ALLOWED:
        return
    for imported in imports_of(path):
        if imported.split(".")[0] in PACKAGES:
            assert package_of(imported) in {package, *ALLOWED[package]}, imported


@every_case("name", PURE)
def test_pure_modules_import_the_standard_library_only(name: str) -> None:
    for imported in imports_of(ROOT / name):
        top = imported.split(".")[0]
        own = any(imported.startswith(f"{module}.") for module in PURE_MAY_ALSO)
        assert top in sys.stdlib_module_names or own, imported


@every_case("name", WRITERS)
def test_writers_of_papers_know_no_request_and_no_database(name: str) -> None:
    for imported in imports_of(ROOT / name):
        standard = imported.split(".")[0] in sys.stdlib_module_names
        may = any(f"{imported}.".startswith(f"{module}.") for module in WRITERS_MAY_ALSO)
        assert standard or may, imported


@every_case("path", MODULES)
def test_nothing_imports_views_admin_or_commands(path: Path) -> None:
    if path.name.startswith("urls"):
        return
    for imported in imports_of(path):
        parts = imported.split(".")
        if parts[0] in PACKAGES:
            assert not {"views", "admin", "management"} & set(parts), imported


@every_case("path", MODULES)
def test_modules_stay_within_400_lines_and_functions_within_40(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name
