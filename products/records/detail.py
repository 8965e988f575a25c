"""A record as people read it: where it stands, what is proposed, what became of it and why."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.organisation.models import Membership
from ocop.organisation.scope import Scope
from products.choices import Action, Proposal, Status
from products.confirmed_periods import lookup
from products.kinds import KINDS, RecordKind, area_of, kind_of
from products.models import Amendment, EnteredRecord, Product, Rating
from products.records import later_changes, permissions, workflow
from products.records.content import Difference, content_of, differences, in_words, label_of
from products.records.proposals import amendments, cancellation

HIDDEN = {"sheets", "total", "stars"}
"""Fields that a record's own page shows in a better form than as a line of text."""


def url_of(record: Any) -> str:
    """The page of a record; of an amendment that of the record it changes."""
    if isinstance(record, Amendment):
        return url_of(amendments.record_of(record))
    if isinstance(record, Product):
        return reverse("product-detail", args=[record.pk])
    if isinstance(record, Rating):
        return reverse("rating-detail", args=[record.pk])
    if hasattr(record, "get_absolute_url"):
        return str(record.get_absolute_url())
    return reverse("record", args=[kind_of(record).slug, record.pk])


def item_of(record: EnteredRecord) -> str:
    """How forms name a record among others: kind, id and the version that was seen."""
    slug = "amendment" if isinstance(record, Amendment) else kind_of(record).slug
    return f"{slug}:{record.pk}:{record.version}"


def title_of(record: Any) -> str:
    if isinstance(record, Amendment):
        kind = KINDS[record.kind]
        words = {"kind": kind.label, "name": str(amendments.record_of(record))}
        return amendments.title_of(record) % words
    return str(record)


# --- Where it stands ----------------------------------------------------------------------------


@dataclass(frozen=True)
class RecordHeader:
    """Where a record stands for one person, and what that person may do with it.

    `waiting` is what the actions are about: the record's unsettled amendment, or the record.
    """

    kind: RecordKind
    record: Any
    waiting: Any
    may_enter: bool
    may_verify: bool
    own: bool
    proposed: list[Difference] = field(default_factory=list)
    cancelled: cancellation.CancelledNotice | None = None

    @property
    def changeable(self) -> bool:
        """True where the form of its content can be opened by this person."""
        standing = self.record.status != Status.CANCELLED
        return self.may_enter and standing and self.proposal in ("", Proposal.CHANGE)

    @property
    def proposal(self) -> str:
        """What is proposed of the record; "" where nothing is."""
        return str(self.waiting.proposal) if self.is_amendment else ""

    @property
    def proposal_label(self) -> str:
        return str(self.waiting.get_proposal_display()) if self.is_amendment else ""

    def _address_of(self, proposal: Proposal, name: str) -> str:
        allowed = proposal in self.allowed
        return reverse(name, args=[self.kind.slug, self.record.pk]) if allowed else ""

    @property
    def cancel_url(self) -> str:
        """Where its cancellation is proposed; "" where that is not this person's or not now."""
        return self._address_of(Proposal.CANCEL, "record-cancel")

    @property
    def restore_url(self) -> str:
        return self._address_of(Proposal.RESTORE, "record-restore")

    @property
    def merge_url(self) -> str:
        return self._address_of(Proposal.MERGE, "record-merge")

    @property
    def separate_url(self) -> str:
        return self._address_of(Proposal.SEPARATE, "record-separate")

    @property
    def gone_to(self) -> tuple[str, str] | None:
        """(title, address) of the record that this one went into by a merge; None for none."""
        into = cancellation.gone_to(self.cancelled) if self.cancelled else None
        return (title_of(into), url_of(into)) if into is not None else None

    @cached_property
    def allowed(self) -> tuple[Proposal, ...]:
        """What this person may propose of the record now, besides a change."""
        if not self.may_enter or self.is_amendment:
            return ()
        return cancellation.allowed_for(self.kind, self.record)

    @property
    def is_amendment(self) -> bool:
        return self.waiting is not self.record

    @property
    def may_submit(self) -> bool:
        return self.may_enter and self.waiting.status in (Status.DRAFT, Status.RETURNED)

    @property
    def verifiable(self) -> bool:
        return self.may_verify and not self.own and self.waiting.status == Status.SUBMITTED

    @property
    def returned(self) -> bool:
        return bool(self.waiting.status == Status.RETURNED)

    @property
    def field_reasons(self) -> list[tuple[str, str]]:
        """(label, reason) of each field that the verifier pointed at."""
        return [
            (label_of(self.kind, name), reason)
            for name, reason in self.waiting.field_reasons.items()
            if name in self.kind.content
        ]

    @property
    def item(self) -> str:
        return item_of(self.waiting)

    @property
    def edit_url(self) -> str:
        return reverse("record-edit", args=[self.kind.slug, self.record.pk])

    @property
    def verify_url(self) -> str:
        slug, pk, _version = self.item.split(":")
        return reverse("verification", args=[slug, pk])

    @property
    def history_url(self) -> str:
        return reverse("record-history", args=[self.kind.slug, self.record.pk])

    @property
    def unexplained(self) -> str:
        """The confirmed period for which submitting needs a reason; "" where it needs none."""
        if not self.may_submit or self.is_amendment:
            return ""
        period = lookup.unexplained_period(self.kind, self.record)
        return period.label if period else ""

    @property
    def changed_after(self) -> lookup.ConfirmedPeriod | None:
        """The latest confirmed period that a change of the record touched; None for none."""
        later = _after_confirmation(self.kind, self.record).values()
        return max(later, key=lambda one: one.at, default=None)

    @property
    def blocking_reason(self) -> Any:
        """Why it cannot be submitted yet; "" where it can."""
        return workflow.blocking_reason(self.waiting, "submit") if self.may_submit else ""


def record_header(kind: RecordKind, record: Any, scope: Scope, user: Any) -> RecordHeader:
    """Where `record` stands for `user`. What is proposed is shown to those who enter or verify."""
    area = kind.area_of(record)
    enters, verifies = (
        permissions.may_enter(scope, kind, area),
        permissions.may_verify(scope, kind),
    )
    amendment = amendments.unsettled_of(kind, record) if enters or verifies else None
    waiting = amendment or record
    proposed = proposed_changes(amendment, record) if amendment else []
    own = workflow.is_author(waiting, user)
    cancelled = cancellation.notice_of(record)
    return RecordHeader(kind, record, waiting, enters, verifies, own, proposed, cancelled)


def proposed_changes(amendment: Amendment, record: Any) -> list[Difference]:
    """What the amendment would change, compared with the record as it stands now."""
    kind = KINDS[amendment.kind]
    return differences(kind, content_of(record, kind.content), amendment.values)


@dataclass(frozen=True)
class UnverifiedRecord:
    """A record of a product that does not count yet, as a line on the product's page."""

    kind: RecordKind
    record: Any

    @property
    def title(self) -> str:
        return title_of(self.record)

    @property
    def url(self) -> str:
        return url_of(self.record)

    @property
    def item(self) -> str:
        return item_of(self.record)

    @property
    def may_submit(self) -> bool:
        return self.record.status in (Status.DRAFT, Status.RETURNED)


def unverified_records(product: Any, scope: Scope) -> list[UnverifiedRecord]:
    """Drafts, returned and waiting records of a product and its producer that the person enters."""
    entered = [
        (kind, _of_product(kind, product))
        for kind in KINDS.values()
        if permissions.may_enter(scope, kind, area_of(product))
    ]
    about = Q(pk__in=[])
    for kind, records in entered:
        about |= Q(kind=kind.slug, record_id__in=[record.pk for record in records])
    changes = list(Amendment.objects.unsettled().filter(about))
    settled = (Status.VERIFIED, Status.CANCELLED)
    return [
        UnverifiedRecord(kind, one)
        for kind, records in entered
        for one in (
            *(record for record in records if record.status not in settled),
            *(change for change in changes if change.kind == kind.slug),
        )
    ]


def _of_product(kind: RecordKind, product: Any) -> list[Any]:
    """The product's records of one kind; itself and its producer among them."""
    if kind.slug == "producer":
        return [product.producer]
    if kind.slug == "product":
        return [product]
    if "product" in kind.depends_on:
        records: Any = kind.model._default_manager
        return list(records.filter(product_id=product.pk).select_related("product"))
    return []


def enters_for(product: Any, scope: Scope) -> list[tuple[RecordKind, str]]:
    """(kind, address of its form) of what the person may enter for this product."""
    if product.status == Status.CANCELLED:
        return []
    return [
        (kind, f"{reverse('record-new', args=[kind.slug])}?product={product.pk}")
        for kind in KINDS.values()
        if "product" in kind.depends_on and permissions.may_enter(scope, kind, area_of(product))
    ]


def field_values(kind: RecordKind, record: Any) -> list[tuple[str, str, str]]:
    """(name of field, label, value in words) of everything given, in the order of the form."""
    content = content_of(record, kind.content)
    return [
        (name, label_of(kind, name), in_words(kind, name, value))
        for name, value in content.items()
        if name not in HIDDEN
    ]


def changed_since_verified(kind: RecordKind, record: Any) -> list[Difference]:
    """What changed since a verifier last looked at it (verified or returned); [] if never."""
    seen = record.history.filter(action__in=(Action.VERIFY, Action.RETURN, Action.AMEND))
    last = seen.order_by("-history_id").first()
    if last is None:
        return []
    return differences(kind, content_of(last, kind.content), content_of(record, kind.content))


# --- History ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HistoryEntry:
    """One step: who, in which capacity, when, what and why; `after` names the confirmed period
    that it came after."""

    when: datetime
    who: str
    capacity: str
    action: str
    reason: str
    changes: list[Difference]
    proposal: bool = False
    after: str = ""


def history_of(kind: RecordKind, record: Any, scope: Scope) -> list[HistoryEntry]:
    """Every step of the record, the latest first.

    With the changes proposed to it, for those who enter or verify such records.
    """
    people = _Capacities()
    rows = list(record.history.select_related("history_user").order_by("history_id"))
    later = _after_confirmation(kind, record)
    entries = [
        _entry(row, people, _changes(kind, before, row), after=_label(later.get(row.history_id)))
        for before, row in zip([None, *rows], rows, strict=False)
    ]
    proposals = Amendment.history.filter(  # type: ignore[attr-defined]
        kind=kind.slug, record_id=record.pk
    )
    concerned = permissions.may_enter(scope, kind, kind.area_of(record))
    if not (concerned or permissions.may_verify(scope, kind)):
        proposals = proposals.none()
    for row in proposals.select_related("history_user").order_by("history_id"):
        entries.append(_entry(row, people, [], proposal=True))
    return sorted(entries, key=lambda entry: entry.when, reverse=True)


def _entry(
    row: Any,
    people: "_Capacities",
    changes: list[Difference],
    proposal: bool = False,
    after: str = "",
) -> HistoryEntry:
    return HistoryEntry(
        when=row.history_date,
        who=str(row.history_user) if row.history_user else _("the system"),
        capacity=people.of(row.history_user_id, row.history_date),
        action=str(Action(row.action).label),
        reason=row.history_change_reason or "",
        changes=changes,
        proposal=proposal,
        after=after,
    )


def _after_confirmation(kind: RecordKind, record: Any) -> dict[int, lookup.ConfirmedPeriod]:
    """{id of a history row: the latest confirmed period it came after and touched}."""
    known = lookup.periods()
    if not known or kind.slug not in later_changes.SLUGS:
        return {}
    later = {}
    for step in later_changes.changes_of_record(kind, record):
        for period in (one for its in known.values() for one in its if step.is_after(one)):
            later[step.after.history_id] = period
    return later


def _label(period: lookup.ConfirmedPeriod | None) -> str:
    return period.label if period else ""


def _changes(kind: RecordKind, before: Any, row: Any) -> list[Difference]:
    """What this row changed against the one before it, many-to-many fields included."""
    if before is None:
        return []
    found = differences(kind, content_of(before, kind.content), content_of(row, kind.content))
    related = (row.details or {}).get("related") or {}
    for name, (old, new) in related.items():
        words = (in_words(kind, name, old), in_words(kind, name, new))
        found.append(Difference(name, label_of(kind, name), *words))
    return found


class _Capacities:
    """In which role somebody acted: the membership that held on that day."""

    def __init__(self) -> None:
        self._memberships: dict[int, list[Membership]] = {}

    def of(self, user_id: int | None, when: datetime) -> str:
        if user_id is None:
            return ""
        if user_id not in self._memberships:
            held = Membership.objects.filter(user_id=user_id).select_related("unit", "agency")
            self._memberships[user_id] = list(held)
        day = timezone.localdate(when)
        for one in self._memberships[user_id]:
            if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on):
                where = one.unit or one.agency
                role = str(one.get_role_display())
                return f"{role}, {where}" if where else role
        return ""
