"""Product groups and sets, scoring schemes, floors and systems out of the reference files."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from ocop.db.reference_data import (
    LOADED,
    ReferenceLoader,
    digest_of,
    fixtures_named,
    read_day,
    read_fixture,
    reading,
)
from ocop.lib.identity import identity_key
from products import validity
from products.channels import records_in
from products.choices import ChannelStatus
from products.models import (
    Channel,
    Criterion,
    EcommerceFloor,
    ProductGroup,
    ProductSet,
    ScoringScheme,
    ScoringSheet,
    TraceabilitySystem,
)
from products.scoring import LeafPoints, wrong_sums

SETS_AT_FIRST = ("branch", "name", "name_en", "group")
"""What the file of sets gave before it said more of them."""


def load_catalogue(loader: ReferenceLoader) -> None:
    groups = {}
    for position, row in enumerate(read_fixture("product-groups"), start=1):
        with reading(row):
            values = {"name": row["name"], "name_en": row["name_en"], "position": position}
            groups[row["code"]] = loader.put(ProductGroup, {"code": row["code"]}, values)
    for row in read_fixture("product-sets"):
        with reading(row):
            values = {name: row[name] for name in ("branch", "name", "name_en")}
            values |= {"group": groups[row["group"]], "renamed": _later_names(row)}
            loader.put(ProductSet, {"number": row["number"]}, values, SETS_AT_FIRST)


def _later_names(row: dict) -> list[dict]:
    """The names since, each from its day on, in their order."""
    renamed = row.get("renamed", [])
    for name in renamed:
        with reading(name):
            read_day(name["from"])
            name["name"], name["branch"], name["name_en"]
    return sorted(renamed, key=lambda name: name["from"])


LOADED_AT_FIRST = ("name", "website", "spellings", "counted")
"""What the file of floors gave before it said more of them."""


def load_channels(loader: ReferenceLoader) -> None:
    """Floors and traceability systems; products in those that count otherwise now are rebuilt."""
    for model, name in ((EcommerceFloor, "floors"), (TraceabilitySystem, "systems")):
        counted_before = {one.pk: one.counts for one in model.objects.all()}
        loaded = []
        for row in read_fixture(name):
            with reading(row):
                loaded.append(_load_channel(loader, model, row))
        for one in loaded:
            if counted_before.get(one.pk, one.counts) != one.counts:
                products = records_in(one).order_by().values_list("product_id", flat=True)
                validity.rebuild(products.distinct())


def _load_channel(loader: ReferenceLoader, model: type[Channel], row: dict) -> Any:
    """The channel of the row; one that people proposed under a name of the row's becomes it."""
    code = row.pop("code")
    for name in ("valid_from", "valid_to"):
        row[name] = read_day(row[name])
    stored: Any = model.objects.filter(code=code).first()
    if stored is None and (stored := _proposed_as(model, row)) is not None:
        stored.code = code
        stored.save(update_fields=["code"])
    if stored is not None and _as_loaded_before(loader, stored, row):
        stored.loaded_digest = loader.digest_of_record(stored, row)
        stored.save(update_fields=["loaded_digest"])
    return loader.put(model, {"code": code}, row)


def _proposed_as(model: type[Channel], row: dict) -> Any:
    """What people proposed, or what was taken over, under a name of the row's; None if nothing.

    Others that came out of the files, or were taken for another, stay what they are.
    """
    keys = {identity_key(one) for one in (row["name"], *row["spellings"])}
    found = model.objects.known().filter(name_key__in=keys, loaded_digest="")
    exact = found.filter(name_key=identity_key(row["name"])).first()
    return exact or found.order_by("pk").first()


def _as_loaded_before(loader: ReferenceLoader, stored: Any, row: dict) -> bool:
    """Whether nobody edited it here, though its digest does not say so.

    Floors were loaded with fewer values once. What was never loaded was proposed and awaits a
    decision, which the file gives, or was taken over and counts as the file says.
    """
    if stored.loaded_digest:
        return stored.loaded_digest == loader.digest_of_record(
            stored, {name: row[name] for name in LOADED_AT_FIRST}
        )
    counts = row["counted"] and row["status"] == ChannelStatus.CONFIRMED
    return stored.status == ChannelStatus.PROPOSED or stored.counts == counts


SCHEMES_AT_FIRST = (
    *("document", "valid_from", "valid_to", "part_a", "part_b", "part_c"),
    *("authority_3", "authority_4", "authority_5", "criteria_of"),
)
DAYS_OF_SCHEME = ("valid_from", "valid_to", "first_until", "renewal_until")


def load_schemes(loader: ReferenceLoader) -> None:
    schemes: dict[str, ScoringScheme] = {}
    for row in read_fixture("schemes"):
        with reading(row):
            code, values = row["code"], _values_of_scheme(row, schemes)
            schemes[code] = loader.put(ScoringScheme, {"code": code}, values, SCHEMES_AT_FIRST)
    sets = {product_set.number: product_set for product_set in ProductSet.objects.all()}
    for name in fixtures_named("scoring-"):
        book = read_fixture(name)
        with reading(book):
            scheme = schemes[book["scheme"]]
        for row in book["sheets"]:
            with reading(row):
                _load_sheet(loader, scheme, sets[row["set"]], row)


def _values_of_scheme(row: dict, schemes: dict[str, ScoringScheme]) -> dict[str, Any]:
    """Every attribute, so that one taken out of the file goes back to its default."""
    columns = {column.name: column for column in ScoringScheme._meta.concrete_fields}
    values = {
        name: row.get(name, column.get_default() if column.has_default() or column.null else "")
        for name, column in columns.items()
        if name not in ("id", "code", "loaded_digest", "criteria_of")
    }
    if unknown := set(row) - set(columns):
        raise ValueError(_("Unknown: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    for name in DAYS_OF_SCHEME:
        values[name] = read_day(values[name])
    shared = row.get("criteria_of")
    return values | {"criteria_of": schemes[shared] if shared else None}


OUT_OF_THE_WAY = 1_000


def _load_sheet(
    loader: ReferenceLoader, scheme: ScoringScheme, product_set: ProductSet, row: dict
) -> None:
    """One set's criteria; a sheet whose file has not changed is not looked at again.

    One without a digest was entered or edited here (products.admin) and stays as it is.
    ValueError where the criteria do not make the parts of the scheme.
    """
    digest = digest_of(row)
    sheet: Any
    sheet, created = ScoringSheet.objects.get_or_create(
        scheme=scheme, product_set=product_set, defaults={"checked": row["checked"]}
    )
    if sheet.loaded_digest == digest:
        loader.unchanged += 1
        return
    if not created and not sheet.loaded_digest:
        loader.kept_edits.append(f"{sheet._meta.verbose_name}: {sheet}")
        return
    _load_criteria(scheme, sheet, row)
    sheet.checked, sheet.note, sheet.loaded_digest = row["checked"], row.get("note", ""), digest
    sheet._change_reason = LOADED
    sheet.save()
    loader.created += created
    loader.updated += not created


def _load_criteria(scheme: ScoringScheme, sheet: ScoringSheet, row: dict) -> None:
    """A leaf is known by its number, not by its place: points that were given for it, and what
    they mean, stay with it."""
    criteria_wanted: list[Any] = list(_criteria(sheet, row))
    if row["checked"]:
        _check_points(scheme, criteria_wanted)
    present = {(criterion.number, criterion.leaf): criterion for criterion in sheet.criteria.all()}
    criteria_kept = {(criterion.number, criterion.leaf) for criterion in criteria_wanted} & set(
        present
    )
    gone = [criterion.pk for key, criterion in present.items() if key not in criteria_kept]
    Criterion.objects.filter(pk__in=gone).delete()
    # Out of the way first: a row that moves up may not meet the one still in its place.
    sheet.criteria.update(position=F("position") + OUT_OF_THE_WAY)
    for criterion in criteria_wanted:
        if (key := (criterion.number, criterion.leaf)) in criteria_kept:
            criterion.pk = present[key].pk
            criterion._change_reason = LOADED
            criterion.save(force_update=True)
    bulk_create_with_history(
        [criterion for criterion in criteria_wanted if criterion.pk is None],
        Criterion,
        default_change_reason=LOADED,
    )


def _check_points(scheme: ScoringScheme, criteria: list[Any]) -> None:
    limits = {"A": scheme.part_a, "B": scheme.part_b, "C": scheme.part_c}
    leaves = [LeafPoints(one.part, one.number, one.max_points, one.alternative) for one in criteria]
    for wrong in wrong_sums(leaves, limits):
        words = _("Part %(part)s makes %(points)d points, not %(limit)d.")
        raise ValueError(words % {"part": wrong.part, "points": wrong.found, "limit": wrong.wanted})


def _criteria(sheet: ScoringSheet, row: dict) -> Iterator[Criterion]:
    position = 0
    for block in row["criteria"]:
        for number, leaf in enumerate(block["leaves"], start=1):
            position += 1
            with reading(leaf):
                yield _criterion(sheet, position, block, number, leaf)


def _criterion(
    sheet: ScoringSheet, position: int, block: dict, number: int, leaf: dict
) -> Criterion:
    """One leaf; ValueError where its levels do not rise or a minimum is beyond them."""
    levels, minima = leaf["levels"], {f"min_{star}": leaf.get(f"min_{star}") for star in (3, 4, 5)}
    asked = [least for least in minima.values() if least is not None]
    if (
        levels != sorted(set(levels))
        or asked != sorted(asked)
        or max(asked, default=0) > levels[-1]
    ):
        raise ValueError(_("Points and minima must rise, and no minimum lies beyond the points."))
    return Criterion(
        sheet=sheet,
        position=position,
        part=block["part"],
        number=block["number"],
        label=block["label"],
        leaf=number,
        leaf_label=leaf["label"],
        max_points=max(levels),
        levels=levels,
        alternative=leaf.get("alternative"),
        note=leaf.get("note", ""),
        **minima,
    )
