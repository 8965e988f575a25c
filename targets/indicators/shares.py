"""Shares of the valid products: in a traceability system, on an e-commerce floor."""

from datetime import date
from typing import Any, ClassVar

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.organisation.models import Unit
from products.choices import Status
from products.models import (
    FloorListing,
    TraceabilityEnrolment,
    ValiditySpan,
)
from targets.indicators import validity
from targets.indicators.base import (
    DailyChanges,
    Indicator,
    PipelineStage,
    RecordsList,
)
from targets.indicators.facts import ByUnit, Measurement, Window, nonzero, total
from targets.indicators.products import ProductFacts, collect_products
from targets.indicators.scope import Scope
from targets.indicators.validity import History
from targets.progress import SOLD, TRACED, Event, counted_at, events, stock

RECOGNITION_FIELDS = ("product_id", "decided_on", "revoked_on", "prolonged_until", "rank")
LISTING_FIELDS = ("product_id", "started_on", "ended_on")


class ShareOfProducts(Indicator):
    """The share of valid products that are listed somewhere: once, however often."""

    listing_fields: ClassVar[tuple[str, ...]] = LISTING_FIELDS
    record_kind = "product"
    chart = "shares"
    collect = staticmethod(collect_products)

    def read(
        self, found: ProductFacts, target: Any, window: Window, unit: Unit | None
    ) -> Measurement:
        valid, unknown = found.valid[window], (None, None)

        def number(rows: ByUnit, column: str) -> int:
            return total(rows, column, unit)

        def part(rows: ByUnit, prefix: str = "") -> tuple[int, int]:
            return number(rows, f"{prefix}{self.listing}"), number(rows, f"{prefix}total")

        counted, end = part(valid), part(valid, "end_")
        first = part(valid, "first_") if window.first <= found.day else unknown
        now = part(found.now) if window.last < found.day else unknown
        lapsed, revoked = number(valid, "lapsed"), number(valid, "revoked")
        waiting = number(found.decided, f"of_share_{window.label}")
        return Measurement(
            numerator=counted[0],
            denominator=counted[1],
            end_numerator=end[0],
            end_denominator=end[1],
            first_numerator=first[0],
            first_denominator=first[1],
            now_numerator=now[0],
            now_denominator=now[1],
            left_out=nonzero(expired=lapsed - revoked, revoked=revoked, waiting=waiting),
        )

    def daily_changes(self, target: Any, window: Window, history: History) -> DailyChanges:
        return stock.share_changes(
            history.rank_changes,
            history.listed_changes[self.listing],
            history.valid_groups,
            self.listing,
        )

    def events(self, target: Any, window: Window, scope: Scope, since: date) -> list[Event]:
        day = counted_at(window.last, scope.day)
        spans = validity.changed_spans(scope._replace(day=day), self.listing, since)
        return events.share_events(spans, since, day)

    def deciding_fields(self, target: Any) -> dict[str, tuple[str, ...]]:
        return {"recognition": RECOGNITION_FIELDS, self.kinds[-1]: self.listing_fields}

    def counted(self, target: Any, window: Window) -> RecordsList:
        return RecordsList(self.list_name, {"standing": "valid", self.listing: "1"})

    def left_out(self, target: Any, window: Window, reason: str) -> RecordsList:
        query = {"left_out": reason} | ({"pending": "1"} if reason == "waiting" else {})
        return RecordsList(self.list_name, query)

    # --- On the way -------------------------------------------------------------------------------

    waiting_label: ClassVar[Any]
    unconfirmed_label: ClassVar[Any]
    listing_model: ClassVar[Any]

    def listings(self) -> Any:
        """The records that put a product into the numerator."""
        return self.listing_model.objects.in_counting_channels()

    def stages(
        self, target: Any, window: Window, scope: Scope, reading: Measurement
    ) -> list[PipelineStage]:
        """Valid products listed nowhere whose listing awaits verification, and those listed where
        nobody has said yet whether it counts."""
        if scope.pending or scope.day > window.last:
            return []
        of_product = {"product_id": OuterRef("product_id")}
        active = self.listings().listed_at(scope.day)
        valid = ValiditySpan.objects.on_basis(pending=False).at(scope.day)
        waiting = active.filter(
            Exists(valid.filter(**of_product)),
            ~Exists(active.counted().filter(**of_product)),
            status=Status.SUBMITTED,
        )
        proposed = self.listing_model.objects.in_proposed_channels().listed_at(scope.day)
        unconfirmed = proposed.counted().filter(
            Exists(valid.filter(**of_product)), ~Exists(active.counted().filter(**of_product))
        )
        stages = [("waiting", self.waiting_label, waiting)]
        stages += [("unconfirmed", self.unconfirmed_label, unconfirmed)]
        return [
            PipelineStage(key, str(label), _products(records.of_unit(scope.unit)))
            for key, label, records in stages
        ]

    # --- Words ------------------------------------------------------------------------------------

    change_labels: ClassVar[dict[str, Any]] = {
        "new": gettext_lazy("Newly recognised"),
        "renewed": gettext_lazy("Recognised again"),
        "upgraded": gettext_lazy("Upgraded"),
        "lapsed": gettext_lazy("Certificate ended, not renewed"),
        "revoked": gettext_lazy("Recognition revoked"),
    }

    def change_label(self, cause: str, target: Any) -> str:
        return str(self.change_labels[cause])

    def without_first_step(self) -> str:
        return _("counts from its first day")


def _products(listings: Any) -> int:
    return int(listings.aggregate(n=Count("product", distinct=True))["n"])


class TraceabilityShare(ShareOfProducts):
    measure = "traceability_share"
    label = gettext_lazy("share in a traceability system")
    listing = district_column = TRACED
    kinds = ("recognition", "traceability")
    listing_fields = (*LISTING_FIELDS, "system_id")
    interpretation = gettext_lazy("Reading: a product in several systems counts once.")
    waiting_label = gettext_lazy("Valid products whose traceability awaits verification")
    unconfirmed_label = gettext_lazy("Valid products in a system that awaits confirmation")
    listing_model = TraceabilityEnrolment
    change_labels = ShareOfProducts.change_labels | {
        "joined": gettext_lazy("Joined a traceability system"),
        "left": gettext_lazy("No longer in any system"),
    }

    def definition(self, target: Any) -> str:
        return _(
            "Of the products with a valid certificate of 3 stars or higher on the day, the share "
            "that is in at least one traceability system that counts."
        )


class EcommerceShare(ShareOfProducts):
    measure = "ecommerce_share"
    label = gettext_lazy("share on an e-commerce floor")
    listing = district_column = SOLD
    kinds = ("recognition", "listing")
    listing_fields = (*LISTING_FIELDS, "floor_id")
    interpretation = gettext_lazy("Reading: a product on several floors counts once.")
    waiting_label = gettext_lazy("Valid products whose floor listing awaits verification")
    unconfirmed_label = gettext_lazy("Valid products on a floor that awaits confirmation")
    listing_model = FloorListing
    change_labels = ShareOfProducts.change_labels | {
        "joined": gettext_lazy("Listed on a floor"),
        "left": gettext_lazy("No longer on any floor"),
    }

    def definition(self, target: Any) -> str:
        return _(
            "Of the products with a valid certificate of 3 stars or higher on the day, the share "
            "that is on at least one e-commerce floor that counts."
        )
