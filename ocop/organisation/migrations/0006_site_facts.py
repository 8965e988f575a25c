from django.db import migrations, models

from ocop.organisation.data_version import watched

# SQLite rebuilds the table, and drops its triggers with it.
REBUILT = "organisation_installationfact"


class Migration(migrations.Migration):
    """What the site is called and whose it is: facts out of a reference file."""

    dependencies = [
        ("organisation", "0005_administration"),
    ]

    operations = [
        watched("organisation", REBUILT, again=True),
        migrations.AddField(
            model_name="installationfact",
            name="loaded_digest",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="installationfact",
            name="value",
            field=models.CharField(max_length=300),
        ),
        watched("organisation", REBUILT, again=True),
    ]
