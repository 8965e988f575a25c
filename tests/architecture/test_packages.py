"""Which package may import which, through which door, and how large it may be.

Every module is parsed once; each test looks at all of them and reports all that fail.
"""

import ast
import sys
from functools import cache
from pathlib import Path

from tests.support.cases import every_case

ROOT = Path(__file__).resolve().parents[2]
APPS = ("ocop", "products", "targets")
MODULES = sorted(
    path
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if not {"migrations", "__pycache__"} & set(path.parts)
)
FOLDERS = sorted(
    {ROOT / "templates", ROOT / "tests"}
    | {
        path.parent
        for top in (*APPS, "templates", "tests")
        for path in (ROOT / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
)
ROOTS = {
    *("ocop", "ocop/web", "ocop/db", "ocop/lib", "ocop/organisation", "ocop/imports"),
    *("ocop/administration", "ocop/backup", "products", "targets"),
}
"""Packages without a face: an app's own root, and collections of modules that stand alone."""
NOT_INNER = {"migrations", "management", "commands", "templatetags", "models", "locale", "formats"}
NOT_COUNTED = {
    *("__init__.py", "__pycache__", "apps.py", "urls.py", "admin.py", "conftest.py"),
    *("migrations", "management", "templatetags", "locale", "formats"),
}
PURE = [
    "targets/periods.py",
    "targets/progress/progress.py",
    "targets/progress/stock.py",
    "targets/progress/events.py",
    "targets/progress/renewals.py",
    "targets/forecast/durations.py",
    "targets/reports/writers/document.py",
    "products/certificates.py",
    "products/scoring/arithmetic.py",
    "products/scoring/sums.py",
    "products/validity/arithmetic.py",
    "ocop/backup/archive.py",
    "ocop/backup/manifest.py",
    "ocop/lib/text.py",
    "ocop/lib/identity.py",
    "ocop/lib/producer_names.py",
    "ocop/lib/name_candidates.py",
    "ocop/lib/dates.py",
    "ocop/lib/periods.py",
    "ocop/lib/numbers.py",
    "ocop/lib/yes_no.py",
    "ocop/lib/errors.py",
    "ocop/lib/sandbox.py",
    "ocop/lib/fonts/legacy.py",
    "ocop/lib/fonts/syllables.py",
    "ocop/lib/spreadsheets/tables/ditto.py",
]
# Writers of papers know plain data and the libraries that make files: no request, no database.
WRITERS = [
    "targets/reports/writers/decree30.py",
    "targets/reports/writers/chart_images.py",
    "targets/reports/writers/excel.py",
    "targets/reports/writers/minutes.py",
    "targets/reports/writers/word.py",
]
WRITERS_MAY_ALSO = {
    *("docx", "openpyxl", "matplotlib", "ocop.lib.spreadsheets.writing"),
    "targets.reports.writers",
    # The words of a form and the way a language writes a day are neither.
    *("django.utils.translation", "django.utils.formats"),
}
# A package may import from itself and from the packages named here.
ALLOWED = {
    "ocop.lib": set(),
    "ocop.db": {"ocop.lib"},
    "ocop.organisation": {"ocop.lib", "ocop.db", "ocop"},
    "ocop.web": {"ocop.lib", "ocop.organisation", "ocop"},
    "ocop.imports": {"ocop.lib", "ocop.db", "ocop.organisation", "ocop.web", "ocop"},
    "ocop.administration": {"ocop.lib", "ocop.db", "ocop.organisation", "ocop.web", "ocop"},
    # Knows no records: which tables there are it reads from the registry of models.
    "ocop.backup": {"ocop.lib", "ocop.db", "ocop"},
    "products": {
        *("ocop.lib", "ocop.db", "ocop.organisation", "ocop.web", "ocop.imports", "ocop"),
        "ocop.administration",
    },
}
ALLOWED["targets"] = {*ALLOWED["products"], "products"}


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


NAMES = {dotted(path): path for path in MODULES}


def package_of(module: str) -> str:
    parts = module.split(".")
    two = ".".join(parts[:2])
    return two if two in ALLOWED else parts[0]


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports_of(path: Path) -> list[str]:
    """The modules that are imported, as far as they are modules, else "module.name"."""
    found = []
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def module_of(imported: str) -> Path | None:
    """The module of ours that an import reads its name from."""
    return NAMES.get(imported) or NAMES.get(imported.rpartition(".")[0])


def is_inner(folder: Path) -> bool:
    place = folder.relative_to(ROOT)
    return place.as_posix() not in ROOTS and not NOT_INNER & set(place.parts)


@every_case("path", MODULES)
def test_a_package_imports_only_from_packages_it_may(path: Path) -> None:
    package = package_of(dotted(path))
    if package not in ALLOWED:
        return
    for imported in imports_of(path):
        if imported.split(".")[0] in APPS:
            assert package_of(imported) in {package, *ALLOWED[package]}, imported


@every_case("path", MODULES)
def test_nobody_imports_past_the_face_of_an_inner_package(path: Path) -> None:
    """From outside a name comes from the package itself; urls lead to the views below them."""
    for imported in imports_of(path):
        module = module_of(imported)
        if module is None or module.name == "__init__.py" or not is_inner(module.parent):
            continue
        shown = dotted(module.parent) + "." + module.stem
        from_face = imported == shown and module.stem in face_of(module.parent)
        leads_to_views = path.name == "urls.py" and "views" in (*module.parts, module.stem)
        inside = module.parent in path.parents
        assert inside or from_face or leads_to_views, imported


@cache
def face_of(folder: Path) -> set[str]:
    """The names that the face of a package gives."""
    return {
        alias.asname or alias.name
        for node in nodes_of(folder / "__init__.py")
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


@every_case("folder", [folder for folder in FOLDERS if folder.relative_to(ROOT).parts[0] in APPS])
def test_faces_are_short_and_the_roots_of_apps_empty(folder: Path) -> None:
    face = folder / "__init__.py"
    if not face.exists():
        return
    text = face.read_text(encoding="utf-8")
    place = folder.relative_to(ROOT).as_posix()
    if is_inner(folder):
        assert text.startswith('"""')
        assert text.count("\n") < 40
    elif place in ROOTS - {"ocop", "ocop/imports"}:  # A version, and the lazy DATASETS.
        assert text == ""


@every_case("folder", FOLDERS)
def test_a_folder_has_at_most_16_members_and_an_apps_root_18(folder: Path) -> None:
    members = {one.name for one in folder.iterdir()} - NOT_COUNTED
    assert len(members) <= (18 if folder.relative_to(ROOT).as_posix() in ROOTS else 16), members


@every_case("name", PURE)
def test_pure_modules_import_the_standard_library_only(name: str) -> None:
    pure = {dotted(ROOT / one) for one in PURE}
    for imported in imports_of(ROOT / name):
        own = imported in pure or imported.rpartition(".")[0] in pure
        assert imported.split(".")[0] in sys.stdlib_module_names or own, imported


@every_case("name", WRITERS)
def test_writers_of_papers_know_no_request_and_no_database(name: str) -> None:
    for imported in imports_of(ROOT / name):
        standard = imported.split(".")[0] in sys.stdlib_module_names
        may = any(f"{imported}.".startswith(f"{module}.") for module in WRITERS_MAY_ALSO)
        assert standard or may, imported


@every_case("path", MODULES)
def test_nothing_imports_views_admin_or_commands(path: Path) -> None:
    if path.name == "urls.py":
        return
    for imported in imports_of(path):
        parts = imported.split(".")
        if parts[0] in APPS:
            assert not {"views", "admin", "management"} & set(parts), imported


@every_case("path", MODULES)
def test_modules_stay_within_400_lines_and_functions_within_40(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name
