"""Certificates and enrolments that are known on a day, as plain rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from ocop.consistent_read import consistent_read
from products.models import FloorListing, Recognition, TraceabilityEnrolment
from targets.choices import Measure
from targets.forecast import CertificateRow, EnrolmentRow

SHARE_SOURCES = {Measure.TRACEABILITY_SHARE: "traced", Measure.ECOMMERCE_SHARE: "sold"}
"""From which enrolments the share of a measure is counted (names of `Known.enrolments`)."""


class Known(NamedTuple):
    certificates: list[CertificateRow]
    enrolments: dict[str, list[EnrolmentRow]]


def read(
    day: date,
    district: int | None,
    pending: bool = False,
    sources: Iterable[str] = tuple(SHARE_SOURCES.values()),
) -> Known:
    """What was decided and begun by `day`, for one district or (None) the whole province, in no
    order; of the enrolments those of `sources`."""
    listings = {
        "traced": TraceabilityEnrolment.objects.all(),
        "sold": FloorListing.objects.filter(floor__counted=True),
    }
    with consistent_read():
        recognitions = Recognition.objects.filter(decided_on__lte=day)
        certificates = _rows(
            recognitions.counted(pending),
            district,
            *("product_id", "decided_on", "valid_until", "revoked_on", "rank"),
        )
        enrolments = {
            name: _rows(
                listings[name].filter(started_on__lte=day).counted(pending),
                district,
                *("product_id", "started_on", "ended_on"),
            )
            for name in sources
        }
        return Known(
            [CertificateRow(*row) for row in certificates],
            {name: [EnrolmentRow(*row) for row in rows] for name, rows in enrolments.items()},
        )


def _rows(records: Any, district: int | None, *columns: str) -> Any:
    if district is not None:
        records = records.filter(**{records.district_path: district})
    return records.order_by().values_list(*columns)
