"""Everything that the rules count among records, in one query however many rules there are."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    IntegerField,
    Min,
    Q,
    Sum,
    Value,
)
from django.db.models import (
    Count as Number,
)
from django.db.models.functions import Cast, Coalesce, TruncDate, TruncMonth
from django.utils import timezone

from ocop.lib.dates import add_months
from products.catalogue import contradictions
from products.choices import Status
from products.kinds import KINDS
from products.models import Amendment, Product, ValiditySpan
from targets.figures import Overview, sub_unit_path
from targets.models import Assignment

CLIFFS, CONTRADICTED, WAITING, OVERDUE = "cliff", "contradiction", "slow", "overdue"
ENDING, PAST_NOTICE = "ending", "past_notice"


class EndingLimits(NamedTuple):
    """`shared`: from how many ends a day is counted; `months`: how far ahead ends are counted;
    `closed`: the ends, as (first, last) stretches, of certificates whose window to file again is
    over.
    """

    shared: int
    months: int
    closed: tuple[tuple[date, date], ...]


class RuleCount(NamedTuple):
    """`number` records of one `rule` and `part`, in a sub-unit of the plan (None: none).

    `day` is the day they share or the earliest of theirs; `mark` changes when other records take
    the place of these.
    """

    rule: str
    part: str
    unit_id: int | None
    day: date | None
    number: int
    mark: int


def mark(found: Iterable[RuleCount]) -> str:
    """How many, and a sum that changes when other records take their place."""
    rows = list(found)
    return f"{sum(one.number for one in rows)};{sum(one.mark for one in rows)}"


def count_records(overview: Overview, ending: EndingLimits, waiting_days: int) -> list[RuleCount]:
    """All counts as of the overview's day for its unit, in one query."""
    first, *others = _all_counts(overview, ending, waiting_days)
    rows = [RuleCount(*row) for row in first.union(*others, all=True)]
    return sorted(rows, key=lambda row: (row.rule, row.part, row.day or date.min, row.mark))


def _grouped_counts(
    rows: Any, rule: str, part: str, unit: str | None, day: Any, of: str = "pk"
) -> Any:
    """One arm of the union: grouped by what is in `rows`' values, every column typed."""
    return rows.annotate(number=Number("pk"), mark=Sum(of)).values_list(
        Cast(Value(rule), CharField(max_length=20)),
        Cast(Value(part), CharField(max_length=30)),
        Cast(unit or Value(None), IntegerField()),
        Cast(day, DateField()),
        "number",
        Cast("mark", BigIntegerField()),
    )


def _all_counts(overview: Overview, ending: EndingLimits, waiting_days: int) -> Iterator[Any]:
    day, pending, unit = overview.as_of, overview.pending, overview.unit

    def path_of(path: str) -> str:
        return sub_unit_path(overview.plan, unit, path)

    valid = ValiditySpan.objects.on_basis(pending).at(day).of_unit(unit).order_by()
    yield from _ends(valid, day, ending, path_of("district_id"))
    for code in (contradictions.RANK, contradictions.REVOKED, contradictions.EXPIRED):
        found = Product.objects.counted(pending).filter(
            contradictions.condition(code, day, pending)
        )
        here = path_of("district_id")
        grouped = found.of_unit(unit).order_by().values(here)
        yield _grouped_counts(grouped, CONTRADICTED, code, here, Value(None))
    for slug, model, path in _entered():
        waiting = model.objects.filter(status=Status.SUBMITTED).of_unit(unit).order_by()
        since = Coalesce("submitted_at", "created_at")
        late = waiting.annotate(since=since).filter(since__lt=_midnight(day, waiting_days))
        here = path_of(path)
        yield _grouped_counts(late.values(here), WAITING, slug, here, TruncDate(Min("since")))
    overdue = Assignment.objects.overdue_at(day).of_agencies_in(unit).order_by()
    overdue = overdue.values("agency__unit_id")
    yield _grouped_counts(overdue, OVERDUE, "", "agency__unit_id", Min("deadline_then"))


def _ends(valid: Any, day: date, limits: EndingLimits, path: str) -> Iterator[Any]:
    """Ends of the certificates that count: by day where many share it, those of the coming months
    by month and sub-unit, those past their window to file again by sub-unit."""
    by_day = _grouped_counts(
        valid.values("certificate_ends"), CLIFFS, "", None, "certificate_ends", "product_id"
    )
    yield by_day.filter(number__gte=limits.shared)
    coming = valid.filter(certificate_ends__lte=add_months(day, limits.months))
    by_month = coming.annotate(month=TruncMonth("certificate_ends")).values("month", path)
    first = Min("certificate_ends")
    yield _grouped_counts(by_month, ENDING, "", path, first, "product_id")
    over = reduce(or_, [Q(certificate_ends__range=one) for one in limits.closed], Q(pk__in=[]))
    late = valid.filter(over, recognition__prolonged_until=None)
    yield _grouped_counts(late.values(path), PAST_NOTICE, "", path, first, "product_id")


def _entered() -> list[tuple[str, Any, str]]:
    """(slug, model, path to the district) of everything that awaits verification."""
    kinds = [(kind.slug, kind.model, kind.district_path) for kind in KINDS.values()]
    return [*kinds, ("amendment", Amendment, "district_id")]


def _midnight(day: date, days_before: int) -> datetime:
    """The beginning of the day so many days before `day`: what came earlier waits longer."""
    return timezone.make_aware(datetime.combine(day - timedelta(days=days_before), time()))
