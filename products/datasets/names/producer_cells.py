"""Cells that hold more of a producer than its name, and what its name says of its kind."""

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.findings import CellReference
from ocop.lib import producer_names
from products.choices import ProducerKind

KIND_OF_FORM = {
    producer_names.COOPERATIVE_UNION: ProducerKind.COOPERATIVE,
    producer_names.COOPERATIVE: ProducerKind.COOPERATIVE,
    producer_names.COOPERATIVE_GROUP: ProducerKind.COOPERATIVE_GROUP,
    producer_names.COMPANY: ProducerKind.COMPANY,
    producer_names.ENTERPRISE: ProducerKind.ENTERPRISE,
    producer_names.HOUSEHOLD: ProducerKind.HOUSEHOLD,
    producer_names.WORKSHOP: ProducerKind.HOUSEHOLD,
}
PLACES = ("address", "commune", "district")


def kind_by_name(name: str) -> ProducerKind | None:
    """The kind that the legal form in a producer's name says; None where it has none."""
    return KIND_OF_FORM.get(producer_names.legal_form(name))


def split_producers(context: ImportContext, column: Column, has_address: bool) -> None:
    """Leave the producers' names alone in their cells; a warning says what was taken off.

    The address goes into the record's own column for it (`has_address`) where the row says
    nothing else of its place.
    """
    records = context.table.records
    for place, record in enumerate(records):
        text = record.values.get("producer")
        if not isinstance(text, str):
            continue
        split = producer_names.split_producer(text)
        if not (split.address or split.telephone):
            continue
        changed = {"producer": split.name}
        if has_address and split.address and not any(record.values.get(key) for key in PLACES):
            changed["address"] = split.address
        where = CellReference(
            column.header, record.cell("producer") or None, text, record.row_number, "producer"
        )
        context.report.warn("same_as_above", where, because="cut_from_name", name=split.name)
        records[place] = record.having(changed)


def compare_kind(row: ImportRow, context: ImportContext, column: Column) -> None:
    """A kind that the producer's own name contradicts is kept as it is written, and said.

    Lists count companies among enterprises: "Doanh nghiệp" says nothing against a company.
    """
    stated = row["kind"]
    if not stated or (named := kind_by_name(row["producer"] or "")) in (None, stated):
        return
    if (stated, named) != (ProducerKind.ENTERPRISE, ProducerKind.COMPANY):
        context.warn(
            row,
            column,
            "conflict",
            because="kind_by_name",
            producer=row["producer"],
            says=str(named.label),  # type: ignore[union-attr]
        )
