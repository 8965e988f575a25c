"""A certificate runs on past its end: by a paper, verified by a second person, and counted."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from ocop.organisation.models import Unit
from products.certificates import Prolongation
from products.models import Amendment, Recognition
from products.validity import differing_products
from targets.figures import overview
from targets.models import Plan
from tests.products.entry.form_data import (
    edit_url,
    errors_of,
    hidden,
    recognition_fields,
    submit,
    verify,
)
from tests.support.cases import every_case
from tests.support.factories import make_recognition

DECIDED, END, AFTER = date(2023, 9, 10), date(2026, 9, 10), date(2026, 9, 11)
MOST = date(2027, 3, 9)
PAPER = {
    "prolongation_number": "77/UBND-KT",
    "prolonged_on": "2026-09-01",
    "prolonged_until": "2027-03-09",
}


@every_case(
    "number,on,until,fault",
    [
        ("", None, None, ""),
        ("77", AFTER, MOST, ""),
        ("77", AFTER, date(2027, 3, 10), "prolonged_too_long"),
        ("77", AFTER, END, "prolonged_to_no_later_day"),
        ("77", AFTER, None, "prolonged_without_paper"),
        ("77", None, MOST, "prolonged_without_paper"),
        (" ", AFTER, MOST, "prolonged_without_paper"),
    ],
)
def test_a_prolongation_is_whole_and_at_most_180_days(
    number: str, on: date | None, until: date | None, fault: str
) -> None:
    assert Prolongation(number, on, until).fault(END, 180) == fault


def send(client: Client, record: Recognition, **more: str) -> Any:
    fields = recognition_fields(
        decided_on=DECIDED.isoformat(), authority="district", change_reason="Công văn gia hạn"
    )
    version = hidden(client, edit_url(record))
    return client.post(edit_url(record), fields | PAPER | {"version": version} | more)


@pytest.mark.django_db
@pytest.mark.database
def test_it_is_proposed_verified_counted_shown_and_exported(
    officer: Client, verifier: Client, tmp_path: Path
) -> None:
    record = make_recognition(decided_on=DECIDED)
    assert record.valid_until == END
    assert send(officer, record).status_code == 302
    record.refresh_from_db()
    assert record.valid_until == END, "nothing counts before a second person has verified it"
    submit(officer, Amendment.objects.get())
    verify(verifier, Amendment.objects.get())
    record.refresh_from_db()
    assert (record.valid_until, record.history.first().prolonged_until) == (MOST, MOST)
    assert differing_products() == []
    for day, valid in ((AFTER, 1), (MOST, 1), (date(2027, 3, 10), 0)):
        assert _stock(day) == valid, day
    page = officer.get(f"/products/{record.product_id}/").content.decode()
    assert "09/03/2027" in page and "gia hạn theo văn bản 77/UBND-KT ngày 01/09/2026" in page
    history = officer.get(f"/records/recognition/{record.pk}/history/").content.decode()
    assert "09/03/2027" in history and "Công văn gia hạn" in history
    call_command("rebuild_validity", "--check", stdout=StringIO())
    call_command("export_workbook", "recognitions", out=tmp_path / "a.csv", stdout=StringIO())
    exported = (tmp_path / "a.csv").read_text("utf-8-sig")
    assert "Gia hạn đến" in exported and "77/UBND-KT" in exported
    again = StringIO()
    call_command("import_workbook", tmp_path / "a.csv", dataset="recognitions", stdout=again)
    assert Recognition.objects.count() == 1 and "gia hạn" not in again.getvalue().lower()


def _stock(day: date) -> int:
    province = Unit.objects.get(code="84")
    return int(overview.build(Plan.objects.get(), province, day).stock["total"])


@pytest.mark.django_db
@every_case(
    "fields,words",
    [
        ({"prolonged_until": "2027-03-10"}, "nhiều nhất 180 ngày"),
        ({"prolonged_until": "2026-09-10"}, "vốn có hiệu lực"),
        ({"prolongation_number": ""}, "ghi số, ngày"),
        ({"prolonged_on": ""}, "ghi số, ngày"),
        ({"prolonged_on": "2099-01-01"}, "Văn bản gia hạn ngày"),
        ({"prolonged_on": "2026-05-21"}, "chưa có quy định nào cho gia hạn"),
    ],
)
def test_what_no_paper_can_say_is_refused_in_words(
    officer: Client, fields: dict[str, str], words: str
) -> None:
    record = make_recognition(decided_on=DECIDED)
    answer = send(officer, record, **fields)
    assert answer.status_code == 200 and words in answer.content.decode(), errors_of(answer)
    assert not Amendment.objects.exists()
