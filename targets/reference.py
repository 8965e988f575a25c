"""Plans and their targets out of the reference files."""

from datetime import date
from decimal import Decimal

from ocop.db.reference_data import ReferenceLoader, fixtures_named, read_fixture
from ocop.organisation.models import Agency, Unit
from ocop.organisation.reference import load_agencies, load_units
from products.reference import load_catalogue, load_channels, load_schemes
from targets.choices import Period
from targets.models import Plan, Target, TargetValue

PLAIN = (
    "section",
    "name",
    "name_en",
    "short_name",
    "short_name_en",
    "quote",
    "measure",
    "kind",
    "operator",
    "period",
    "unit_label",
)


def load_everything() -> ReferenceLoader:
    """All reference data, in the order in which one part needs another."""
    loader = ReferenceLoader()
    load_units(loader)
    load_agencies(loader)
    load_catalogue(loader)
    load_channels(loader)
    load_schemes(loader)
    load_plans(loader)
    return loader


def load_plans(loader: ReferenceLoader) -> None:
    """Every plan there is a file of: a new plan is a new file, without code."""
    for name in fixtures_named("plan-"):
        _load_plan(loader, read_fixture(name))


def _load_plan(loader: ReferenceLoader, book: dict) -> None:
    row = book["plan"]
    code = row.pop("code")
    row["unit"] = Unit.objects.filter(code=row["unit"]).earliest("valid_from")
    for name in ("document_date", "starts_on", "ends_on"):
        row[name] = date.fromisoformat(row[name])
    plan = loader.put(Plan, {"code": code}, row)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    for position, target_row in enumerate(book["targets"], start=1):
        _load_target(loader, plan, agencies, position, target_row)


def _load_target(
    loader: ReferenceLoader, plan: Plan, agencies: dict, position: int, row: dict
) -> None:
    values = {name: row[name] for name in PLAIN}
    values.update(
        position=position,
        ip_kinds=row.get("ip_kinds", []),
        supported_only=row.get("supported_only", False),
        lead_agency=agencies[row["lead_agency"]],
        document=plan.document,
        document_date=plan.document_date,
    )
    target = loader.put(Target, {"plan": plan, "code": row["code"]}, values)
    yearly = row["period"] == Period.YEAR
    for year in range(plan.starts_on.year, plan.ends_on.year + 1) if yearly else [None]:
        loader.put(
            TargetValue,
            {"target": target, "year": year, "effective_from": plan.document_date},
            {
                "threshold": Decimal(row["threshold"]),
                "aim": Decimal(row["aim"]) if row["aim"] else None,
                "document": plan.document,
            },
        )
