"""A plan that has ended says so on every page, and each closed row of which day its result is."""

import html
import re
from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import Unit
from targets.figures import overview
from targets.models import Plan
from tests.support.cases import every_case

pytestmark = [pytest.mark.usefixtures("demonstration", "db")]
ENDED = "Kế hoạch kết thúc 31/12/2025: kết quả cuối kỳ."
FINAL = "kết quả cuối kỳ 31/12/2025"
EXPECTED = "Mức cần đạt đến nay"
PAGES = ["/", "/targets/TRACE-SHARE/", "/targets/OCOP-NEW/", "/units/", "/units/844/"]


def built(day: date, code: str = "84") -> overview.Overview:
    units = Unit.objects.filter(code=code, level__in=("province", "district"))
    return overview.build(Plan.objects.get(), units.get(), day)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@every_case("address", PAGES)
def test_heads_say_that_the_plan_has_ended_and_of_which_day_the_stock_is(
    address: str, signed_in: Any
) -> None:
    member = signed_in("committee_member")
    after = text_of(member.get(f"{address}?as_of=2026-01-01"))
    assert f"{ENDED} Sản phẩm còn hiệu lực tính đến 01/01/2026." in after
    assert ENDED not in text_of(member.get(f"{address}?as_of=2025-12-31"))


def test_the_last_day_of_the_plan_belongs_to_it() -> None:
    assert [built(date(*day)).ended for day in ((2025, 12, 31), (2026, 1, 1))] == [False, True]


@every_case("code", ["84", "844"])
def test_every_row_of_an_ended_plan_says_so_and_shares_what_they_are_now(
    code: str, signed_in: Any
) -> None:
    found = built(date(2026, 12, 1), code)
    for line in found.lines:
        row = line.current
        now = f" · nay {row.now_text}" if row.result.kind == "share" else ""
        assert line.closed_note == row.closed_note == FINAL + now
        assert (row.bar.pipeline, row.bar.expected) == (0, None)
    address = "/" if code == "84" else "/units/844/"
    shown = text_of(signed_in("committee_member").get(f"{address}?as_of=2026-12-01"))
    assert shown.count(FINAL) >= len(found.lines)


def test_closed_years_of_a_running_plan_say_so(signed_in: Any) -> None:
    found = built(date(2024, 12, 31))
    notes = {line.code: line.closed_note for line in found.lines}
    assert notes.pop("OCOP-NEW") == "2022, 2023: kết quả cuối kỳ"
    assert set(notes.values()) == {""}
    (years,) = [line.periods for line in found.lines if line.code == "OCOP-NEW"]
    assert [year.closed_note[-10:] for year in years] == ["31/12/2022", "31/12/2023", "", ""]
    member = signed_in("committee_member")
    assert "2022, 2023: kết quả cuối kỳ" in text_of(member.get("/?as_of=2024-12-31"))
    of_2023 = text_of(member.get("/targets/OCOP-NEW/?as_of=2024-12-31&period=2023"))
    assert "kết quả cuối kỳ 31/12/2023" in of_2023


def facts(client: Any, address: str) -> dict[str, str]:
    return {fact.label: fact.figure for fact in client.get(address).context["page"].calculation}


def test_the_working_names_the_day_and_what_is_now_and_expects_nothing_more(
    signed_in: Any,
) -> None:
    member = signed_in("committee_member")
    found = facts(member, "/targets/TRACE-SHARE/?as_of=2026-12-01")
    assert found["Kết quả cuối kỳ, tính đến"] == "31/12/2025"
    (row,) = [one for one in built(date(2026, 12, 1)).rows if one.code == "TRACE-SHARE"]
    assert found["Tại ngày 01/12/2026"] == row.now_text == "101/231"
    assert EXPECTED not in found
    assert EXPECTED in facts(member, "/targets/TRACE-SHARE/?as_of=2025-06-30")
    assert EXPECTED not in facts(member, "/targets/OCOP-NEW/?as_of=2022-06-02&period=2025")
