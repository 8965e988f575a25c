"""The kinds of records that people enter, verify and change, by the name addresses call them."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.hooks import hook
from ocop.organisation.choices import WorkField
from products.models import (
    EnteredRecord,
    FloorListing,
    IPRight,
    Producer,
    Product,
    Rating,
    Recognition,
    ScienceTask,
    TraceabilityEnrolment,
)


@dataclass(frozen=True)
class RecordKind:
    """`content` names the fields people give; `depends_on` the records that must stand first.

    `field` is the field of work in which provincial officers enter and verify it, empty where
    those of every field do;
    `district_enters` says whether district officers enter it for their own district.
    """

    slug: str
    model: type[EnteredRecord]
    label: Any
    field: str
    content: tuple[str, ...]
    depends_on: tuple[str, ...] = ()
    district_enters: bool = True

    @property
    def district_path(self) -> str:
        """The field path from a record to its district's id."""
        return str(self.model._default_manager.all().district_path)  # type: ignore[attr-defined]

    def district_of(self, record: Any) -> int | None:
        """The id of the district that the record belongs to; None is the province itself."""
        found = record
        for name in self.district_path.removesuffix("_id").split("__"):
            found = getattr(found, name)
        return found.pk if found else None


KINDS = {
    kind.slug: kind
    for kind in (
        RecordKind(
            "producer",
            Producer,
            _("Producer"),
            WorkField.RECOGNITION,
            ("name", "kind", "place", "district"),
        ),
        RecordKind(
            "product",
            Product,
            _("Product"),
            WorkField.RECOGNITION,
            ("name", "producer", "product_set", "place", "district"),
            ("producer",),
        ),
        RecordKind(
            "rating",
            Rating,
            _("Rating"),
            WorkField.RECOGNITION,
            ("level", "session_on", "scheme", "sheets", "total", "stars", "note"),
            ("product",),
        ),
        RecordKind(
            "recognition",
            Recognition,
            _("Recognition"),
            WorkField.RECOGNITION,
            (
                *("rating", "decision_number", "decided_on", "authority", "rank", "score"),
                *("difference_reason", "revoked_on", "revocation_reason", "note"),
            ),
            ("product", "rating"),
        ),
        RecordKind(
            "traceability",
            TraceabilityEnrolment,
            _("Traceability"),
            WorkField.TRACEABILITY,
            ("system", "code", "started_on", "ended_on"),
            ("product",),
        ),
        RecordKind(
            "listing",
            FloorListing,
            _("Floor listing"),
            WorkField.ECOMMERCE,
            ("floor", "url", "started_on", "ended_on"),
            ("product",),
        ),
        RecordKind(
            "task",
            ScienceTask,
            _("Science task"),
            WorkField.IP_SCIENCE,
            (
                *("name", "lead", "district", "approved_on", "started_on", "ended_on"),
                *("cancelled_on", "budget"),
            ),
            district_enters=False,
        ),
        RecordKind(
            "ip-right",
            IPRight,
            _("IP right"),
            WorkField.IP_SCIENCE,
            (
                *("kind", "name", "owner", "owner_producer", "district", "filing_number"),
                *("filed_on", "accepted_on", "published_on", "certificate_number", "granted_on"),
                *("renewed_until", "ended_on", "withdrawn_on", "refused_on", "cancelled_on"),
                *("supported", "supported_on", "science_task", "products"),
            ),
            ("science_task",),
            district_enters=False,
        ),
    )
}
"""In the order in which records rest on one another."""


@cache
def verified_kinds() -> dict[str, RecordKind]:
    """Those, and the kinds of other apps that have pages of their own to be entered on and wait in
    the same queue to be verified."""
    return KINDS | {kind.slug: kind for kind in hook("further_kinds")}


def kind_of(record: EnteredRecord) -> RecordKind:
    return _by_model()[type(record)]


@cache
def _by_model() -> dict[type[EnteredRecord], RecordKind]:
    return {kind.model: kind for kind in verified_kinds().values()}
