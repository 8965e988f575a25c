"""Many rows at once: ids reserved first, values made ready a column at a time, then one write.

Django's bulk_create and bulk_update ask every field about every value and build statements of
thousands of parameters; for 10,000 records that is most of the time of an import. Here a column
is made ready as a whole (a value that stands in it a thousand times is converted once), and
goes in by `executemany` on SQLite and by COPY on PostgreSQL. What a plain save would store is
stored: `pre_save` of derived columns and `get_db_prep_save` of every field are asked.

Like Django's own bulk calls, these send no signals. They write no history: entered records go
through products.records.history.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any

from django.db import IntegrityError, connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from ocop.db.copy import copy_in
from ocop.db.fields import sources_of
from ocop.db.prepared import prepared

BLOCK = 1000
"""Rows a statement writes, and rows held ready in memory at one time."""


# --- Rows and records -----------------------------------------------------------------------------


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Insert `rows`, values in the order of `columns` (names or attnames); returns their number.

    Values are what a record's attributes hold: a relation's id, a dict for JSON, None for NULL.
    Columns not named must have a default in the database or be NULL; no default of a field and
    no `pre_save` is asked, except that dates and names are converted as on every save. The
    database gives ids where the key is not named. `rows` may be a generator: only BLOCK of them
    are held at a time. All or nothing. Raises what the database raises (IntegrityError …) and
    DataError for a NUL.
    """
    connection = connections[router.db_for_write(model)]
    fields = [_field(model, name) for name in columns]
    count = 0
    with transaction.atomic(using=connection.alias, savepoint=False):
        for block in _blocks(rows):
            ready = [
                prepared(field, values, connection)
                for field, values in zip(fields, zip(*block, strict=True), strict=True)
            ]
            _insert(model, fields, ready, connection)
            count += len(block)
    return count


def insert_records(records: Sequence[models.Model]) -> None:
    """Insert unsaved `records`, all of one model, and give each its id.

    They are then as after a plain save: derived columns and days of creation set on them. A
    record keeps an id that it already has. All or nothing; where the database refuses, the ids
    are taken away again.
    """
    if not records:
        return
    model = type(records[0])
    connection = connections[router.db_for_write(model)]
    unnumbered = [record for record in records if record.pk is None]
    try:
        with transaction.atomic(using=connection.alias, savepoint=False):
            numbers = reserve_ids(model, len(unnumbered))
            for record, number in zip(unnumbered, numbers, strict=True):
                record.pk = number
            fields = [field for field in model._meta.concrete_fields if not field.generated]
            for block in _blocks(records):
                ready = [_saved_column(field, block, connection) for field in fields]
                _insert(model, fields, ready, connection)
    except BaseException:
        for record in unnumbered:
            record.pk = None
        raise
    for record in records:
        record._state.adding, record._state.db = False, connection.alias


def insert_new(
    model: type[models.Model], given: Mapping[str, Sequence[Any]], count: int
) -> list[int]:
    """Insert `count` records of which only the columns `given` are set; returns their ids.

    `given`: by name of field one value for each record, a relation's id. The other columns are as
    after a plain save: defaults, days of creation, what is derived from a given one. No record is
    built, which would take half the time of writing it. All or nothing.
    """
    connection = connections[router.db_for_write(model)]
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    with transaction.atomic(using=connection.alias, savepoint=False):
        ids = reserve_ids(model, count)
        columns = {model._meta.pk.name: ids, **given}
        ready = [_new_column(field, columns, count, connection) for field in fields]
        for start in range(0, count, BLOCK):
            block = [column[start : start + BLOCK] for column in ready]
            _insert(model, fields, block, connection)
    return ids


def _new_column(
    field: Any, given: Mapping[str, Sequence[Any]], count: int, connection: BaseDatabaseWrapper
) -> Sequence[Any]:
    if field.name in given:
        return prepared(field, given[field.name], connection)
    if sources := sources_of(field):
        columns = [given.get(name) or [None] * count for name in sources]
        derived = getattr(field, "derived_all", None) or partial(map, field.derived)
        return prepared(field, list(derived(*columns)), connection)
    moment = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    value = timezone.now() if moment else field.get_default()
    return [field.get_db_prep_save(value, connection)] * count


def update_records(records: Sequence[models.Model], names: Sequence[str]) -> int:
    """Write the fields `names` of stored `records`, all of one model; how many rows were found.

    As with bulk_update no `pre_save` is asked, and a record whose row is gone is passed over.
    """
    if not records or not names:
        return 0
    model = type(records[0])
    connection = connections[router.db_for_write(model)]
    fields = [_field(model, name) for name in dict.fromkeys(names)]
    found = 0
    with transaction.atomic(using=connection.alias, savepoint=False):
        for block in _blocks(records):
            ready = [
                prepared(field, _values(field, block), connection)
                for field in (*fields, model._meta.pk)
            ]
            found += _update(model, fields, ready, connection)
    return found


def copy_rows(
    source: type[models.Model],
    target: type[models.Model],
    columns: Sequence[str],
    constants: dict[str, Any],
    ids: Sequence[int],
) -> None:
    """Insert into `target` what `source` holds in `columns` of the rows `ids`, in order of id.

    `constants` gives the values of target's other columns, the same for every row. The values
    never leave the database, so the copy cannot differ from the row. Raises IntegrityError
    unless every id is a row.
    """
    connection = connections[router.db_for_write(target)]
    quote = connection.ops.quote_name
    taken = [_field(source, name) for name in columns]
    given = [_field(target, name) for name in columns]
    added = [_field(target, name) for name in constants]
    values = [
        field.get_db_prep_save(value, connection)
        for field, value in zip(added, constants.values(), strict=True)
    ]
    key = quote(source._meta.pk.column)
    statement = (
        f"INSERT INTO {quote(target._meta.db_table)} ({_names([*given, *added], connection)}) "
        f"SELECT {', '.join([*(quote(field.column) for field in taken), *['%s'] * len(added)])} "
        f"FROM {quote(source._meta.db_table)} WHERE {key} {_among(connection)} ORDER BY {key}"
    )
    with transaction.atomic(using=connection.alias, savepoint=False):
        for block in _blocks(ids):
            with connection.cursor() as cursor:
                cursor.execute(statement, [*values, _listed(block, connection)])
                if cursor.rowcount != len(block):
                    raise IntegrityError(f"{source._meta.label}: rows to be copied are not there")


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """`count` ids that no other row of `model` has or will get; only inside a transaction.

    PostgreSQL takes them from the sequence. On SQLite, where nobody else writes before this
    transaction ends, they follow the highest id ever given (AUTOINCREMENT), and are noted there
    as given.
    """
    if not count:
        return []
    connection = connections[router.db_for_write(model)]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("ids are reserved inside a transaction")
    table, column = model._meta.db_table, model._meta.pk.column
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [quote(table), column, count],
            )
            return [number for (number,) in cursor.fetchall()]
        # Writing first takes the lock, should the transaction not hold it yet.
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:
            cursor.execute(
                f"INSERT INTO sqlite_sequence (name, seq) "
                f"SELECT %s, COALESCE(MAX({quote(column)}), 0) + %s FROM {quote(table)}",
                [table, count],
            )
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
    return list(range(last - count + 1, last + 1))


# --- Columns --------------------------------------------------------------------------------------


def _saved_column(
    field: Any, records: Sequence[models.Model], connection: BaseDatabaseWrapper
) -> Sequence[Any]:
    """The column of new records, as a save would store it; `pre_save` sets it on them too."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        now = field.pre_save(records[0], add=True)
        for record in records:
            setattr(record, field.attname, now)
        return [field.get_db_prep_save(now, connection)] * len(records)
    if field.is_relation:
        return prepared(field, _related(field, records), connection)
    if type(field).pre_save is models.Field.pre_save:
        return prepared(field, _values(field, records), connection)
    return prepared(field, derive_column(field, records), connection)


def derive_column(field: Any, records: Sequence[models.Model]) -> list[Any]:
    """Set a derived column on all records, as a save of each would; its values. A field that reads
    what it derives from does so once (`pre_save_all`)."""
    if together := getattr(field, "pre_save_all", None):
        return list(together(records))
    return [field.pre_save(record, add=True) for record in records]


def _related(field: Any, records: Sequence[models.Model]) -> list[Any]:
    """Ids of related records; of those given before they had one, the one they have by now."""
    values = _values(field, records)
    for place, value in enumerate(values):
        if value is None and (other := field.get_cached_value(records[place], default=None)):
            if other.pk is None:
                raise ValueError(f"{field}: a related record that is not stored")
            values[place] = getattr(other, field.target_field.attname)
            setattr(records[place], field.attname, values[place])
    return values


def _values(field: Any, records: Sequence[models.Model]) -> list[Any]:
    name = field.attname
    return [getattr(record, name) for record in records]


# --- Statements -----------------------------------------------------------------------------------


def _insert(
    model: type[models.Model],
    fields: Sequence[Any],
    ready: Sequence[Sequence[Any]],
    connection: BaseDatabaseWrapper,
) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    names = _names(fields, connection)
    if connection.vendor == "postgresql":
        copy_in(connection, f"COPY {table} ({names}) FROM STDIN", ready)
        return
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"
        cursor.executemany(statement, list(zip(*ready, strict=True)))


def _update(
    model: type[models.Model],
    fields: Sequence[Any],
    ready: Sequence[Sequence[Any]],
    connection: BaseDatabaseWrapper,
) -> int:
    """`ready`: the columns of `fields`, and last the ids."""
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    rows = list(zip(*ready, strict=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = _names([*fields, model._meta.pk], connection)
            sets = ", ".join(_cast(field, connection) for field in fields)
            row = f"({', '.join(['%s'] * len(ready))})"
            cursor.execute(
                f"UPDATE {table} SET {sets} FROM (VALUES {', '.join([row] * len(rows))}) "
                f"AS new ({names}) WHERE {table}.{key} = new.{key}",
                list(chain.from_iterable(rows)),
            )
        else:
            sets = ", ".join(f"{quote(field.column)} = %s" for field in fields)
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE {key} = %s", rows)
        return cursor.rowcount


def _cast(field: Any, connection: BaseDatabaseWrapper) -> str:
    """Values in a list have no type of their own; a text stays whole, for the column to judge."""
    name = connection.ops.quote_name(field.column)
    kind = field.db_type(connection)
    kind = "text" if kind.startswith("varchar") else kind
    return f"{name} = new.{name}::{kind}"


def _names(fields: Iterable[Any], connection: BaseDatabaseWrapper) -> str:
    return ", ".join(connection.ops.quote_name(field.column) for field in fields)


def _among(connection: BaseDatabaseWrapper) -> str:
    """The condition for a list of ids given as one parameter, however long it is."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)"
    return "IN (SELECT value FROM json_each(%s))"


def _listed(ids: Sequence[int], connection: BaseDatabaseWrapper) -> Any:
    return list(ids) if connection.vendor == "postgresql" else f"[{','.join(map(str, ids))}]"


def _field(model: type[models.Model], name: str) -> Any:
    """The column called `name`, be it by its field's name, its attname, or "pk"."""
    if name == "pk":
        return model._meta.pk
    for field in model._meta.concrete_fields:
        if name in (field.name, field.attname):
            return field
    raise ValueError(f"{model._meta.label} has no column {name}")


def _blocks(values: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while block := list(islice(rest, BLOCK)):
        yield block
