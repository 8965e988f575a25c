"""History rows cannot be changed or deleted, not even by SQL: triggers on both databases.

The migration that creates a table makes its triggers (`append_only`). SQLite drops a table's
triggers when a later migration rebuilds it: that one begins and ends with `append_only` again, so
that they are there whichever way it is run.
"""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.db import models
from django.db.migrations import RunPython

REFUSAL = "history rows are never changed or deleted"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
EVENTS = ("update", "delete", "truncate")


def history_models(app: AppConfig) -> list[type[models.Model]]:
    """The models of `app` that hold history rows, or entries that say they are `append_only`."""
    return [
        model
        for model in app.get_models()
        if hasattr(model, "history_type") or getattr(model, "append_only", False)
    ]


def append_only(*tables: str, again: bool = False) -> RunPython:
    """A migration's operation: from here on rows of `tables` are neither changed nor deleted.

    `again`: the first and the last operation of a migration that rebuilds tables which had their
    triggers before it. Reversed, it makes them as well.
    """
    create = _for_each(tables, _create)
    return RunPython(create, create if again else _for_each(tables, _drop))


def _for_each(
    tables: tuple[str, ...], statements: Callable[[str, str], list[str]]
) -> Callable[[Any, Any], None]:
    def run(_apps: Any, schema_editor: Any) -> None:
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            for table in tables:
                for statement in statements(connection.vendor, table):
                    cursor.execute(statement)

    return run


def _create(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [
            FUNCTION,
            *(
                f"CREATE OR REPLACE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
                f"FOR EACH {'STATEMENT' if event == 'truncate' else 'ROW'} "
                "EXECUTE FUNCTION refuse_history_change()"
                for event in EVENTS
            ),
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for event in EVENTS
        if event != "truncate"
    ]


def _drop(vendor: str, table: str) -> list[str]:
    on = f" ON {table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {table}_no_{event}{on}" for event in EVENTS]
