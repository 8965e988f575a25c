"""Steps of a figure: by which record it rose or fell, and why."""

from datetime import date

from targets.progress.events import (
    CountedRow,
    count_events,
    events_between,
    running_totals,
    share_events,
)
from targets.progress.stock import CertificateRow, EnrolmentRow, Share, share_series


def day(text: str) -> date:
    return date.fromisoformat(text)


def certificate(
    decided: str, until: str, revoked: str = "", product: str = "kẹo"
) -> CertificateRow:
    return CertificateRow(product, day(decided), day(until), day(revoked) if revoked else None, 30)


def place(started: str, ended: str = "", product: str = "kẹo") -> EnrolmentRow:
    return EnrolmentRow(product, day(started), day(ended) if ended else None)


def as_tuples(steps: list) -> list[tuple[str, str, int, int]]:
    return [(s.day.isoformat(), s.cause, s.numerator, s.denominator) for s in steps]


def test_a_counted_record_steps_up_on_its_day_and_down_on_the_day_it_is_out() -> None:
    steps = count_events([CountedRow(1, day("2022-03-01"), day("2022-05-01"))])
    assert as_tuples(steps) == [("2022-03-01", "new", 1, 0), ("2022-05-01", "revoked", -1, 0)]
    days = [day("2022-02-28"), day("2022-03-01"), day("2022-04-30"), day("2022-05-01")]
    assert [level.numerator for level in running_totals(steps, days)] == [0, 1, 1, 0]


def test_a_record_that_is_out_on_the_day_it_would_count_makes_no_step() -> None:
    assert count_events([CountedRow(1, day("2022-03-01"), day("2022-03-01"))]) == []
    assert count_events([CountedRow(1, day("2022-03-01"), day("2022-02-01"))]) == []


def test_a_certificate_that_ends_lapses_on_the_day_after_its_last() -> None:
    steps = share_events([certificate("2022-03-01", "2025-03-01")], [])
    assert as_tuples(steps) == [("2022-03-01", "new", 0, 1), ("2025-03-02", "lapsed", 0, -1)]


def test_a_revoked_certificate_is_told_apart_from_one_that_ended() -> None:
    steps = share_events([certificate("2022-03-01", "2025-03-01", "2023-01-01")], [])
    assert as_tuples(steps)[1] == ("2023-01-01", "revoked", 0, -1)


def test_a_recognition_again_in_time_moves_nothing_and_is_told() -> None:
    rows = [certificate("2022-03-01", "2025-03-01"), certificate("2025-02-01", "2028-02-01")]
    assert as_tuples(share_events(rows, [place("2022-04-01")])) == [
        ("2022-03-01", "new", 0, 1),
        ("2022-04-01", "joined", 1, 0),
        ("2025-02-01", "renewed", 0, 0),
        ("2028-02-02", "lapsed", -1, -1),
    ]


def test_a_recognition_again_after_the_end_brings_product_and_listing_back() -> None:
    rows = [certificate("2022-03-01", "2025-03-01"), certificate("2025-06-01", "2028-06-01")]
    assert as_tuples(share_events(rows, [place("2022-01-01")]))[:3] == [
        ("2022-03-01", "new", 1, 1),
        ("2025-03-02", "lapsed", -1, -1),
        ("2025-06-01", "renewed", 1, 1),
    ]


def test_a_certificate_from_the_day_after_the_last_one_is_a_renewal_without_a_gap() -> None:
    rows = [certificate("2022-03-01", "2025-03-01"), certificate("2025-03-02", "2028-03-02")]
    assert as_tuples(share_events(rows, []))[1] == ("2025-03-02", "renewed", 0, 0)


def test_a_product_in_two_places_leaves_with_the_last_of_them() -> None:
    rows = [certificate("2022-03-01", "2025-03-01")]
    places = [place("2022-04-01", "2022-06-01"), place("2022-05-01", "2022-07-01")]
    assert as_tuples(share_events(rows, places))[1:3] == [
        ("2022-04-01", "joined", 1, 0),
        ("2022-07-01", "left", -1, 0),
    ]


def test_levels_are_the_shares_that_the_forecast_draws() -> None:
    rows = [
        certificate("2019-12-30", "2022-12-30"),
        certificate("2022-12-30", "2025-12-30"),
        certificate("2022-03-01", "2025-03-01", "2023-01-01", "mứt"),
        certificate("2023-06-01", "2026-06-01", "", "mứt"),
    ]
    places = [place("2020-01-01", "2023-03-01"), place("2022-01-01", "", "mứt")]
    days = [date(year, month, 1) for year in range(2019, 2028) for month in range(1, 13)]
    expected = share_series(rows, places, days)
    assert running_totals(share_events(rows, places), days) == expected
    assert Share(2, 2) in expected


def test_between_takes_the_later_day_and_leaves_the_earlier_one() -> None:
    steps = count_events(CountedRow(n, date(2022, 3, n), None) for n in (3, 2, 1))
    assert [s.record for s in events_between(steps, date(2022, 3, 1), date(2022, 3, 3))] == [2, 3]
