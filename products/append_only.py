"""History rows cannot be changed or deleted, not even by SQL: triggers on both databases.

Set up again after every migration, because SQLite drops a table's triggers when a migration
rebuilds the table.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections, models

REFUSAL = "history rows are never changed or deleted"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def history_models(app: AppConfig) -> list[type[models.Model]]:
    """The models of `app` that hold history rows, or entries that say they are `append_only`."""
    return [
        model
        for model in app.get_models()
        if hasattr(model, "history_type") or getattr(model, "append_only", False)
    ]


def guard_history(app_config: AppConfig, using: str = "default", **_signal: Any) -> None:
    """Create the triggers of every history table of `app_config` (receiver of post_migrate)."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    tables = [model._meta.db_table for model in history_models(app_config)]
    with connection.cursor() as cursor:
        for table in sorted(present.intersection(tables)):
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [
            FUNCTION,
            *(
                f"CREATE OR REPLACE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
                f"FOR EACH {scope} EXECUTE FUNCTION refuse_history_change()"
                for event, scope in (
                    ("update", "ROW"),
                    ("delete", "ROW"),
                    ("truncate", "STATEMENT"),
                )
            ),
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for event in ("update", "delete")
    ]
