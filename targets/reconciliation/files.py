"""A comparison as a workbook, and the rows that the record lacks as one to be imported."""

import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.imports.datasets import described
from ocop.lib.spreadsheets.reading import CellError
from ocop.lib.spreadsheets.writing import SheetToWrite, write_workbook
from products.models import Recognition
from targets.reconciliation.lists import ListComparison, ListRow, Pair
from targets.reconciliation.permissions import DATASET
from targets.reports.writers import AnnexSheet, AnnexWorkbook, SheetColumn, excel

SHEET = "Danh sách"


def sections(found: ListComparison) -> list[tuple[str, str, list[Pair]]]:
    """(name, title, pairs) of everything compared, what has to be mended first."""
    return [
        ("differing", _("On both, with differences"), found.differing),
        ("near", _("Nearly alike: perhaps one product"), found.near),
        ("missing", _("Missing in the record"), found.missing),
        ("extra", _("Too many in the record"), found.extra),
        ("uncertain", _("Not read with certainty"), found.uncertain),
        ("agreeing", _("Agree"), found.agreeing),
    ]


def comparison_workbook(found: ListComparison, name: str) -> io.BytesIO:
    """Both sides of every line beside each other, on landscape A4 paper."""
    columns = [
        SheetColumn(_("Result"), 18),
        SheetColumn(_("Cell"), 8),
        *(SheetColumn(f"{_('List')}: {title}", width) for title, width in _sides()),
        *(SheetColumn(f"{_('Record')}: {title}", width) for title, width in _sides()),
        SheetColumn(_("What differs"), 40),
    ]
    rows = [
        [title, *_listed(pair.listed), *_recorded(pair.recorded), _note(pair)]
        for _name, title, pairs in sections(found)
        for pair in pairs
    ]
    sheet = AnnexSheet(
        name=str(_("Reconciliation")),
        titles=[_("Reconciliation of the list “%(file)s” with the record") % {"file": name}],
        columns=columns,
        rows=rows,
    )
    stream = io.BytesIO()
    excel.write(AnnexWorkbook(get_language() or "vi", [sheet]), stream)
    return stream


def _sides() -> list[tuple[str, int]]:
    return [
        (_("Product"), 26),
        (_("Producer"), 26),
        (_("District"), 16),
        (_("Rank"), 12),
        (_("Score"), 8),
        (_("Decision number"), 16),
        (_("Day of the decision"), 12),
    ]


def _listed(row: ListRow | None) -> list[Any]:
    if row is None:
        return [None] * 8
    district = row.district.name if row.district else ""
    score = float(row.score) if row.score is not None else None
    said = [row.product, row.producer, district, row.rank_label]
    return [row.cell, *said, score, row.number, row.day]


def _recorded(record: Recognition | None) -> list[Any]:
    if record is None:
        return [None] * 7
    product = record.product
    held = [product.name, product.producer.name, product.district.name, record.get_rank_display()]
    score = float(record.score) if record.score is not None else None
    return [*map(str, held), score, record.decision_number, record.decided_on]


def _note(pair: Pair) -> str:
    said = [f"{one.label}: {one.listed} ≠ {one.recorded}" for one in pair.differences]
    said += pair.listed.problems if pair.listed else []
    return "; ".join([*said, *map(str, pair.elsewhere)])


def missing_workbook(pairs: Iterable[Pair]) -> bytes:
    """The rows in the import's own columns, as their cells say and with what stood around them
    (district of a group row, decision of the title)."""
    columns = described(DATASET).columns()
    rows = [
        [_cell(pair.listed, key) for key in columns] for pair in pairs if pair.listed is not None
    ]
    header = [column.header for column in columns.values()]
    stream = io.BytesIO()
    write_workbook(stream, [SheetToWrite(SHEET, header, rows)])
    return stream.getvalue()


def _cell(row: ListRow, key: str) -> Any:
    around = {"district": str(row.district or ""), "number": row.number, "day": row.day}
    value = row.row.record.values.get(key) or around.get(key)
    return value.text if isinstance(value, CellError) else value
