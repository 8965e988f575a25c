"""Product groups and sets, scoring schemes, floors and systems out of the reference files."""

from datetime import date
from typing import Any

from django.db.models import F
from simple_history.utils import bulk_create_with_history

from ocop.db.reference_data import LOADED, ReferenceLoader, digest_of, fixtures_named, read_fixture
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


def load_catalogue(loader: ReferenceLoader) -> None:
    groups = {}
    for position, row in enumerate(read_fixture("product-groups"), start=1):
        values = {"name": row["name"], "name_en": row["name_en"], "position": position}
        groups[row["code"]] = loader.put(ProductGroup, {"code": row["code"]}, values)
    for row in read_fixture("product-sets"):
        values = {name: row[name] for name in ("branch", "name", "name_en")}
        values["group"] = groups[row["group"]]
        loader.put(ProductSet, {"number": row["number"]}, values)


LOADED_AT_FIRST = ("name", "website", "spellings", "counted")
"""What the file of floors gave before it said more of them."""


def load_channels(loader: ReferenceLoader) -> None:
    """Floors and traceability systems; products in those that count otherwise now are rebuilt."""
    for model, name in ((EcommerceFloor, "floors"), (TraceabilitySystem, "systems")):
        counted_before = {one.pk: one.counts for one in model.objects.all()}
        loaded = [_load_channel(loader, model, row) for row in read_fixture(name)]
        for one in loaded:
            if counted_before.get(one.pk, one.counts) != one.counts:
                products = records_in(one).order_by().values_list("product_id", flat=True)
                validity.rebuild(products.distinct())


def _load_channel(loader: ReferenceLoader, model: type[Channel], row: dict) -> Any:
    """The channel of the row; one that people proposed under a name of the row's becomes it."""
    code = row.pop("code")
    for name in ("valid_from", "valid_to"):
        row[name] = date.fromisoformat(row[name]) if row[name] else None
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

    One without a digest was entered or edited here (products.admin) and stays as it is.
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
    _load_criteria(sheet, row)
    sheet.checked, sheet.loaded_digest = row["checked"], digest
    sheet._change_reason = LOADED
    sheet.save()
    loader.created += created
    loader.updated += not created


def _load_criteria(sheet: ScoringSheet, row: dict) -> None:
    """A leaf is known by its number, not by its place: points given for it stay with it."""
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
            criterion._change_reason = LOADED
            criterion.save(force_update=True)
    bulk_create_with_history(
        [criterion for criterion in criteria_wanted if criterion.pk is None],
        Criterion,
        default_change_reason=LOADED,
    )


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
