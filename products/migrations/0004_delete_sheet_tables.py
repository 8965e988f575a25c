from django.db import migrations


class Migration(migrations.Migration):
    """The tables are empty of meaning once their content lies in Rating.sheets."""

    dependencies = [("products", "0003_sheets_into_ratings")]

    operations = [
        migrations.DeleteModel(
            name="RatingScore",
        ),
        migrations.DeleteModel(
            name="RatingSheet",
        ),
    ]
