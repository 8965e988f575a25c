"""What the page of systems and floors shows: those proposed, those in use, one of them whole."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products import channels
from products.choices import Action, ChannelStatus
from products.models import Channel, EcommerceFloor, TraceabilitySystem
from targets.verification.effects import Effect, effects_while

MODELS: dict[str, type[Channel]] = {"system": TraceabilitySystem, "floor": EcommerceFloor}
"""By what addresses call them."""
LABELS = {
    "system": gettext_lazy("Traceability systems"),
    "floor": gettext_lazy("E-commerce floors"),
}
NAMED = 3
SHOWN_RECORDS = 50
MAX_READ = 500


@dataclass
class ChannelRow:
    """One line of the page; `products` the first that are in it, by name."""

    channel: Any
    url: str
    kind_label: Any
    records: int
    products: list[str] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.records - len(self.products)

    @property
    def proposed_by(self) -> str:
        return proposed_by(self.channel)

    @property
    def validity(self) -> str:
        return validity_of(self.channel)


def rows_of(kind: str) -> list[ChannelRow]:
    """All systems or floors with the number of records in each, in the order of their names;
    drafts are on nobody's list."""
    model = MODELS[kind]
    listings = channels.listing_model(model)
    counted = dict(
        listings.objects.counted(pending=True)
        .order_by()
        .values_list(listings.channel_field)
        .annotate(Count("pk"))
    )
    label = model._meta.verbose_name
    return [
        ChannelRow(one, url_of(kind, one.pk), label, counted.get(one.pk, 0))
        for one in model.objects.select_related("created_by", "merged_into").order_by(
            "name_sort", "pk"
        )
    ]


def name_products(kind: str, rows: list[ChannelRow]) -> None:
    """Put the first products into the rows; one query for all of them."""
    listings = channels.listing_model(MODELS[kind])
    name = listings.channel_field
    by_channel: dict[int, list[str]] = defaultdict(list)
    found = listings.objects.counted(pending=True).filter(
        **{f"{name}__in": [row.channel.pk for row in rows]}
    )
    names = found.order_by("product__name_sort", "pk").values_list(f"{name}_id", "product__name")
    for channel, product in names[:MAX_READ]:
        if len(by_channel[channel]) < NAMED and product not in by_channel[channel]:
            by_channel[channel].append(product)
    for row in rows:
        row.products = by_channel[row.channel.pk]


def proposed_by(channel: Any) -> str:
    """Who proposed it, in words."""
    if channel.created_by is not None:
        return str(channel.created_by)
    return _("the reference data") if channel.loaded_digest else _("the system")


def validity_of(channel: Any) -> str:
    """From when until when it operates, as far as that is known."""
    words = {
        "first": channel.valid_from and f"{channel.valid_from:%d/%m/%Y}",
        "last": channel.valid_to and f"{channel.valid_to:%d/%m/%Y}",
    }
    if channel.valid_from and channel.valid_to:
        return _("from %(first)s to %(last)s") % words
    if channel.valid_from:
        return _("from %(first)s") % words
    return _("until %(last)s") % words if channel.valid_to else ""


def facts_of(channel: Any) -> list[tuple[Any, str]]:
    """(label, words) of what is known of it, without what is not."""
    found = [
        (_("Does it count?"), _("Yes") if channel.counts else str(channel.why_not_counted)),
        (_("Also written"), "; ".join(channel.spellings)),
        (_("Operator"), getattr(channel, "operator", "")),
        (_("Website"), channel.website),
        (_("In operation"), validity_of(channel)),
        (_("Note"), channel.note),
        (_("Proposed by"), proposed_by(channel) if not channel.is_confirmed else ""),
    ]
    return [(label, words) for label, words in found if words]


def effect_title(channel: Any) -> str:
    """What the effect shown is one of."""
    if channel.status == ChannelStatus.PROPOSED:
        return _("Effect on the targets if it counts")
    if channel.counted:
        return _("Effect on the targets if it counts no more")
    return _("Effect on the targets if it counts")


def url_of(kind: str, pk: int) -> str:
    return reverse("channel", args=[kind, pk])


def get_channel_or_404(kind: str, pk: int) -> Any:
    if kind not in MODELS:
        raise Http404
    found = MODELS[kind].objects.select_related("created_by", "merged_into").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def records_of(channel: Channel) -> list[Any]:
    """The first records in it, with their products."""
    found = (
        channels.records_in(channel)
        .counted(pending=True)
        .select_related("product__producer", "product__district")
    )
    return list(found.order_by("product__name_sort", "started_on", "pk")[:SHOWN_RECORDS])


def number_of_records(channel: Channel) -> int:
    return int(channels.records_in(channel).counted(pending=True).count())


def effects_of_counting(channel: Any, user: Any, day: date) -> list[Effect]:
    """What the targets do where a proposed channel counts, or where one in use changes over."""

    def act() -> None:
        why = "effect"
        if channel.status == ChannelStatus.PROPOSED:
            channels.confirm(channel, True, user, why, channel.version)
        else:
            channels.change_counted(channel, not channel.counted, user, why, channel.version)

    with transaction.atomic():
        effects = effects_while(act, day)
        transaction.set_rollback(True)
    return effects


@dataclass(frozen=True)
class ChannelEntry:
    """One line of a channel's history, in words."""

    when: Any
    who: str
    what: str
    reason: str


def history_of(channel: Any) -> list[ChannelEntry]:
    """Who did what with it, the latest first."""
    rows = list(channel.history.select_related("history_user").order_by("history_id"))
    entries = []
    for before, after in zip([None, *rows[:-1]], rows, strict=True):
        who = str(after.history_user) if after.history_user else _("the system")
        what = _in_words(before, after)
        entries.append(
            ChannelEntry(after.history_date, who, what, after.history_change_reason or "")
        )
    return entries[::-1]


def _in_words(before: Any, after: Any) -> str:
    if before is None:
        proposed = after.status == ChannelStatus.PROPOSED
        return _("Proposed") if proposed else str(Action.CREATE.label)
    if after.status != before.status:
        if after.status == ChannelStatus.MERGED:
            return _("Taken for another")
        return _("Confirmed: it counts") if after.counted else _("Confirmed: it does not count")
    if after.counted != before.counted:
        return _("It counts") if after.counted else _("It counts no more")
    if after.name != before.name:
        words = {"before": before.name, "after": after.name}
        return _("Renamed: %(before)s → %(after)s") % words
    added = [one for one in after.spellings if one not in before.spellings]
    if added:
        return _("Also written: %(names)s") % {"names": ", ".join(added)}
    return str(Action.EDIT.label)
