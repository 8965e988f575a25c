"""Tables of a paper as texts, made from rows that are counted elsewhere."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ocop.organisation.models import Unit
from products.certificates import RenewalTerms
from products.choices import RANK_KEYS
from products.scoring import window_in_words
from targets.choices import State, TargetType
from targets.figures import (
    FigureRow,
    Overview,
    by_communes,
    current_rows,
    part_of,
    sub_units,
    wording,
)
from targets.indicators import Indicator
from targets.progress import SOLD, TRACED
from targets.reports.content.records import ProductRow
from targets.reports.writers import CENTRE, DocumentTable, TableColumn

NONE = "–"
RANK_WIDTHS = (12, 12, 17, 12)


def of_targets(overview: Overview) -> DocumentTable:
    """Every target in every window: limit, actual, what is missing, state."""
    columns = [
        TableColumn(_("#"), 9, CENTRE),
        TableColumn(_("Target"), 50),
        TableColumn(_("Period"), 20, CENTRE),
        TableColumn(_("Limit"), 14, CENTRE),
        TableColumn(_("Actual"), 18, CENTRE),
        TableColumn(_("Missing"), 16, CENTRE),
        TableColumn(_("State"), 33, CENTRE),
    ]
    years = f"{overview.plan.starts_on.year}–{overview.plan.ends_on.year}"
    numbers = {line.code: number for number, line in enumerate(overview.lines, 1)}
    rows = [
        [
            str(numbers[row.code]),
            row.short_name,
            row.period if row.period.isdigit() else years,
            row.threshold_text,
            actual(row),
            NONE if row.result.gap is None else wording.number(row.result.gap),
            row.state_label,
        ]
        for row in overview.rows
    ]
    return DocumentTable("", columns, rows)


def actual(row: FigureRow) -> str:
    """What was reached; a share with its numbers, since a share alone cannot be checked."""
    if row.state == State.NOT_DUE and is_new(row.indicator):
        return NONE if not row.reading.value else row.actual_text
    if row.result.kind != TargetType.SHARE or not row.result.denominator:
        return row.actual_text
    return wording.share_with_parts(row.result)


def _rank_columns() -> list[TableColumn]:
    titles = (_("3 stars"), _("4 stars"), _("Potential 5 stars"), _("5 stars"))
    return [
        TableColumn(title, width, CENTRE) for title, width in zip(titles, RANK_WIDTHS, strict=True)
    ]


def _ranks(counts: dict[str, int]) -> list[str]:
    return [wording.number(counts.get(key, 0)) for key in RANK_KEYS.values()]


def of_groups(groups: Sequence[tuple[str, dict[str, int]]]) -> DocumentTable:
    columns = [
        TableColumn(_("#"), 10, CENTRE),
        TableColumn(_("Product group"), 80),
        TableColumn(_("Total"), 17, CENTRE),
        *_rank_columns(),
    ]
    rows = [
        [
            str(place),
            name or _("No product set recorded"),
            wording.number(sum(counts.values())),
            *_ranks(counts),
        ]
        for place, (name, counts) in enumerate(groups, 1)
    ]
    return DocumentTable("", columns, rows)


# --- Districts ------------------------------------------------------------------------------------


def districts_of(overview: Overview, units: Iterable[Unit]) -> list[Unit]:
    """The sub-units of the overview's plan among `units`, where it is about the whole province."""
    return sub_units(overview.plan, units) if part_of(overview.unit) is None else []


def title_by_sub_unit(overview: Overview) -> str:
    """The title of the table over the plan's sub-units."""
    if by_communes(overview.plan):
        return _("Valid products and results by commune")
    return _("Valid products and results by district")


def results_by_sub_unit(overview: Overview) -> str:
    """The heading of the part about the plan's sub-units."""
    return _("Results by commune") if by_communes(overview.plan) else _("Results by district")


def is_new(indicator: Indicator) -> bool:
    """True where the indicator counts newly recognised products."""
    return indicator.district_column == "new"


def year_of(overview: Overview) -> str:
    """The year whose new products are reported on the day: the current one of the yearly target."""
    for line in overview.lines:
        if is_new(line.current.indicator) and line.current.period.isdigit():
            return line.current.period
    return ""


def of_districts(overview: Overview, units: Iterable[Unit]) -> DocumentTable:
    """A row a district: stock by rank, new products of the year, both shares; then the whole."""
    year = year_of(overview)
    columns = [
        TableColumn(_("#"), 8, CENTRE),
        TableColumn(overview.plan.sub_unit_label, 36),
        TableColumn(_("Total"), 11, CENTRE),
        *(TableColumn(c.title, c.width - 1, CENTRE) for c in _rank_columns()),
        TableColumn(_("New in %(year)s") % {"year": year}, 12, CENTRE),
        TableColumn(_("Traceability"), 22, CENTRE),
        TableColumn(_("E-commerce floor"), 22, CENTRE),
    ]
    rows = []
    for place, unit in enumerate(districts_of(overview, units), 1):
        of_unit = current_rows(overview, unit)
        held = overview.facts.stock(unit)
        rows.append([str(place), unit.name, *_numbers(held, of_unit)])
    whole = [line.current for line in overview.lines]
    rows.append(["", _("Total"), *_numbers(overview.stock, whole)])
    return DocumentTable("", columns, rows, frozenset({len(rows) - 1}))


def _numbers(held: dict[str, int], rows: list[FigureRow]) -> list[str]:
    by_column = {row.indicator.district_column: row for row in rows}
    new = by_column.get("new")
    return [
        wording.number(held["total"]),
        *_ranks(held),
        wording.number(new.reading.value) if new else NONE,
        *(_share(by_column.get(column)) for column in (TRACED, SOLD)),
    ]


def _share(row: FigureRow | None) -> str:
    """On the day of the table, as the stock beside it."""
    if row is None:
        return NONE
    numerator, denominator = wording.level_of(row.result, row.reading)
    if row is None or not denominator or numerator is None:
        return NONE
    result = row.result
    shown = wording.share_text(numerator, denominator, result.operator, result.threshold)
    return shown if wording.is_small(denominator) else f"{wording.number(numerator)} ({shown})"


# --- Ends of certificates, products ---------------------------------------------------------------


def of_ends(ends: Iterable[tuple[date, int]], terms: RenewalTerms) -> DocumentTable:
    """Certificates that end, by month; filed for again as the first of the month's ends asks."""
    months: dict[tuple[int, int], list[tuple[date, int]]] = {}
    for day, number in ends:
        months.setdefault((day.year, day.month), []).append((day, number))
    columns = [
        TableColumn(_("Month"), 25, CENTRE),
        TableColumn(_("Products"), 30, CENTRE),
        TableColumn(_("First end"), 35, CENTRE),
        TableColumn(_("Renewal of the first"), 70, CENTRE),
    ]
    rows = [
        [
            f"{month:02}/{year}",
            wording.number(sum(number for _day, number in found)),
            wording.day(found[0][0]),
            window_in_words(terms.window(found[0][0])),
        ]
        for (year, month), found in months.items()
    ]
    total = wording.number(sum(number for found in months.values() for _day, number in found))
    return DocumentTable("", columns, [*rows, [_("Total"), total, "", ""]], frozenset({len(rows)}))


def of_products(lines: Iterable[ProductRow], with_district: bool) -> DocumentTable:
    """A row a product: name, producer, place, rank, decision, last valid day."""
    columns = [
        TableColumn(_("#"), 10, CENTRE),
        TableColumn(_("Product"), 33),
        TableColumn(_("Producer"), 33),
        TableColumn(_("District") if with_district else _("Place"), 25),
        TableColumn(_("Rank"), 15, CENTRE),
        TableColumn(_("Decided on"), 22, CENTRE),
        TableColumn(_("Valid until"), 22, CENTRE),
    ]
    rows = [
        [
            str(place),
            line.name,
            line.producer,
            line.district if with_district else line.place,
            line.rank_label,
            wording.day(line.decided_on),
            wording.day(line.valid_until),
        ]
        for place, line in enumerate(lines, 1)
    ]
    return DocumentTable("", columns, rows)


def describe_chart(payload: dict[str, Any], caption: str) -> str:
    """A chart in words for those who do not see it: its caption, then its last few figures.

    Charts over time say each series' value at the end of what is known; others say all.
    """
    labels, datasets = payload["data"]["labels"], payload["data"]["datasets"]
    suffix = payload["options"]["plugins"].get("twin", {}).get("suffix", "")
    parts = []
    for dataset in datasets:
        places = range(len(labels))
        if "futureFrom" in dataset:
            places = range(dataset["futureFrom"], dataset["futureFrom"] + 1)
        words = dataset.get("words", {})
        texts = {
            place: words.get(str(place)) or f"{dataset['data'][place]:g}{suffix}"
            for place in places
            if place < len(labels) and (dataset["data"][place] is not None or str(place) in words)
        }
        shown = [f"{labels[place]}: {text}" for place, text in texts.items()]
        parts.append(f"{dataset['label']} – {', '.join(shown)}")
    return f"{caption}. {'; '.join(parts)}."
