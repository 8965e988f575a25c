"""What is proposed and not verified yet: first quotas on their way, as the book shows them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from products.choices import Status
from targets.figures import part_of
from targets.models import Allocation, Target
from targets.quotas.board import AllocationSum, sum_in_words


@dataclass(frozen=True)
class WaitingQuota:
    """A first quota that does not count yet; `effect` is what verifying it does."""

    record: Allocation
    by: Any
    at: datetime
    effect: str

    @property
    def is_returned(self) -> bool:
        return bool(self.record.status == Status.RETURNED)


@dataclass(frozen=True)
class WaitingQuotas:
    """Those of one target and year; `sentence` says what districts have once all are verified,
    empty where only one unit is looked at."""

    lines: list[WaitingQuota]
    sentence: str


def waiting_quotas(
    target: Target, year: int, query: Any, scope: Any, balance: AllocationSum, returned: bool
) -> WaitingQuotas:
    """What awaits verification within the person's scope and the page's unit; with `returned` what
    was sent back too. `balance` is what districts were given as the page counts it. One query."""
    statuses = [Status.SUBMITTED, *([Status.RETURNED] if returned else [])]
    found = Allocation.objects.visible_in(scope).filter(
        target=target, year=year, status__in=statuses
    )
    part = part_of(query.unit)
    if part is not None:
        found = found.filter(unit_id=part)
    records = list(
        found.select_related("unit", "target", "submitted_by", "created_by", "edited_by").order_by(
            "unit__code", "pk"
        )
    )
    lines = [
        WaitingQuota(
            record=one,
            by=one.submitted_by or one.edited_by or one.created_by,
            at=one.submitted_at or one.updated_at,
            effect=_("%(unit)s: none → %(value)d") % {"unit": one.unit.name, "value": one.value},
        )
        for one in records
    ]
    submitted = [one for one in records if one.status == Status.SUBMITTED]
    sentence = ""
    if submitted and part is None:
        # With the preview on, the page's own sum counts them already.
        added = 0 if query.pending else sum(one.value for one in submitted)
        more = 0 if query.pending else len({one.unit_id for one in submitted})
        sentence = sum_in_words(balance.limit, balance.given + added, balance.districts + more)
    return WaitingQuotas(lines, sentence)
