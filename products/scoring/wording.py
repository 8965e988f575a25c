"""What a rating's sheets come to, in words and figures for the page. Nothing is worked out here:
the figures are those of products.scoring.arithmetic, cut (never rounded up) at two decimals."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from products.choices import Authority
from products.models import Rating, ScoringScheme
from products.scoring import arithmetic
from products.scoring.arithmetic import Blocking, ScoringError, SoFar
from products.scoring.sheets import Criteria, Sheet, is_summary, reckon

CENT = 100


def in_figures(points: Fraction | Decimal | int, *, up: bool = False) -> str:
    """At most two decimals, "≈" before what had more: 69.95 is "69,95", 209/3 is "≈ 69,66".

    Cut, so that 69.999 never reads as 70; `up` is for what is lacking, which must suffice.
    """
    exact = Fraction(points)
    cents, rest = divmod(exact.numerator * CENT, exact.denominator)
    shown = number_format((Decimal(cents + (1 if up and rest else 0)) / CENT).normalize())
    return f"≈ {shown}" if rest else shown


def member_name(sheet: Sheet) -> str:
    return _("Summary sheet") if is_summary(sheet) else str(sheet["member"])


# --- One sheet ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SheetLine:
    """One sheet in the list of sheets; `number` counts from 1, as a text for addresses."""

    number: str
    member: str
    total: str
    parts: list[str]
    missing: int


def sheet_lines(criteria: Criteria, sheets: Sequence[Sheet]) -> list[SheetLine]:
    """Every sheet with its totals; without figures where the sheets do not fit the criteria."""
    try:
        standing: Sequence[Any] = reckon(criteria, sheets).sheets
    except ScoringError:
        standing = [None] * len(sheets)
    return [
        _sheet_line(str(number), sheet, so_far, criteria)
        for number, (sheet, so_far) in enumerate(zip(sheets, standing, strict=True), 1)
    ]


def _sheet_line(number: str, sheet: Sheet, so_far: Any, criteria: Criteria) -> SheetLine:
    if so_far is None:
        return SheetLine(number, member_name(sheet), "–", [], 0)
    parts = [in_figures(so_far.parts.get(part.code, 0)) for part in criteria.parts]
    return SheetLine(number, member_name(sheet), in_figures(so_far.total), parts, so_far.missing)


# --- All sheets -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class PartLine:
    code: str
    label: str
    here: str
    mean: str
    limit: int


@dataclass(frozen=True)
class Blocked:
    """One minimum not reached; `unscored`: only because points are still missing."""

    field: str
    sentence: str
    unscored: bool


@dataclass(frozen=True)
class Result:
    """What the page says of the sheets. `here…` is about one sheet ("" where it is about none).

    `missing` counts over all sheets; while it is not 0, `star` is the least that can come out.
    """

    parts: list[PartLine]
    here_total: str
    here_missing: int
    sheets: int
    total: str
    missing: int
    star: int
    next_star: int | None
    lacking: str
    blocked: list[Blocked]
    minima_judged: bool
    far_apart: list[str]

    @property
    def complete(self) -> bool:
        return self.missing == 0

    @property
    def stars(self) -> str:
        return "★" * self.star


def result_of(criteria: Criteria, sheets: Sequence[Sheet], place: int | None = None) -> Result:
    """`place` is the sheet that the page is about, from 0. ScoringError as for `reckon`."""
    reckoned = reckon(criteria, sheets)
    outcome = reckoned.outcome
    here = None if place is None else reckoned.sheets[place]
    labels = {row.leaf.key: row.label for row in criteria.rows}
    return Result(
        parts=_part_lines(criteria, reckoned, place),
        here_total="" if here is None else in_figures(here.total),
        here_missing=0 if here is None else here.missing,
        sheets=len(sheets),
        total=in_figures(outcome.total),
        missing=sum(sheet.missing for sheet in reckoned.sheets),
        star=outcome.star,
        next_star=None if outcome.star == 5 else outcome.star + 1,
        lacking=in_figures(outcome.points_missing, up=True) if outcome.points_missing else "",
        blocked=[_blocked(one, reckoned, labels[one.leaf.key]) for one in outcome.blocking],
        minima_judged=outcome.minima_judged,
        far_apart=_far_apart(reckoned, sheets),
    )


def _part_lines(criteria: Criteria, reckoned: SoFar, place: int | None) -> list[PartLine]:
    lines = []
    for part in criteria.parts:
        here = "" if place is None else in_figures(reckoned.sheets[place].parts.get(part.code, 0))
        mean = in_figures(reckoned.outcome.parts.get(part.code, 0))
        lines.append(PartLine(part.code, part.label, here, mean, part.limit))
    return lines


def _blocked(one: Blocking, reckoned: SoFar, label: str) -> Blocked:
    unscored = one.leaf.key in reckoned.unscored
    words = {
        "label": f"{one.leaf.criterion}.{one.leaf.leaf} {label}",
        "mean": in_figures(one.mean),
        "needed": one.needed,
        "star": one.star,
    }
    if unscored:
        sentence = _(
            "%(label)s: not every sheet gives points yet; at least %(needed)d for %(star)d stars"
        )
    else:
        sentence = _("%(label)s: %(mean)s points; at least %(needed)d for %(star)d stars")
    return Blocked(f"at-points-{one.leaf.criterion}-{one.leaf.leaf}", sentence % words, unscored)


def _far_apart(reckoned: SoFar, sheets: Sequence[Sheet]) -> list[str]:
    """Only complete sheets are compared: one just begun is far from all."""
    outcome = reckoned.outcome
    found = []
    words = _(
        "%(one)s (%(first)s) and %(other)s (%(second)s) are %(apart)s points apart: "
        "the council should talk it over."
    )
    for one, other in outcome.far_apart:
        if reckoned.sheets[one].missing or reckoned.sheets[other].missing:
            continue
        first, second = outcome.members[one], outcome.members[other]
        found.append(
            words
            % {
                "one": member_name(sheets[one]),
                "first": in_figures(first),
                "other": member_name(sheets[other]),
                "second": in_figures(second),
                "apart": in_figures(abs(first - second)),
            }
        )
    return found


def trouble_in_words(error: ScoringError, sheets: Sequence[Sheet]) -> str:
    """Why the sheets on file cannot be scored, and how to mend it."""
    place = error.params.get("sheet")
    if place is None or place >= len(sheets):
        return _("There is no sheet yet.")
    words = _(
        "The sheet of %(member)s does not fit the criteria that apply now (the product set or the "
        "day of the session changed). Remove it and enter it again from paper."
    )
    return words % {"member": member_name(sheets[place])}


# --- From council to council ----------------------------------------------------------------------


def authorities_of(scheme: ScoringScheme) -> dict[int, str]:
    return {3: scheme.authority_3, 4: scheme.authority_4, 5: scheme.authority_5}


@dataclass(frozen=True)
class Step:
    """One council on the way up, with (rating, total in figures) of this product by it."""

    label: str
    ratings: list[tuple[Rating, str]]


def way_up(ratings: Sequence[tuple[Rating, str]]) -> list[Step]:
    """The product's ratings council by council, the lowest first."""
    return [
        Step(str(Authority(level).label), [line for line in ratings if line[0].level == level])
        for level in arithmetic.LEVELS
    ]


def what_follows(rating: Rating) -> str:
    """What the law makes of the stars of this session, in a sentence."""
    stars, scheme = rating.stars, rating.scheme
    if stars is None:
        return _("What follows is known when every sheet is complete.")
    if stars < 3:
        return _("A product with fewer than 3 stars gets no certificate.")
    # It is the score that goes up (70 or more to the province, 90 or more to the ministry), also
    # where a minimum holds the star below it.
    by_total = max(stars, arithmetic.star_by_total(rating.total or 0))
    above = arithmetic.next_level(rating.level, by_total, authorities_of(scheme))
    words = {"stars": stars, "document": scheme.document}
    if above is not None and by_total > stars:
        words |= {"council": Authority(above).label, "total": in_figures(rating.total or 0)}
        return (
            _(
                "%(stars)d stars because of a minimum, but with %(total)s points it goes up to "
                "the next council: %(council)s (%(document)s)."
            )
            % words
        )
    if above is None:
        words["council"] = Authority(authorities_of(scheme)[stars]).label
        return _("%(stars)d stars are decided by: %(council)s (%(document)s).") % words
    words["council"] = Authority(above).label
    if above == Authority.MINISTRY:
        return (
            _(
                "%(stars)d stars go up to the next council: %(council)s (%(document)s). Until it "
                "decides, the product is potential 5 stars."
            )
            % words
        )
    return _("%(stars)d stars go up to the next council: %(council)s (%(document)s).") % words
