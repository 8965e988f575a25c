"""What is on its way to a target, stage by stage."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext as _

from products.choices import IPStage, Status
from products.models import (
    FloorListing,
    IPRight,
    Rating,
    Recognition,
    TraceabilityEnrolment,
)
from products.models.intellectual_property import STAGE_BY_FIELD
from targets.choices import Measure
from targets.figures import Overview, SelectedTarget, district_of, links, within

ON_THE_WAY = (IPStage.FILED, IPStage.ACCEPTED, IPStage.PUBLISHED, IPStage.ENDED)


@dataclass(frozen=True)
class PipelineStage:
    """So many records have come so far and do not count yet; `url` lists them, or is empty."""

    code: str
    label: str
    number: int
    url: str = ""


def stages(chosen: SelectedTarget, overview: Overview) -> list[PipelineStage]:
    """Records on their way by stage, in their order; one query, none for tasks.

    Of rights they add up to the pipeline that the overview shows.
    """
    measure = Measure(chosen.target.measure)
    if measure == Measure.IP_RIGHTS:
        found = _of_rights(chosen, overview)
    elif measure == Measure.NEW_PRODUCTS:
        found = _of_ratings(chosen, overview)
    elif measure == Measure.SCIENCE_TASKS:
        found = []
    else:
        found = _of_listings(measure, overview)
    waiting = chosen.row.reading.left_out.get("waiting", 0)
    if waiting and measure in (Measure.NEW_PRODUCTS, Measure.IP_RIGHTS, Measure.SCIENCE_TASKS):
        url = links.left_out_url(
            chosen.target, chosen.window, overview.unit, overview.facts, "waiting"
        )
        found.append(PipelineStage("waiting", _("Recorded, awaiting verification"), waiting, url))
    return found


def _of_rights(chosen: SelectedTarget, overview: Overview) -> list[PipelineStage]:
    """Filed and standing, not granted by the day: by the latest step taken."""
    target, day = chosen.target, overview.as_of
    rights = IPRight.objects.counted(overview.pending).active_at(day)
    rights = rights.filter(
        Q(granted_on__isnull=True) | Q(granted_on__gt=day),
        kind__in=target.ip_kinds,
        filed_on__lte=day,
    )
    if target.supported_only:
        rights = rights.filter(supported=True)
    reached = [
        When(**{f"{field}__lte": day}, then=Value(stage.value))
        for field, stage in STAGE_BY_FIELD
        if stage in ON_THE_WAY
    ]
    found = (
        within(rights, district_of(overview.unit))
        .order_by()
        .annotate(reached=Case(*reached, output_field=CharField()))
        .values_list("reached")
        .annotate(n=Count("pk"))
    )
    numbers = dict(found)
    return [
        PipelineStage(
            stage.value,
            str(stage.label),
            numbers.get(stage.value, 0),
            links.stage_list_url(target, overview.unit, overview.facts, stage),
        )
        for stage in ON_THE_WAY
        if stage != IPStage.ENDED or stage.value in numbers
    ]


def _of_ratings(chosen: SelectedTarget, overview: Overview) -> list[PipelineStage]:
    """Products a council rated in the window that have no recognition, by their ratings."""
    day = min(overview.as_of, chosen.window.last)
    recognised = Recognition.objects.counted(pending=True).filter(
        product_id=OuterRef("product_id"), decided_on__lte=overview.as_of
    )
    ratings = Rating.objects.counted(pending=True).filter(
        ~Exists(recognised), session_on__gte=chosen.window.first, session_on__lte=day
    )
    rated = Q(status=Status.VERIFIED, stars__gte=3)
    numbers: dict[str, Any] = within(ratings, district_of(overview.unit)).aggregate(
        under_way=Count("product", distinct=True, filter=Q(status=Status.SUBMITTED)),
        rated=Count("product", distinct=True, filter=rated),
    )
    return [
        PipelineStage(
            "under_way", _("Rated, the rating awaits verification"), numbers["under_way"]
        ),
        PipelineStage("rated", _("Rated at 3 stars or higher, no decision yet"), numbers["rated"]),
    ]


def _of_listings(measure: Measure, overview: Overview) -> list[PipelineStage]:
    """Valid products in no system (on no floor), whose enrolment awaits verification."""
    traced = measure == Measure.TRACEABILITY_SHARE
    listings: Any = (
        TraceabilityEnrolment.objects.all()
        if traced
        else FloorListing.objects.filter(floor__counted=True)
    )
    of_product = {"product_id": OuterRef("product_id")}
    day = overview.as_of
    active = listings.listed_at(day)
    waiting = active.filter(
        Exists(Recognition.objects.counted().valid_at(day).filter(**of_product)),
        ~Exists(active.counted().filter(**of_product)),
        status=Status.SUBMITTED,
    )
    found = within(waiting, district_of(overview.unit))
    number = found.aggregate(n=Count("product", distinct=True))["n"]
    label = (
        _("Valid products whose traceability awaits verification")
        if traced
        else _("Valid products whose floor listing awaits verification")
    )
    return [] if overview.pending else [PipelineStage("waiting", label, number)]
