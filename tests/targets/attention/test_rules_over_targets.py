"""Rules over targets: what lapses together, shares about to be lost with the day, late targets."""

from datetime import date

import pytest

from targets.attention import MIN_SHARED_END, RULES, evaluate, first_of_each
from targets.choices import State
from tests.support.factories import make_enrolment, make_listing, make_product, make_recognition
from tests.targets.attention.made import says, seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def recognised(number: int, decided_on: date, traced: int = 0) -> None:
    for place in range(number):
        product = make_recognition(make_product(), decided_on).product
        if place < traced:
            make_enrolment(product, decided_on)


def test_twenty_certificates_ending_on_a_day_are_told_and_nineteen_are_not() -> None:
    recognised(MIN_SHARED_END - 1, date(2022, 8, 22))
    assert says("cliff", date(2024, 6, 30)) == []
    recognised(1, date(2022, 8, 22))
    (sentence,) = says("cliff", date(2024, 6, 30))
    assert sentence.subject == "2025-08-22"
    assert sentence.figures.startswith(f"{MIN_SHARED_END};")
    assert says("cliff", date(2024, 6, 30), "848") == []


def test_the_next_two_such_days_are_told() -> None:
    for decided in (date(2022, 8, 22), date(2023, 5, 4), date(2023, 11, 1)):
        recognised(MIN_SHARED_END, decided)
    days = [one.subject for one in says("cliff", date(2024, 6, 30))]
    assert days == ["2025-08-22", "2026-05-04"]


def test_a_share_about_to_be_lost_is_told_with_the_day_it_falls() -> None:
    recognised(3, date(2022, 8, 22), traced=3)
    recognised(2, date(2023, 12, 1))
    (sentence,) = says("slipping", date(2024, 6, 30))
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
