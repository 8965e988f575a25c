"""The demonstration data against what was published about the province, date by date."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from ocop.organisation.models import Unit
from products.models import FirstRecognition, Recognition
from targets.choices import State
from targets.demonstration import loading
from targets.figures import overview
from targets.models import Plan
from tests.support.cases import every_case
from tests.support.factories import district

# Day, then valid products: all, 3 stars, 4 stars, potential 5, 5 stars; producers.
PUBLISHED = [
    (date(2022, 8, 21), 80, 66, 9, 5, 0, 49),
    (date(2022, 8, 22), 104, None, None, None, None, None),
    (date(2022, 12, 31), 184, 137, 38, 9, 0, 118),
    (date(2024, 4, 5), 291, 239, 42, 7, 3, 197),
    (date(2025, 1, 15), 393, 337, 46, 7, 3, 250),
]
SPLITS = {
    date(2022, 8, 22): [3, 6, 4, 0, 6, 4, 3, 1, 1],
    date(2022, 12, 30): [22, 16, 15, 14, 10, 8, 8, 6, 5],
}
# Order of the published lists: TP Trà Vinh, Châu Thành, Càng Long, Cầu Ngang, Cầu Kè,
# TX Duyên Hải, Tiểu Cần, Trà Cú, huyện Duyên Hải.
DISTRICTS = ["842", "847", "844", "848", "845", "851", "846", "849", "850"]
PRODUCER_KINDS = {
    date(2022, 8, 21): {"cooperative": 8, "company": 9, "enterprise": 2, "household": 30},
    date(2022, 12, 31): {
        "cooperative": 19,
        "company": 20,
        "enterprise": 5,
        "household": 72,
        "cooperative_group": 2,
    },
    date(2024, 4, 5): {
        "cooperative": 30,
        "company": 25,
        "enterprise": 6,
        "household": 133,
        "cooperative_group": 3,
    },
}


pytestmark = [
    pytest.mark.usefixtures("demonstration", "db"),
    pytest.mark.database,
]


def built(day: date, unit: str = "84", pending: bool = False) -> overview.Overview:
    place = Unit.objects.get(code=unit, level__in=["province", "district"])
    return overview.build(Plan.objects.get(), place, day, pending)


@every_case("day,total,three,four,potential,five,producers", PUBLISHED)
def test_valid_products_ranks_and_producers_are_as_published(
    day: date, total: int, three: Any, four: Any, potential: Any, five: Any, producers: Any
) -> None:
    stock = built(day).stock
    assert stock["total"] == total
    expected = {
        "rank_3": three,
        "rank_4": four,
        "potential_5": potential,
        "rank_5": five,
        "producers": producers,
    }
    for name, number in expected.items():
        if number is not None:
            assert stock[name] == number, name


@pytest.mark.parametrize("day", PRODUCER_KINDS)
def test_producers_by_kind_are_as_published(day: date) -> None:
    valid = Recognition.objects.counted().valid_at(day)
    kinds = set(valid.values_list("product__producer_id", "product__producer__kind"))
    assert dict(Counter(kind for _producer, kind in kinds)) == PRODUCER_KINDS[day]


@pytest.mark.parametrize("day", SPLITS)
def test_the_days_recognitions_split_over_districts_as_published(day: date) -> None:
    decided = Recognition.objects.counted().filter(decided_on=day)
    found = Counter(decided.values_list("product__district__code", flat=True))
    assert [found[code] for code in DISTRICTS] == SPLITS[day]


def test_of_the_104_of_30_december_22_were_recognised_again() -> None:
    decided = Recognition.objects.counted().filter(decided_on=date(2022, 12, 30))
    assert decided.count() == 104
    new = FirstRecognition.objects.on_basis(pending=False).filter(recognition__in=decided)
    assert new.count() == 82


def test_104_certificates_end_together_on_30_december_2025() -> None:
    ending = Recognition.objects.filter(valid_until=date(2025, 12, 30))
    assert ending.count() == 104


def test_on_30_september_2022_52_of_104_products_are_traced() -> None:
    row = next(r for r in built(date(2022, 9, 30)).rows if r.code == "TRACE-SHARE")
    result = row.result
    assert (result.numerator, result.denominator, result.met, result.gap) == (52, 104, False, 1)


def test_every_state_occurs_on_some_date() -> None:
    days = [date(2021, 6, 1), date(2022, 9, 30), date(2023, 6, 30), date(2024, 6, 30)]
    days += [date(2025, 6, 30), date(2025, 9, 30), date(2026, 1, 31)]
    seen = set()
    for day in days:
        whole = built(day)
        rows = [*whole.rows, *whole.rows_for(district("848"))]
        seen |= {row.state for row in rows}
    assert seen >= set(State.values)


def test_records_awaiting_verification_count_only_in_the_preview() -> None:
    day = date(2025, 12, 31)
    assert built(day, pending=True).stock["total"] == built(day).stock["total"] + 3


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2025, 6, 30)])
def test_districts_add_up_to_the_province(day: date) -> None:
    whole = built(day)
    parts = [built(day, code).stock for code in DISTRICTS]
    for name in ("total", "rank_3", "rank_4", "potential_5", "rank_5"):
        assert sum(part[name] for part in parts) == whole.stock[name]


def test_every_scored_recognition_has_the_rating_that_gave_its_score() -> None:
    rated = Recognition.objects.exclude(rating=None).select_related("rating__scheme")
    assert rated.count() == Recognition.objects.counted().filter(score__isnull=False).count()
    for recognition in rated:
        rating = recognition.rating
        assert rating.total == recognition.score
        assert rating.stars == {30: 3, 40: 4, 45: 5, 50: 5}[recognition.rank]
        assert rating.scheme.valid_from <= rating.session_on


def test_names_read_as_made_up() -> None:
    names = Recognition.objects.values_list("product__name", "product__producer__name")
    assert all("minh họa" in product and "minh họa" in producer for product, producer in names)


def test_loading_again_creates_and_changes_nothing() -> None:
    before = Recognition.objects.count(), Recognition.history.count()
    counts = loading.load()
    assert set(counts.values()) == {0}
    assert (Recognition.objects.count(), Recognition.history.count()) == before
