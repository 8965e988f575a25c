"""The page of probable doubles: one kind at a time, fifty pairs a page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.organisation.scope import Scope
from ocop.web.pagination import numbered, page_of
from products.choices import Status
from products.kinds import KINDS, RecordKind
from products.models import NotDouble
from products.records import detail, merging, permissions
from products.takeback import doubles
from products.takeback.candidates import entered, told_apart


@dataclass(frozen=True)
class PairRow:
    """Two records that may be one: (title, what tells it apart, address, status) of each.

    `merge_url` is "" where one of them is not verified yet; `said` who said that they are not one.
    """

    first: Any
    second: Any
    sides: list[tuple[str, str, str, str]]
    merge_url: str
    said: NotDouble | None = None


def context_of(request: HttpRequest, kind: RecordKind, scope: Scope, said: bool) -> dict[str, Any]:
    """What the page shows. With `said` the pairs that somebody said are not one thing."""
    told = {(one.first_id, one.second_id): one for one in _said(kind)} if said else {}
    pairs = list(told) if said else doubles.pairs_of(kind, scope)
    rows: Any = entered(kind, scope)
    known = set(rows.values_list("pk", flat=True))
    listed: Any = [pair for pair in pairs if known.issuperset(pair)]
    page = page_of(request, listed)
    records = rows.in_bulk({pk for pair in page.object_list for pk in pair})
    return {
        "kind": kind,
        "said": said,
        "kinds": [
            (one, f"{reverse('double-list')}?kind={slug}")
            for slug in merging.MERGEABLE
            if permissions.may_enter_somewhere(scope, one := KINDS[slug])
        ],
        "heading": _("Probable doubles"),
        "page_obj": page,
        "total": page.paginator.count,
        "rows": [_row(kind, records, pair, told.get(pair)) for pair in page.object_list],
        **numbered(page),
    }


def _said(kind: RecordKind) -> Any:
    return NotDouble.objects.filter(kind=kind.slug).select_related("said_by")


def _row(kind: RecordKind, records: Any, pair: doubles.Pair, said: NotDouble | None) -> PairRow:
    both = [records[pk] for pk in pair]
    verified = all(one.status == Status.VERIFIED for one in both)
    address = reverse("record-merge", args=[kind.slug, pair[1]])
    return PairRow(
        both[0],
        both[1],
        sides=[
            (str(one), told_apart(kind, one), detail.url_of(one), one.get_status_display())
            for one in both
        ],
        merge_url=f"{address}?with={pair[0]}&survivor={pair[0]}" if verified else "",
        said=said,
    )
