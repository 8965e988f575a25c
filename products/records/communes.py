"""The commune of today of all records, brought up to date when successions change."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from ocop.imports.models import IncompleteRecord
from ocop.organisation.succession import heirs_of_communes
from products import validity
from products.kinds import KINDS
from products.models import Amendment, IPRight, Producer, Product, ScienceTask
from products.records.districts import settled_commune

BATCH = 500
Heirs = Mapping[int, frozenset[int]]


def follow_successions() -> int:
    """Gives every record the commune of today that its place lies in; how many changed.

    What was recorded – the place, and the history – stays; nothing of it is a change that somebody
    makes, so no version rises. Validity spans are rebuilt with their products.
    """
    heirs = heirs_of_communes()
    products = follow(Product, heirs, "place_id")
    changed = len(products) + len(follow(Producer, heirs, "place_id"))
    changed += sum(len(follow(one, heirs)) for one in (IPRight, ScienceTask, IncompleteRecord))
    for some in _batches(products):
        validity.rebuild(some)
    return changed + _follow_records()


def follow(model: Any, heirs: Heirs, place: str = "") -> list[int]:
    """Writes the commune of all records of a model anew, cancelled ones included; the ids of those
    that changed. `place`: the column of the place as recorded; without one the commune that a
    record has leads to its heir."""
    wanted: dict[int | None, list[int]] = defaultdict(list)
    rows = model._base_manager.order_by("pk").values_list("pk", place or "commune_id", "commune_id")
    for pk, recorded, commune in rows:
        settled = settled_commune(recorded, commune, heirs)
        if settled != commune:
            wanted[settled].append(pk)
    for settled, pks in wanted.items():
        for some in _batches(pks):
            model._base_manager.filter(pk__in=some).update(commune_id=settled)
    return sorted(pk for pks in wanted.values() for pk in pks)


def _follow_records() -> int:
    """Proposed changes belong where their records do."""
    by_kind: dict[str, list[Amendment]] = defaultdict(list)
    for amendment in Amendment.objects.unsettled():
        by_kind[amendment.kind].append(amendment)
    changed = []
    for slug, amendments in by_kind.items():
        kind = KINDS[slug]
        records: Any = kind.model._base_manager.all()
        if kind.of_product:
            records = records.select_related("product")
        found = records.in_bulk([one.record_id for one in amendments])
        for one in amendments:
            record = found.get(one.record_id)
            commune = kind.area_of(record).commune if record is not None else one.commune_id
            if commune != one.commune_id:
                one.commune_id = commune
                changed.append(one)
    Amendment.objects.bulk_update(changed, ["commune"], batch_size=BATCH)
    return len(changed)


def _batches(pks: list[int]) -> Iterator[list[int]]:
    return (pks[i : i + BATCH] for i in range(0, len(pks), BATCH))
