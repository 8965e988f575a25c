"""What waits for one person: returned, begun, submitted, ending soon, lacking, to verify."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ocop.imports.findings import Importer
from ocop.imports.pipeline import importable, incomplete
from ocop.organisation.choices import Role
from ocop.organisation.models import Unit
from ocop.organisation.scope import Scope
from products import legal_terms
from products.choices import Status
from products.kinds import KINDS, RecordKind, kind_of, verified_kinds
from products.models import (
    Amendment,
    FloorListing,
    FormDraft,
    IPRight,
    Product,
    TraceabilityEnrolment,
    ValiditySpan,
)
from products.records import item_of, label_of, permissions, title_of, url_of
from products.scoring import renewal_terms, window_in_words
from targets.confirmations import page_url, services
from targets.models import Plan

MAX_WORK_ITEMS = 200
"""Lines of one list on the page; how many there are in all is said beside it."""


@dataclass(frozen=True)
class WorkItem:
    """A record in somebody's list of work."""

    kind: str
    title: str
    about: str
    url: str
    item: str
    reason: str
    labelled_reasons: list[tuple[str, str]]
    verify_url: str
    when: datetime | None
    who: str
    own: bool


@dataclass(frozen=True)
class ExpiringRecord:
    """A certificate or right that ends soon. `reminder` is 180, 90 or 30 days; `window` says when a
    certificate is filed for again, `late` that this is over."""

    title: str
    about: str
    url: str
    ends_on: date
    notice_by: date | None
    reminder: int
    late: bool
    window: str = ""


@dataclass(frozen=True)
class QuarterToConfirm:
    """A quarter of an officer's district or commune that is over and not confirmed."""

    unit: str
    label: str
    url: str
    due_on: date
    late: bool


@dataclass(frozen=True)
class WorkList:
    """Everything on the page of one person's work; lists that do not concern them are None."""

    returned: list[WorkItem]
    drafts: list[WorkItem]
    submitted: list[WorkItem]
    unsaved: list[FormDraft]
    ending: list[ExpiringRecord] | None
    rights_ending: list[ExpiringRecord] | None
    untraced: "MissingListings | None"
    unsold: "MissingListings | None"
    to_verify: list[WorkItem] | None
    to_verify_total: int
    to_confirm: list[QuarterToConfirm]
    incomplete: int = 0

    @property
    def nothing(self) -> bool:
        lists = (self.returned, self.drafts, self.submitted, self.unsaved, self.ending)
        lacking = (self.untraced and self.untraced.total, self.unsold and self.unsold.total)
        more = (self.to_verify, self.rights_ending, self.to_confirm, self.incomplete)
        return not (any(lists) or any(lacking) or any(more))


@dataclass(frozen=True)
class MissingListings:
    """Valid products without something: the first of them, and how many in all."""

    products: list[Product]
    total: int


def work_of(user: Any, scope: Scope, day: date) -> WorkList:
    """What waits for `user` on `day`. Queries are constant in the number of records."""
    kinds = verified_kinds().values()
    entered = [kind for kind in kinds if permissions.may_enter_somewhere(scope, kind)]
    verified = [kind for kind in kinds if permissions.may_verify(scope, kind)]
    own = _own_records(user, scope, entered)
    slugs = {kind.slug for kind in entered}
    to_verify, total = _to_verify(user, scope, verified)
    return WorkList(
        returned=_lines(own[Status.RETURNED], user),
        drafts=_lines(own[Status.DRAFT], user),
        submitted=_lines(own[Status.SUBMITTED], user),
        unsaved=list(FormDraft.objects.filter(user=user)[:20]),
        ending=_certificates(scope, day) if "recognition" in slugs else None,
        rights_ending=_rights(scope, day) if "ip-right" in slugs else None,
        untraced=_lacking(scope, day, TraceabilityEnrolment, slugs, "traceability"),
        unsold=_lacking(scope, day, FloorListing, slugs, "listing"),
        to_verify=to_verify if verified else None,
        to_verify_total=total,
        to_confirm=_to_confirm(scope, day),
        incomplete=_incomplete(user, scope),
    )


def _incomplete(user: Any, scope: Scope) -> int:
    """Records that imports kept although they lack what counting needs, for the person to
    complete."""
    importer = Importer(scope, "", user)
    return incomplete.visible(importer, importable(importer)).count()


def _to_confirm(scope: Scope, day: date) -> list[QuarterToConfirm]:
    """The quarters that a local officer has yet to confirm, the latest first."""
    if Role.LOCAL not in scope.roles:
        return []
    units = list(Unit.objects.filter(pk__in=scope.unit_ids).select_related("parent"))
    waiting = [
        one
        for plan in Plan.objects.all()
        for one in services.quarter_statuses(plan, units, day)
        if one.waits
    ]
    return [
        QuarterToConfirm(
            unit=one.unit.name,
            label=services.label(one.quarter),
            url=page_url(one.unit.code, one.quarter),
            due_on=one.due_on,
            late=day > one.due_on,
        )
        for one in sorted(waiting, key=lambda one: one.quarter, reverse=True)
    ]


# --- Records on their way -----------------------------------------------------------------------


def _own_records(user: Any, scope: Scope, kinds: Iterable[RecordKind]) -> dict[str, list[Any]]:
    """Unverified records the person is to go on with.

    A district officer goes on with everything of the own district; a provincial officer with
    what they entered, changed or submitted themselves.
    """
    found: dict[str, list[Any]] = {status: [] for status in Status.values}
    mine = Q(created_by=user) | Q(edited_by=user) | Q(submitted_by=user)
    for kind in kinds:
        records = permissions.visible(kind, scope).exclude(status=Status.VERIFIED)
        _sort_out(found, _mine(records, scope, mine))
    changes = permissions.visible_amendments(scope).unsettled()
    _sort_out(found, _mine(changes, scope, mine))
    return found


def _mine(records: Any, scope: Scope, mine: Q) -> Any:
    if scope.everything:
        records = records.filter(mine)
    return _with_names(records).order_by("-updated_at")[:MAX_WORK_ITEMS]


def _with_names(records: Any) -> Any:
    """Related records that a line's title reads, in the same query."""
    related = {"product", "producer", "floor", "target", "unit", "submitted_by", "edited_by"}
    names = {field.name for field in records.model._meta.fields}
    return records.select_related(*sorted(related & names))


def _sort_out(found: dict[str, list[Any]], records: Iterable[Any]) -> None:
    for record in records:
        found[record.status].append(record)


def _lines(records: Iterable[Any], user: Any) -> list[WorkItem]:
    return [_line(record, user) for record in records]


def _line(record: Any, user: Any) -> WorkItem:
    kind = KINDS[record.kind] if isinstance(record, Amendment) else None
    own_kind = kind or kind_of(record)
    producer = getattr(record, "producer", None)
    people = (record.created_by_id, record.edited_by_id, record.submitted_by_id)
    return WorkItem(
        kind=str(own_kind.label),
        title=title_of(record),
        about=record.reason if isinstance(record, Amendment) else str(producer or ""),
        url=url_of(record),
        item=item_of(record),
        reason=record.status_reason,
        labelled_reasons=[
            (label_of(own_kind, name), words)
            for name, words in record.field_reasons.items()
            if name in own_kind.content
        ],
        verify_url=reverse("verification", args=item_of(record).split(":")[:2]),
        when=record.submitted_at,
        who=str(record.submitted_by or ""),
        own=user.pk in people,
    )


def _to_verify(user: Any, scope: Scope, kinds: Iterable[RecordKind]) -> tuple[list[WorkItem], int]:
    """What waits for verification in the person's fields, the oldest first; and how many."""
    waiting, total = [], 0
    querysets = [permissions.visible(kind, scope) for kind in kinds]
    if kinds:
        querysets.append(permissions.visible_amendments(scope))
    for records in querysets:
        submitted = records.filter(status=Status.SUBMITTED)
        total += submitted.count()
        waiting += list(_with_names(submitted).order_by("submitted_at", "pk")[:MAX_WORK_ITEMS])
    waiting.sort(key=lambda record: (record.submitted_at is not None, record.submitted_at))
    return _lines(waiting[:MAX_WORK_ITEMS], user), total


# --- What ends soon -----------------------------------------------------------------------------


def _certificates(scope: Scope, day: date) -> list[ExpiringRecord]:
    """Certificates that end within 180 days, each product's present one, the soonest first. What
    is prolonged is filed for already."""
    terms = renewal_terms()
    limit = day + timedelta(days=max(legal_terms.REMINDERS))
    valid = ValiditySpan.objects.on_basis(pending=False).at(day)
    current = valid.filter(certificate_ends__lte=limit).recognitions().visible_in(scope)

    def late(one: Any) -> bool:
        return not one.prolonged_until and terms.window(one.valid_until).closes < day

    return [
        ExpiringRecord(
            title=str(one.product),
            about=f"{one.product.producer} · {one.get_rank_display()}",
            url=url_of(one.product),
            ends_on=one.valid_until,
            notice_by=None if one.prolonged_until else terms.window(one.valid_until).closes,
            reminder=legal_terms.reminder(one.valid_until, day) or 0,
            late=late(one),
            window="" if one.prolonged_until else window_in_words(terms.window(one.valid_until)),
        )
        for one in current.select_related("product__producer").order_by("valid_until", "pk")[
            :MAX_WORK_ITEMS
        ]
    ]


def _rights(scope: Scope, day: date) -> list[ExpiringRecord]:
    """Granted rights whose protection ends within 180 days."""
    found = []
    rights = IPRight.objects.counted().visible_in(scope).active_at(day)
    for right in rights.filter(granted_on__lte=day):
        end = legal_terms.protected_until(right.kind, right.filed_on, right.renewed_until)
        due = legal_terms.reminder(end, day) if end else None
        if end is not None and due is not None:
            found.append(
                ExpiringRecord(str(right), right.owner, url_of(right), end, None, due, False)
            )
    return sorted(found, key=lambda one: one.ends_on)


def _lacking(
    scope: Scope, day: date, model: Any, slugs: set[str], slug: str
) -> MissingListings | None:
    """Valid products that no verified or waiting listing covers on the day, where it counts or
    somebody has yet to say so."""
    if slug not in slugs:
        return None
    valid = ValiditySpan.objects.on_basis(pending=False).at(day)
    active = model.objects.counted(pending=True).listed_at(day).in_channels_that_may_count()
    active = active.filter(product_id=OuterRef("pk"))
    products: QuerySet[Product] = (
        Product.objects.counted()
        .visible_in(scope)
        .filter(~Exists(active), pk__in=valid.values("product_id"))
        .select_related("producer")
        .order_by("name_sort", "pk")
    )
    return MissingListings(list(products[:30]), products.count())


def place_in_words(draft: FormDraft) -> str:
    """An unsaved form, by its kind and the moment it was typed."""
    kinds = [kind for kind in KINDS.values() if f"/records/{kind.slug}/" in draft.place]
    label = kinds[0].label if kinds else _("Form")
    if "/sheets/" in draft.place:
        label = _("Scoring sheet")
    return _("%(kind)s, typed at %(when)s") % {
        "kind": label,
        "when": date_format(timezone.localtime(draft.saved_at), "SHORT_DATETIME_FORMAT"),
    }
