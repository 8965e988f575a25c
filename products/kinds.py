"""The kinds of records that people enter, verify and change, by the name addresses call them."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from ocop.hooks import hook
from ocop.organisation.choices import UnitLevel, WorkField
from ocop.organisation.models import Unit
from ocop.organisation.scope import Area
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
from products.models.intellectual_property import END_FIELDS


def area_of(record: Any) -> Area:
    """Where a record with a district (and commune), or with a unit of either level, belongs."""
    if hasattr(record, "district_id"):
        return Area(record.district_id, record.commune_id)
    return area_of_unit(record.unit)


def area_of_unit(unit: Unit) -> Area:
    """The area of a district or commune itself."""
    return Area(
        unit.pk if unit.level == UnitLevel.DISTRICT else None,
        unit.pk if unit.level == UnitLevel.COMMUNE else None,
    )


@dataclass(frozen=True)
class RecordKind:
    """`content` names the fields people give; `depends_on` the records that must stand first.

    `field` is the field of work in which provincial officers enter and verify it, empty where
    those of every field do;
    `district_enters` says whether district officers enter it for their own district.

    Of a kind that targets count: `counting_dates` are the fields of the days on which its records
    may count, the usual one first, `end_dates` those of the days from which they count no more,
    `classification` the columns that decide for what they count; `prolonged` is
    the field of the day until which they may count past their term; `counts_by_year` says that it
    is the window of the day, whichever day of it. `title_path` leads to the record's name.
    """

    slug: str
    model: type[EnteredRecord]
    label: Any
    field: str
    content: tuple[str, ...]
    depends_on: tuple[str, ...] = ()
    district_enters: bool = True
    counting_dates: tuple[str, ...] = ()
    end_dates: tuple[str, ...] = ()
    classification: tuple[str, ...] = ()
    counts_by_year: bool = False
    prolonged: str = ""
    title_path: str = "name"

    @property
    def effective_date(self) -> str:
        """The field of the day on which its records count; IndexError where no target counts it."""
        return self.counting_dates[0]

    @property
    def of_product(self) -> bool:
        """Its records are about a product, and belong to the product's district."""
        return "product" in self.depends_on

    @property
    def district_path(self) -> str:
        """The field path from a record to its district's id."""
        return str(self.model._default_manager.all().district_path)  # type: ignore[attr-defined]

    def area_of(self, record: Any) -> Area:
        """Where the record belongs."""
        return area_of(record.product if self.of_product else record)


KINDS = {
    kind.slug: kind
    for kind in (
        RecordKind(
            "producer",
            Producer,
            _("Producer"),
            WorkField.RECOGNITION,
            ("name", "kind", "place", "district", "commune"),
        ),
        RecordKind(
            "product",
            Product,
            _("Product"),
            WorkField.RECOGNITION,
            ("name", "producer", "product_set", "place", "district", "commune"),
            ("producer",),
        ),
        RecordKind(
            "rating",
            Rating,
            _("Rating"),
            WorkField.RECOGNITION,
            (
                *("level", "session_on", "lodged_on", "rerating", "scheme", "sheets", "total"),
                *("stars", "note"),
            ),
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
                *("certificate_number", "prolongation_number", "prolonged_on", "prolonged_until"),
            ),
            ("product", "rating"),
            counting_dates=("decided_on",),
            end_dates=("revoked_on",),
            prolonged="prolonged_until",
            classification=("rank",),
            title_path="product__name",
        ),
        RecordKind(
            "traceability",
            TraceabilityEnrolment,
            _("Traceability"),
            WorkField.TRACEABILITY,
            ("system", "code", "started_on", "ended_on"),
            ("product",),
            counting_dates=("started_on",),
            end_dates=("ended_on",),
            classification=("system_id",),
            title_path="product__name",
        ),
        RecordKind(
            "listing",
            FloorListing,
            _("Floor listing"),
            WorkField.ECOMMERCE,
            ("floor", "url", "started_on", "ended_on"),
            ("product",),
            counting_dates=("started_on",),
            end_dates=("ended_on",),
            classification=("floor_id",),
            title_path="product__name",
        ),
        RecordKind(
            "task",
            ScienceTask,
            _("Science task"),
            WorkField.IP_SCIENCE,
            (
                *("name", "lead", "district", "commune", "approved_on", "started_on", "ended_on"),
                *("cancelled_on", "budget"),
            ),
            district_enters=False,
            counting_dates=("approved_on",),
            end_dates=("cancelled_on",),
            counts_by_year=True,
        ),
        RecordKind(
            "ip-right",
            IPRight,
            _("IP right"),
            WorkField.IP_SCIENCE,
            (
                *("kind", "name", "owner", "owner_producer", "district", "commune"),
                *("filing_number", "filed_on", "accepted_on", "published_on"),
                *("certificate_number", "granted_on", "renewed_until", "ended_on"),
                *("withdrawn_on", "refused_on", "cancelled_on"),
                *("supported", "supported_on", "science_task", "products"),
            ),
            ("science_task",),
            district_enters=False,
            counting_dates=("granted_on", "filed_on", "supported_on"),
            end_dates=END_FIELDS,
            classification=("kind", "supported"),
            counts_by_year=True,
        ),
    )
}
"""In the order in which records rest on one another."""
COUNTED_KINDS = {slug: kind for slug, kind in KINDS.items() if kind.counting_dates}
"""Those whose records targets count."""


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
