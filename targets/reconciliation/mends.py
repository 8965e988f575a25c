"""From what differs to where it is mended: one address each, as far as the person may go."""

from typing import Any

from django.urls import reverse

from ocop.organisation.scope import Scope
from products.kinds import KINDS, area_of
from products.models import Recognition
from products.records import permissions, url_of
from targets.reconciliation.lists import Difference, ListRow, Pair


def mend_url(difference: Difference, record: Recognition, scope: Scope) -> str:
    """The form of the record that holds what differs; its page for those who only read it."""
    product = record.product
    holders = {"recognition": record, "product": product, "producer": product.producer}
    return form_url(difference.about, holders[difference.about], scope)


def form_url(slug: str, record: Any, scope: Scope) -> str:
    """The form of a record for those who enter it, else its page."""
    kind = KINDS[slug]
    if permissions.may_enter(scope, kind, kind.area_of(record)):
        return reverse("record-edit", args=[slug, record.pk])
    return url_of(record)


def new_url(row: ListRow, scope: Scope) -> str:
    """The form of a new recognition of the row's product, filled in by the row; "" where the
    product is not on record, or the person does not enter it."""
    product = row.row.resolved.get("product")
    if product is None or not permissions.may_enter(scope, KINDS["recognition"], area_of(product)):
        return ""
    start = {
        "product": product.pk,
        "decision_number": row.number,
        "decided_on": row.day.isoformat() if row.day else None,
        "rank": int(row.row["rank"]) if row.row["rank"] else None,
        "score": row.score,
    }
    filled = {name: value for name, value in start.items() if value not in (None, "")}
    return reverse("record-new", args=["recognition"], query=filled)


def with_mends(pairs: list[Pair], scope: Scope) -> list[dict[str, Any]]:
    """Each pair as the page shows it: with the addresses of its differences, of the form of its
    record and, where the record is missing, of a new one."""
    shown = []
    for pair in pairs:
        record, listed = pair.recorded, pair.listed
        shown.append(
            {
                "listed": listed,
                "record": record,
                "differences": [
                    (one, mend_url(one, record, scope) if record else "")
                    for one in pair.differences
                ],
                "page_url": url_of(record.product) if record else "",
                "form_url": form_url("recognition", record, scope) if record else "",
                "new_url": new_url(listed, scope) if listed and not record else "",
                "elsewhere": [(one, url_of(one)) for one in pair.elsewhere],
            }
        )
    return shown
