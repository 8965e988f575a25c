"""A system or floor that nobody knows yet, proposed with the record that names it."""

import re
from typing import Any

from django.db import transaction

from ocop.lib.text import folded, nfc
from products.channels.known import KnownChannels
from products.choices import ChannelStatus
from products.models import Channel
from products.records import create_record

MAX_CODE = 40


def propose(model: type[Channel], name: str, user: Any, reason: str) -> Any:
    """The channel that `name` names, else a new one awaiting confirmation, with its history row.

    In the caller's transaction. Raises IntegrityError where somebody else proposes it at the same
    moment.
    """
    with transaction.atomic():
        if (known := KnownChannels.read(model).find(name)) is not None:
            return known
        values = proposal_values(name, free_code(model, name))
        channel = model(**values, created_by=user)
        create_record(channel, user, reason)
    return channel


def proposal_values(name: str, code: str) -> dict[str, Any]:
    """What a proposed channel is made of; who proposed it comes beside."""
    return {
        "code": code,
        "name": " ".join(nfc(name).split()),
        "status": ChannelStatus.PROPOSED,
        "counted": False,
    }


def free_code(model: type[Channel], name: str, taken: set[str] | None = None) -> str:
    """A code made of the name that no channel has, nor is in `taken`, to which it is added."""
    base = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:MAX_CODE].strip("-") or "moi"
    used = set(model.objects.filter(code__startswith=base).values_list("code", flat=True))
    used |= taken or set()
    code, number = base, 1
    while code in used:
        number += 1
        code = f"{base}-{number}"
    if taken is not None:
        taken.add(code)
    return code
