"""Which rules hold on a day: the scoring scheme, and who decides which star under it."""

from datetime import date
from typing import Any

from products.choices import Rank
from products.models import ScoringScheme

STAR_OF = {Rank.THREE: 3, Rank.FOUR: 4, Rank.POTENTIAL_FIVE: 5, Rank.FIVE: 5}
"""The star by points that a rank stands for; potential 5 was scored 90 or more."""


def scheme_at(day: date | None) -> ScoringScheme | None:
    """The scheme in force on `day`; None before the first one."""
    if day is None:
        return None
    return next((s for s in ScoringScheme.objects.all() if s.in_force_at(day)), None)


def authority_for(scheme: ScoringScheme, rank: int) -> str:
    """Who decides that rank under the scheme (domain: law by date).

    Potential 5 is the province's: scored 90 or more there, waiting for the centre.
    """
    if rank == Rank.POTENTIAL_FIVE:
        return str(scheme.authority_4)
    return str(getattr(scheme, f"authority_{STAR_OF[Rank(rank)]}"))


def agrees(rank: int, stars: int | None) -> bool:
    """True unless the rank of a decision contradicts the star computed from the sheets."""
    return stars is None or STAR_OF[Rank(rank)] == stars


def in_force_before_any() -> Any:
    """The first day that any scheme covers."""
    return ScoringScheme.objects.order_by("valid_from").values_list("valid_from", flat=True).first()
