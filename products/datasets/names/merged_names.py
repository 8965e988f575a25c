"""Names of records that went into others by a merge: whoever writes one again may mean the other.

The name is not taken for the other by itself: what was merged by its name may be another's here.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from ocop.lib.name_candidates import ComparableName
from ocop.organisation.scope import Scope
from products.choices import Status
from products.kinds import RecordKind
from products.records import cancellation, permissions

MergedNames = Mapping[Any, Mapping[str, str]]
"""Within what names are compared → key of a merged name → name of the record it went into."""
MOST_STEPS = 10


def merged_names(
    kind: RecordKind,
    group: str,
    groups: Iterable[int],
    scope: Scope,
    compare: Callable[[str], ComparableName],
) -> MergedNames:
    """Of the records of `kind` that the person may see and whose field `group` (a column's name)
    is one of `groups`. Only where the other is of the same group. One query where none is merged.
    """
    cancelled = permissions.readable(kind, scope).filter(
        **{"status": Status.CANCELLED, f"{group}__in": set(groups)}
    )
    gone = list(cancelled.order_by("pk").values_list("pk", "name", group))
    found: dict[Hashable, dict[str, str]] = defaultdict(dict)
    if not gone:
        return found
    into = _into(kind, [pk for pk, _name, _group in gone])
    rows: Any = kind.model._default_manager.exclude(status=Status.CANCELLED)
    standing = {one.pk: one for one in rows.filter(pk__in=set(into.values()))}
    for pk, name, its_group in gone:
        other = standing.get(into.get(pk))
        if other is not None and getattr(other, group) == its_group:
            found[its_group][compare(name).key] = other.name
    return found


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
