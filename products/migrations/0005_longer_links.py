from django.db import migrations, models
from django.db.models.functions import Length

from ocop.db.append_only import append_only
from ocop.organisation.data_version import watched

FORMER_LENGTH = 500
TRIGGERS = (
    append_only("products_historicalfloorlisting", again=True),
    watched("products", "products_floorlisting", again=True),
)


def refuse_to_shorten(apps, schema_editor):
    """Going back would cut off what is longer: on PostgreSQL without a word."""
    for name in ("FloorListing", "HistoricalFloorListing"):
        links = apps.get_model("products", name).objects.using(schema_editor.connection.alias)
        for length in links.values_list(Length("url"), flat=True).order_by():
            if length > FORMER_LENGTH:
                raise ValueError(f"{name} holds a link of {length} characters")


class Migration(migrations.Migration):

    dependencies = [
        ("products", "0004_producer_keys_with_legal_forms"),
    ]

    operations = [
        *TRIGGERS,
        migrations.AlterField(
            model_name="floorlisting",
            name="url",
            field=models.CharField(blank=True, max_length=2000, verbose_name="link"),
        ),
        migrations.AlterField(
            model_name="historicalfloorlisting",
            name="url",
            field=models.CharField(blank=True, max_length=2000, verbose_name="link"),
        ),
        migrations.RunPython(migrations.RunPython.noop, refuse_to_shorten),
        *TRIGGERS,
    ]
