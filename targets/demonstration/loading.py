"""Entering the demonstration's story the way offices would: workbooks, queues, verification.

Recognitions arrive as one workbook a year through the import pipeline. One district's decisions
are imported by that district's officer and verified by the provincial officer; a few records
are left waiting, so that the queue is not empty.
"""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ocop.db import statistics
from ocop.imports.datasets import importer_for, system_importer
from ocop.imports.findings import ACCEPTED, Importer
from ocop.imports.pipeline import import_file
from ocop.lib.identity import identity_key
from ocop.lib.producer_names import producer_name_key
from ocop.lib.spreadsheets.writing import SheetToWrite, write_workbook
from ocop.organisation.installation import mark_demonstration_data
from ocop.organisation.models import User
from products import channels
from products.choices import Status
from products.models import IPRight, Producer, Product, Recognition, ScienceTask, TraceabilitySystem
from products.records import update_all, workflow
from targets import demonstration as story
from targets.demonstration import committee, first_meeting, quarters
from targets.demonstration.demo_accounts import make_accounts
from targets.demonstration.ratings import rate_all

VERSION = "2022-2025/1"
OFFICER, VERIFIER, OFFICERS_DISTRICT = "huyen844", "tinh", "844"
ADMINISTRATOR = "quantri"
REASON = "dữ liệu minh họa"
LAST_DAY = date(2026, 1, 1)
"""The story ends with the plan; nothing is dated later."""


class DemonstrationRefused(Exception):
    """A workbook of the demonstration was refused; the message lists why."""


def load() -> dict[str, int]:
    """Enter everything in one transaction; returns how many records each dataset created."""
    with transaction.atomic():
        make_accounts()
        counts = _load_records()
        mark_demonstration_data(VERSION)
        statistics.bring_up_to_date()
    return counts


def _load_records() -> dict[str, int]:
    system = system_importer()
    officer = importer_for(User.objects.get(username=OFFICER), date(2023, 1, 1))
    counts = {"recognitions": _load_recognitions(system, officer)}
    _revoke()
    _confirm_system()
    for dataset, rows in (
        ("science_tasks", story.science_tasks()),
        ("ip_rights", _with_products(story.ip_rights())),
        ("traceability", story.traceability()),
        ("ecommerce", story.listings()),
        ("allocations", story.allocations()),
    ):
        counts[dataset] = _import(dataset, rows, system)
    _end_rights_and_tasks()
    _date_steps_of_filing()
    counts["ratings"] = rate_all(REASON)
    counts["waiting"] = _import("recognitions", story.waiting(), officer)
    counts["committee"] = committee.enter_everything(timezone.localdate())
    counts["committee"] += first_meeting.enter_everything(timezone.localdate())
    counts["quarters"] = quarters.confirm_everything()
    return counts


def _load_recognitions(system: Importer, officer: Importer) -> int:
    """The officer's own decisions once the law gave them to districts; all others as a whole."""
    created = 0
    for decision_year in sorted({d.decided_on.year for d in story.decisions()}):
        of_year = [d for d in story.decisions() if d.decided_on.year == decision_year]
        own = [row for d in of_year if d.issuer == OFFICERS_DISTRICT for row in d.rows]
        rest = [row for d in of_year if d.issuer != OFFICERS_DISTRICT for row in d.rows]
        created += _import("recognitions", rest, system)
        entered = _import("recognitions", own, officer) if own else 0
        if entered:
            _verify_queue()
        created += entered
    return created


def _confirm_system() -> None:
    """The made-up traceability system, proposed and confirmed before products are entered in it."""
    administrator = User.objects.get(username=ADMINISTRATOR)
    proposed = channels.propose(TraceabilitySystem, story.SYSTEM, administrator, REASON)
    if not proposed.is_confirmed:
        channels.confirm(proposed, True, administrator, REASON, proposed.version)


def _verify_queue() -> None:
    """The provincial officer verifies what waits, record by record."""
    verifier = User.objects.get(username=VERIFIER)
    for model in (Producer, Product, Recognition):
        for record in model.objects.filter(status=Status.SUBMITTED):
            workflow.advance(record, "verify", verifier)


def _import(dataset: str, rows: Sequence[dict[str, Any]], importer: Importer) -> int:
    """Write the rows as a workbook, import it, return how many records it created."""
    header = list(rows[0])
    sheet = SheetToWrite(
        name="Danh sách", header=header, rows=[[row[name] for name in header] for row in rows]
    )
    stream = io.BytesIO()
    write_workbook(stream, [sheet])
    outcome = import_file(stream.getvalue(), f"minh-hoa-{dataset}.xlsx", dataset, importer)
    if outcome.verdict != ACCEPTED:
        raise DemonstrationRefused("\n".join(p.message for p in outcome.errors[:20]))
    return outcome.created


def _with_products(rights: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rights of producers cover the first product that the producer had recognised."""
    first: dict[str, str] = {}
    for decision in story.decisions():
        for row in decision.rows:
            first.setdefault(row["Chủ thể"], row["Tên sản phẩm"])
    return [right | {"Sản phẩm": first.get(right["Chủ sở hữu"], "")} for right in rights]


def _date_steps_of_filing() -> None:
    """Formal acceptance and publication, at the pace an office would record them."""
    changed = []
    for right in IPRight.objects.filter(filed_on__isnull=False, accepted_on=None):
        last = min(day for day in (right.granted_on, LAST_DAY) if day)
        right.accepted_on = _by(right.filed_on + timedelta(days=40), last)
        right.published_on = _by(right.filed_on + timedelta(days=100), last)
        if right.accepted_on:
            changed.append(right)
    update_all(changed, ["accepted_on", "published_on"], None, REASON)


def _by(day: date, last: date) -> date | None:
    return day if day < last else None


def _revoke() -> None:
    """Revocations: verified records changed with a reason, each with its history row."""
    changed = []
    for row in story.revocations():
        recognition = Recognition.objects.filter(
            product__name_key=identity_key(row["Tên sản phẩm"]),
            product__producer__name_key=producer_name_key(row["Chủ thể"]),
            decided_on=row["Ngày quyết định"],
            revoked_on=None,
        ).first()
        if recognition is None:
            continue
        recognition.revoked_on = row["Ngày thu hồi"]
        recognition.revocation_reason = row["Lý do"]
        changed.append(recognition)
    update_all(changed, ["revoked_on", "revocation_reason"], None, REASON)


def _end_rights_and_tasks() -> None:
    endings = {row["Số đơn"]: row for row in story.ip_endings()}
    for right in IPRight.objects.filter(filing_number__in=endings):
        row = endings[right.filing_number]
        field = f"{row['Kết thúc']}_on"
        if getattr(right, field) is None:
            setattr(right, field, row["Ngày"])
            update_all([right], [field], None, REASON)
    cancelled = {identity_key(row["Tên nhiệm vụ"]): row["Ngày hủy"] for row in story.task_endings()}
    tasks = list(ScienceTask.objects.filter(name_key__in=cancelled, cancelled_on=None))
    for task in tasks:
        task.cancelled_on = cancelled[task.name_key]
    update_all(tasks, ["cancelled_on"], None, REASON)
