"""The council sessions behind the demonstration's recognitions: three members' part totals.

Two members differ from the third by the same points up and down, so that the mean is the score
in the decision; products.scoring.arithmetic works out total and star, as for any rating.
"""

from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

from products.models import Rating, Recognition, ScoringScheme
from products.records import as_plain, create_all, update_all
from products.scoring import arithmetic

SESSION_BEFORE = timedelta(days=14)
TENTH = Decimal("0.1")
MEMBERS = ("Ủy viên minh họa 01", "Ủy viên minh họa 02", "Ủy viên minh họa 03")
PartTotals = dict[str, Decimal]


def rate_all(reason: str) -> int:
    """A rating for each recognition that has a score and no rating yet; returns how many."""
    schemes = list(ScoringScheme.objects.all())
    recognitions = list(
        Recognition.objects.counted().filter(rating=None, score__isnull=False).order_by("id")
    )
    ratings = []
    for recognition in recognitions:
        day = recognition.decided_on - SESSION_BEFORE
        scheme = next(s for s in schemes if s.in_force_at(day))
        limits = {"A": scheme.part_a, "B": scheme.part_b, "C": scheme.part_c}
        marked = member_sheets(recognition.score, limits)
        outcome = arithmetic.score_parts(limits, marked)
        rating = Rating(
            product_id=recognition.product_id,
            scheme=scheme,
            level=recognition.authority,
            session_on=day,
            total=Decimal(outcome.total.numerator) / Decimal(outcome.total.denominator),
            stars=outcome.star,
            sheets=[
                {
                    "member": name,
                    "parts": {part: as_plain(points) for part, points in parts.items()},
                }
                for name, parts in zip(MEMBERS, marked, strict=True)
            ],
            status=recognition.status,
        )
        recognition.rating = rating
        ratings.append(rating)
    create_all(ratings, None, reason)
    for recognition in recognitions:
        recognition.rating_id = recognition.rating.pk
    update_all(recognitions, ["rating"], None, reason)
    return len(ratings)


def member_sheets(score: Decimal, limits: dict[str, int]) -> list[PartTotals]:
    """Three sheets whose mean is `score`, no part above its limit."""
    a = (score * limits["A"] / 100).quantize(TENTH, ROUND_DOWN)
    b = (score * limits["B"] / 100).quantize(TENTH, ROUND_DOWN)
    c = min(score - a - b, Decimal(limits["C"]))
    a = score - b - c
    step = min(Decimal(1), limits["A"] - a)
    return [{"A": a + shift, "B": b, "C": c} for shift in (step, Decimal(0), -step)]
