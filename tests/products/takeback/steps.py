"""What people do on the pages, and what the program then counts."""

import re
from datetime import date
from typing import Any

from django.test import Client

from products.kinds import kind_of
from products.models import Amendment
from products.records import item_of
from products.validity.rebuild import differing_products
from targets.figures import overview, plan_at

DAYS = (date(2022, 12, 31), date(2024, 6, 30), date(2025, 12, 31))


def page_of(record: Any, step: str) -> str:
    return f"/records/{kind_of(record).slug}/{record.pk}/{step}/"


def hidden_fields(client: Client, url: str) -> dict[str, str]:
    """Token and version of the form at `url`; {} where no form opens."""
    text = client.get(url).content.decode()
    return dict(re.findall(r'name="(token|version|survivor_version)" value="([^"]*)"', text))


def propose(client: Client, record: Any, step: str, reason: str = "Nhập nhầm", **more: Any) -> Any:
    """Open the form of `step` and send it with `reason`."""
    url = page_of(record, step)
    return client.post(url, {**hidden_fields(client, url), "reason": reason, **more})


def verify_proposal(client: Client, record: Any) -> Any:
    amendment = Amendment.objects.unsettled().get(record_id=record.pk, kind=kind_of(record).slug)
    return client.post("/verification/verify/", {"item": [item_of(amendment)]})


def take(officer: Client, verifier: Client, record: Any, step: str, **more: Any) -> None:
    """`step` proposed by the one and verified by the other."""
    propose(officer, record, step, **more)
    verify_proposal(verifier, record)
    record.refresh_from_db()


def figures(pending: bool = False) -> list[Any]:
    """Every target's figures on some days; the stored spans are what the records say."""
    assert differing_products() == []
    found = []
    for day in DAYS:
        plan = plan_at(day)
        board = overview.build(plan, plan.unit, day, pending)
        found += [
            (day, row.code, row.period, row.result.actual, row.result.denominator)
            for row in board.rows
        ]
    return found


# --- Merging --------------------------------------------------------------------------------------


def merge_page(going: Any, survivor: Any) -> str:
    return f"{page_of(going, 'merge')}?with={survivor.pk}&survivor={survivor.pk}"


def propose_merge(
    client: Client, going: Any, survivor: Any, stays: str = "survivor", **chosen: str
) -> Any:
    """Open the form, choose of all that both have what `stays` says, and send it."""
    url = merge_page(going, survivor)
    text = client.get(url).content.decode()
    fields = dict(re.findall(r'name="(token|version|survivor_version)" value="([^"]*)"', text))
    keep = dict.fromkeys(re.findall(r'name="(keep-[^"]*)"', text), stays)
    sent = {**fields, **keep, **chosen, "with": survivor.pk, "survivor": survivor.pk}
    return client.post(page_of(going, "merge"), {**sent, "reason": "Trùng"})
