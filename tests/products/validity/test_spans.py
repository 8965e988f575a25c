"""Spans of validity and first recognitions, at every boundary. Pure."""

from datetime import date
from itertools import count
from typing import Any

from products.certificates import certificate_end
from products.validity import NO_END, Certificate, First, Listing, Span, firsts_of, spans_of
from tests.support.cases import every_case


def day(text: str) -> date:
    """ "22/8/2022"."""
    d, m, y = map(int, text.split("/"))
    return date(y, m, d)


def certificates(*given: tuple[str, int] | tuple[str, int, str]) -> list[Certificate]:
    """(decided, rank[, revoked]) each, with ids 1, 2 … and the term of the law."""
    found = []
    for number, (decided, rank, *revoked) in zip(count(1), given, strict=False):
        on, end = day(decided), certificate_end(day(decided))
        found.append(Certificate(number, rank, on, end, day(revoked[0]) if revoked else None))
    return found


def listings(*given: str | tuple[str, str]) -> list[Listing]:
    """A day it started, or that and the day it ended."""
    days = ((one,) if isinstance(one, str) else one for one in given)
    return [Listing(*map(day, one)) for one in days]


def told(spans: list[Span]) -> list[tuple[Any, ...]]:
    """(recognition, first day, first day after) of each."""
    return [(one.recognition, one.starts_on, one.until) for one in spans]


def expected(*given: tuple[int, str, str]) -> list[tuple[Any, ...]]:
    return [(number, day(start), day(until)) for number, start, until in given]


VALID = [
    ("no recognition", [], []),
    ("36 months, the last day included", [("22/8/2022", 30)], [(1, "22/8/2022", "23/8/2025")]),
    ("a 31st falls to the month's end", [("31/8/2020", 30)], [(1, "31/8/2020", "1/9/2023")]),
    ("the 29th of February", [("29/2/2020", 30)], [(1, "29/2/2020", "1/3/2023")]),
    ("to a leap year", [("28/2/2021", 30)], [(1, "28/2/2021", "29/2/2024")]),
    (
        "again the day after its last",
        [("22/8/2022", 30), ("23/8/2025", 30)],
        [(1, "22/8/2022", "23/8/2025"), (2, "23/8/2025", "24/8/2028")],
    ),
    (
        "a gap of one day",
        [("22/8/2022", 30), ("24/8/2025", 30)],
        [(1, "22/8/2022", "23/8/2025"), (2, "24/8/2025", "25/8/2028")],
    ),
    (
        "the later one counts from its day on",
        [("22/8/2022", 40), ("30/12/2022", 30)],
        [(1, "22/8/2022", "30/12/2022"), (2, "30/12/2022", "31/12/2025")],
    ),
    (
        "the higher rank of one day",
        [("22/8/2022", 45), ("22/8/2022", 30)],
        [(1, "22/8/2022", "23/8/2025")],
    ),
    (
        "the earlier one counts again once the later is revoked",
        [("22/8/2022", 30), ("30/12/2022", 40, "1/3/2023")],
        [
            (1, "22/8/2022", "30/12/2022"),
            (2, "30/12/2022", "1/3/2023"),
            (1, "1/3/2023", "23/8/2025"),
        ],
    ),
    ("revoked", [("22/8/2022", 30, "1/3/2023")], [(1, "22/8/2022", "1/3/2023")]),
    ("revoked after its end", [("22/8/2022", 30, "1/3/2026")], [(1, "22/8/2022", "23/8/2025")]),
    ("revoked on its last day", [("22/8/2022", 30, "22/8/2025")], [(1, "22/8/2022", "22/8/2025")]),
    ("revoked on its first day", [("22/8/2022", 30, "22/8/2022")], [(1, "22/8/2022", "22/8/2022")]),
    (
        "two revoked on their first day",
        [("22/8/2022", 40, "22/8/2022"), ("22/8/2022", 30, "22/8/2022")],
        [(1, "22/8/2022", "22/8/2022")],
    ),
    (
        "revoked on its first day, valid by another",
        [("22/8/2022", 30), ("30/12/2022", 40, "30/12/2022")],
        [(1, "22/8/2022", "23/8/2025")],
    ),
    (
        "revoked on its first day, when the one before has ended",
        [("22/8/2022", 30), ("23/8/2025", 40, "23/8/2025")],
        [(1, "22/8/2022", "23/8/2025"), (2, "23/8/2025", "23/8/2025")],
    ),
]


@every_case("what,given,spans", VALID)
def test_valid_days_are_cut_at_every_decision_and_end(
    what: str, given: Any, spans: list[Any]
) -> None:
    found = spans_of(certificates(*given), [], [])
    assert told(found) == expected(*spans)
    # In whatever order the records come.
    assert found == spans_of(certificates(*given)[::-1], [], [])
    starts = [one.starts_on for one in found]
    assert [one.next_starts_on for one in found] == [*starts[1:], None][: len(found)]


def test_a_span_knows_rank_and_natural_end_whatever_is_revoked_later() -> None:
    given = certificates(("22/8/2022", 30), ("30/12/2022", 40, "1/3/2023"))
    assert [(one.rank, one.certificate_ends) for one in spans_of(given, [], [])] == [
        (30, day("22/8/2025")),
        (40, day("30/12/2025")),
        (30, day("22/8/2025")),
    ]


START, END = "22/8/2022", "23/8/2025"
LISTED = [
    ("none", [], [(START, END, None)]),
    ("begun before", ["1/1/2022"], [(START, END, NO_END)]),
    ("begun on the first day", [START], [(START, END, NO_END)]),
    ("begun inside", ["1/1/2023"], [(START, "1/1/2023", None), ("1/1/2023", END, NO_END)]),
    (
        "begun on the last day",
        ["22/8/2025"],
        [(START, "22/8/2025", None), ("22/8/2025", END, NO_END)],
    ),
    ("begun after", [END], [(START, END, None)]),
    ("ended before", [("1/1/2021", "1/1/2022")], [(START, END, "1/1/2022")]),
    ("ended on the first day", [("1/1/2022", START)], [(START, END, START)]),
    ("ended inside", [("1/1/2022", "1/1/2023")], [(START, END, "1/1/2023")]),
    ("ended after", [("1/1/2022", "1/1/2026")], [(START, END, "1/1/2026")]),
    (
        "begun and ended inside",
        [("1/1/2023", "1/6/2023")],
        [(START, "1/1/2023", None), ("1/1/2023", END, "1/6/2023")],
    ),
    ("ended on its first day", [("1/1/2023", "1/1/2023")], [(START, END, None)]),
    (
        "a second that ends later",
        [("1/1/2022", "1/1/2023"), ("1/10/2022", "1/1/2024")],
        [(START, "1/10/2022", "1/1/2023"), ("1/10/2022", END, "1/1/2024")],
    ),
    (
        "a second that ends earlier",
        [("1/1/2022", "1/1/2024"), ("1/10/2022", "1/1/2023")],
        [(START, END, "1/1/2024")],
    ),
    (
        "a second after a break",
        [("1/1/2022", "1/1/2023"), "1/6/2023"],
        [(START, "1/6/2023", "1/1/2023"), ("1/6/2023", END, NO_END)],
    ),
]


@every_case("what,given,spans", LISTED)
def test_spans_are_cut_where_the_latest_end_of_what_has_begun_grows(
    what: str, given: Any, spans: list[Any]
) -> None:
    days = [
        (day(start), day(until), day(end) if isinstance(end, str) else end)
        for start, until, end in spans
    ]
    given = listings(*given)
    traced = spans_of(certificates((START, 30)), given, [])
    assert [(one.starts_on, one.until, one.traced_until) for one in traced] == days
    assert {one.sold_until for one in traced} == {None}
    sold = spans_of(certificates((START, 30)), [], given)
    assert [(one.starts_on, one.until, one.sold_until) for one in sold] == days
    assert {one.traced_until for one in sold} == {None}


FIRSTS = [
    ("none", [], []),
    ("one", [("22/8/2022", 30)], [(1, "22/8/2022", None)]),
    ("a later one", [("22/8/2022", 30), ("30/12/2022", 40)], [(1, "22/8/2022", None)]),
    ("two of one day", [("22/8/2022", 40), ("22/8/2022", 30)], [(2, "22/8/2022", None)]),
    ("revoked the next year", [("22/8/2022", 30, "1/1/2023")], [(1, "22/8/2022", None)]),
    (
        "revoked on the year's last day",
        [("22/8/2022", 30, "31/12/2022")],
        [(1, "22/8/2022", "31/12/2022")],
    ),
    (
        "revoked on its day",
        [("22/8/2022", 30, "22/8/2022")],
        [(1, "22/8/2022", "22/8/2022")],
    ),
    (
        "revoked within its year, again later",
        [("22/8/2022", 30, "1/10/2022"), ("1/3/2023", 30)],
        [(1, "22/8/2022", "1/10/2022"), (2, "1/3/2023", None)],
    ),
    (
        "again before it was revoked",
        [("22/8/2022", 30, "1/12/2022"), ("1/10/2022", 40)],
        [(1, "22/8/2022", "1/12/2022"), (2, "1/12/2022", None)],
    ),
    (
        "both revoked within their year, the second first",
        [("22/8/2022", 30, "1/12/2022"), ("1/10/2022", 40, "1/11/2022"), ("5/5/2024", 30)],
        [
            (1, "22/8/2022", "1/12/2022"),
            (2, "1/12/2022", "1/11/2022"),
            (3, "5/5/2024", None),
        ],
    ),
    (
        "both revoked within their year, the first first",
        [("22/8/2022", 30, "1/11/2022"), ("1/10/2022", 40, "1/12/2022"), ("5/5/2024", 30)],
        [(1, "22/8/2022", "1/11/2022"), (2, "1/11/2022", "1/12/2022"), (3, "5/5/2024", None)],
    ),
]


@every_case("what,given,firsts", FIRSTS)
def test_what_is_revoked_within_its_year_never_was_the_first_from_that_day_on(
    what: str, given: Any, firsts: list[Any]
) -> None:
    known = certificates(*given)
    decided = {one.recognition: one.decided_on for one in known}
    wanted = [
        First(number, decided[number], day(start), day(until) if until else None)
        for number, start, until in firsts
    ]
    assert firsts_of(known) == wanted == firsts_of(known[::-1])
