"""Certificates and enrolments that are known on a day, as plain rows, read in one statement."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, IntegerField, Value
from django.db.models.functions import Cast

from products.models import FloorListing, Recognition, TraceabilityEnrolment
from targets.choices import Measure
from targets.progress import CertificateRow, EnrolmentRow

SHARE_SOURCES = {Measure.TRACEABILITY_SHARE: "traced", Measure.ECOMMERCE_SHARE: "sold"}
"""From which enrolments the share of a measure is counted (names of `HistoryRows.enrolments`)."""
CERTIFICATES = "certificates"


class HistoryRows(NamedTuple):
    certificates: list[CertificateRow]
    enrolments: dict[str, list[EnrolmentRow]]


def read_history_rows(
    day: date,
    district: int | None,
    pending: bool = False,
    sources: Iterable[str] = tuple(SHARE_SOURCES.values()),
) -> HistoryRows:
    """What was decided and begun by `day`, for one district or (None) the whole province, in no
    order; of the enrolments those of `sources`. One query."""
    found = HistoryRows([], {name: [] for name in sources})
    listings = {
        "traced": TraceabilityEnrolment.objects.all(),
        "sold": FloorListing.objects.filter(floor__counted=True),
    }
    arms = [
        _arm(name, listings[name].filter(started_on__lte=day), "started_on", "ended_on")
        for name in found.enrolments
    ]
    recognitions = Recognition.objects.filter(decided_on__lte=day)
    certificates = _arm(
        *(CERTIFICATES, recognitions, "decided_on", "valid_until", "revoked_on", "rank")
    )
    first, *others = (
        arm.counted(pending) if district is None else _of(arm.counted(pending), district)
        for arm in [certificates, *arms]
    )
    for name, product, begins, until, revoked_on, rank in first.union(*others, all=True):
        if name == CERTIFICATES:
            found.certificates.append(CertificateRow(product, begins, until, revoked_on, rank))
        else:
            found.enrolments[name].append(EnrolmentRow(product, begins, until))
    return found


def _of(records: Any, district: int) -> Any:
    return records.filter(**{records.district_path: district})


def _arm(
    name: str, records: Any, begins: str, until: str, revoked_on: Any = None, rank: Any = None
) -> Any:
    """One arm of the union: a literal NULL has no type, so what may be one is given its own."""
    return records.order_by().values_list(
        Cast(Value(name), CharField(max_length=12)),
        "product_id",
        begins,
        Cast(until, DateField()),
        Cast(revoked_on or Value(None), DateField()),
        Cast(rank or Value(0), IntegerField()),
    )
