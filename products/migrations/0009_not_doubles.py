import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ocop.organisation.data_version import watched


class Migration(migrations.Migration):

    dependencies = [
        ("products", "0008_certificate_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NotDouble',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('first_id', models.BigIntegerField()),
                ('second_id', models.BigIntegerField()),
                ('said_at', models.DateTimeField(auto_now_add=True)),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pair that is not one thing',
                'ordering': ['-said_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'first_id', 'second_id'), name='not_double_once'), models.CheckConstraint(condition=models.Q(('first_id__lt', models.F('second_id'))), name='not_double_in_order')],
            },
        ),
        watched('products', 'products_notdouble'),
    ]
