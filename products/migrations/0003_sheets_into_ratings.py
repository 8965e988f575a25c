from decimal import Decimal

from django.db import migrations


def into_ratings(apps, schema_editor):
    """Each rating takes its sheets in; history rows say which of them was the first."""
    Rating = apps.get_model("products", "Rating")
    Sheet = apps.get_model("products", "RatingSheet")
    changed = {}
    for sheet in Sheet.objects.order_by("rating_id", "id").prefetch_related("scores__criterion"):
        rating = changed.setdefault(sheet.rating_id, Rating(pk=sheet.rating_id, sheets=[]))
        one = {"member": sheet.member}
        parts = {"A": sheet.part_a, "B": sheet.part_b, "C": sheet.part_c}
        if any(points is not None for points in parts.values()):
            one["parts"] = {part: str(points) for part, points in parts.items() if points is not None}
        else:
            one["points"] = {
                f"{score.criterion.number}.{score.criterion.leaf}": score.points
                for score in sheet.scores.all()
            }
        rating.sheets.append(one)
    Rating.objects.bulk_update(changed.values(), ["sheets"], batch_size=500)
    for name in HISTORICAL:
        apps.get_model("products", name).objects.filter(history_type="+").update(action="create")


def out_of_ratings(apps, schema_editor):
    """The way back: sheets as rows of their own."""
    Rating = apps.get_model("products", "Rating")
    Sheet = apps.get_model("products", "RatingSheet")
    Score = apps.get_model("products", "RatingScore")
    Criterion = apps.get_model("products", "Criterion")
    for rating in Rating.objects.exclude(sheets=[]).select_related("product", "scheme"):
        for one in rating.sheets:
            parts = {part: Decimal(points) for part, points in one.get("parts", {}).items()}
            sheet = Sheet.objects.create(
                rating=rating,
                member=one["member"],
                part_a=parts.get("A"),
                part_b=parts.get("B"),
                part_c=parts.get("C"),
            )
            scheme_id = rating.scheme.criteria_of_id or rating.scheme_id
            criteria = Criterion.objects.filter(
                sheet__scheme_id=scheme_id, sheet__product_set_id=rating.product.product_set_id
            )
            by_key = {f"{c.number}.{c.leaf}": c for c in criteria}
            for key, points in one.get("points", {}).items():
                if key in by_key:
                    Score.objects.create(sheet=sheet, criterion=by_key[key], points=points)


HISTORICAL = (
    "HistoricalFloorListing",
    "HistoricalIPRight",
    "HistoricalProducer",
    "HistoricalProduct",
    "HistoricalRating",
    "HistoricalRecognition",
    "HistoricalScienceTask",
    "HistoricalTraceabilityEnrolment",
)


class Migration(migrations.Migration):
    dependencies = [("products", "0002_entry_by_forms")]

    operations = [migrations.RunPython(into_ratings, out_of_ratings)]
