"""What the tests of entering share: the fields of forms as a browser would send them."""

import re
import uuid
from datetime import date
from typing import Any

from django.test import Client

from ocop.organisation.models import Membership, Unit, User
from products.choices import Status
from products.kinds import kind_of
from products.models import ProductSet
from products.records.detail import item_of

LONG_AGO = date(2022, 1, 1)


def commune(district: str = "844") -> Unit:
    return Unit.objects.filter(parent__code=district, level="commune").order_by("code")[0]


def product_fields(**fields: Any) -> dict[str, Any]:
    given = {
        "token": str(uuid.uuid4()),
        "name": "Mật hoa dừa thử nghiệm",
        "new_producer": "Hợp tác xã Thử Nghiệm",
        "new_producer_kind": "cooperative",
        "place": commune().pk,
        "product_set": ProductSet.objects.get(number=5).pk,
    }
    return {name: value for name, value in (given | fields).items() if value is not None}


def recognition_fields(**fields: Any) -> dict[str, Any]:
    given = {
        "token": str(uuid.uuid4()),
        "decision_number": "12/QĐ-UBND",
        "decided_on": "2024-04-01",
        "rank": "30",
    }
    return given | fields


def hidden(client: Client, url: str, name: str = "version") -> str:
    """A hidden field of the form at `url`."""
    page = client.get(url).content.decode()
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


def errors_of(response: Any) -> str:
    """The words of the error summary of a form page."""
    found = re.search(r'<div class="error-summary.*?</div>', response.content.decode(), re.S)
    return re.sub(r"<[^>]+>|\s+", " ", found[0]) if found else ""


def edit_url(record: Any) -> str:
    return f"/records/{kind_of(record).slug}/{record.pk}/edit/"


def submit(client: Client, *records: Any) -> Any:
    return client.post("/records/submit/", {"item": [named(record) for record in records]})


def verify(client: Client, *records: Any) -> Any:
    return client.post("/verification/verify/", {"item": [named(record) for record in records]})


def return_record(client: Client, record: Any, reason: str, **fields: str) -> Any:
    reasons = {f"reason-{name}": words for name, words in fields.items()}
    return client.post(
        "/verification/return/", {"item": named(record), "reason": reason, **reasons}
    )


def named(record: Any) -> str:
    record.refresh_from_db()
    return item_of(record)


def a_user(name: str, role: str, **membership: Any) -> User:
    user = User.objects.create_user(name, password="x")
    membership.setdefault("starts_on", LONG_AGO)
    Membership.objects.create(user=user, role=role, **membership)
    return user


def statuses(*records: Any) -> list[str]:
    for record in records:
        record.refresh_from_db()
    return [Status(record.status).value for record in records]
