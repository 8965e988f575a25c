"""The header of a record's page and its evidence, for the templates that show them."""

from typing import Any

from django.http import HttpRequest

from ocop.organisation.scope import Scope
from products.evidence import storage
from products.kinds import Kind
from products.records import detail


def box_context(request: HttpRequest, kind: Kind, record: Any, scope: Scope) -> dict[str, Any]:
    """What `records/_box.html` and `evidence/_list.html` show of a record."""
    box = detail.box_of(kind, record, scope, request.user)
    return {
        "box": box,
        "evidence": storage.lines(kind, record, scope),
        "evidence_kind": kind.slug,
        "evidence_record": record,
        "may_add": box.may_enter,
    }
