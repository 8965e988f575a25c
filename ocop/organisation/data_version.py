"""Which state of the data a request reads: a token for each app's tables, renewed by triggers.

What is worked out from the records may be kept as long as nothing changed. Whoever changes a
watched table, by whatever way (form, import, command, plain SQL), draws a new random token in the
same transaction. Equal tokens therefore mean equal data: a change that is rolled back takes its
token along, and no token comes twice. On PostgreSQL every server process has a row of its own, so
that nobody who writes waits for another; a version is the sum of the rows.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.db import connections, transaction
from django.db.migrations import RunPython
from django.db.models import Sum

from ocop.organisation.models import DataVersionToken

VersionTokens = dict[str, int]
"""App label → what its tables hold now; an app without an entry has no known state."""

WATCHED_APPS = ("organisation", "products", "targets")
COLUMNS = {"organisation_user": ("display_name", "username")}
"""Of these tables only changes of the columns named count: signing in writes to its account."""
UNWATCHED = {
    "organisation_accountevent": "a log that no page with figures shows",
    "organisation_dataversiontoken": "holds the tokens themselves",
    "organisation_user_groups": "Django's groups give no rights here",
    "organisation_user_user_permissions": "Django's permissions give no rights here",
    "products_firstrecognition": "worked out from records, which are watched",
    "products_formdraft": "what somebody typed and has not saved",
    "products_savedform": "which forms were sent already",
    "products_validityspan": "worked out from records, which are watched",
    "targets_savedview": "a person's own list of addresses",
}
TOKENS = 2**48
"""Random tokens are below this: a thousand of them fit a column's sum."""


def current() -> VersionTokens:
    """The version of the data that this connection sees; one query."""
    return dict(DataVersionToken.objects.values_list("topic").annotate(Sum("token")).order_by())


def watched_tables(app: AppConfig) -> list[str]:
    """Tables of `app` whose changes make a new version; histories follow their records."""
    if app.label not in WATCHED_APPS:
        return []
    tables = (
        model._meta.db_table
        for model in app.get_models(include_auto_created=True)
        if not hasattr(model, "history_type")
    )
    return sorted(set(tables) - set(UNWATCHED))


def watched(topic: str, *tables: str, again: bool = False) -> RunPython:
    """A migration's operation: from here on a change in `tables` makes a new version of `topic`.

    In the migration that creates the tables. SQLite drops a table's triggers when a later
    migration rebuilds it: that one begins and ends with this operation `again`, which makes them
    whichever way it is run.
    """

    def create(_apps: Any, schema_editor: Any) -> None:
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(FUNCTIONS)
            for table in tables:
                for statement in _statements(connection.vendor, table, topic):
                    cursor.execute(statement)

    def drop(_apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            for table in tables:
                for statement in _drops(schema_editor.connection.vendor, table):
                    cursor.execute(statement)

    return RunPython(create, create if again else drop)


def begin_anew(using: str = "default", **_signal: Any) -> None:
    """A new version of everything: after migrations and a restore (receiver of post_migrate)."""
    connection = connections[using]
    if DataVersionToken._meta.db_table not in connection.introspection.table_names():
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for topic in WATCHED_APPS:
            cursor.execute(_renewal(connection.vendor, topic))


# --- The databases' own words ---------------------------------------------------------------------


def _renewal(vendor: str, topic: str) -> str:
    """The statement that draws a new token for `topic` (an app's label, never outside text)."""
    if vendor == "postgresql":
        return f"SELECT renew_data_mark('{topic}')"
    # An upsert, not INSERT OR REPLACE: that would follow the OR IGNORE of the statement that fired.
    return (
        "INSERT INTO organisation_dataversiontoken (topic, slot, token) "
        f"VALUES ('{topic}', 0, abs(random() % {TOKENS})) "
        "ON CONFLICT (topic, slot) DO UPDATE SET token = excluded.token"
    )


# A slot is a server process: no two that live at once share one. Now and then the rows of
# processes long gone are taken away, those that nobody else is taking away at the moment.
FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION renew_data_mark(of_topic text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO organisation_dataversiontoken (topic, slot, token)
  VALUES (of_topic, pg_backend_pid(), floor(random() * {TOKENS})::bigint)
  ON CONFLICT (topic, slot) DO UPDATE SET token = excluded.token;
  IF random() < 0.01 THEN
    DELETE FROM organisation_dataversiontoken WHERE id IN (
      SELECT mark.id FROM organisation_dataversiontoken mark
      WHERE mark.topic = of_topic
        AND NOT EXISTS (SELECT 1 FROM pg_stat_activity live WHERE live.pid = mark.slot)
      FOR UPDATE SKIP LOCKED);
  END IF;
END $$;
CREATE OR REPLACE FUNCTION data_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_data_mark(TG_ARGV[0]);
  RETURN NULL;
END $$;
"""


def _statements(vendor: str, table: str, topic: str) -> Iterable[str]:
    columns = COLUMNS.get(table, ())
    of = f" OF {', '.join(columns)}" if columns else ""
    if vendor == "postgresql":
        events = f"UPDATE{of}" if columns else "INSERT OR UPDATE OR DELETE OR TRUNCATE"
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_changed AFTER {events} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION data_changed('{topic}')"
        )
        return
    for event in ("update",) if columns else ("insert", "update", "delete"):
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {table}_{event}_changed AFTER {event.upper()}"
            f"{of} ON {table} BEGIN {_renewal(vendor, topic)}; END"
        )


def _drops(vendor: str, table: str) -> Iterable[str]:
    if vendor == "postgresql":
        yield f"DROP TRIGGER IF EXISTS {table}_changed ON {table}"
        return
    for event in ("insert", "update", "delete"):
        yield f"DROP TRIGGER IF EXISTS {table}_{event}_changed"
