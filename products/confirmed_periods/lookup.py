"""Periods that a district has confirmed: what was confirmed changes only with a reason.

Who confirms what is not this app's to know: settings.HOOKS names who tells the
confirmed periods.
Which of them a change touches is decided in products.confirmed_periods.rules, for forms, the workflow, imports,
undoings and the marks on pages alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ocop.hooks import hook
from products.choices import Action, Status
from products.confirmed_periods.rules import Pair, Place, Version, touches
from products.kinds import KINDS, Kind
from products.models import Product
from products.models.intellectual_property import OUT_FIELDS

COUNTING_DAYS = {
    "recognition": "decided_on",
    "traceability": "started_on",
    "listing": "started_on",
    "task": "approved_on",
    "ip-right": "granted_on",
}
"""By kind the field of the day on which its records count."""
OUT_DAYS: dict[str, tuple[str, ...]] = {
    "recognition": ("revoked_on",),
    "traceability": ("ended_on",),
    "listing": ("ended_on",),
    "task": ("cancelled_on",),
    "ip-right": OUT_FIELDS,
}
"""By kind the fields of the days from which they count no more."""
TRAITS: dict[str, tuple[str, ...]] = {
    "recognition": ("rank",),
    "listing": ("floor_id",),
    "ip-right": ("kind", "supported"),
}
"""By kind the columns that decide for what they count."""
OF_PRODUCTS = tuple(slug for slug in COUNTING_DAYS if "product" in KINDS[slug].rests_on)
PLACE = ("district_id", "producer_id")
CHUNK = 500


@dataclass(frozen=True)
class Confirmed:
    """One confirmed period of a district (its id): its days, what people call it, when it was
    confirmed, its page."""

    district: int
    first: date
    last: date
    label: str
    at: datetime
    url: str


def periods() -> dict[int, list[Confirmed]]:
    """{district's id: its confirmed periods}, those confirmed last at the end; one query."""
    found: dict[int, list[Confirmed]] = {}
    confirmed: list[Confirmed] = hook("confirmed_periods")()
    for one in sorted(confirmed, key=lambda one: one.at):
        found.setdefault(one.district, []).append(one)
    return found


def touched_among(pairs: list[Pair], known: Mapping[int, list[Confirmed]]) -> list[Confirmed]:
    """Those of the `known` periods that the changes touch, in the order of `known`."""
    districts = {one.place.district for pair in pairs for one in pair if one is not None}
    return [
        period
        for district, its in known.items()
        if district in districts
        for period in its
        if touches(pairs, district, period.first, period.last)
    ]


# --- Versions of records --------------------------------------------------------------------------


def version_of(slug: str, values: Mapping[str, Any], place: Place) -> Version:
    """A record as its columns say, in the database's form or in plain values."""
    return Version(
        kind=slug,
        place=place,
        day=_day(values[COUNTING_DAYS[slug]]),
        outs=tuple(_day(values[name]) for name in OUT_DAYS[slug]),
        traits=tuple(values[name] for name in TRAITS.get(slug, ())),
        verified=values["status"] == Status.VERIFIED,
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def columns_of(slug: str) -> tuple[str, ...]:
    """The columns that `version_of` reads, and of what belongs to no product its district."""
    own = () if slug in OF_PRODUCTS else ("district_id",)
    return ("status", COUNTING_DAYS[slug], *OUT_DAYS[slug], *TRAITS.get(slug, ()), *own)


def _pairs(slug: str, record: Any, before: Mapping[str, Any] | None, place: Place) -> list[Pair]:
    """The change of one record that has a counting day; `place` is that of its product."""
    now = {name: getattr(record, name) for name in columns_of(slug)}
    places = [
        place if slug in OF_PRODUCTS or one is None else Place(one["district_id"])
        for one in (before, now)
    ]
    old = None if before is None else version_of(slug, before, places[0])
    return [(old, version_of(slug, now, places[1]))]


def moved_along(products: Mapping[int, tuple[Place, Place]]) -> list[Pair]:
    """What a change of products ({id: (place before, after)}) does to the records about them.

    Three queries for 500 products, none where no product changes its place.
    """
    moved = {pk: places for pk, places in products.items() if places[0] != places[1]}
    listed, found = sorted(moved), list[Pair]()
    for some in (listed[i : i + CHUNK] for i in range(0, len(listed), CHUNK)):
        for slug in OF_PRODUCTS:
            records: Any = KINDS[slug].model._default_manager
            rows = records.filter(product_id__in=some)
            for values in rows.values("product_id", *columns_of(slug)):
                old, new = moved[values["product_id"]]
                version = version_of(slug, values, old)
                found.append((version, replace(version, place=new)))
    return found


# --- Asking why -----------------------------------------------------------------------------------


def touched(kind: Kind, record: Any) -> list[Confirmed]:
    """The confirmed periods that saving `record` with the values it has would touch."""
    stored: Any = kind.model._default_manager.filter(pk=record.pk) if record.pk else None
    if kind.slug == "product":
        before = stored.values_list(*PLACE).first() if stored is not None else None
        places = {record.pk: (Place(*before), _place_of(record))} if before else {}
        pairs = moved_along(places)
    elif kind.slug in COUNTING_DAYS:
        values = stored.values(*columns_of(kind.slug)).first() if stored is not None else None
        pairs = _pairs(kind.slug, record, values, _place_about(record))
    else:
        return []
    return touched_among(pairs, periods()) if pairs else []


def _place_of(product: Any) -> Place:
    return Place(product.district_id, product.producer_id)


def _place_about(record: Any) -> Place:
    return _place_of(record.product) if hasattr(record, "product_id") else Place(None)


def moves(kind: Kind, record: Any) -> list[Confirmed]:
    """The confirmed periods that the record, were it not on file yet, would touch."""
    if kind.slug not in COUNTING_DAYS:
        return []
    return touched_among(_pairs(kind.slug, record, None, _place_about(record)), periods())


def reached(
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
    found: set[Confirmed] = set()
    for pairs in _changes_of(list(records)):
        for period in touched_among(pairs, waiting):
            if arriving and not _asked_about(pairs, period):
                continue
            found.add(period)
            waiting[period.district].remove(period)
    ordered = sorted(found, key=lambda one: (one.first, one.label))
    return list(dict.fromkeys(one.label for one in ordered))


def _asked_about(pairs: list[Pair], period: Confirmed) -> bool:
    return any(
        before is not None
        or (after is not None and after.lies_in(period.district, period.first, period.last))
        for before, after in pairs
    )


def _changes_of(records: list[tuple[Any, Mapping[str, Any] | None]]) -> Iterable[list[Pair]]:
    slugs: dict[Any, str] = {KINDS[slug].model: slug for slug in COUNTING_DAYS}
    about = [record for record, _before in records if type(record) in slugs]
    places = _places(about)
    for record, before in records:
        if slug := slugs.get(type(record)):
            yield _pairs(slug, record, before, _place_in(places, record))
    yield moved_along(
        {
            record.pk: (Place(*(before[name] for name in PLACE)), _place_of(record))
            for record, before in records
            if isinstance(record, Product) and before is not None
        }
    )


def _known_product(record: Any) -> Any:
    """The product of a record where it has been read: also one that has no id yet."""
    return type(record).product.field.get_cached_value(record, default=None)


def _place_in(places: Mapping[int, Place], record: Any) -> Place:
    if not hasattr(record, "product_id"):
        return Place(None)
    product = _known_product(record)
    return _place_of(product) if product else places.get(record.product_id, Place(None))


def _places(records: list[Any]) -> dict[int, Place]:
    """The places of the products that the records do not have at hand, by id."""
    of_products = (one for one in records if hasattr(one, "product_id"))
    listed = sorted({one.product_id for one in of_products if not _known_product(one)})
    places: dict[int, Place] = {}
    for some in (listed[i : i + CHUNK] for i in range(0, len(listed), CHUNK)):
        # History knows those too that an undoing deleted; the latest row holds.
        rows = Product.history.filter(id__in=some).order_by("history_id")  # type: ignore[attr-defined]
        places |= {pk: Place(*place) for pk, *place in rows.values_list("id", *PLACE)}
    return places


def in_words(found: Iterable[Confirmed]) -> str:
    """The labels of periods in their order, each once; "" for none."""
    ordered = sorted(found, key=lambda one: (one.first, one.label))
    return ", ".join(dict.fromkeys(one.label for one in ordered))


def asks_why(label: str) -> str:
    """What is said where something is entered or changed in a confirmed period."""
    return _(
        "%(period)s is confirmed by the district. Say why something is entered or changed there."
    ) % {"period": label}


def unexplained(kind: Kind, record: Any) -> Confirmed | None:
    """The latest confirmed period of a record that nobody gave a reason for since.

    A reason is asked for by every form; so whoever entered or changed it since has given one.
    """
    found = moves(kind, record)
    if not found:
        return None
    period = max(found, key=lambda one: one.at)
    steps = record.history.filter(
        action__in=(Action.CREATE, Action.EDIT), history_date__gt=period.at
    )
    return None if steps.exists() else period
