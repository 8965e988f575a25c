"""Products newly recognised: their first recognition ever at 3 stars or higher."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.organisation.models import Unit
from products.choices import Status
from products.entry.registrations import before_rating
from products.models import FirstRecognition, ProductRegistration, Rating, Recognition
from targets.indicators.base import (
    DailyChanges,
    Indicator,
    PipelineStage,
    RecordsList,
)
from targets.indicators.facts import Measurement, Window, nonzero, total
from targets.indicators.products import ProductFacts, collect_products
from targets.indicators.scope import Scope
from targets.indicators.validity import History
from targets.progress import Event, counted_at, events


class NewProducts(Indicator):
    measure = "new_products"
    label = gettext_lazy("newly recognised products")
    record_kind = "product"
    kinds = ("recognition",)
    chart = "new-products"
    district_column = "new"
    formula = gettext_lazy("Products first recognised at 3 stars or higher")
    interpretation = gettext_lazy(
        "Reading: recognition again, upgrade and downgrade do not count as new."
    )
    collect = staticmethod(collect_products)

    def read(
        self, found: ProductFacts, target: Any, window: Window, unit: Unit | None
    ) -> Measurement:
        new, first, decided, waiting = (
            total(found.decided, f"{name}_{window.label}", unit)
            for name in ("new", "first", "decided", "waiting")
        )
        return Measurement(
            value=new,
            left_out=nonzero(again=decided - first, revoked=first - new, waiting=waiting),
        )

    def _first(self, window: Window, scope: Scope) -> Any:
        """First recognitions decided in the window, as they are known on the scope's day."""
        day = counted_at(window.last, scope.day)
        found = FirstRecognition.objects.on_basis(scope.pending).filter(
            Q(counts_until__isnull=True) | Q(counts_until__gt=F("counts_from")),
            decided_on__gte=window.first,
            decided_on__lte=day,
            counts_from__lte=day,
        )
        return found.of_unit(scope.unit).order_by()

    def daily_changes(self, target: Any, window: Window, history: History) -> DailyChanges:
        changes: DailyChanges = Counter()
        last = counted_at(window.last, history.scope.day)
        spans = self._first(window, history.scope).values_list("counts_from", "counts_until")
        for start, until, number in spans.annotate(n=Count("pk")):
            changes[start, "numerator"] += number
            if until is not None and until <= last:
                changes[until, "numerator"] -= number
        return changes

    def events(self, target: Any, window: Window, scope: Scope, since: date) -> list[Event]:
        """First recognitions count; further ones in the window are reported beside them."""
        day = counted_at(window.last, scope.day)
        moved = Q(counts_from__gt=since) | Q(counts_until__gt=since)
        columns = ("product_id", "counts_from", "counts_until")
        rows = self._first(window, scope).filter(moved).values_list(*columns)
        known = [
            events.CountedRow(product, start, until if until and until <= day else None)
            for product, start, until in rows
        ]
        again = self._decided_again(window, scope, since).values_list("decided_on", "product_id")
        renewed = [Event(on, events.RENEWED, product, 0) for on, product in again.order_by("pk")]
        return events.within_days([*events.count_events(known, since, day), *renewed], since, day)

    def _decided_again(self, window: Window, scope: Scope, since: date) -> Any:
        """Counted recognitions decided after `since` that did not make their product new."""
        day = counted_at(window.last, scope.day)
        decided = Recognition.objects.counted(scope.pending).filter(
            decided_on__gte=window.first, decided_on__gt=since, decided_on__lte=day
        )
        first = FirstRecognition.objects.on_basis(scope.pending).filter(
            recognition_id=OuterRef("pk"), product_id=OuterRef("product_id")
        )
        return decided.filter(~Exists(first)).of_unit(scope.unit)

    def deciding_fields(self, target: Any) -> dict[str, tuple[str, ...]]:
        return {"recognition": ("product_id", "decided_on", "revoked_on")}

    def decides(self, target: Any, window: Window, values: dict[str, Any]) -> bool:
        return window.first <= values["decided_on"] <= window.last

    def counted(self, target: Any, window: Window) -> RecordsList:
        return RecordsList(self.list_name, {"new_in": window.label})

    def first_step(self, target: Any) -> str:
        return "session"

    def announced(self, window: Window, scope: Scope) -> int:
        """Products registered for the window's year."""
        year = ProductRegistration.objects.filter(year=window.first.year)
        number: int = before_rating(year, scope.day).of_unit(scope.unit).count()
        return number

    def stages(
        self, target: Any, window: Window, scope: Scope, reading: Measurement
    ) -> list[PipelineStage]:
        """Products registered for the window, and those that a council rated in it that have no
        recognition, by their ratings."""
        if scope.day > window.last:
            return []
        recognised = Recognition.objects.counted(pending=True).filter(
            product_id=OuterRef("product_id"), decided_on__lte=scope.day
        )
        ratings = Rating.objects.counted(pending=True).filter(
            ~Exists(recognised), session_on__gte=window.first, session_on__lte=scope.day
        )
        rated = Q(status=Status.VERIFIED, stars__gte=3)
        numbers: dict[str, Any] = ratings.of_unit(scope.unit).aggregate(
            under_way=Count("product", distinct=True, filter=Q(status=Status.SUBMITTED)),
            rated=Count("product", distinct=True, filter=rated),
        )
        registered = RecordsList("registration-list", {"year": window.label, "state": "open"})
        return [
            PipelineStage(
                "registered",
                _("Registered, not rated yet"),
                self.announced(window, scope),
                registered,
            ),
            PipelineStage(
                "under_way", _("Rated, the rating awaits verification"), numbers["under_way"]
            ),
            PipelineStage(
                "rated", _("Rated at 3 stars or higher, no decision yet"), numbers["rated"]
            ),
            *super().stages(target, window, scope, reading),
        ]

    def definition(self, target: Any) -> str:
        return _(
            "Products whose first recognition ever, at 3 stars or higher, was decided in the "
            "year. One revoked within its year never made the product recognised."
        )

    def change_label(self, cause: str, target: Any) -> str:
        return {
            "new": _("Newly recognised"),
            "renewed": _("Recognised again"),
            "revoked": _("Recognition revoked"),
        }[cause]
