"""Cells of imports that name a system or a floor: known, asked about, or proposed anew."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from ocop.imports.columns import Column, NewRecord, new_record
from ocop.imports.datasets import ImportContext, ImportRow, RecordChange, WritePlan
from ocop.imports.findings import new, same, typed
from ocop.lib.identity import identity_key
from products.channels.known import KnownChannels
from products.channels.proposals import free_code, proposal_values
from products.models import Channel


def resolve_channels(
    rows: Iterable[ImportRow], context: ImportContext, column: Column, model: type[Channel]
) -> None:
    """Put into row.resolved[column.key] the channel that the row's cell names.

    Of a name that is not known it is asked whether it is one that is near, or a new one: then it
    is proposed with the records, once for all spellings of one identity. A start outside the
    channel's validity is a remark, no more.
    """
    known = KnownChannels.read(model)
    proposed: dict[str, NewRecord] = {}
    codes: set[str] = set()
    for row in rows:
        text = row[column.key]
        if not text:
            continue
        channel = known.find(text)
        if channel is None and context.is_settled(row, [column.key]):
            key = identity_key(text)
            if key not in proposed:
                values = proposal_values(text, free_code(model, text, codes))
                proposed[key] = new_record(model, {"created_by": context.user}, **values)
            channel = proposed[key]
        if channel is None:
            _ask(row, context, column, known)
            continue
        row.resolved[column.key] = channel
        if not isinstance(channel, NewRecord):
            _warn_of_validity(row, context, column, channel)


def _ask(row: ImportRow, context: ImportContext, column: Column, known: KnownChannels) -> None:
    near = known.near(row[column.key])
    choices = [same(one.name, {column.key: one.name}) for one in near]
    context.error(
        row,
        column,
        "unknown_value",
        because=f"unknown_{column.key}",
        near=near[0].name if near else "",
        choices="; ".join(one.name for one in known.channels if one.is_confirmed),
        asked=[
            *choices,
            typed((column.key,), _known_word(column.key), [one.name for one in known.channels]),
            new(f"new_{column.key}"),
        ],
        about=[column.key],
        kind=column.key,
    )


def _known_word(key: str) -> str:
    words = {
        "floor": _("It is another floor that is known, which I choose or write"),
        "system": _("It is another system that is known, which I choose or write"),
    }
    return words[key]


def _warn_of_validity(row: ImportRow, context: ImportContext, column: Column, channel: Any) -> None:
    day = row["start"]
    if not day or channel.operates_on(day):
        return
    early = channel.valid_from is not None and day < channel.valid_from
    limit = channel.valid_from if early else channel.valid_to
    context.warn(
        row,
        column,
        "out_of_range",
        because="before_channel" if early else "after_channel",
        name=channel.name,
        day=f"{day:%d/%m/%Y}",
        limit_day=f"{limit:%d/%m/%Y}",
    )


def channel_key(channel: Any) -> Any:
    """By what keys compare a row's channel: the id, of a proposed one its name; None for none."""
    if isinstance(channel, NewRecord):
        return identity_key(channel.given()["name"])
    return channel.pk if channel is not None else None


def with_proposals(plan: WritePlan, key: str, rows: Iterable[ImportRow]) -> WritePlan:
    """The plan with the channels that its rows propose written first."""
    changes: dict[int, RecordChange] = {}
    for row in rows:
        channel = row.resolved.get(key)
        if isinstance(channel, NewRecord) and id(channel) not in changes:
            changes[id(channel)] = RecordChange(channel, row.number, None)
    if changes:
        plan.steps.insert(0, list(changes.values()))
    return plan
