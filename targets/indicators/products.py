"""What the indicators of products read, counted together: stock, first recognitions, decisions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from products.models import FirstRecognition, Recognition
from products.models.entered import counted_statuses
from products.models.validity import first_known_at
from targets.choices import TargetType
from targets.indicators.facts import Arm, ByUnit, FactsReader, Line, Window, by_unit_in_arms
from targets.progress import counted_at, lookahead_day


@dataclass(frozen=True)
class ProductFacts:
    """By unit, as of `day`.

    `valid`: of each window of a share the products on the day it is judged on, those lapsed by
    then and those of its first day (FactsReader.products); `now` those of the day asked for.
    `decided` has columns with the windows' labels, all of products: newly recognised (`new`), with
    a first recognition at all, also one annulled by its revocation (`first`), with any decision
    (`decided`) and with one awaiting verification (`waiting`).
    """

    day: date
    valid: dict[Window, ByUnit]
    now: ByUnit
    decided: ByUnit

    def __bool__(self) -> bool:
        return any(map(bool, (self.now, self.decided, *self.valid.values())))


def collect_products(lines: list[Line], reader: FactsReader) -> ProductFacts:
    """Two queries, however many windows."""
    shares = dict.fromkeys(one for target, one in lines if target.kind == TargetType.SHARE)
    counts = dict.fromkeys(one for target, one in lines if target.kind == TargetType.COUNT)
    counted = Q(status__in=counted_statuses(reader.pending))
    first: dict[str, Any] = {}
    decided: dict[str, Any] = {}
    for window in counts:
        day, name = counted_at(window.last, reader.day), window.label
        inside = Q(decided_on__gte=window.first, decided_on__lte=day)
        known = first_known_at(day)
        first[f"new_{name}"] = Count("pk", filter=inside & known)
        first[f"first_{name}"] = _products(inside & (known | Q(counts_until__lte=day)))
        decided[f"decided_{name}"] = _products(inside & counted)
        decided[f"waiting_{name}"] = _products(inside & ~counted)
    for window in shares:
        by_then = Q(decided_on__lte=counted_at(window.last, reader.day))
        decided[f"of_share_{window.label}"] = _products(by_then & ~counted)
    within = Q(decided_on__gte=min((window.first for window in counts), default=date.max))
    firsts = FirstRecognition.objects.on_basis(reader.pending).filter(within)
    recognitions = Recognition.objects.counted(pending=True).filter(
        within | ~counted, decided_on__lte=reader.day
    )
    return ProductFacts(
        day=reader.day,
        valid={window: _valid(window, reader) for window in shares},
        now=reader.products(reader.day),
        decided=by_unit_in_arms(
            [
                Arm(firsts.filter(decided_on__lte=reader.day), "district_id", first),
                Arm(recognitions, "product__district_id", decided),
            ]
        ),
    )


def _valid(window: Window, reader: FactsReader) -> ByUnit:
    day = counted_at(window.last, reader.day)
    return reader.products(day, lookahead_day(window.last, day), window.first)


def _products(condition: Q) -> Count:
    return Count("product", distinct=True, filter=condition)
