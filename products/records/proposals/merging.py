"""What becomes of everything when one record is merged into another of the same thing.

One record survives. The other is cancelled, and what refers to it refers to the survivor: records
about it, rights' links, files. Where both have the same (a recognition of one day, a listing of one
floor and start), equal ones are folded into one, and of unequal ones somebody has chosen which
stays. Nothing here writes; products.records.proposals.merge_steps does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from products.choices import Status
from products.kinds import KINDS, RecordKind, kind_of
from products.models import Amendment
from products.records.content import content_of
from products.records.proposals.cancellation import references_to

MERGEABLE = ("producer", "product", "task", "ip-right")
SAME: dict[str, tuple[str, ...]] = {
    "product": ("name_key",),
    "rating": ("level", "session_on"),
    "recognition": ("decided_on",),
    "traceability": ("system_id", "started_on"),
    "listing": ("floor_id", "started_on"),
}
"""By kind what, besides what both are about, makes two records one."""
SURVIVORS, OTHERS = "survivor", "other"


@dataclass(frozen=True)
class Pair:
    """A record of the one that goes, and those of the survivor that are the same.

    `equal`: they say the same and are folded. `stays` is whose stays, "" while it has to be chosen.
    """

    kind: RecordKind
    moved: Any
    partners: list[Any]
    equal: bool
    stays: str

    @property
    def key(self) -> str:
        return f"{self.kind.slug}-{self.moved.pk}"

    @property
    def losers(self) -> list[Any]:
        return self.partners if self.stays == OTHERS else [self.moved]

    @property
    def winner(self) -> Any:
        return self.moved if self.stays == OTHERS else self.partners[0]


@dataclass(frozen=True)
class Move:
    """A record whose `field` refers to the one that goes, and will refer to the survivor."""

    kind: RecordKind
    record: Any
    field: Any


@dataclass
class Merge:
    """All that a merge does. `values` are the plain values that the survivor takes over."""

    kind: RecordKind
    going: Any
    survivor: Any
    values: dict[str, Any]
    moves: list[Move] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)

    @property
    def unresolved(self) -> list[Pair]:
        return [pair for pair in self.pairs if not pair.stays]

    @property
    def losers(self) -> list[Any]:
        return [loser for pair in self.pairs if pair.stays for loser in pair.losers]

    @property
    def problem(self) -> str:
        """What stands in the way, in sentences; "" for nothing."""
        open_ = _("Choose which stays of what both have: %(names)s.")
        names = "; ".join(f"{pair.kind.label} “{pair.moved}”" for pair in self.unresolved)
        return " ".join([*self.blocked, *([open_ % {"names": names}] if names else [])])


def merge_of(
    kind: RecordKind,
    going: Any,
    survivor: Any,
    values: Mapping[str, Any],
    keep: Mapping[str, str],
) -> Merge:
    """What merging `going` into `survivor` does as records stand now.

    `values`: plain values that the survivor takes over; `keep`: by `Pair.key` whose record stays.
    """
    now = content_of(survivor, kind.content)
    taken = {name: value for name, value in values.items() if now.get(name) != value}
    merge = Merge(kind, going, survivor, taken)
    folded: dict[int, int] = {}
    for its_kind, reference in references_to(kind.model):
        theirs: Any = its_kind.model._default_manager.all()
        both = theirs.filter(Q(**{reference.name: going.pk}) | Q(**{reference.name: survivor.pk}))
        if its_kind.of_product:
            both = both.select_related("product")
        records = list(both.order_by("pk").distinct())
        if reference.many_to_many:
            of_going = set(theirs.filter(**{reference.name: going.pk}).values_list("pk", flat=True))
            merge.moves += [Move(its_kind, one, reference) for one in records if one.pk in of_going]
            continue
        _sort_out(merge, its_kind, reference, records, keep, folded)
    merge.blocked += _blocked(merge)
    return merge


def _sort_out(
    merge: Merge,
    kind: RecordKind,
    reference: Any,
    records: list[Any],
    keep: Mapping[str, str],
    folded: dict[int, int],
) -> None:
    """Records of one kind that refer to either: those that move, and those that both have."""
    own: dict[tuple[Any, ...], list[Any]] = {}
    for one in records:
        if getattr(one, reference.attname) == merge.survivor.pk and _stands(one):
            own.setdefault(_key(kind, one), []).append(one)
    for one in records:
        if getattr(one, reference.attname) != merge.going.pk:
            continue
        partners = own.get(_key(kind, one), []) if kind.slug in SAME and _stands(one) else []
        if not partners:
            merge.moves.append(Move(kind, one, reference))
        elif kind.slug == "product":
            words = {"name": str(one)}
            merge.blocked.append(_("Both have the product “%(name)s”: merge those first.") % words)
        else:
            pair = _pair(kind, one, partners, keep, folded)
            merge.pairs.append(pair)
            if kind.slug == "rating" and pair.stays:
                folded.update({loser.pk: pair.winner.pk for loser in pair.losers})


def _stands(record: Any) -> bool:
    return bool(record.status != Status.CANCELLED)


def _key(kind: RecordKind, record: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in SAME.get(kind.slug, ()))


def _pair(
    kind: RecordKind,
    moved: Any,
    partners: list[Any],
    keep: Mapping[str, str],
    folded: Mapping[int, int],
) -> Pair:
    mine = _said(kind, moved, folded)
    equal = [one for one in partners if _said(kind, one, folded) == mine]
    if equal:
        better = moved.status == Status.VERIFIED != equal[0].status
        return Pair(kind, moved, equal[:1], True, OTHERS if better else SURVIVORS)
    chosen = keep.get(f"{kind.slug}-{moved.pk}", "")
    return Pair(kind, moved, partners, False, chosen if chosen in (SURVIVORS, OTHERS) else "")


def _said(kind: RecordKind, record: Any, folded: Mapping[int, int]) -> dict[str, Any]:
    """What it says; a rating that was folded is the one that it was folded into."""
    said = content_of(record, kind.content)
    if "rating" in said:
        said["rating"] = folded.get(said["rating"], said["rating"])
    return said


def _blocked(merge: Merge) -> list[str]:
    """Proposals that have to be settled first."""
    waiting = [(merge.kind.slug, merge.survivor)]
    waiting += [(kind_of(loser).slug, loser) for loser in merge.losers]
    about = Q(pk__in=[])
    for slug, record in waiting:
        about |= Q(kind=slug, record_id=record.pk)
    names = {(slug, record.pk): str(record) for slug, record in waiting}
    return [
        _("“%(proposal)s” waits for “%(name)s”: it is settled first.")
        % {
            "proposal": one.get_proposal_display(),
            "name": names[one.kind, one.record_id],
        }
        for one in Amendment.objects.unsettled().filter(about)
    ]


# --- As proposed ----------------------------------------------------------------------------------


def plan_of(merge: Merge) -> dict[str, Any]:
    """What the proposal keeps: which survives, as it was seen, and what was chosen."""
    return {
        "into": merge.survivor.pk,
        "into_version": merge.survivor.version,
        "values": merge.values,
        "keep": {pair.key: pair.stays for pair in merge.pairs if pair.stays and not pair.equal},
    }


def proposed_merge(amendment: Amendment, locked: bool = False) -> Merge:
    """The merge that `amendment` proposes, as records stand now; `locked`: both rows stay so."""
    kind, plan = KINDS[amendment.kind], amendment.plan
    rows: Any = kind.model._default_manager
    rows = rows.select_for_update() if locked else rows
    ids = (amendment.record_id, plan["into"])
    found = {one.pk: one for one in rows.filter(pk__in=ids).order_by("pk")}
    going, survivor = (found[pk] for pk in ids)
    return merge_of(kind, going, survivor, plan["values"], plan["keep"])


def blocking_merge(amendment: Amendment) -> str:
    """What stands in the way of the merge, in a sentence; "" for nothing."""
    if amendment.kind not in MERGEABLE or amendment.plan["into"] == amendment.record_id:
        return _("A record is not merged with itself.")
    merge = proposed_merge(amendment)
    for one in (merge.going, merge.survivor):
        if one.status != Status.VERIFIED:
            return _("“%(name)s” is not verified: only verified records are merged.") % {
                "name": str(one)
            }
    return merge.problem
