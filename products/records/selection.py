"""Records named in a form as kind:id:version, found again within what the person may enter."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from ocop.organisation.scope import Area, Scope
from ocop.web.errors import BadParameter, NotForYou
from products.kinds import KINDS, area_of
from products.records import permissions

MAX_ITEMS = 500


def read_whole(text: str) -> int:
    """A version or id as posted; -1 for what cannot be one, which is older than any."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


def read_items(items: Sequence[str]) -> list[tuple[str, int, int]]:
    """(kind, id, version) of each; BadParameter for none, too many, or what is no name."""
    if not items:
        raise BadParameter(_("Nothing is ticked. Tick at least one record, then try again."))
    if len(items) > MAX_ITEMS:
        raise BadParameter(_("At most %(most)d records go at once.") % {"most": MAX_ITEMS})
    read = []
    for item in dict.fromkeys(items):
        slug, _colon, numbers = item.partition(":")
        pk, _colon, version = numbers.partition(":")
        if not all(text.isascii() and text.isdigit() and len(text) < 19 for text in (pk, version)):
            raise BadParameter(_("“%(item)s” names no record.") % {"item": item[:60]})
        read.append((slug, int(pk), int(version)))
    return read


def named_records(items: Sequence[str], scope: Scope, verifying: bool = False) -> list[Any]:
    """The records, each with the version that was seen, so that a later change is noticed.

    NotForYou for what the person does not see, PermissionDenied for what is not theirs to enter
    (or, `verifying`, to verify).
    """
    records = []
    for slug, pk, version in read_items(items):
        record, kind, area = _found(slug, pk, scope, verifying)
        if verifying:
            permissions.require_may_verify(scope, kind)
        else:
            permissions.require_may_enter(scope, kind, area)
        record.version = version
        records.append(record)
    return records


def _found(slug: str, pk: int, scope: Scope, verifying: bool) -> tuple[Any, Any, Area]:
    if slug == "amendment":
        amendment = permissions.visible_amendments(scope).filter(pk=pk).first()
        if amendment is None:
            raise NotForYou(_("There is no such record, or it is not in your district."))
        return amendment, KINDS[amendment.kind], area_of(amendment)
    kind = permissions.get_kind_or_404(slug, verifying)
    record = permissions.get_visible_or_404(kind, pk, scope)
    return record, kind, kind.area_of(record)
