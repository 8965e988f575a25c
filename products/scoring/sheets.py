"""The council's sheets of a rating: what they ask for, how they are kept, what they come to.

A sheet is kept as {"member": …, "points": {"<criterion>.<leaf>": 3}}, or where the criteria are
not on file leaf by leaf as {"member": …, "parts": {"A": "24.5", "B": …, "C": …}}. A sheet
without a member is the summary sheet of the council, and then the only one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from ocop.lib.text import nfc
from products.choices import ScoringPart
from products.models import Criterion, Rating, ScoringScheme, ScoringSheet
from products.scoring import arithmetic
from products.scoring.arithmetic import Leaf, LeafKey, PartialScore, ScoringError

Sheet = dict[str, Any]
MAX_SHEETS = 30
"""Councils have seven to eleven members; more sheets than this are a mistake."""
MILLIONTH = 1_000_000


# --- What a sheet asks for ----------------------------------------------------------------------


@dataclass(frozen=True)
class LeafRow:
    """One leaf criterion and its words: `meanings` what each number of points stands for, as far
    as the office has entered it, `note` what was doubtful in the public copy."""

    leaf: Leaf
    label: str
    note: str = ""
    meanings: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CriterionGroup:
    """One criterion with its leaves; `cases` are its either/or cases, [] mostly."""

    number: int
    label: str
    rows: tuple[LeafRow, ...]

    @property
    def cases(self) -> list[int]:
        return sorted({row.leaf.alternative for row in self.rows if row.leaf.alternative})


@dataclass(frozen=True)
class SheetPart:
    """Part A, B or C with the most points it gives; `groups` is empty for part totals."""

    code: str
    label: str
    limit: int
    groups: tuple[CriterionGroup, ...] = ()


@dataclass(frozen=True)
class Criteria:
    """What a member scores. `note` says why it is part totals only, or what to compare with the
    paper sheet; `blocking_reason` why nothing
    can be scored yet ("" where it can)."""

    parts: tuple[SheetPart, ...]
    by_parts: bool
    note: str = ""
    blocking_reason: str = ""

    @property
    def limits(self) -> dict[str, int]:
        return {part.code: part.limit for part in self.parts}

    @property
    def rows(self) -> list[LeafRow]:
        return [row for part in self.parts for group in part.groups for row in group.rows]

    @property
    def leaves(self) -> list[Leaf]:
        return [row.leaf for row in self.rows]


def criteria_for(rating: Rating, sheets: Sequence[Sheet] | None = None) -> Criteria:
    """The criteria of the rating's scheme for its product's set, in the order of the paper sheet.

    `sheets` are the rating's sheets as shown (default: as stored): a rating begun with part
    totals goes on with them.
    """
    scheme, product_set = rating.scheme, rating.product.product_set
    known = ScoringSheet.objects.filter(scheme_id=scheme.criteria_of_id or scheme.pk)
    by_parts = rating.sheets if sheets is None else sheets
    if not known.exists():
        return _part_totals(scheme, _no_criteria(scheme))
    if any("parts" in sheet for sheet in by_parts):
        return _part_totals(scheme, _begun_with_parts())
    if product_set is None:
        return Criteria((), by_parts=False, blocking_reason=_no_set())
    sheet = known.filter(product_set=product_set).first()
    if sheet is None:
        return _part_totals(scheme, _no_criteria(scheme))
    if not sheet.checked:
        return _part_totals(scheme, _unchecked(product_set))
    criteria = list(sheet.criteria.prefetch_related("meanings"))
    return Criteria(_grouped(scheme, criteria), by_parts=False, note=sheet.note)


def _no_set() -> str:
    return _(
        "It is not recorded to which product set this product belongs, and the set decides the "
        "criteria. Enter the product set first, then score."
    )


def _no_criteria(scheme: ScoringScheme) -> str:
    words = _("The criteria of %(document)s are not on file leaf by leaf: enter part totals.")
    return words % {"document": scheme.document}


def _begun_with_parts() -> str:
    return _("This rating holds part totals, so every sheet of it does.")


def _unchecked(product_set: Any) -> str:
    words = _(
        "The published criteria of set “%(set)s” do not add up to 100 points, so they are not "
        "used: enter part totals from the paper sheet. Minimum levels cannot be judged here; "
        "check them on paper."
    )
    return words % {"set": product_set}


def _limits(scheme: ScoringScheme) -> dict[str, int]:
    return {"A": scheme.part_a, "B": scheme.part_b, "C": scheme.part_c}


def _part_totals(scheme: ScoringScheme, note: str) -> Criteria:
    parts = [
        SheetPart(code, str(ScoringPart(code).label), most)
        for code, most in _limits(scheme).items()
    ]
    return Criteria(tuple(parts), by_parts=True, note=note)


def _grouped(scheme: ScoringScheme, criteria: Sequence[Criterion]) -> tuple[SheetPart, ...]:
    limits = _limits(scheme)
    parts = []
    for code, of_part in groupby(criteria, key=lambda one: one.part):
        groups = [
            CriterionGroup(number, label, tuple(_row_of(one) for one in of_group))
            for (number, label), of_group in groupby(
                of_part, key=lambda one: (one.number, one.label)
            )
        ]
        parts.append(SheetPart(code, str(ScoringPart(code).label), limits[code], tuple(groups)))
    return tuple(parts)


def _row_of(criterion: Criterion) -> LeafRow:
    meanings = {one.points: one.text for one in criterion.meanings.all()}
    return LeafRow(leaf_of(criterion), criterion.leaf_label, criterion.note, meanings)


def leaf_of(criterion: Criterion) -> Leaf:
    return Leaf(
        criterion.part,
        criterion.number,
        criterion.leaf,
        criterion.max_points,
        tuple(criterion.levels),
        criterion.min_3,
        criterion.min_4,
        criterion.min_5,
        criterion.alternative,
    )


# --- What the sheets come to ----------------------------------------------------------------------


def points_of(sheet: Sheet) -> dict[LeafKey, int]:
    given = {}
    for text, points in sheet.get("points", {}).items():
        criterion, _dot, leaf = text.partition(".")
        given[int(criterion), int(leaf)] = points
    return given


def parts_of(sheet: Sheet) -> dict[str, Decimal]:
    return {part: Decimal(points) for part, points in sheet.get("parts", {}).items()}


def compute_result(criteria: Criteria, sheets: Sequence[Sheet]) -> PartialScore:
    """What the sheets come to so far. ScoringError where they do not fit the criteria."""
    other = "points" if criteria.by_parts else "parts"
    for place, sheet in enumerate(sheets):
        if other in sheet:
            raise ScoringError("other_criteria", sheet=place)
    if criteria.by_parts:
        return arithmetic.partial_score_by_parts(
            criteria.limits, [parts_of(sheet) for sheet in sheets]
        )
    return arithmetic.partial_score(criteria.leaves, [points_of(sheet) for sheet in sheets])


def stored_result(criteria: Criteria, sheets: Sequence[Sheet]) -> tuple[Decimal | None, int | None]:
    """(total, stars) to keep with the rating; both None until every sheet is complete.

    The total is cut, not rounded, at six decimals, so that it never reaches a star by rounding.
    """
    try:
        result = compute_result(criteria, sheets)
    except ScoringError:
        return None, None
    if not result.complete:
        return None, None
    return truncated(result.outcome.total), result.outcome.star


def is_up_to_date(rating: Rating) -> bool:
    """True if the rating's sheets, by the criteria of its product's set now, give its result."""
    total, stars = stored_result(criteria_for(rating), rating.sheets)
    return (total, stars) == (rating.total, rating.stars)


def truncated(total: Fraction) -> Decimal:
    return Decimal(total.numerator * MILLIONTH // total.denominator) / MILLIONTH


# --- Sheets beside one another --------------------------------------------------------------------


def is_summary(sheet: Sheet) -> bool:
    return not sheet.get("member")


def same_member(one: Sheet, other: Sheet) -> bool:
    """Names differ by their accents: Hoa is not Hòa."""
    return _name(one) == _name(other)


def _name(sheet: Sheet) -> str:
    return " ".join(nfc(sheet.get("member", "")).casefold().split())


def mismatch(sheets: Sequence[Sheet], place: int) -> str:
    """Why the sheet at `place` cannot stand beside the others, in a sentence; "" where it can."""
    mine = sheets[place]
    others = [sheet for at, sheet in enumerate(sheets) if at != place]
    if len(sheets) > MAX_SHEETS:
        return _("A rating holds at most %(most)d sheets.") % {"most": MAX_SHEETS}
    if others and is_summary(mine):
        return _("A summary sheet stands alone. Write the member's name, or remove the others.")
    if any(is_summary(sheet) for sheet in others):
        return _(
            "This rating already has the summary sheet of the council. Remove it before entering "
            "the members' sheets."
        )
    if any(same_member(mine, sheet) for sheet in others):
        words = _("There already is a sheet of %(member)s: open that one, or mend the name.")
        return words % {"member": mine["member"]}
    return ""


@dataclass(frozen=True)
class Merged:
    """All sheets with mine at `place`; `theirs` is the stored sheet that mine would overwrite
    (None: nothing of anybody else's is touched). `base` is my sheet as I opened it."""

    sheets: list[Sheet]
    place: int
    theirs: Sheet | None = None
    base: Sheet | None = None


def merged(base: Sequence[Sheet], stored: Sequence[Sheet], mine: Sheet, place: int) -> Merged:
    """Put my sheet among the `stored` ones, when those I opened were `base`.

    Other people's changes to other sheets stay. A sheet that was removed meanwhile is added anew.
    """
    before = base[place] if place < len(base) else None
    at = _place_now(before, stored, mine, place)
    sheets = list(stored)
    if at is None:
        return Merged([*sheets, mine], len(sheets), None, before)
    touched = sheets[at] not in (before, mine)
    theirs = sheets[at] if touched else None
    sheets[at] = mine
    return Merged(sheets, at, theirs, before)


def _place_now(
    before: Sheet | None, stored: Sequence[Sheet], mine: Sheet, place: int
) -> int | None:
    """Where the sheet that was opened stands now; None for one that is not there."""
    if place < len(stored) and stored[place] == before:
        return place
    for known in (before, mine):
        if known is None:
            continue
        for at, sheet in enumerate(stored):
            if sheet == known or same_member(sheet, known):
                return at
    return None
