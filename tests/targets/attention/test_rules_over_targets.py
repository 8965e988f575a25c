"""Rules over targets: each unmet one told once, with all that is known about it."""

from datetime import date
from typing import Any

import pytest

from products.choices import IPKind
from targets.attention import MIN_SHARED_END, RULES, evaluate, first_of_each
from targets.choices import State
from tests.support.cases import every_case
from tests.support.factories import (
    district,
    make_enrolment,
    make_ip_right,
    make_listing,
    make_product,
    make_recognition,
)
from tests.targets.attention.made import says, seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2024, 12, 1)
ENDS_BEFORE, ENDS_AFTER = date(2022, 8, 22), date(2023, 12, 1)
"""Decisions whose certificates end before and after what a share is looked ahead to from DAY."""


def recognised(number: int, decided_on: date, traced: int = 0) -> None:
    for place in range(number):
        product = make_recognition(make_product(), decided_on).product
        if place < traced:
            make_enrolment(product, decided_on)


def test_a_share_about_to_be_lost_is_told_with_the_day_it_falls() -> None:
    recognised(3, date(2022, 8, 22), traced=3)
    recognised(2, date(2023, 12, 1))
    assert says("slipping", date(2024, 8, 22)) == [], "more than twelve months ahead"
    (sentence,) = says("slipping", date(2024, 8, 23))
    assert sentence.state == State.SLIPPING
    assert sentence.subject == "TRACE-SHARE/plan/2025-08-23"
    assert sentence.figures == "3/5;50"


def test_targets_are_told_by_the_state_their_window_is_in() -> None:
    recognised(1, date(2022, 8, 22))
    missed = says("missed", date(2026, 1, 15))
    assert "OCOP-NEW/2025" in [one.subject for one in missed]
    assert says("behind", date(2026, 1, 15)) == []
    behind = {one.subject for one in says("behind", date(2024, 6, 30))}
    assert "OCOP-NEW/2024" in behind
    assert all(one.rule == one.state for one in missed)


def test_a_changed_figure_changes_the_key_and_not_the_subject() -> None:
    recognised(1, date(2024, 2, 1))
    before = next(o for o in says("behind", date(2024, 6, 30)) if o.subject == "OCOP-NEW/2024")
    recognised(1, date(2024, 2, 1))
    after = next(o for o in says("behind", date(2024, 6, 30)) if o.subject == "OCOP-NEW/2024")
    assert before.subject == after.subject
    assert before.key != after.key


def test_every_sentence_names_its_rule_and_every_rule_explains_itself() -> None:
    recognised(MIN_SHARED_END, date(2022, 8, 22), traced=15)
    make_listing(make_recognition(make_product(), date(2022, 8, 22)).product, date(2022, 9, 1))
    seen = seen_on(date(2024, 6, 30))
    for rule, sentences in evaluate(seen):
        assert RULES[rule.code] is rule
        assert len(rule.why(seen)) > 40
        assert {one.rule for one in sentences} <= {rule.code}
        for one in sentences:
            assert one.url.startswith("/")
            assert len(one.key) == len(one.rule) + len(one.subject) + len(one.figures) + 2


def test_the_first_few_give_every_rule_its_turn() -> None:
    recognised(MIN_SHARED_END, date(2022, 8, 22))
    by_rule = [sentences for _rule, sentences in evaluate(seen_on(date(2026, 1, 15)))]
    chosen = first_of_each(by_rule, most=6)
    spoken = [sentences for sentences in by_rule if sentences]
    assert len(chosen) == 6
    assert {one.rule for one in chosen} == {sentences[0].rule for sentences in spoken[:6]}
    assert first_of_each([[], []]) == []


# --- Shares that will fall ------------------------------------------------------------------------


def of_traceability(rule: str, day: date = DAY, code: str = "84") -> list[Any]:
    return [one for one in says(rule, day, code) if one.subject.startswith("TRACE-SHARE")]


@every_case(
    "traced_ending,other_ending,told",
    [(2, 0, "3/8"), (1, 0, ""), (2, 1, ""), (5, 0, "0/5"), (5, 5, "none"), (0, 5, "")],
)
def test_a_share_is_told_to_fall_from_one_whole_product_on(
    traced_ending: int, other_ending: int, told: str
) -> None:
    # Five of ten are traced: not met, and in time.
    recognised(traced_ending, ENDS_BEFORE, traced=traced_ending)
    recognised(5 - traced_ending, ENDS_AFTER, traced=5)
    recognised(other_ending, ENDS_BEFORE)
    recognised(5 - other_ending, ENDS_AFTER)
    found, other = of_traceability("falling"), of_traceability("unmet")
    if not told:
        assert (found, [one.figures for one in other]) == ([], ["5/10;50"])
        return
    assert other == []
    (sentence,) = found
    assert sentence.state == State.ON_TRACK
    end = "0/0" if told == "none" else told
    assert sentence.figures == f"5/10;50;{end}"
    assert ("không còn sản phẩm nào" if told == "none" else f"còn {told}") in sentence.text
    assert of_traceability("falling", code="848") == []
    assert of_traceability("falling", code="844")[0].figures == sentence.figures


def test_a_share_that_is_behind_and_falls_is_told_once() -> None:
    recognised(2, ENDS_BEFORE, traced=2)
    recognised(8, ENDS_AFTER)
    assert of_traceability("falling") == []
    (sentence,) = of_traceability("behind")
    assert sentence.figures == "2/10;50;0/8"
    assert "đến 01/12/2025 còn 0/8" in sentence.text


@every_case("number", [0, 1])
def test_a_share_of_no_product_or_of_one_not_traced_cannot_fall(number: int) -> None:
    recognised(number, ENDS_BEFORE)
    assert of_traceability("falling") == []
    assert len(of_traceability("unmet")) == number


def test_a_met_share_that_stays_met_is_not_told() -> None:
    recognised(5, ENDS_AFTER, traced=5)
    for rule in RULES:
        assert of_traceability(rule) == []


# --- Too little on the way ------------------------------------------------------------------------


def designs(granted: int, filed: int) -> None:
    """Of ten designs that the plan asks for."""
    made: dict[str, Any] = {"kind": IPKind.INDUSTRIAL_DESIGN, "supported": True}
    for _each in range(granted):
        make_ip_right(
            filed_on=date(2022, 1, 5), granted_on=date(2022, 5, 1), district=district(), **made
        )
    for _each in range(filed):
        make_ip_right(filed_on=date(2022, 2, 1), district=district(), **made)


def of_designs(rule: str, day: date, code: str = "84") -> list[Any]:
    return [one for one in says(rule, day, code) if one.subject == "IP-DESIGN/plan"]


@every_case("filed,short", [(0, True), (8, True), (9, False)])
def test_fewer_on_the_way_than_are_missing_is_told_with_the_pace(filed: int, short: bool) -> None:
    designs(1, filed)
    day = date(2022, 6, 2)
    found = {rule: of_designs(rule, day) for rule in ("short_pipeline", "unmet")}
    (sentence,) = found["short_pipeline" if short else "unmet"]
    assert found["unmet" if short else "short_pipeline"] == []
    assert sentence.figures == f"1;10;{filed}"
    assert "cần thêm 1 mỗi tháng" in sentence.text
    assert of_designs("short_pipeline", day, "844") == [], "no quota, so nothing is missing"


def test_of_a_target_behind_what_is_on_its_way_stands_in_its_own_sentence() -> None:
    designs(1, 2)
    (sentence,) = of_designs("behind", DAY)
    assert of_designs("short_pipeline", DAY) == []
    assert "chỉ có 2 hồ sơ đang xử lý; cần thêm 1 mỗi tháng" in sentence.text


def test_on_its_last_day_and_later_nothing_can_be_on_the_way_to_a_target() -> None:
    designs(1, 2)
    for day in (date(2025, 12, 31), date(2026, 1, 1)):
        (sentence,) = of_designs("missed", day)
        assert sentence.figures == "1;10"
        assert "mỗi tháng" not in sentence.text
        assert ("kết quả cuối kỳ 31/12/2025" in sentence.text) == (day.year == 2026)


# --- Each once ------------------------------------------------------------------------------------

UNMET = {State.SLIPPING, State.MISSED, State.BEHIND, State.ATTENTION, State.ON_TRACK}
FIVE_DAYS = [(2022, 6, 2), (2022, 12, 31), (2024, 12, 31), (2025, 12, 31), (2026, 12, 1)]


@pytest.mark.usefixtures("demonstration")
@every_case("day", FIVE_DAYS)
@every_case("code", ["84", "844", "850"])
def test_every_unmet_target_is_told_once_and_no_other(code: str, day: tuple[int, ...]) -> None:
    seen = seen_on(date(*day), code)
    rows = {line.code: line.current for line in seen.overview.lines}
    told = [
        one.subject.split("/")[0]
        for _rule, sentences in evaluate(seen)
        for one in sentences
        if one.subject.split("/")[0] in rows and one.rule != "over_allocated"
    ]
    assert sorted(told) == sorted(key for key, row in rows.items() if row.state in UNMET)


# --- Order ----------------------------------------------------------------------------------------


def test_what_is_near_comes_first_and_of_what_is_equally_near_the_largest() -> None:
    seen = seen_on(DAY)
    near, largest, later = date(2024, 12, 2), date(2024, 12, 31), date(2025, 1, 1)
    keys = [seen.urgency(near, 3), seen.urgency(largest, 9), seen.urgency(later, 500)]
    assert sorted(keys) == [keys[1], keys[0], keys[2]]
    assert seen.urgency(None, 4) < seen.urgency(near, 4) == seen.urgency(date(2024, 11, 30), 4)
    assert seen.urgency(date(2030, 1, 1), 999) > seen.urgency(date(2025, 12, 1), 0)


def test_page_and_overview_order_by_the_same_key() -> None:
    recognised(MIN_SHARED_END, ENDS_BEFORE, traced=3)
    recognised(2, date(2021, 12, 20))
    by_rule = [sentences for _rule, sentences in evaluate(seen_on(DAY))]
    for sentences in by_rule:
        assert sentences == sorted(sentences, key=lambda one: one.urgency)
    spoken = [sentences[0].urgency for sentences in by_rule if sentences]
    assert spoken == sorted(spoken)
    assert by_rule[len(spoken) :] == [[]] * (len(by_rule) - len(spoken))
    keys = [one.urgency for one in first_of_each(by_rule)]
    assert keys == sorted(keys)
    assert keys[0] == spoken[0]
