"""A backup fits the version of the program that wrote it, told by its migrations."""

from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from ocop.backup.manifest import Manifest
from ocop.backup.tables import columns_of, kept_models, table_of
from ocop.command_line import refused

MAX_NAMED = 5


def of_program() -> list[str]:
    """The migrations of this version of the program."""
    return sorted(f"{app}.{name}" for app, name in MigrationLoader(None).graph.nodes)


def _of_database() -> set[str]:
    """Those that were run on the database; of apps that are gone as well."""
    loader: Any = MigrationLoader(connection)
    return {f"{app}.{name}" for app, name in loader.applied_migrations}


def is_blank() -> bool:
    """Whether the database was never migrated and has none of the program's tables."""
    tables = {table_of(model) for model in kept_models()}
    return not tables.intersection(connection.introspection.table_names()) and not _of_database()


def check_database() -> None:
    """The database is as this version of the program expects it; else exit 1."""
    ours = of_program()
    run = _of_database()
    missing = sorted(set(ours) - run)
    if missing:
        raise refused(
            _(
                "The database is of an older version of the program: %(missing)s were not run. "
                "Run manage.py migrate first."
            )
            % {"missing": _listed(missing)}
        )
    apps = {name.partition(".")[0] for name in ours}
    unknown = sorted(name for name in run - set(ours) if name.partition(".")[0] in apps)
    if unknown:
        raise refused(
            _(
                "The database is of a newer version of the program, which ran %(unknown)s. Use "
                "that version."
            )
            % {"unknown": _listed(unknown)}
        )


def check_archive(manifest: Manifest) -> None:
    """The archive was written by a version of the program with the same tables; else exit 1."""
    ours, theirs = set(of_program()), set(manifest.migrations)
    if newer := sorted(theirs - ours):
        raise refused(
            _(
                "The archive was written by another version of the program: this one does not "
                "have the migrations %(names)s. Restore it with the version that wrote it."
            )
            % {"names": _listed(newer)}
        )
    if older := sorted(ours - theirs):
        raise refused(
            _(
                "The archive was written by an older version of the program, without the "
                "migrations %(names)s. Restore it with that version, then upgrade."
            )
            % {"names": _listed(older)}
        )
    columns = {table_of(model): columns_of(model) for model in kept_models()}
    if columns != {table.name: table.columns for table in manifest.tables}:
        raise refused(
            _(
                "The archive's tables are not those of this version of the program. Restore it "
                "with the version that wrote it."
            )
        )


def _listed(names: list[str]) -> str:
    more = len(names) - MAX_NAMED
    return ", ".join(names[:MAX_NAMED]) + (f" … (+{more})" if more > 0 else "")
