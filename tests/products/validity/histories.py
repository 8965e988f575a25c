"""Random recognitions and listings of one product, for Hypothesis."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from products.certificates import certificate_end
from products.choices import Rank
from products.validity import Certificate, Listing

# Few days that meet each other and each other's ends, and any other.
MEETING = [date(y, m, d) for y in (2021, 2022) for m, d in ((2, 28), (8, 22), (12, 30), (12, 31))]
MEETING += [date(2020, 2, 29), date(2023, 1, 1)]
MEETING += [certificate_end(day) + timedelta(days=n) for day in MEETING for n in (0, 1)]
DAYS = st.sampled_from(MEETING) | st.dates(date(2020, 1, 1), date(2026, 12, 31))
LATER = st.none() | st.integers(0, 1500) | st.sampled_from([0, 1, 1095, 1096])


@st.composite
def a_certificate(draw: Any) -> tuple[date, int, date | None]:
    decided = draw(DAYS)
    revoked = draw(st.none() | DAYS | st.just(decided))
    return decided, draw(st.sampled_from(Rank.values)), revoked


@st.composite
def histories(draw: Any) -> list[Certificate]:
    """Recognitions as the database has them: a rank once a day, not revoked before decided."""
    given = draw(st.lists(a_certificate(), max_size=5, unique_by=lambda one: one[:2]))
    return [
        Certificate(
            number,
            rank,
            decided,
            certificate_end(decided),
            revoked if revoked and revoked >= decided else None,
        )
        for number, (decided, rank, revoked) in enumerate(given, start=1)
    ]


@st.composite
def a_listing(draw: Any) -> Listing:
    started, days = draw(DAYS), draw(LATER)
    return Listing(started, None if days is None else started + timedelta(days=days))


LISTINGS = st.lists(a_listing(), max_size=4)
