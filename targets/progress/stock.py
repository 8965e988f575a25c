"""Stock of valid products and shares of them on any day, past or ahead. Pure over counts.

What happened is given as dated changes, what lies ahead as groups of products that are valid on the
day asked for, by when their certificate ends. The future is what is known on that day: nothing is
renewed or added, nothing revoked (targets.progress.renewals assumes a share of renewals).
Each series is one sweep over the days on which something changes, so its cost does not grow with
the number of products.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

ONE_DAY = timedelta(days=1)
TRACED, SOLD = "traced", "sold"
"""In a traceability system; on a floor that counts."""

Key = TypeVar("Key", bound=Hashable)
SumT = TypeVar("SumT")
RankChanges = Mapping[tuple[date, int], int]
"""(day, rank) → by how many the valid products of that rank changed."""
ListedChanges = Mapping[date, int]
"""Day → by how many the valid products that are listed changed."""


class Share(NamedTuple):
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class ValidGroup:
    """`number` products valid on the day asked for, their certificates through `ends`.

    `traced_until` and `sold_until`: the first day on which they are not any more, whatever becomes
    of the certificate; None where they are not on the day asked for.
    """

    ends: date
    rank: int
    traced_until: date | None
    sold_until: date | None
    number: int

    def listed_until(self, listing: str) -> date | None:
        """`traced_until` or `sold_until`."""
        return self.traced_until if listing == TRACED else self.sold_until


def running_sums(
    changes: Mapping[tuple[date, Key], int],
    days: Sequence[date],
    read: Callable[[Counter[Key]], SumT],
) -> list[SumT]:
    """The running sums of `changes` as `read` sees them on each of `days`, in their order."""
    ordered = sorted(changes.items(), key=lambda item: item[0][0], reverse=True)
    level: Counter[Key] = Counter()
    answers: dict[date, SumT] = {}
    for day in sorted(set(days)):
        while ordered and ordered[-1][0][0] <= day:
            (_when, key), change = ordered.pop()
            level[key] += change
        answers[day] = read(level)
    return [answers[day] for day in days]


def stock_series(
    changes: RankChanges, ahead: Iterable[ValidGroup], days: Sequence[date]
) -> list[Counter[int]]:
    """Valid products by rank on each of `days`; ranks without a product read as 0.

    `changes` are those up to the day asked for, `ahead` what is valid on it.
    """
    known = Counter(changes)
    for group in ahead:
        known[group.ends + ONE_DAY, group.rank] -= group.number
    return running_sums(known, days, lambda level: +level)


def share_changes(
    changes: RankChanges, listed: ListedChanges, ahead: Iterable[ValidGroup], listing: str
) -> Counter[tuple[date, str]]:
    """By how many numerator and denominator of a share change on which day, past and ahead."""
    known: Counter[tuple[date, str]] = Counter()
    for (day, _rank), number in changes.items():
        known[day, "denominator"] += number
    for day, number in listed.items():
        known[day, "numerator"] += number
    for group in ahead:
        valid_until = group.ends + ONE_DAY
        known[valid_until, "denominator"] -= group.number
        if (until := group.listed_until(listing)) is not None:
            known[min(until, valid_until), "numerator"] -= group.number
    return known


def share_series(changes: Mapping[tuple[date, str], int], days: Sequence[date]) -> list[Share]:
    """(numerator, denominator) on each of `days`; of a count's changes the value comes first."""
    return running_sums(
        changes, days, lambda level: Share(level["numerator"], level["denominator"])
    )


def shared_end_dates(ahead: Iterable[ValidGroup], least: int) -> list[tuple[date, int]]:
    """Days that are the last valid day of `least` products or more, in order."""
    ends: Counter[date] = Counter()
    for group in ahead:
        ends[group.ends] += group.number
    return sorted((day, number) for day, number in ends.items() if number >= least)
