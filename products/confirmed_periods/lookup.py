"""Periods that a district has confirmed: what was confirmed changes only with a reason.

Who confirms what is not this app's to know: settings.HOOKS names who tells the confirmed periods.
Which of them a change touches is decided in products.confirmed_periods.rules, for forms, the
workflow, imports, undoings and the marks on pages alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ocop.hooks import hook
from products.choices import Action, Status
from products.confirmed_periods.rules import Pair, RecordPlace, RecordVersion, touches
from products.kinds import COUNTED_KINDS, KINDS, RecordKind
from products.models import Product
from products.models.entered import standing

PRODUCT_RECORDS = tuple(slug for slug, kind in COUNTED_KINDS.items() if kind.of_product)
PLACE_COLUMNS = ("district_id", "producer_id", "commune_id")
"""In the order of RecordPlace."""
AREA_COLUMNS = ("district_id", "commune_id")
CHUNK = 500


@dataclass(frozen=True)
class ConfirmedPeriod:
    """One confirmed period of a district or commune (its id): its days, what people call it, when
    it was confirmed, its page."""

    unit: int
    first: date
    last: date
    label: str
    at: datetime
    url: str


def periods() -> dict[int, list[ConfirmedPeriod]]:
    """{unit's id: its confirmed periods}, those confirmed last at the end; one query."""
    found: dict[int, list[ConfirmedPeriod]] = {}
    confirmed: list[ConfirmedPeriod] = hook("confirmed_periods")()
    for one in sorted(confirmed, key=lambda one: one.at):
        found.setdefault(one.unit, []).append(one)
    return found


def periods_touched(
    pairs: list[Pair], known: Mapping[int, list[ConfirmedPeriod]]
) -> list[ConfirmedPeriod]:
    """Those of the `known` periods that the changes touch, in the order of `known`."""
    units = {unit for pair in pairs for one in pair if one is not None for unit in one.place.units}
    return [
        period
        for unit, its in known.items()
        if unit in units
        for period in its
        if touches(pairs, unit, period.first, period.last)
    ]


# --- Versions of records --------------------------------------------------------------------------


def version_of(slug: str, values: Mapping[str, Any], place: RecordPlace) -> RecordVersion:
    """A record as its columns say, in the database's form or in plain values."""
    kind = KINDS[slug]
    return RecordVersion(
        kind=slug,
        place=place,
        day=_day(values[kind.effective_date]),
        end_dates=tuple(_day(values[name]) for name in kind.end_dates),
        classification=tuple(values[name] for name in kind.classification),
        verified=values["status"] == Status.VERIFIED,
        by_year=kind.counts_by_year,
        prolonged_until=_day(values[kind.prolonged]) if kind.prolonged else None,
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def columns_of(slug: str) -> tuple[str, ...]:
    """The columns that `version_of` reads, and of what belongs to no product those of its area; of
    a product those of its place."""
    if slug not in COUNTED_KINDS:
        return PLACE_COLUMNS
    kind = KINDS[slug]
    own = () if kind.of_product else AREA_COLUMNS
    prolonged = (kind.prolonged,) if kind.prolonged else ()
    decide = (kind.effective_date, *kind.end_dates, *prolonged, *kind.classification)
    return ("status", *decide, *own)


def own_place(values: Mapping[str, Any]) -> RecordPlace:
    """The place of a record that belongs to no product, by its columns; values kept from before
    records knew their communes name none."""
    return RecordPlace(values["district_id"], commune=values.get("commune_id"))


def _pairs(
    slug: str, record: Any, before: Mapping[str, Any] | None, place: RecordPlace
) -> list[Pair]:
    """The change of one record that has a counting day; `place` is that of its product."""
    now = {name: getattr(record, name) for name in columns_of(slug)}
    places = [
        place if KINDS[slug].of_product or one is None else own_place(one) for one in (before, now)
    ]
    old = None if before is None else version_of(slug, before, places[0])
    return [(old, version_of(slug, now, places[1]))]


def changes_of_products(products: Mapping[int, tuple[RecordPlace, RecordPlace]]) -> list[Pair]:
    """What a change of products ({id: (place before, after)}) does to the records about them.

    Three queries for 500 products, none where no product changes its place.
    """
    moved = {pk: places for pk, places in products.items() if places[0] != places[1]}
    listed, found = sorted(moved), list[Pair]()
    for some in (listed[i : i + CHUNK] for i in range(0, len(listed), CHUNK)):
        for slug in PRODUCT_RECORDS:
            records: Any = KINDS[slug].model._default_manager
            rows = records.filter(standing(), product_id__in=some)
            for values in rows.values("product_id", *columns_of(slug)):
                old, new = moved[values["product_id"]]
                version = version_of(slug, values, old)
                found.append((version, replace(version, place=new)))
    return found


# --- Asking why -----------------------------------------------------------------------------------


def touched_periods(kind: RecordKind, record: Any) -> list[ConfirmedPeriod]:
    """The confirmed periods that saving `record` with the values it has would touch."""
    if not kind.counting_dates and kind.model is not Product:
        return []
    stored: Any = kind.model._default_manager.filter(pk=record.pk) if record.pk else None
    before = stored.values(*columns_of(kind.slug)).first() if stored is not None else None
    return _touched(record, before)


def _touched(record: Any, before: Mapping[str, Any] | None) -> list[ConfirmedPeriod]:
    getattr(record, "product", None)  # Read here, its place is not looked for in the history.
    pairs = [pair for pairs in _changes_of([(record, before)]) for pair in pairs]
    return periods_touched(pairs, periods()) if pairs else []


def labels_of_touched(
    records: Iterable[tuple[Any, Mapping[str, Any] | None]], arriving: bool = False
) -> list[str]:
    """The labels of the confirmed periods that changes touch, in the order of the periods.

    With `arriving` records that are new, of days before a period, are not held against it though
    its figures change: an import's number and file stand in their history, and they are marked.

    Each record with its columns as plain values before the change, or None where it was, or will
    not be, on file. One query, one for 500 products, and three for 500 that change their place.
    """
    waiting = periods()
    if not waiting:
        return []
    found: set[ConfirmedPeriod] = set()
    for pairs in _changes_of(list(records)):
        for period in periods_touched(pairs, waiting):
            if arriving and not _asked_about(pairs, period):
                continue
            found.add(period)
            waiting[period.unit].remove(period)
    ordered = sorted(found, key=lambda one: (one.first, one.label))
    return list(dict.fromkeys(one.label for one in ordered))


def _asked_about(pairs: list[Pair], period: ConfirmedPeriod) -> bool:
    return any(
        before is not None
        or (after is not None and after.lies_in(period.unit, period.first, period.last))
        for before, after in pairs
    )


def _changes_of(records: list[tuple[Any, Mapping[str, Any] | None]]) -> Iterable[list[Pair]]:
    slugs: dict[Any, str] = {kind.model: slug for slug, kind in COUNTED_KINDS.items()}
    about = [record for record, _before in records if type(record) in slugs]
    places = _unique_values(about)
    for record, before in records:
        if slug := slugs.get(type(record)):
            yield _pairs(slug, record, before, _place_in(places, record))
    yield changes_of_products(
        {
            record.pk: (_place_before(before), _place_of(record))
            for record, before in records
            if isinstance(record, Product) and before is not None
        }
    )


def _known_product(record: Any) -> Any:
    """The product of a record where it has been read: also one that has no id yet."""
    return type(record).product.field.get_cached_value(record, default=None)


def _place_before(values: Mapping[str, Any]) -> RecordPlace:
    """A product's place by its columns; see own_place."""
    return RecordPlace(*(values.get(name) for name in PLACE_COLUMNS))


def _place_of(product: Any) -> RecordPlace:
    return RecordPlace(*(getattr(product, name) for name in PLACE_COLUMNS))


def _place_in(places: Mapping[int, RecordPlace], record: Any) -> RecordPlace:
    if not hasattr(record, "product_id"):
        return RecordPlace(None)
    product = _known_product(record)
    return _place_of(product) if product else places.get(record.product_id, RecordPlace(None))


def _unique_values(records: list[Any]) -> dict[int, RecordPlace]:
    """The places of the products that the records do not have at hand, by id."""
    of_products = (one for one in records if hasattr(one, "product_id"))
    listed = sorted({one.product_id for one in of_products if not _known_product(one)})
    places: dict[int, RecordPlace] = {}
    for some in (listed[i : i + CHUNK] for i in range(0, len(listed), CHUNK)):
        # History knows those too that an undoing deleted; the latest row holds.
        rows = Product.history.filter(id__in=some).order_by("history_id")  # type: ignore[attr-defined]
        places |= {pk: RecordPlace(*place) for pk, *place in rows.values_list("id", *PLACE_COLUMNS)}
    return places


def labels_text(found: Iterable[ConfirmedPeriod]) -> str:
    """The labels of periods in their order, each once; "" for none."""
    ordered = sorted(found, key=lambda one: (one.first, one.label))
    return ", ".join(dict.fromkeys(one.label for one in ordered))


def reason_needed_message(label: str) -> str:
    """What is said where something is entered or changed in a confirmed period."""
    return _(
        "%(period)s is confirmed by the district. Say why something is entered or changed there."
    ) % {"period": label}


def unexplained_period(kind: RecordKind, record: Any) -> ConfirmedPeriod | None:
    """The latest confirmed period of a record that nobody gave a reason for since.

    A reason is asked for by every form; so whoever entered or changed it since has given one.
    """
    found = _touched(record, None)  # as if it were not on file yet
    if not found:
        return None
    period = max(found, key=lambda one: one.at)
    steps = record.history.filter(
        action__in=(Action.CREATE, Action.EDIT), history_date__gt=period.at
    )
    return None if steps.exists() else period
