"""Records that may be one and the same as another, by the rule for names that are near."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ocop.lib.text import folded
from ocop.organisation.scope import PROVINCE, Scope
from products.kinds import RecordKind
from products.records import OPEN_STATUSES, permissions
from products.takeback.doubles import pairs_of

MOST_OFFERED = 20
RELATED = {
    "product": ("producer", "district"),
    "producer": ("district",),
    "ip-right": ("district",),
}


def offered(
    kind: RecordKind, record: Any, words: str, scope: Scope
) -> tuple[list[tuple[Any, str]], list[tuple[Any, str]]]:
    """(record, what tells it apart) of those that are probably the same, and of those found by
    `words`; only what the person enters."""
    near = {pk for pair in pairs_of(kind, scope, record) for pk in pair} - {record.pk}
    rows = entered(kind, scope).exclude(pk=record.pk)
    found = []
    if words.strip():
        wanted = rows
        for word in folded(words).split():
            wanted = wanted.filter(_has(kind, word))
        found = list(wanted.exclude(pk__in=near).order_by("name_sort", "pk")[:MOST_OFFERED])
    alike = list(rows.filter(pk__in=near).order_by("name_sort", "pk"))
    return [(one, told_apart(kind, one)) for one in alike], [
        (one, told_apart(kind, one)) for one in found
    ]


def entered(kind: RecordKind, scope: Scope) -> Any:
    """Submitted and verified records of a kind that the person enters."""
    rows = permissions.visible(kind, scope).filter(status__in=OPEN_STATUSES)
    if not permissions.may_enter(scope, kind, PROVINCE):
        rows = rows.filter(scope.own(kind.district_path))
    return rows.select_related(*RELATED.get(kind.slug, ()))


def _has(kind: RecordKind, word: str) -> Q:
    if kind.slug == "product":
        return Q(name_search__contains=word) | Q(producer__name_search__contains=word)
    if kind.slug == "ip-right":
        return Q(name_search__contains=word) | Q(filing_number__icontains=word)
    return Q(name_search__contains=word)


def told_apart(kind: RecordKind, record: Any) -> str:
    """Producer, place, number: what tells two of one name apart."""
    if kind.slug == "product":
        return f"{record.producer} · {record.district}"
    if kind.slug == "producer":
        return f"{record.get_kind_display()} · {record.district}"
    if kind.slug == "ip-right":
        return " · ".join(filter(None, (record.owner, record.filing_number or _("no number"))))
    return str(record.lead)
