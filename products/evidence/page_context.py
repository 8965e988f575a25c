"""The header of a record's page and its evidence, for the templates that show them."""

from typing import Any

from django.http import HttpRequest

from ocop.organisation.scope import Scope
from products.choices import Status
from products.evidence import storage
from products.kinds import RecordKind
from products.records import detail
from products.takeback import near_to


def record_header_context(
    request: HttpRequest, kind: RecordKind, record: Any, scope: Scope
) -> dict[str, Any]:
    """What `records/_record_header.html` and `evidence/_list.html` show of a record."""
    record_header = detail.record_header(kind, record, scope, request.user)
    return {
        "record_header": record_header,
        "evidence": storage.evidence_rows(kind, record, scope),
        "evidence_kind": kind.slug,
        "evidence_record": record,
        "doubles": _doubles(kind, record, scope, record_header),
        "may_add": record_header.may_enter and record.status != Status.CANCELLED,
    }


def _doubles(
    kind: RecordKind, record: Any, scope: Scope, header: detail.RecordHeader
) -> list[tuple[str, str]]:
    """(title, address of the merge) of what is probably the same, for those who enter it."""
    if not header.merge_url:
        return []
    near = near_to(kind, record, scope)
    return [(name, f"{header.merge_url}?with={pk}") for pk, name in near]
