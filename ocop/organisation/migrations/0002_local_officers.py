import django.db.models.deletion
from django.db import migrations, models

from ocop.organisation.data_version import watched

# SQLite rebuilds the table, and drops its triggers with it.
REBUILT = "organisation_membership"


def renamed(old: str, new: str):
    """The role of all memberships of that role, in the other name."""

    def rename(apps, schema_editor):
        memberships = apps.get_model("organisation", "Membership")
        memberships.objects.filter(role=old).update(role=new)

    return rename


class Migration(migrations.Migration):
    """District officers become local officers, of a district or of a commune."""

    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        watched("organisation", REBUILT, again=True),
        migrations.RemoveConstraint(
            model_name="membership",
            name="only_district_officers_have_a_district",
        ),
        migrations.RenameField(
            model_name="membership",
            old_name="district",
            new_name="unit",
        ),
        migrations.AlterField(
            model_name="membership",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("committee", "Committee member"),
                    ("province", "Provincial officer"),
                    ("local", "Local officer"),
                    ("administrator", "Administrator"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.RunPython(renamed("district", "local"), renamed("local", "district")),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "local"), ("unit__isnull", False)),
                    models.Q(
                        models.Q(("role", "local"), _negated=True), ("unit__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="only_local_officers_have_a_unit",
                violation_error_message=(
                    "A local officer needs a district or commune; nobody else has one."
                ),
            ),
        ),
        watched("organisation", REBUILT, again=True),
    ]
