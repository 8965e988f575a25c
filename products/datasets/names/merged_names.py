"""Records found under the names of those that went into them by a merge.

Two people said that both are one: whoever writes the name again means the one that was kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from products.choices import Status
from products.kinds import RecordKind
from products.records import cancellation

MOST_STEPS = 10
CHUNK = 500


def kept_under(
    kind: RecordKind, name_keys: Iterable[str], group: str
) -> dict[tuple[str, Any], Any]:
    """(name key, group) of records that went into others → the one that was kept in the end.

    `group`: within what names are compared: a field of the records that are gone, or a path from
    there. None where the name was of two that went into different ones. One query where none of
    the names was merged.
    """
    gone: list[tuple[int, str, Any]] = []
    keys = sorted(set(name_keys))
    records: Any = kind.model._default_manager
    for start in range(0, len(keys), CHUNK):
        rows = records.filter(status=Status.CANCELLED, name_key__in=keys[start : start + CHUNK])
        gone += rows.order_by("pk").values_list("pk", "name_key", group)
    if not gone:
        return {}
    into = _into(kind, [pk for pk, _key, _group in gone])
    standing = records.exclude(status=Status.CANCELLED)
    kept = standing.select_related("district").in_bulk(set(into.values()))
    found: dict[tuple[str, Any], set[int]] = defaultdict(set)
    for pk, key, its_group in gone:
        if into.get(pk) in kept:
            found[key, its_group].add(into[pk])
    return {place: kept[pks.pop()] for place, pks in found.items() if len(pks) == 1}


def _into(kind: RecordKind, ids: list[int]) -> dict[int, int]:
    """Where each of them went, those through another that went on as well."""
    went: dict[int, int] = {}
    ahead = set(ids)
    for _step in range(MOST_STEPS):
        notices = cancellation.notices_of(kind, sorted(ahead))
        went |= {pk: notice.into[1] for pk, notice in notices.items() if notice.into}
        ahead = set(went.values()) - went.keys()
        if not ahead:
            break
    return {pk: _end(went, pk) for pk in ids if pk in went}


def _end(went: Mapping[int, int], pk: int) -> int:
    seen = set()
    while pk in went and pk not in seen:
        seen.add(pk)
        pk = went[pk]
    return pk
