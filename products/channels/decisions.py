"""What an administrator decides about a system or a floor: each with a reason and a history row.

Every decision is made over the version that was seen, so that of two tabs, or of two clicks, the
second changes nothing. What decides on targets keeps the spans of the products in the same
transaction.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from products import validity
from products.channels.known import KnownChannels
from products.choices import Action, ChannelStatus, Status
from products.models import (
    Amendment,
    Channel,
    FloorListing,
    TraceabilityEnrolment,
    TraceabilitySystem,
)
from products.records import create_record, update_all, update_record

KIND_OF_AMENDMENT = {TraceabilityEnrolment: "traceability", FloorListing: "listing"}


class ChannelOvertaken(Exception):
    """The decision cannot be made (any more); the message says why."""


def records_in(channel: Channel, cancelled: bool = False) -> Any:
    """The records that are in the channel, of whatever status; cancelled ones only if asked for."""
    model = listing_model(type(channel))
    records = model.everything if cancelled else model.objects
    return records.filter(**{model.channel_field: channel.pk})


def listing_model(model: type[Channel]) -> Any:
    """The model of the records that are in channels of `model`."""
    return TraceabilityEnrolment if issubclass(model, TraceabilitySystem) else FloorListing


def confirm(channel: Any, counted: bool, user: Any, reason: str, version: int) -> None:
    """A proposed channel is one of its own; `counted` says whether its records count."""
    with transaction.atomic():
        stored = _locked(channel, version, {ChannelStatus.PROPOSED})
        stored.status, stored.counted = ChannelStatus.CONFIRMED, counted
        update_record(stored, ["status", "counted"], user, reason, Action.VERIFY)
        _rebuild(records_in(stored))


def change_counted(channel: Any, counted: bool, user: Any, reason: str, version: int) -> None:
    """Whether the records of a confirmed channel count."""
    with transaction.atomic():
        stored = _locked(channel, version, {ChannelStatus.CONFIRMED})
        if stored.counted == counted:
            raise ChannelOvertaken(_("It is so already."))
        stored.counted = counted
        update_record(stored, ["counted"], user, reason)
        _rebuild(records_in(stored))


def rename(channel: Any, name: str, user: Any, reason: str, version: int) -> None:
    """Another name; the former one stays among the spellings, so that it is still read."""
    name = " ".join(name.split())
    if not name:
        raise ChannelOvertaken(_("Write the new name."))
    with transaction.atomic():
        stored = _locked(channel, version, {ChannelStatus.PROPOSED, ChannelStatus.CONFIRMED})
        taken = KnownChannels.read(type(stored)).find(name)
        if taken is not None and taken.pk != stored.pk:
            message = _("“%(name)s” is %(other)s: take this one for it instead.")
            raise ChannelOvertaken(message % {"name": name, "other": taken})
        former, stored.name = stored.name, name
        stored.spellings = _with_spellings(stored, [former])
        update_record(stored, ["name", "spellings"], user, reason)


def enter(channel: Any, user: Any, reason: str) -> None:
    """A new channel, confirmed at once: entered by an administrator."""
    create_record(channel, user, reason)


def edit(channel: Any, fields: Iterable[str], user: Any, reason: str) -> None:
    """Keep the `fields` of `channel`, one that nobody else changed since it was read.

    Its former name stays among the spellings, and products in it are counted anew where it counts
    otherwise.
    """
    names = set(fields)
    with transaction.atomic():
        stored = _locked(channel, channel.version, {channel.status})
        if "name" in names:
            channel.spellings = _with_spellings(channel, [stored.name])
            names.add("spellings")
        update_record(channel, sorted(names), user, reason)
        if channel.counts != stored.counts:
            _rebuild(records_in(channel))


def merge(channel: Any, into: Any, user: Any, reason: str, version: int) -> int:
    """Take a proposed `channel` for `into`: its records move there, its spellings are read as that.

    Returns how many records moved. Raises ChannelOvertaken where a product has one with the same
    day in both: those two are one, and people have to say which of them stays.
    """
    with transaction.atomic():
        stored = _locked(channel, version, {ChannelStatus.PROPOSED})
        kept = type(stored).objects.select_for_update().filter(pk=into.pk).first()
        if kept is None or kept.pk == stored.pk or kept.status == ChannelStatus.MERGED:
            raise ChannelOvertaken(_("Choose another system or floor, one that is in use."))
        # Cancelled ones as well: brought back they stand where the others are.
        moved = list(records_in(stored, cancelled=True).select_for_update().order_by("pk"))
        _refuse_doubles(moved, kept)
        name = listing_model(type(stored)).channel_field
        _move_proposed_changes(stored, kept, user, reason)
        for record in moved:
            setattr(record, name, kept)
        update_all(moved, [name], user, reason)
        stored.status, stored.merged_into = ChannelStatus.MERGED, kept
        update_record(stored, ["status", "merged_into"], user, reason)
        kept.spellings = _with_spellings(kept, [stored.name, stored.website, *stored.spellings])
        update_record(kept, ["spellings"], user, reason)
    return len(moved)


def _locked(channel: Any, version: int, statuses: set[str]) -> Any:
    """The row as stored, kept until the transaction ends; Overtaken unless it is the one seen."""
    stored = type(channel).objects.select_for_update().filter(pk=channel.pk).first()
    if stored is None or stored.version != version or stored.status not in statuses:
        raise ChannelOvertaken(_("Somebody has decided on this meanwhile. Look at it again."))
    return stored


def _with_spellings(channel: Any, more: Iterable[str]) -> list[str]:
    """Its spellings and `more`, each once, without its own name."""
    kept, seen = [], {channel.name.casefold()}
    for text in (*channel.spellings, *more):
        if text and text.casefold() not in seen:
            seen.add(text.casefold())
            kept.append(text)
    return kept


def _refuse_doubles(moved: list[Any], kept: Any) -> None:
    there = set(records_in(kept).values_list("product_id", "started_on"))
    for record in moved:
        cancelled = record.status == Status.CANCELLED
        if not cancelled and (record.product_id, record.started_on) in there:
            message = _(
                "%(product)s has a record with the same day (%(day)s) in both. Mend or discard one "
                "of the two first."
            )
            words = {"product": record.product, "day": f"{record.started_on:%d/%m/%Y}"}
            raise ChannelOvertaken(message % words)


def _move_proposed_changes(channel: Any, kept: Any, user: Any, reason: str) -> None:
    """Changes of verified records that are on the way to `channel` go to `kept` as well.

    Those that rest on a record that is moved rest on its new version.
    """
    model = listing_model(type(channel))
    moving = set(records_in(channel, cancelled=True).values_list("pk", flat=True))
    name = model.channel_field
    waiting = Amendment.objects.unsettled().filter(kind=KIND_OF_AMENDMENT[model])
    for amendment in waiting.select_for_update().order_by("pk"):
        fields = []
        if amendment.values.get(name) == channel.pk:
            amendment.values = amendment.values | {name: kept.pk}
            fields.append("values")
        if amendment.record_id in moving:
            amendment.base_version += 1
            fields.append("base_version")
        if fields:
            update_record(amendment, fields, user, reason)


def _rebuild(records: Any) -> None:
    validity.rebuild_touched(set(records.order_by().values_list("product_id", flat=True)))
