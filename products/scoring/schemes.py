"""Which rules hold on a day: the scoring scheme, and who decides which star under it."""

from datetime import date
from typing import Any

from products.certificates import RenewalTerms, SchemeTerms
from products.choices import Rank
from products.models import ScoringScheme
from products.scoring.arithmetic import LEVELS

STAR_OF = {Rank.THREE: 3, Rank.FOUR: 4, Rank.POTENTIAL_FIVE: 5, Rank.FIVE: 5}
"""The star by points that a rank stands for; potential 5 was scored 90 or more."""


def scheme_at(day: date | None) -> ScoringScheme | None:
    """The scheme in force on `day`; None before the first one."""
    if day is None:
        return None
    return next((s for s in ScoringScheme.objects.all() if s.in_force_at(day)), None)


def scheme_of_session(
    session_on: date | None, lodged_on: date | None, rerating: bool
) -> ScoringScheme | None:
    """The scheme a council rates under: that of its day, or the one before where the dossier was
    lodged under it and its rating may still be finished (QĐ 26/2026/QĐ-TTg, article 12.2)."""
    former = finishing_at(session_on)
    if former is not None and former.valid_to and session_on and lodged_on:
        until = former.renewal_until if rerating else former.first_until
        if lodged_on <= former.valid_to and until is not None and session_on <= until:
            return former
    return scheme_at(session_on)


def finishing_at(day: date | None) -> ScoringScheme | None:
    """The scheme that is over on `day` while dossiers lodged under it are still rated by it; None
    mostly. On such a day a rating needs the day its dossier was lodged."""
    if day is None:
        return None
    over = ScoringScheme.objects.filter(valid_to__lt=day, first_until__gte=day)
    return over.order_by("-valid_to").first()


def councils_of(scheme: ScoringScheme) -> tuple[str, ...]:
    """Levels that have a council which gives points under the scheme, the lowest first."""
    return LEVELS[LEVELS.index(scheme.first_council) :]


def stars_decided_by(scheme: ScoringScheme, level: str) -> list[int]:
    """The stars that a level decides about under the scheme."""
    return [star for star in (3, 4, 5) if getattr(scheme, f"authority_{star}") == level]


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


def renewal_terms() -> RenewalTerms:
    """When certificates are filed for again, under all schemes on file; one query."""
    columns = (
        *("document", "valid_from", "valid_to", "renewal_opens_days", "renewal_closes_days"),
        "proposed_by",
    )
    rows = ScoringScheme.objects.order_by("valid_from").values_list(*columns)
    return RenewalTerms([SchemeTerms(*row) for row in rows])


def most_prolonged_days(on: date | None) -> tuple[int, bool]:
    """By how many days a paper of that day prolongs a certificate at most, and whether the law of
    the day knows it; of other days the most that any scheme allows."""
    scheme = scheme_at(on)
    if scheme is not None and scheme.prolonged_days:
        return scheme.prolonged_days, True
    return max(one.prolonged_days or 0 for one in ScoringScheme.objects.all()), False
