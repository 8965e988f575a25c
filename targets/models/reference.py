"""Plans with their targets, and published totals, out of the reference files."""

from datetime import date
from decimal import Decimal

from ocop.db.reference_data import ReferenceLoader, fixtures_named, read_fixture, reading
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Agency, Unit
from ocop.organisation.reference import load_agencies, load_site, load_units
from ocop.organisation.succession import heirs_of_communes
from products.records import follow, follow_successions
from products.reference import load_catalogue, load_channels, load_schemes
from targets.choices import Period
from targets.committee import load_committee, load_documents, load_meetings, set_once
from targets.models import Activity, Document, Plan, PublishedTotal, Target, TargetValue
from targets.periods import period_days

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
    for load in (
        *(load_site, load_units, load_agencies, load_catalogue, load_channels, load_schemes),
        *(load_documents, load_plans, load_published_totals, load_committee, load_meetings),
    ):
        load(loader)
    loader.followed = follow_successions() + len(follow(Activity, heirs_of_communes()))
    return loader


def load_plans(loader: ReferenceLoader) -> None:
    """Every plan there is a file of: a new plan is a new file, without code."""
    for name in fixtures_named("plan-"):
        _load_plan(loader, read_fixture(name))


def _load_plan(loader: ReferenceLoader, book: dict) -> None:
    row = book["plan"]
    code = row.pop("code")
    for name in ("document_date", "starts_on", "ends_on"):
        row[name] = date.fromisoformat(row[name])
    row["unit"] = Unit.objects.valid_at(row["starts_on"]).get(code=row["unit"])
    documents = row.pop("documents", [])
    plan = loader.put(Plan, {"code": code}, row)
    set_once(plan.documents, Document.objects.filter(code__in=documents))
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    for position, target_row in enumerate(book["targets"], start=1):
        with reading(target_row):
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
        stands_in=Document.objects.filter(code=row.get("stands_in")).first(),
    )
    target = loader.put(Target, {"plan": plan, "code": row["code"]}, values)
    set_once(target.carries_out, Document.objects.filter(code__in=row.get("carries_out", [])))
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


def load_published_totals(loader: ReferenceLoader) -> None:
    """What was published of the province and its districts; totals entered here are not touched."""
    units = {
        unit.code: unit
        for unit in Unit.objects.exclude(level=UnitLevel.COMMUNE).order_by("valid_from")
    }
    for row in read_fixture("published-totals"):
        shared = {
            "period": row["period"],
            "day": period_days(row["period"])[1] if row["period"] else None,
            "scope": row["scope"],
            "decision_number": row.get("decision_number", ""),
            "detail": row["detail"],
            "source": row["source"],
            "source_url": row.get("source_url", ""),
            "reservation": row.get("reservation", ""),
        }
        figures = [(row["unit"], measure, value) for measure, value in row["values"].items()]
        split = row.get("districts", {})
        figures += [(code, row["district_measure"], value) for code, value in split.items()]
        for code, measure, value in figures:
            values = shared | {"unit": units[code], "measure": measure, "value": value}
            with reading(row):
                loader.put(PublishedTotal, {"code": f"{row['code']}-{code}-{measure}"}, values)
