"""A merge as people read it: values that the survivor takes over, what moves, what both have."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from products.models import Evidence
from products.records import (
    Difference,
    content_of,
    detail,
    differences,
    merging,
)

MOST_LISTED = 20


@dataclass(frozen=True)
class MovedRecords:
    """Records of one kind that will be about the survivor; `more` of them are not listed."""

    label: Any
    records: list[tuple[str, str]]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.records)


@dataclass(frozen=True)
class SharedRecord:
    """What both have: what the two say differently, and whose stays ("" while to be chosen)."""

    key: str
    label: Any
    title: str
    url: str
    partner_url: str
    equal: bool
    stays: str
    differences: list[Difference]

    @property
    def outcome(self) -> str:
        if self.equal:
            return _("both say the same: one stays")
        words = {
            merging.SURVIVORS: _("that of the survivor stays"),
            merging.OTHERS: _("that of the other stays"),
        }
        return words.get(self.stays, _("choose which stays"))


@dataclass(frozen=True)
class ShownMerge:
    """`going` and `survivor`: (title, address)."""

    going: tuple[str, str]
    survivor: tuple[str, str]
    values: list[Difference]
    moved: list[MovedRecords]
    shared: list[SharedRecord]
    files: int


def shown_of(merge: merging.Merge) -> ShownMerge:
    """The merge in words; what moves grouped by kind."""
    now = content_of(merge.survivor, merge.kind.content)
    return ShownMerge(
        going=_linked(merge.going),
        survivor=_linked(merge.survivor),
        values=differences(merge.kind, now, merge.values),
        moved=_moved(merge.moves),
        shared=[_shared(pair) for pair in merge.pairs],
        files=Evidence.objects.of(merge.kind.slug, merge.going.pk).count(),
    )


def _linked(record: Any) -> tuple[str, str]:
    return str(record), detail.url_of(record)


def _moved(moves: Sequence[merging.Move]) -> list[MovedRecords]:
    by_kind: dict[str, list[merging.Move]] = {}
    for move in moves:
        by_kind.setdefault(move.kind.slug, []).append(move)
    return [
        MovedRecords(
            its[0].kind.label, [_linked(move.record) for move in its[:MOST_LISTED]], len(its)
        )
        for its in by_kind.values()
    ]


def _shared(pair: merging.Pair) -> SharedRecord:
    partner, names = pair.partners[0], pair.kind.content
    found = differences(pair.kind, content_of(partner, names), content_of(pair.moved, names))
    return SharedRecord(
        key=pair.key,
        label=pair.kind.label,
        title=str(pair.moved),
        url=detail.url_of(pair.moved),
        partner_url=detail.url_of(partner),
        equal=pair.equal,
        stays=pair.stays,
        differences=[] if pair.equal else found,
    )
