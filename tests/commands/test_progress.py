"""`progress`: the JSON's shape, the table, and refusals in one plain sentence."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from products.choices import Status
from targets.models import Allocation, Plan, Target
from tests.support.cases import every_case
from tests.support.factories import district, make_enrolment, make_ip_right, make_recognition

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
KEYS = [
    "code",
    "period",
    "kind",
    "operator",
    "threshold",
    "aim",
    "numerator",
    "denominator",
    "actual",
    "met",
    "gap",
    "expected",
    "state",
    "counted_at",
    "explanation",
]
YEARS = ["2022", "2023", "2024", "2025"]
DECIMAL = re.compile(r"\d+(\.\d+)?")


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("progress", *arguments, stdout=out)
    return out.getvalue()


def progress_json(*arguments: str) -> dict[str, Any]:
    return json.loads(printed("--format", "json", *arguments))


def target(code: str, *arguments: str, period: str = "plan") -> dict[str, Any]:
    rows = progress_json(*arguments)["targets"]
    return next(row for row in rows if (row["code"], row["period"]) == (code, period))


def test_the_json_has_these_keys_in_this_order() -> None:
    answer = progress_json("--as-of", "2022-12-31")
    assert set(answer) >= {"plan", "as_of", "unit", "pending", "targets", "stock"}
    assert (answer["plan"], answer["as_of"], answer["unit"]) == ("20-CT/TU", "2022-12-31", "84")
    assert answer["pending"] is False
    assert progress_json("--pending")["pending"] is True
    assert {tuple(row) for row in answer["targets"]} == {tuple(KEYS)}
    ranks = {"total", "rank_3", "rank_4", "potential_5", "rank_5", "producers"}
    assert set(answer["stock"]) == ranks
    assert all(type(number) is int for number in answer["stock"].values())


def test_the_yearly_target_comes_once_a_year_and_all_others_once() -> None:
    periods: dict[str, list[str]] = {}
    for row in progress_json("--as-of", "2022-12-31")["targets"]:
        periods.setdefault(row["code"], []).append(row["period"])
    assert periods.pop("OCOP-NEW") == YEARS
    assert len(periods) == 10
    assert set(map(tuple, periods.values())) == {("plan",)}


@every_case("day", ["2021-06-01", "2022-12-31", "2026-01-31"])
@every_case("unit", ["84", "844"])
def test_every_value_has_its_type(day: str, unit: str) -> None:
    make_enrolment(make_recognition().product, date(2022, 9, 1))
    for row in progress_json("--as-of", day, "--unit", unit)["targets"]:
        for name in ("threshold", "aim", "actual", "expected"):
            assert row[name] is None or DECIMAL.fullmatch(row[name]), (row["code"], name)
        # Of counts whole units, of shares one decimal.
        wanted = r"\d+\.\d" if row["kind"] == "share" else r"\d+"
        assert row["expected"] is None or re.fullmatch(wanted, row["expected"]), row["code"]
        assert date.fromisoformat(row["counted_at"]) <= date.fromisoformat(day)
        for name in ("numerator", "denominator", "gap"):
            assert row[name] is None or type(row[name]) is int
        assert row["met"] in (True, False, None)
        assert row["kind"] in ("count", "share")
        assert row["operator"] == (">" if row["kind"] == "share" else ">=")
        assert (row["numerator"] is None) == (row["kind"] == "count")
        assert row["explanation"]


def test_counts_and_shares_are_written_as_they_were_promised() -> None:
    for number in range(104):
        product = make_recognition(decided_on=date(2022, 8, 22)).product
        if number < 52:
            make_enrolment(product, date(2022, 9, 1))
    share = target("TRACE-SHARE", "--as-of", "2022-12-31")
    assert {name: share[name] for name in KEYS[2:12]} == {
        "kind": "share",
        "operator": ">",
        "threshold": "50",
        "aim": None,
        "numerator": 52,
        "denominator": 104,
        "actual": "50.0",
        "met": False,
        "gap": 1,
        "expected": "12.5",
    }
    new = target("OCOP-NEW", "--as-of", "2022-12-31", period="2022")
    assert (new["threshold"], new["aim"], new["actual"], new["gap"]) == ("25", "30", "104", 0)
    assert (new["met"], new["state"], new["expected"]) == (True, "exceeded", "25")


@every_case("day, expected", [("2021-12-31", None), ("2022-01-14", "0"), ("2022-08-21", "15")])
def test_of_a_count_whole_units_are_expected_and_null_before_the_window(
    day: str, expected: str | None
) -> None:
    new = target("OCOP-NEW", "--as-of", day, period="2022")
    assert new["expected"] == expected
    assert new["state"] == (
        "not_due" if expected is None else "behind" if expected > "0" else "on_track"
    )


def test_a_share_is_expected_from_where_it_stood_on_the_first_day() -> None:
    for number in range(10):
        product = make_recognition(decided_on=date(2021, 12, 30)).product
        if number < 4:
            make_enrolment(product, date(2022, 1, 1))
    first = target("TRACE-SHARE", "--as-of", "2022-01-01")
    assert (first["actual"], first["expected"], first["state"]) == ("40.0", "40.0", "on_track")
    # 730 of 1,460 days.
    assert target("TRACE-SHARE", "--as-of", "2024-01-01")["expected"] == "45.0"
    assert target("ECOM-SHARE", "--as-of", "2024-01-01")["expected"] == "35.0"


def test_a_window_that_is_over_keeps_the_figures_of_its_last_day() -> None:
    """And a share says beside them what it is now."""
    old = make_recognition(decided_on=date(2022, 12, 30)).product
    make_enrolment(old, date(2023, 1, 1))
    later = [make_recognition(decided_on=date(2025, 6, 1)).product for _ in range(2)]
    make_enrolment(later[0], date(2025, 7, 1))
    make_enrolment(later[1], date(2026, 1, 15))
    last, closed = ("--as-of", "2025-12-31"), ("--as-of", "2026-01-31")
    for code, period in (("TRACE-SHARE", "plan"), ("OCOP-NEW", "2025"), ("IP-GI", "plan")):
        now, then = (target(code, *day, period=period) for day in (closed, last))
        assert then["counted_at"] == now["counted_at"] == "2025-12-31"
        assert "now" not in then
        assert ("now" in now) == (code == "TRACE-SHARE")
        assert {name: now[name] for name in KEYS[:-1]} == {name: then[name] for name in KEYS[:-1]}
    share = target("TRACE-SHARE", *closed)
    assert (share["numerator"], share["denominator"], share["state"]) == (1, 2, "missed")
    assert share["now"] == {"numerator": 2, "denominator": 2, "actual": "100.0"}
    assert list(share) == [*KEYS[:-1], "now", KEYS[-1]]
    assert target("OCOP-NEW", *closed, period="2022")["counted_at"] == "2022-12-31"
    nothing = target("TRACE-SHARE", "--as-of", "2029-06-30")["now"]
    assert nothing == {"numerator": 0, "denominator": 0, "actual": None}


def test_a_share_of_nothing_is_null_and_not_zero() -> None:
    share = target("ECOM-SHARE", "--as-of", "2022-12-31")
    assert (share["actual"], share["met"], share["gap"]) == (None, None, None)
    assert (share["denominator"], share["state"]) == (0, "no_data")


def test_a_district_has_its_allocation_no_aim_and_null_where_nothing_was_allocated() -> None:
    marks = Target.objects.get(code="IP-TRADEMARK")
    for year, value in ((2022, 2), (2024, 3)):
        Allocation.objects.create(
            target=marks, unit=district(), year=year, value=value, status=Status.VERIFIED
        )
    asked = ("--as-of", "2022-12-31", "--unit", "844")
    assert target("IP-TRADEMARK", *asked)["threshold"] == "5"
    none = target("OCOP-NEW", *asked, period="2022")
    assert (none["threshold"], none["aim"], none["met"], none["gap"]) == (None,) * 4
    assert none["state"] == "no_target"
    assert target("OCOP-NEW", *asked, period="2023")["state"] == "not_due"
    assert target("TRACE-SHARE", *asked)["threshold"] == "50"
    assert {row["aim"] for row in progress_json(*asked)["targets"]} == {None}


def test_waiting_records_count_only_with_pending() -> None:
    right = {"granted_on": date(2022, 5, 1), "supported": True, "status": Status.SUBMITTED}
    make_ip_right(**right)
    asked = ("IP-TRADEMARK", "--as-of", "2022-12-31")
    assert target(*asked)["actual"] == "0"
    assert target(*asked, "--pending")["actual"] == "1"


def test_the_table_holds_a_line_a_row_with_its_word_and_the_stock() -> None:
    for _ in range(9):  # Of which one is expected: an eighth of them, in whole products.
        make_recognition(decided_on=date(2022, 8, 22))
    lines = printed("--as-of", "2022-12-31").splitlines()
    assert len(lines) == 2 + 14
    assert "31/12/2022" in lines[0]
    assert "total 9" in lines[0]
    assert re.search(r"^TRACE-SHARE +\S.* 0/9 +>50% +Chậm", "\n".join(lines), re.MULTILINE)
    periods = [re.split(r" {2,}", line)[1] for line in lines[2:]]
    places = {line.index(f"  {period}") for line, period in zip(lines[2:], periods, strict=True)}
    # The column of periods begins at one place, wide enough for the longest code before it.
    assert len({re.search(r"\S+ +", line).end() for line in lines[2:]}) == 1  # type: ignore[union-attr]
    assert max(places) < 40


@every_case(
    "arguments",
    [
        ["--as-of", "2022-13-01"],
        ["--as-of", "31/12/2022"],
        ["--as-of", "1999-12-31"],
        ["--as-of", ""],
        ["--as-of", "2022-W52-1"],
        ["--unit", "999"],
        ["--unit", "29239"],
        ["--unit", "83"],
        ["--unit", ""],
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence_with_exit_2(arguments: list[str]) -> None:
    with pytest.raises(CommandError) as refused:
        printed(*arguments)
    assert refused.value.returncode == 2
    assert len(str(refused.value).splitlines()) == 1


def test_without_a_plan_it_says_what_to_run() -> None:
    Target.objects.all().delete()
    Plan.objects.all().delete()
    with pytest.raises(CommandError, match="load_reference") as refused:
        printed()
    assert refused.value.returncode == 2


@every_case(
    "arguments",
    [["--as-of", "2022-13-01"], ["--format", "xml"], ["--no-such-thing"], []],
)
def test_on_the_command_line_a_refusal_is_plain_and_exits_with_2(
    arguments: list[str], tmp_path: Path
) -> None:
    """The last case: a database in which nothing was ever made."""
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "progress", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
