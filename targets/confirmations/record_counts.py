"""Records of districts counted for confirmations: by status in a quarter, returned, with files."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from ocop.organisation.models import Unit
from ocop.organisation.scope import commune_path
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
        rows: Any = kind.model._default_manager.of_unit(unit).order_by()  # type: ignore[attr-defined]
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
    """{district's or commune's id: how many of its records were ever returned by the end of `day`}.

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
    totals: Counter[int] = Counter()
    for *area, number in _all_of(queries):
        totals.update(dict.fromkeys(set(area) - {None}, number))
    return dict(totals)


def _returned_of(rows: Any, path: str) -> Any:
    grouped = rows.order_by().values(**_area(path))
    return grouped.annotate(n=Count("id", distinct=True)).values_list(*_area(path), "n")


def _area(path: str) -> dict[str, Any]:
    """A record's district and commune as columns of a union, by the path to its district."""
    return {
        "a_district": Cast(F(path), IntegerField()),
        "a_commune": Cast(F(commune_path(path)), IntegerField()),
    }


def with_evidence(day: date) -> dict[int, tuple[int, int]]:
    """{unit's id: (records with a file, records)} that stood verified or waiting, by `day`.

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
            .values(**_area(kind.district_path))
            .annotate(n_files=Count("pk", filter=Q(has_file=True)), n=Count("pk"))
            .values_list(*_area(kind.district_path), "n_files", "n")
        )
    totals: dict[int, tuple[int, int]] = {}
    for *area, files, number in _all_of(queries):
        for unit in set(area) - {None}:
            have, of = totals.get(unit, (0, 0))
            totals[unit] = (have + files, of + number)
    return totals
