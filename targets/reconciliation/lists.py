"""A decision's own list beside the record: what agrees, differs, is missing or too many.

The list is read by the import's own reader, with the answers given to its questions so far;
nothing is written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from ocop.imports.datasets import ImportRow
from ocop.imports.findings import Importer, kinds
from ocop.imports.models import Upload
from ocop.imports.uploads import SheetRows, rows_of
from ocop.organisation.models import Unit
from ocop.organisation.scope import Area, lies_in
from ocop.organisation.succession import communes_of_today
from products.choices import ProducerKind, Rank, Status
from products.kinds import KINDS
from products.legal_terms import decision_key
from products.models import Recognition
from products.records import permissions
from targets.figures import wording
from targets.reconciliation import matching
from targets.reconciliation.permissions import DATASET

OUTSIDE = "not_permitted"
"""The code of what an import says of a row of another district."""


class Decision(NamedTuple):
    """A decision that rows of the list name; `number` is its key, "" where they give none."""

    number: str
    day: date


@dataclass
class ListRow:
    """One row of the list as the import reads it; `problems` are its errors and open questions.

    `outside`: it is of another district than the person's. `only_names`: all that is open about it
    is whether its names are others on record.
    """

    sheet: str
    row: ImportRow
    problems: list[str] = field(default_factory=list)
    outside: bool = False
    only_names: bool = False

    @property
    def cell(self) -> str:
        return self.row.record.cell("product") or f"A{self.row.number}"

    @property
    def place(self) -> str:
        """How a form names the row: sheet and number."""
        return f"{self.row.number}:{self.row.record.part}:{self.sheet}"

    @property
    def product(self) -> str:
        return str(self.row["product"] or self.row.text("product"))

    @property
    def producer(self) -> str:
        return str(self.row["producer"] or self.row.text("producer"))

    @property
    def district(self) -> Unit | None:
        found: Unit | None = self.row.resolved.get("district")
        return found

    @property
    def rank_label(self) -> str:
        return str(Rank(self.row["rank"]).label) if self.row["rank"] else ""

    @property
    def score(self) -> Decimal | None:
        found: Decimal | None = self.row["score"]
        return found

    @property
    def number(self) -> str:
        return self.row["number"] or ""

    @property
    def day(self) -> date | None:
        found: date | None = self.row["day"]
        return found

    @property
    def named(self) -> matching.Named:
        known = self.row.resolved.get("product")
        district = self.district
        return matching.Named(
            self.product,
            self.producer,
            district.pk if district else None,
            known.pk if known else None,
            (self.row["rank"], self.day),
        )


class Difference(NamedTuple):
    """What the two sides say of one thing; `about` is the kind of record that holds it, `cell` the
    list's cell ("" where a title or group row says it)."""

    label: str
    listed: str
    recorded: str
    about: str
    cell: str = ""


@dataclass
class Pair:
    """A row of the list and a record; either is None where the other side has none.

    `elsewhere`: of a row that the decision's records lack, other recognitions of its product.
    """

    listed: ListRow | None
    recorded: Recognition | None
    differences: list[Difference] = field(default_factory=list)
    elsewhere: list[Recognition] = field(default_factory=list)


@dataclass
class ListComparison:
    """Everything that the page of a list shows. `questions` are the import's open questions,
    `refused` what kept sheets from being read; `outside` counts rows of other districts."""

    decisions: list[Decision] = field(default_factory=list)
    agreeing: list[Pair] = field(default_factory=list)
    differing: list[Pair] = field(default_factory=list)
    near: list[Pair] = field(default_factory=list)
    missing: list[Pair] = field(default_factory=list)
    extra: list[Pair] = field(default_factory=list)
    uncertain: list[Pair] = field(default_factory=list)
    outside: int = 0
    rows: int = 0
    questions: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether list and record say the same of the same products."""
        others = (self.differing, self.near, self.missing, self.extra, self.uncertain)
        return bool(self.agreeing) and not any(others) and not self.refused


def compare_list(upload: Upload, importer: Importer, unit: Unit) -> ListComparison:
    """The upload's lists of recognitions beside the records that the person may see.

    Both sides of `unit` alone. Raises FileRefused.
    """
    sheets = rows_of(upload, DATASET, importer)
    listed = [one for sheet in sheets for one in _rows(sheet)]
    communes = communes_of_today()
    within = [one for one in listed if not one.outside and _is_of(one, unit, communes)]
    found = ListComparison(
        decisions=sorted({Decision(decision_key(r.number), r.day) for r in listed if r.day}),
        outside=len(listed) - len(within),
        rows=len(listed),
        questions=sum(len(sheet.outcome.questions) for sheet in sheets),
        refused=[p.message for sheet in sheets for p in sheet.outcome.errors if not p.row],
    )
    if not sheets:
        found.refused.append(_("No sheet of this file holds a list of recognised products."))
    records = _candidates(found.decisions, importer, unit)
    same, near = matching.same_and_near(
        [one.named for one in within], [_named(record) for record in records]
    )
    for place, row in enumerate(within):
        _sort_in(found, row, records, same.get(place), near.get(place))
    paired = {*same.values(), *near.values()}
    found.extra = [
        Pair(None, record)
        for place, record in enumerate(records)
        if place not in paired and _belongs(record, found.decisions)
    ]
    _find_elsewhere(found.missing, importer)
    return found


def _rows(sheet: SheetRows) -> Iterable[ListRow]:
    by_row: dict[int, list[Any]] = {}
    for problem in sheet.outcome.errors:
        by_row.setdefault(problem.row, []).append(problem)
    for row in sheet.rows:
        problems = by_row.get(row.number, []) if row.failed else []
        outside = any(problem.code == OUTSIDE for problem in problems)
        only_names = all(problem.kind == kinds.NEAR_NAME for problem in problems)
        texts = [problem.text for problem in problems]
        yield ListRow(sheet.sheet, row, texts, outside, only_names)


def _is_of(one: ListRow, unit: Unit, communes: Mapping[int, int | None]) -> bool:
    """Whether a row is compared; one whose district is not known yet is."""
    district, place = one.district, one.row.resolved.get("place")
    if district is None:
        return True
    return lies_in(unit, Area(district.pk, communes.get(place.pk) if place else None))


def _named(record: Recognition) -> matching.Named:
    product = record.product
    return matching.Named(
        product.name,
        product.producer.name,
        product.district_id,
        product.pk,
        (record.rank, record.decided_on),
    )


def _sort_in(
    found: ListComparison,
    row: ListRow,
    records: list[Recognition],
    same: int | None,
    near: int | None,
) -> None:
    place = near if same is None else same
    record = None if place is None else records[place]
    if row.row.failed and not (row.only_names and near is not None):
        found.uncertain.append(Pair(row, record))
    elif record is None:
        found.missing.append(Pair(row, None))
    else:
        pair = Pair(row, record, _differences(row, record, names=same is None))
        if same is None:
            found.near.append(pair)
        else:
            (found.differing if pair.differences else found.agreeing).append(pair)


# --- The records of the list's decisions ----------------------------------------------------------


def _candidates(decisions: list[Decision], importer: Importer, unit: Unit) -> list[Recognition]:
    """Recognitions of the decisions' days, and of their numbers in the same years."""
    records = _recognitions(importer).of_unit(unit)
    wanted = Q(decided_on__in={one.day for one in decisions})
    numbers = {one.number for one in decisions if one.number}
    if numbers:
        in_years = Q(decided_on__year__in={one.day.year for one in decisions})
        written = records.filter(in_years).order_by().values_list("decision_number", flat=True)
        fitting = [one for one in written.distinct() if decision_key(one) in numbers]
        wanted |= in_years & Q(decision_number__in=fitting)
    related = ("product__producer__district", "product__district")
    ordered = records.filter(wanted).select_related(*related)
    return list(ordered.order_by("product__district__code", "product__name_sort", "pk"))


def _recognitions(importer: Importer) -> Any:
    """Those the person may see, drafts of their own district among them."""
    visible = permissions.visible(KINDS["recognition"], importer.scope)
    return visible.filter(status__in=Status.values)


def _belongs(record: Recognition, decisions: list[Decision]) -> bool:
    """Whether the record is of one of the decisions: by its number, without one by its day."""
    number = decision_key(record.decision_number)
    return any(
        number == one.number and record.decided_on.year == one.day.year
        if number and one.number
        else record.decided_on == one.day
        for one in decisions
    )


def _find_elsewhere(missing: list[Pair], importer: Importer) -> None:
    """Other recognitions of the products that the list has and the decision's records lack."""
    known = {}
    for pair in missing:
        if pair.listed and pair.listed.named.product_id:
            known[pair.listed.named.product_id] = pair
    if not known:
        return
    records = _recognitions(importer).filter(product__in=known).order_by("-decided_on", "-rank")
    for record in records:
        known[record.product_id].elsewhere.append(record)


# --- What the two sides say -----------------------------------------------------------------------


def _differences(row: ListRow, record: Recognition, names: bool) -> list[Difference]:
    """What the row states and the record holds otherwise; with `names` the names as well."""
    product, found = record.product, []

    def note(key: str, label: str, listed: Any, recorded: Any, about: str) -> None:
        cell = row.row.record.cell(key)
        found.append(Difference(label, str(listed), str(recorded), about, cell))

    if names and row.product != product.name:
        note("product", _("Product"), row.product, product.name, "product")
    if names and row.producer != product.producer.name:
        note("producer", _("Producer"), row.producer, product.producer.name, "producer")
    kind = row.row["kind"]
    if kind and kind != product.producer.kind:
        kinds = _kind_label(kind), _kind_label(product.producer.kind)
        note("kind", _("Kind of producer"), *kinds, "producer")
    if row.district and row.district.pk != product.district_id:
        note("district", _("District"), row.district.name, product.district.name, "product")
    if row.row["rank"] and row.row["rank"] != record.rank:
        note("rank", _("Rank"), row.rank_label, record.get_rank_display(), "recognition")
    if row.score is not None and row.score != record.score:
        note("score", _("Score"), _score(row.score), _score(record.score), "recognition")
    if row.number and decision_key(row.number) != decision_key(record.decision_number):
        numbers = row.number, record.decision_number or "–"
        note("number", _("Decision number"), *numbers, "recognition")
    if row.day and row.day != record.decided_on:
        days = wording.day(row.day), wording.day(record.decided_on)
        note("day", _("Day of the decision"), *days, "recognition")
    return found


def _kind_label(kind: str) -> str:
    return str(ProducerKind(kind).label) if kind else "–"


def _score(score: Decimal | None) -> str:
    """As written here, without zeros that say nothing; a dash for none."""
    if score is None:
        return "–"
    places = max(0, -int(score.normalize().as_tuple().exponent))
    return wording.number(score, places)
