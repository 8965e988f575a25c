"""What the cells of a list of recognitions say beside or against each other."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.findings import CellReference, Choice, kinds
from ocop.lib.dates import parse_day
from ocop.lib.errors import ReadingError
from ocop.lib.identity import identity_key
from ocop.lib.spreadsheets.tables import Record
from products.choices import Authority, Rank
from products.datasets.recognition_tables import points, several_products
from products.datasets.recognition_tables.decisions import SheetDecisions
from products.datasets.recognition_tables.reshape import Beside
from products.datasets.spellings import RANK_WORDS, RENEWED, UPGRADED, rank_text
from products.models import Recognition

LEVEL_WORDS = {
    Authority.DISTRICT: "cấp huyện",
    Authority.PROVINCE: "cấp tỉnh",
    Authority.MINISTRY: "cấp Trung ương",
}
MAX_CELLS = 20
"""Cells that one sentence names."""
Columns = Mapping[str, Column]


def raw(record: Record, key: str) -> Any:
    """What the record's cell holds, without a mapping made of all of them."""
    for name, value in zip(record.letters, record.held, strict=True):
        if name == key:
            return value
    return None


def values_in(rows: Iterable[ImportRow], key: str) -> set[Any]:
    """The different values of a column: what none of them calls for is asked of no row."""
    found: set[Any] = set()
    places: dict[int, int] = {}
    for row in rows:
        letters = row.record.letters
        if id(letters) not in places:
            places[id(letters)] = list(letters).index(key) if key in letters else -1
        if (place := places[id(letters)]) >= 0:
            found.add(row.record.held[place])
    return found


def note(row: ImportRow, text: str) -> None:
    """Keep a remark with the row's note."""
    own = row["note"] or ""
    if text and text.casefold() not in own.casefold():
        row.values["note"] = f"{own}; {text}" if own else text


def say_findings(
    rows: Iterable[ImportRow], beside: Beside, context: ImportContext, columns: Columns
) -> None:
    """What was wrong with how the sheet's own columns hold their values."""
    if beside.titled_rank is not None:
        place = CellReference(columns["rank"].header, None, RANK_WORDS[beside.titled_rank])
        context.report.warn("same_as_above", place, because="rank_of_title")
    if beside.findings:
        by_number = {row.number: row for row in rows}
        for number, key, code, details in beside.findings:
            context.error(by_number[number], columns[key], code, **details)


# --- Days -----------------------------------------------------------------------------------------


def warn_of_swapped_days(context: ImportContext, column: Column) -> None:
    """Excel turns 9/1/2024 typed on an American keyboard into a date and leaves 15/1/2024 a text:
    where all dates have days up to 12 and a text has not, day and month may be swapped."""
    dates, beyond = [], False
    for record in context.table.records:
        value = raw(record, column.key)
        if isinstance(value, date):
            if value.day > 12:
                return
            dates.append(record)
        elif isinstance(value, str) and not beyond:
            beyond = _day_of(value) > 12
    if dates and beyond:
        cells = ", ".join(one.cell(column.key) for one in dates[:MAX_CELLS])
        cells += ", …" if len(dates) > MAX_CELLS else ""
        first = dates[0]
        place = CellReference(
            column.header, first.cell(column.key), raw(first, column.key), first.row_number
        )
        context.report.warn("ambiguous_date", place, because="days_swapped", cells=cells)


def _day_of(text: str) -> int:
    try:
        return parse_day(text).day
    except ReadingError:
        return 0


# --- Ranks ----------------------------------------------------------------------------------------


def keep_rank_remarks(rows: list[ImportRow]) -> None:
    """What stands beside a rank goes to the note."""
    texts = [text for text in values_in(rows, "rank") if isinstance(text, str)]
    if not any(rank_text(text).remark for text in texts):
        return
    for row in rows:
        text = raw(row.record, "rank")
        if isinstance(text, str) and row["rank"] is not None:
            note(row, rank_text(text).remark)


def ask_about_five_stars(
    rows: Iterable[ImportRow], decisions: SheetDecisions, context: ImportContext, column: Column
) -> None:
    """5 stars are the ministry's to give: by a decision of the province or a district a row may
    mean potential 5. What is on record so is not asked about again."""
    concerned = [
        row
        for row in rows
        if row["rank"] == Rank.FIVE
        and decisions.is_local(row["number"] or "")
        and not context.is_settled(row, ["rank"])
    ]
    if not concerned:
        return
    products = [row.resolved["product"].pk for row in concerned if "product" in row.resolved]
    stored = Recognition.objects.filter(product_id__in=products, rank=Rank.FIVE)
    known = set(stored.values_list("product_id", "decided_on"))
    potential = {"rank": RANK_WORDS[Rank.POTENTIAL_FIVE]}
    choices = [
        Choice("potential_5", _("It is potential 5 stars"), potential),
        Choice("rank_5", _("It is 5 stars (by a decision of the centre)")),
    ]
    for row in concerned:
        product, number = row.resolved.get("product"), row["number"]
        if product is None or (product.pk, row["day"]) not in known:
            about: dict[str, Any] = {"about": ["rank"], "scope": number, "number": number}
            because = "no_such_authority"
            context.error(
                row, column, "conflict", because=because, kind=kinds.RANK, asked=choices, **about
            )


def warn_of_remarks(rows: list[ImportRow], context: ImportContext, column: Column) -> None:
    """Say where "công nhận lại" has no first time, "nâng hạng" no lower rank before, be it on
    record or in the file."""
    texts = [text for text in values_in(rows, "rank") if isinstance(text, str)]
    if not any(rank_text(text).says for text in texts):
        return
    concerned = [row for row in rows if _says(row) in (RENEWED, UPGRADED)]
    if not concerned:
        return
    earlier: dict[Any, list[tuple[date, Any]]] = {}
    for row in rows:
        if row["day"] and row["rank"]:
            earlier.setdefault(_named(row), []).append((row["day"], row["rank"]))
    stored = {
        row.resolved["product"].pk: _named(row) for row in concerned if "product" in row.resolved
    }
    known = Recognition.objects.filter(product_id__in=stored)
    for product, day, rank in known.values_list("product_id", "decided_on", "rank"):
        earlier.setdefault(stored[product], []).append((day, rank))
    for row in concerned:
        before = [
            rank for day, rank in earlier.get(_named(row), ()) if row["day"] and day < row["day"]
        ]
        if _says(row) == RENEWED and not before:
            context.warn(row, column, "conflict", because="never_before")
        elif _says(row) == UPGRADED and all(rank >= (row["rank"] or 0) for rank in before):
            context.warn(row, column, "conflict", because="never_lower")


def _says(row: ImportRow) -> str:
    text = raw(row.record, "rank")
    return rank_text(text).says if isinstance(text, str) else ""


def _named(row: ImportRow) -> tuple[str, str]:
    return identity_key(row["product"] or ""), identity_key(row["producer"] or "")


# --- Points ---------------------------------------------------------------------------------------


def take_points(
    row: ImportRow, beside: Beside, authority: str, context: ImportContext, columns: Columns
) -> None:
    """Of points given by two levels those of the one that decided; the other's go to the note."""
    given = beside.by_level.get(row.number, {})
    for level, (value, cell) in given.items():
        if level == authority and row["score"] is None and "score" not in row.values:
            place = CellReference(columns["score"].header, cell, value, row.number)
            try:
                row.values["score"] = points.PointsWidget().clean(value)
            except ReadingError as error:
                row.failed = True
                details = {**error.params, "because": error.params.get("reason", "no_points")}
                details.pop("value", None)
                context.report.error(error.code, place, **details)
        else:
            note(row, f"Điểm {LEVEL_WORDS[Authority(level)]}: {value}")
            beside.left.setdefault(level, (row.number, value, cell))


def say_of_other_points(beside: Beside, context: ImportContext, column: Column) -> None:
    """That points of a level that did not decide went to the note: once for each level."""
    for level, (row, value, cell) in beside.left.items():
        place = CellReference(column.header, cell, value, row)
        context.report.warn(
            "unknown_column", place, because="other_points", level=LEVEL_WORDS[Authority(level)]
        )


def say_how_points_were_read(rows: list[ImportRow], context: ImportContext, column: Column) -> None:
    """Of points kept to three decimals, or written in an unusual form, what was read."""
    values = values_in(rows, "score")
    if not any(isinstance(v, str) or (isinstance(v, float) and round(v, 3) != v) for v in values):
        return
    for row in rows:
        kept = row["score"]
        because = points.remark_on(raw(row.record, "score"), kept) if kept is not None else ""
        if because:
            context.warn(row, column, "invalid_number", because=because, now=points.shown(kept))


# --- Several in one cell --------------------------------------------------------------------------


def ask_about_several_products(
    rows: list[ImportRow], context: ImportContext, column: Column
) -> None:
    names = values_in(rows, "product")
    if any(isinstance(name, str) and _may_name_several(name) for name in names):
        for row in rows:
            _ask_about_several_products(row, context, column)


def _ask_about_several_products(row: ImportRow, context: ImportContext, column: Column) -> None:
    """A cell that seems to name several products becomes as many records only if somebody says; one
    that is a product's name on record is none of these."""
    text = raw(row.record, "product")
    if not isinstance(text, str) or row.record.part or not _may_name_several(text):
        return
    names = several_products.products_in(text)
    if len(names) < 2 or "product" in row.resolved or context.is_settled(row, ["product"]):
        return
    listed = "; ".join(names)
    each = Choice(
        "split",
        _("%(n)d products: %(names)s") % {"n": len(names), "names": listed},
        {"product": several_products.joined(names)},
    )
    one = Choice("one", _("One product"))
    context.error(
        row,
        column,
        "answer_needed",
        because="several_in_cell",
        kind=kinds.SPLIT,
        asked=[each, one],
        about=["product"],
    )


def _may_name_several(text: str) -> bool:
    signs = ("\n", "\r", ";", "+", "|", ",", "&", " và ", " va ", " VÀ ")
    return any(sign in text for sign in signs) or text[:1] in "(1"


def split_products(records: list[Record]) -> None:
    """Records of the rows that somebody said to split, one for each product, in place."""
    if not any(
        isinstance(text := raw(one, "product"), str) and several_products.MARK in text
        for one in records
    ):
        return
    split: list[Record] = []
    for record in records:
        text = raw(record, "product")
        names = several_products.split(text) if isinstance(text, str) else [""]
        if len(names) < 2:
            split.append(record)
            continue
        for part, name in enumerate(names):
            split.append(_part(record.having({"product": name}), part))
    records[:] = split


def _part(record: Record, part: int) -> Record:
    return Record(record.row_number, record.held, record.groups, record.letters, part)


# --- Producer and address in one cell -------------------------------------------------------------


def say_of_place(row: ImportRow, beside: Beside, context: ImportContext, column: Column) -> None:
    """What is not certain in a cell of producer and address, and what was left out of it."""
    found = beside.places.get(row.number)
    if found is None:
        return
    if found.telephone:
        context.warn(row, column, "unknown_column", because="left_telephone")
    if found.clear or context.is_settled(row, ["producer"]):
        return
    if raw(row.record, "address") is not None:
        return
    choices = []
    if found.producer and found.address:
        label = _("Producer “%(producer)s”, address “%(address)s”")
        words = {"producer": found.producer, "address": found.address}
        choices = [
            Choice("split", label % words, dict(words)),
            Choice("new", _("It is all the name")),
        ]
    context.error(
        row,
        column,
        "answer_needed",
        because="place_unclear",
        **({"asked": choices, "about": ["producer"], "kind": kinds.PLACE} if choices else {}),
    )
