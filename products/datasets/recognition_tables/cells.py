"""Cells of a list of recognitions: the set they name, a rank beside its score, who decided."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.lib.text import folded
from products.choices import Rank
from products.models import ProductGroup, ProductSet, ScoringScheme
from products.scoring import star_by_total


def resolve_sets(rows: list[ImportRow], context: ImportContext, column: Column) -> None:
    """The product set that each row names; a group is none of them."""
    named = [row for row in rows if row["product_set"]]
    if not named:
        return
    sets = list(ProductSet.objects.select_related("group"))
    known = {str(s.number): s for s in sets} | {folded(f"bộ {s.number}"): s for s in sets}
    for one in sets:
        # Whatever the law called it, then or since.
        known |= {folded(name): one for name in one.names}
        known |= {folded(f"{one.number}. {name}"): one for name in one.names}
    groups = {folded(group.name) for group in ProductGroup.objects.all()}
    branches = {folded(branch) for s in sets for branch in s.branches}
    for row in named:
        key = folded(row["product_set"])
        if key in known:
            row.resolved["product_set"] = known[key]
        elif key in groups | branches:
            context.warn(row, column, "unknown_value", because="group_not_set")
        else:
            choices = ", ".join(str(s) for s in sets[:3]) + " …"
            context.error(row, column, "unknown_value", choices=choices)


RANK_OF_STAR = {3: Rank.THREE, 4: Rank.FOUR, 5: Rank.POTENTIAL_FIVE}


def compare_score(row: ImportRow, context: ImportContext, column: Column) -> None:
    """A rank that the score alone does not give is said, not refused: decisions hold."""
    if row["score"] is None or row["rank"] is None:
        return
    by_score = RANK_OF_STAR.get(star_by_total(row["score"]), 0)
    given = Rank.POTENTIAL_FIVE if row["rank"] == Rank.FIVE else row["rank"]
    if given == by_score:
        return
    because = "rank_above_score" if given > by_score else "rank_below_score"
    context.warn(row, column, "conflict", because=because, score=str(row["score"]))


def authority_at(schemes: Iterable[ScoringScheme], day: date, rank: Any) -> str:
    """Who recognises at a rank under the scheme of a day; empty before the first."""
    for scheme in schemes:
        if scheme.in_force_at(day):
            # Potential 5 is the province's own word, given while the centre has yet to score.
            return {
                Rank.THREE: scheme.authority_3,
                Rank.FOUR: scheme.authority_4,
                Rank.POTENTIAL_FIVE: scheme.authority_4,
                Rank.FIVE: scheme.authority_5,
            }[rank]
    return ""
