"""Product groups and sets, scoring schemes and floors out of the reference files."""

from datetime import date

from django.db.models import F

from ocop.db.reference_data import ReferenceLoader, digest_of, fixtures_named, read_fixture
from products import validity
from products.models import (
    Criterion,
    EcommerceFloor,
    FloorListing,
    ProductGroup,
    ProductSet,
    ScoringScheme,
    ScoringSheet,
)


def load_catalogue(loader: ReferenceLoader) -> None:
    groups = {}
    for position, row in enumerate(read_fixture("product-groups"), start=1):
        values = {"name": row["name"], "name_en": row["name_en"], "position": position}
        groups[row["code"]] = loader.put(ProductGroup, {"code": row["code"]}, values)
    for row in read_fixture("product-sets"):
        values = {name: row[name] for name in ("branch", "name", "name_en")}
        values["group"] = groups[row["group"]]
        loader.put(ProductSet, {"number": row["number"]}, values)


def load_floors(loader: ReferenceLoader) -> None:
    counted_before = dict(EcommerceFloor.objects.values_list("pk", "counted"))
    floors = [
        loader.put(EcommerceFloor, {"code": row.pop("code")}, row) for row in read_fixture("floors")
    ]
    changed = [one.pk for one in floors if counted_before.get(one.pk, one.counted) != one.counted]
    listed = FloorListing.objects.filter(floor__in=changed)
    validity.rebuild(listed.values_list("product_id", flat=True))


def load_schemes(loader: ReferenceLoader) -> None:
    schemes: dict[str, ScoringScheme] = {}
    for row in read_fixture("schemes"):
        code, shared = row.pop("code"), row.pop("criteria_of", None)
        for name in ("valid_from", "valid_to"):
            row[name] = date.fromisoformat(row[name]) if row[name] else None
        row["criteria_of"] = schemes[shared] if shared else None
        schemes[code] = loader.put(ScoringScheme, {"code": code}, row)
    sets = {product_set.number: product_set for product_set in ProductSet.objects.all()}
    for name in fixtures_named("scoring-"):
        book = read_fixture(name)
        for row in book["sheets"]:
            _load_sheet(loader, schemes[book["scheme"]], sets[row["set"]], row)


OUT_OF_THE_WAY = 1_000


def _load_sheet(
    loader: ReferenceLoader, scheme: ScoringScheme, product_set: ProductSet, row: dict
) -> None:
    """One set's criteria; a sheet whose file has not changed is not looked at again.

    A leaf is known by its number, not by its place: points that were given for it stay with it.
    """
    digest = digest_of(row)
    sheet, created = ScoringSheet.objects.get_or_create(
        scheme=scheme, product_set=product_set, defaults={"checked": row["checked"]}
    )
    if sheet.loaded_digest == digest:
        loader.unchanged += 1
        return
    criteria_wanted = list(_criteria(sheet, row))
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
            criterion.save(force_update=True)
    Criterion.objects.bulk_create(
        [criterion for criterion in criteria_wanted if criterion.pk is None]
    )
    sheet.checked, sheet.loaded_digest = row["checked"], digest
    sheet.save()
    loader.created += created
    loader.updated += not created


def _criteria(sheet: ScoringSheet, row: dict):
    position = 0
    for block in row["criteria"]:
        for number, leaf in enumerate(block["leaves"], start=1):
            position += 1
            yield Criterion(
                sheet=sheet,
                position=position,
                part=block["part"],
                number=block["number"],
                label=block["label"],
                leaf=number,
                leaf_label=leaf["label"],
                max_points=max(leaf["levels"]),
                levels=leaf["levels"],
                min_3=leaf.get("min_3"),
                min_4=leaf.get("min_4"),
                min_5=leaf.get("min_5"),
                alternative=leaf.get("alternative"),
            )
