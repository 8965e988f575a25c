"""What a rating's sheets come to, in words and figures for the page. Nothing is worked out here:
the figures are those of products.scoring.arithmetic, cut (never rounded up) at two decimals."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from products.certificates import Window
from products.choices import Authority
from products.models import Rating, ScoringScheme
from products.scoring import arithmetic, schemes
from products.scoring.arithmetic import PartialScore, ScoringError, UnmetMinimum
from products.scoring.sheets import Criteria, Sheet, compute_result, is_summary

CENT = 100


def format_points(points: Fraction | Decimal | int, *, up: bool = False) -> str:
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
class SheetRow:
    """One sheet in the list of sheets; `number` counts from 1, as a text for addresses."""

    number: str
    member: str
    total: str
    parts: list[str]
    missing: int


def sheet_rows(criteria: Criteria, sheets: Sequence[Sheet]) -> list[SheetRow]:
    """Every sheet with its totals; without figures where the sheets do not fit the criteria."""
    try:
        partial: Sequence[Any] = compute_result(criteria, sheets).sheets
    except ScoringError:
        partial = [None] * len(sheets)
    return [
        _sheet_row(str(number), sheet, so_far, criteria)
        for number, (sheet, so_far) in enumerate(zip(sheets, partial, strict=True), 1)
    ]


def _sheet_row(number: str, sheet: Sheet, so_far: Any, criteria: Criteria) -> SheetRow:
    if so_far is None:
        return SheetRow(number, member_name(sheet), "–", [], 0)
    parts = [format_points(so_far.parts.get(part.code, 0)) for part in criteria.parts]
    return SheetRow(number, member_name(sheet), format_points(so_far.total), parts, so_far.missing)


# --- All sheets -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class PartRow:
    code: str
    label: str
    here: str
    mean: str
    limit: int


@dataclass(frozen=True)
class UnmetMinimumRow:
    """One minimum not reached; `unscored`: only because points are still missing."""

    field: str
    sentence: str
    unscored: bool


@dataclass(frozen=True)
class RatingSummary:
    """What the page says of the sheets. `here…` is about one sheet ("" where it is about none).

    `missing` counts over all sheets; while it is not 0, `star` is the least that can come out.
    """

    parts: list[PartRow]
    here_total: str
    here_missing: int
    sheets: int
    total: str
    missing: int
    star: int
    next_star: int | None
    lacking: str
    blocked: list[UnmetMinimumRow]
    minima_judged: bool
    far_apart: list[str]

    @property
    def complete(self) -> bool:
        return self.missing == 0

    @property
    def stars(self) -> str:
        return "★" * self.star


def result_of(
    criteria: Criteria, sheets: Sequence[Sheet], place: int | None = None
) -> RatingSummary:
    """`place` is the sheet that the page is about, from 0. ScoringError as for `compute_result`."""
    result = compute_result(criteria, sheets)
    outcome = result.outcome
    here = None if place is None else result.sheets[place]
    labels = {row.leaf.key: row.label for row in criteria.rows}
    return RatingSummary(
        parts=_part_rows(criteria, result, place),
        here_total="" if here is None else format_points(here.total),
        here_missing=0 if here is None else here.missing,
        sheets=len(sheets),
        total=format_points(outcome.total),
        missing=sum(sheet.missing for sheet in result.sheets),
        star=outcome.star,
        next_star=None if outcome.star == 5 else outcome.star + 1,
        lacking=format_points(outcome.points_missing, up=True) if outcome.points_missing else "",
        blocked=[_blocked(one, result, labels[one.leaf.key]) for one in outcome.blocking],
        minima_judged=outcome.minima_judged,
        far_apart=_far_apart(result, sheets),
    )


def _part_rows(criteria: Criteria, result: PartialScore, place: int | None) -> list[PartRow]:
    lines = []
    for part in criteria.parts:
        here = "" if place is None else format_points(result.sheets[place].parts.get(part.code, 0))
        mean = format_points(result.outcome.parts.get(part.code, 0))
        lines.append(PartRow(part.code, part.label, here, mean, part.limit))
    return lines


def _blocked(one: UnmetMinimum, result: PartialScore, label: str) -> UnmetMinimumRow:
    unscored = one.leaf.key in result.unscored
    words = {
        "label": f"{one.leaf.criterion}.{one.leaf.leaf} {label}",
        "mean": format_points(one.mean),
        "needed": one.needed,
        "star": one.star,
    }
    if unscored:
        sentence = _(
            "%(label)s: not every sheet gives points yet; at least %(needed)d for %(star)d stars"
        )
    else:
        sentence = _("%(label)s: %(mean)s points; at least %(needed)d for %(star)d stars")
    return UnmetMinimumRow(
        f"at-points-{one.leaf.criterion}-{one.leaf.leaf}", sentence % words, unscored
    )


def _far_apart(result: PartialScore, sheets: Sequence[Sheet]) -> list[str]:
    """Only complete sheets are compared: one just begun is far from all."""
    outcome = result.outcome
    found = []
    words = _(
        "%(one)s (%(first)s) and %(other)s (%(second)s) are %(apart)s points apart: "
        "the council should talk it over."
    )
    for one, other in outcome.far_apart:
        if result.sheets[one].missing or result.sheets[other].missing:
            continue
        first, second = outcome.members[one], outcome.members[other]
        found.append(
            words
            % {
                "one": member_name(sheets[one]),
                "first": format_points(first),
                "other": member_name(sheets[other]),
                "second": format_points(second),
                "apart": format_points(abs(first - second)),
            }
        )
    return found


def scoring_problem(error: ScoringError, sheets: Sequence[Sheet]) -> str:
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


def councils_in_words(scheme: ScoringScheme) -> str:
    """The councils of a scheme with what they decide: "Province (3 or 4 stars), Ministry (5
    stars)"; one that only passes on stands without."""
    found = []
    for level in schemes.councils_of(scheme):
        stars = schemes.stars_decided_by(scheme, level)
        label = str(Authority(level).label)
        if stars:
            words = _("%(council)s (%(stars)s stars)")
            joined = _(" or ").join(map(str, stars))
            label = words % {"council": label, "stars": joined}
        found.append(label)
    return ", ".join(found)


def window_in_words(window: Window) -> str:
    """When a dossier is filed again: "file from 31/08/2026 to 30/10/2026"; "announce by
    30/11/2025" under laws that only ask for a notice."""
    days = {"closes": date_format(window.closes, "SHORT_DATE_FORMAT")}
    if window.in_transition:
        words = _("file by %(closes)s; after the certificate's end a paper is needed to prolong it")
        return words % days
    if window.opens is None:
        return _("announce by %(closes)s") % days
    days["opens"] = date_format(window.opens, "SHORT_DATE_FORMAT")
    return _("file from %(opens)s to %(closes)s") % days


@dataclass(frozen=True)
class CouncilResult:
    """One council on the way up, with (rating, total in figures) of this product by it."""

    label: str
    ratings: list[tuple[Rating, str]]


def results_by_council(ratings: Sequence[tuple[Rating, str]]) -> list[CouncilResult]:
    """The product's ratings council by council, the lowest first."""
    return [
        CouncilResult(
            str(Authority(level).label), [line for line in ratings if line[0].level == level]
        )
        for level in arithmetic.LEVELS
    ]


def consequence(rating: Rating) -> str:
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
        words |= {"council": Authority(above).label, "total": format_points(rating.total or 0)}
        return (
            _(
                "%(stars)d stars because of a minimum, but with %(total)s points it goes up to "
                "the next council: %(council)s (%(document)s)."
            )
            % words
        )
    if _goes_back(rating):
        return _back_to_the_province(scheme, stars)
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


def _goes_back(rating: Rating) -> bool:
    """Whether the ministry's council gave less than 5 stars under a scheme by which the province
    may then recognise the product on that result."""
    at_ministry = rating.level == Authority.MINISTRY and rating.scheme.below_five_by_province
    return at_ministry and rating.stars in (3, 4)


def _back_to_the_province(scheme: ScoringScheme, stars: int) -> str:
    words = _(
        "%(stars)d stars: under 90 points at the ministry a proposal for 5 stars may be recognised "
        "with %(stars)d stars on this result, or rated again, by: %(council)s (%(document)s)."
    )
    council = Authority(authorities_of(scheme)[stars]).label
    return words % {"stars": stars, "council": council, "document": scheme.document}
