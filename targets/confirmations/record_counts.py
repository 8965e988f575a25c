"""Records of districts counted for confirmations: by status in a quarter, returned, with files."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from ocop.organisation.models import Unit
from products.choices import Action, Status
from products.kinds import COUNTED_KINDS, KINDS, RecordKind
from products.models import Amendment, Evidence

STATUSES = (Status.VERIFIED, Status.SUBMITTED, Status.RETURNED, Status.DRAFT)


def end_of_day(day: date) -> datetime:
    """The moment at which `day` is over here."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _kind(kind: RecordKind) -> Any:
    return Cast(Value(kind.slug), CharField(max_length=20))


def _all_of(queries: list[Any]) -> Any:
    first, *others = queries
    return first.union(*others, all=True)


def counts(unit: Unit, first: date, last: date) -> dict[str, dict[str, int]]:
    """{kind: {"entered", "verified", "submitted", "returned", "draft"}} of a district's quarter.

    `entered`: written in between the two days; the others are records whose counting day lies
    between them, by their status now. One query.
    """
    begin, end = end_of_day(first - timedelta(days=1)), end_of_day(last)
    queries = []
    for kind in COUNTED_KINDS.values():
        name = kind.effective_date
        inside = Q(**{f"{name}__gte": first, f"{name}__lte": last})
        rows: Any = kind.model._default_manager.filter(**{kind.district_path: unit.pk}).order_by()
        columns = {
            f"n_{status}": Count("pk", filter=inside & Q(status=status)) for status in STATUSES
        }
        entered = Count("pk", filter=Q(created_at__gte=begin, created_at__lt=end))
        queries.append(
            rows.values(a_kind=_kind(kind))
            .annotate(n_entered=entered, **columns)
            .values_list("a_kind", "n_entered", *columns)
        )
    found = {slug: numbers for slug, *numbers in _all_of(queries)}
    names = ("entered", *(status.value for status in STATUSES))
    nothing = [0] * len(names)
    return {slug: dict(zip(names, found.get(slug, nothing), strict=True)) for slug in COUNTED_KINDS}


def returned(day: date) -> dict[int, int]:
    """{district's id: how many of its records were ever returned by the end of `day`}.

    Proposed changes of verified records count like records. One query.
    """
    queries = []
    for kind in KINDS.values():
        rows: Any = kind.model.history.filter(  # type: ignore[attr-defined]
            action=Action.RETURN, history_date__lt=end_of_day(day)
        )
        queries.append(_returned_of(rows, kind.district_path))
    changes = Amendment.history.filter(  # type: ignore[attr-defined]
        action=Action.RETURN, history_date__lt=end_of_day(day)
    )
    queries.append(_returned_of(changes, "district_id"))
    totals: dict[int, int] = defaultdict(int)
    for district, number in _all_of(queries):
        if district is not None:
            totals[district] += number
    return dict(totals)


def _returned_of(rows: Any, path: str) -> Any:
    grouped = rows.order_by().values(a_district=Cast(F(path), IntegerField()))
    return grouped.annotate(n=Count("id", distinct=True)).values_list("a_district", "n")


def with_evidence(day: date) -> dict[int, tuple[int, int]]:
    """{district's id: (records with a file, records)} that stood verified or waiting, by `day`.

    Only kinds with a counting day. A file counts from the day it was added until it was removed.
    One query.
    """
    moment = end_of_day(day)
    queries = []
    for slug, kind in COUNTED_KINDS.items():
        files = Evidence.objects.filter(
            Q(removed_at__isnull=True) | Q(removed_at__gte=moment),
            kind=slug,
            record_id=OuterRef("pk"),
            added_at__lt=moment,
        )
        rows: Any = kind.model._default_manager.filter(
            created_at__lt=moment, status__in=(Status.VERIFIED, Status.SUBMITTED)
        )
        queries.append(
            rows.order_by()
            .annotate(has_file=Exists(files))
            .values(a_district=Cast(F(kind.district_path), IntegerField()))
            .annotate(n_files=Count("pk", filter=Q(has_file=True)), n=Count("pk"))
            .values_list("a_district", "n_files", "n")
        )
    totals: dict[int, tuple[int, int]] = {}
    for district, files, number in _all_of(queries):
        if district is not None:
            have, of = totals.get(district, (0, 0))
            totals[district] = (have + files, of + number)
    return totals
