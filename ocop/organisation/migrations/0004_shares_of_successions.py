from django.db import migrations, models

from ocop.organisation.data_version import watched

# SQLite rebuilds the table, and drops its triggers with it.
REBUILT = "organisation_unitsuccession"


class Migration(migrations.Migration):
    """Five units were split in 2025: a succession says whether it is of the whole or a part."""

    dependencies = [
        ("organisation", "0003_agencies_by_date"),
    ]

    operations = [
        watched("organisation", REBUILT, again=True),
        migrations.AddField(
            model_name="unitsuccession",
            name="share",
            field=models.CharField(
                choices=[("whole", "The whole"), ("part", "A part")],
                default="whole",
                max_length=5,
                verbose_name="share",
            ),
        ),
        watched("organisation", REBUILT, again=True),
    ]
