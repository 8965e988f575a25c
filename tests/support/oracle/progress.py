"""Progress of every target (domain page, section 3), in the shape of `progress --format json`.

The keys are those of the interfaces page, without "explanation". Readings where the pages leave a
choice are marked "Reading".
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from tests.support.oracle.counting import Basis, count, plus_months, share, stock
from tests.support.oracle.world import Target, Value, Window, World, windows


def progress(world: World, as_of: date, unit: str, pending: bool) -> dict[str, Any]:
    """What the command prints for that day, unit and basis."""
    basis = Basis(world, unit, pending)
    return {
        "plan": world.plan,
        "as_of": as_of.isoformat(),
        "unit": unit,
        "pending": pending,
        "targets": [
            row(basis, target, window, as_of)
            for target in world.targets
            for window in windows(world, target)
        ],
        "stock": stock(basis, as_of),
    }


def row(basis: Basis, target: Target, window: Window, as_of: date) -> dict[str, Any]:
    # A closed window is judged on its last day.
    day = min(as_of, window.end)
    value = value_in_force(target, window, day)
    threshold = limit(basis, target, window, day)
    of_province = basis.unit == basis.world.province
    numerator: int | None = None
    denominator: int | None = None
    actual: Fraction | None
    if target.is_share:
        numerator, denominator = share(basis, target, day)
        actual = Fraction(100 * numerator, denominator) if denominator else None
    else:
        actual = Fraction(count(basis, target, window, day))
    met = None if threshold is None or actual is None else reached(target, actual, threshold)
    expected = expected_on(basis, target, window, day)
    found = {
        "code": target.code,
        "period": window.label,
        "kind": "share" if target.is_share else "count",
        "operator": target.operator,
        "threshold": None if threshold is None else plain(threshold),
        "aim": plain(Fraction(value.aim)) if of_province and value.aim is not None else None,
        "numerator": numerator,
        "denominator": denominator,
        "actual": actual_text(target, actual, threshold),
        "met": met,
        "gap": None if met is None else gap(target, threshold, actual, numerator, denominator),
        "expected": None if expected is None else expected_text(target, expected),
        "state": state(basis, target, window, as_of),
        "counted_at": day.isoformat(),
    }
    if target.is_share and day != as_of:
        num, den = share(basis, target, as_of)
        # Reading: written like `actual`, null where nothing is valid now.
        level = Fraction(100 * num, den) if den else None
        text = actual_text(target, level, threshold)
        found["now"] = {"numerator": num, "denominator": den, "actual": text}
    return found


# --- Limits ---------------------------------------------------------------------------------------


def value_in_force(target: Target, window: Window, day: date) -> Value:
    """Reading: the latest in force on the day that counts; before the first, the first."""
    of_window = [one for one in target.values if one.year == window.year]
    begun = [one for one in of_window if one.effective_from <= day]
    if begun:
        return max(begun, key=lambda one: one.effective_from)
    return min(of_window, key=lambda one: one.effective_from)


def limit(basis: Basis, target: Target, window: Window, day: date) -> Fraction | None:
    """The plan's own limit for the province and for every share; else what the district has been
    given for the window's years by `day`; None: nothing.

    Reading: quotas are entered records and wait for verification like others; a quota of 0 is one.
    """
    if target.is_share or basis.unit == basis.world.province:
        return Fraction(value_in_force(target, window, day).threshold)
    given = [
        one.value
        for one in target.allocations
        if basis.counts(one)
        and one.district == basis.unit
        and window.start.year <= one.year <= window.end.year
        and (one.given_from is None or one.given_from <= day)
    ]
    return Fraction(sum(given)) if given else None


def reached(target: Target, actual: Fraction, threshold: Fraction) -> bool:
    return actual > threshold if target.operator == ">" else actual >= threshold


def gap(
    target: Target,
    threshold: Any,
    actual: Any,
    numerator: int | None,
    denominator: int | None,
) -> int:
    """The least number of whole units more with which the limit is reached, tried one by one."""
    more = 0
    while True:
        with_more = (
            Fraction(100 * ((numerator or 0) + more), denominator) if denominator else actual + more
        )
        if reached(target, with_more, threshold):
            return more
        more += 1


# --- Expected -------------------------------------------------------------------------------------


def expected_on(basis: Basis, target: Target, window: Window, day: date) -> Fraction | None:
    """Whole units for counts, exact percent for shares; None before the window and where a
    district has no quota.

    Reading: a share of nothing is expected to rise like any other.
    """
    threshold = limit(basis, target, window, day)
    if day < window.start or threshold is None:
        return None
    start = baseline(basis, target, window, threshold) if target.is_share else Fraction(0)
    stones = milestones(basis, target, window)
    elapsed = (day - window.start).days
    if stones:
        at = on_the_line(corners(target, window, threshold, start, stones), day)
    elif target.is_share:
        at = start + (threshold - start) * Fraction(elapsed, window.days - 1)
    else:
        at = threshold * Fraction(elapsed + 1, window.days)
    return at if target.is_share else Fraction(floor(at))


def milestones(basis: Basis, target: Target, window: Window) -> dict[int, Fraction]:
    """Value by the number of the day.

    Reading: milestones of a count are the province's own numbers, no district has any; those of a
    share, like its limit, are everybody's.
    """
    if not target.is_share and basis.unit != basis.world.province:
        return {}
    return {
        one.due_on.toordinal(): Fraction(one.value)
        for one in target.milestones
        if one.year == window.year and window.start <= one.due_on <= window.end
    }


def corners(
    target: Target,
    window: Window,
    threshold: Fraction,
    start: Fraction,
    stones: dict[int, Fraction],
) -> dict[int, Fraction]:
    """The line over the milestones, by the numbers of its days.

    Reading: it starts on the window's first day, and after the last milestone it goes on to the
    limit on the last day, unless a milestone stands there.
    """
    first = window.start.toordinal()
    return {first: start, window.end.toordinal(): threshold, **stones}


def on_the_line(line: dict[int, Fraction], day: date) -> Fraction:
    number = day.toordinal()
    if number in line:
        return line[number]
    before = max(corner for corner in line if corner < number)
    after = min(corner for corner in line if corner > number)
    step = Fraction(number - before, after - before)
    return line[before] + (line[after] - line[before]) * step


def baseline(basis: Basis, target: Target, window: Window, threshold: Fraction) -> Fraction:
    """The share on the window's first day: 0 where nothing was valid, never above the limit.

    Reading: the limit is the one in force on the day that counts.
    """
    numerator, denominator = share(basis, target, window.start)
    if not denominator:
        return Fraction(0)
    return min(Fraction(100 * numerator, denominator), threshold)


# --- State ----------------------------------------------------------------------------------------


def state(basis: Basis, target: Target, window: Window, as_of: date) -> str:
    """The first rule of the page's table that holds."""
    day = min(as_of, window.end)
    threshold = limit(basis, target, window, day)
    if as_of < window.start:
        return "not_due"
    if threshold is None:
        return "no_target"
    expected = expected_on(basis, target, window, day)
    assert expected is not None
    if target.is_share:
        return state_of_share(basis, target, window, as_of, threshold, expected)
    actual = count(basis, target, window, day)
    aim = value_in_force(target, window, day).aim
    of_province = basis.unit == basis.world.province
    if actual > (Fraction(aim) if of_province and aim is not None else threshold):
        return "exceeded"
    if reached(target, Fraction(actual), threshold):
        return "met"
    return unmet(basis, window, as_of, actual, expected)


def state_of_share(
    basis: Basis,
    target: Target,
    window: Window,
    as_of: date,
    threshold: Fraction,
    expected: Fraction,
) -> str:
    day = min(as_of, window.end)
    numerator, denominator = share(basis, target, day)
    if not denominator:
        return "no_data"
    if reached(target, Fraction(100 * numerator, denominator), threshold):
        later = min(window.end, plus_months(day, 12))
        num, den = share(basis, target, later, known_on=day)
        # Reading: where no certificate is left by then, the share is not met.
        kept = den > 0 and reached(target, Fraction(100 * num, den), threshold)
        return "met" if kept else "slipping"
    needed = floor(expected * denominator / 100)
    return unmet(basis, window, as_of, numerator, Fraction(needed))


def unmet(basis: Basis, window: Window, as_of: date, actual: int, expected: Fraction) -> str:
    if as_of >= window.end:
        return "missed"
    if actual >= expected:
        return "on_track"
    if 100 * actual >= basis.world.attention_percent * expected:
        return "attention"
    return "behind"


# --- Text -----------------------------------------------------------------------------------------


def plain(number: Fraction) -> str:
    """Without zeros at the end: "50", "12.5". Limits have at most three decimals."""
    text = format(Decimal(int(number * 1000)) / 1000, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def actual_text(target: Target, actual: Fraction | None, threshold: Fraction | None) -> str | None:
    """Counts whole. Reading: shares cut off after one decimal, or after as many more as it takes
    for a share that is met not to look unmet."""
    if actual is None:
        return None
    if not target.is_share:
        return str(int(actual))
    assert threshold is not None
    decimals = 1
    while reached(target, actual, threshold) and not reached(
        target, cut_off(actual, decimals), threshold
    ):
        decimals += 1
    return with_decimals(cut_off(actual, decimals), decimals)


def cut_off(number: Fraction, decimals: int) -> Fraction:
    return Fraction(floor(number * 10**decimals), 10**decimals)


def expected_text(target: Target, expected: Fraction) -> str:
    """Counts whole. Reading: shares with one decimal, rounded half to even."""
    if not target.is_share:
        return str(int(expected))
    return with_decimals(round(expected, 1), 1)


def with_decimals(number: Fraction, decimals: int) -> str:
    digits = str(int(number * 10**decimals)).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}"
