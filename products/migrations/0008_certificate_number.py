from django.db import migrations, models

from ocop.db.append_only import append_only
from ocop.organisation.data_version import watched



class Migration(migrations.Migration):

    dependencies = [
        ("products", "0007_cancelled_records"),
    ]

    operations = [
        append_only("products_historicalrecognition", again=True),
        watched("products", "products_recognition", again=True),
        migrations.AddField(
            model_name="recognition",
            name="certificate_number",
            field=models.CharField(
                blank=True, default="", max_length=60, verbose_name="number of the certificate"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicalrecognition",
            name="certificate_number",
            field=models.CharField(
                blank=True, default="", max_length=60, verbose_name="number of the certificate"
            ),
            preserve_default=False,
        ),
        append_only("products_historicalrecognition", again=True),
        watched("products", "products_recognition", again=True),
    ]
