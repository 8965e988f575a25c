"""How recognitions go out: in the order of an annex, one row for each product and day."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from ocop.imports.datasets import ExportSelection, ImportableResource
from ocop.organisation.choices import UnitLevel
from products.datasets.further_columns import status_word
from products.datasets.spellings import PRODUCER_KIND_WORDS, RANK_WORDS


class ExportsRecognitions(ImportableResource):
    """To be inherited before the dataset's own base."""

    def selected_records(self, records: Any, selection: ExportSelection) -> Any:
        if selection.chosen_by_day:
            records = records.filter(decided_on__lte=selection.as_of)
        product = ("producer", "district", "place", "product_set")
        return records.select_related(*(f"product__{name}" for name in product)).order_by(
            "decided_on",
            "product__district__code",
            "product__name_sort",
            "product__producer__name_sort",
            "product__producer__district__code",
            "-rank",
        )

    def export_rows(self, selection: ExportSelection) -> Iterator[Mapping[str, Any]]:
        """Of two ranks on one day the higher: product and day are the key of a row."""
        last = None
        for cells in super().export_rows(selection):
            if cells["key"] != last:
                yield cells
            last = cells["key"]

    def cells_of(self, record: Any, selection: ExportSelection) -> dict[str, Any]:
        product = record.product
        is_commune = product.place.level == UnitLevel.COMMUNE
        revoked = selection.known(record.revoked_on)
        return {
            "key": (product.pk, record.decided_on),
            "product": product.name,
            "producer": product.producer.name,
            "kind": PRODUCER_KIND_WORDS.get(product.producer.kind, ""),
            "commune": product.place.name if is_commune else "",
            "district": str(product.district),
            "product_set": _set_title(product, selection),
            "score": record.score,
            "rank": RANK_WORDS[record.rank],
            "number": record.decision_number,
            "day": record.decided_on,
            "note": record.note,
            "certificate": record.certificate_number,
            "expires": record.valid_until,
            "prolongation_number": record.prolongation_number,
            "prolonged_on": record.prolonged_on,
            "prolonged_until": record.prolonged_until,
            "revoked": revoked,
            "revocation_reason": record.revocation_reason if revoked else "",
            "status": status_word(record.status),
        }


def _set_title(product: Any, selection: ExportSelection) -> str:
    """The set as the law of the day asked for calls it, today's where none is asked for."""
    if product.product_set is None:
        return ""
    day = selection.as_of or timezone.localdate()
    return str(product.product_set.title_at(day))
