import django.db.models.deletion
from django.db import migrations, models

import ocop.db.fields
from ocop.db.append_only import append_only
from ocop.organisation.data_version import watched


class Migration(migrations.Migration):

    dependencies = [
        ("products", "0011_scoring_scheme_of_2026"),
    ]

    operations = [
        append_only("products_historicalrecognition", again=True),
        watched("products", "products_recognition", again=True),
        migrations.AddField(
            model_name='historicalrecognition',
            name='prolongation_number',
            field=models.CharField(blank=True, max_length=60, verbose_name='number of the paper that prolongs'),
        ),
        migrations.AddField(
            model_name='historicalrecognition',
            name='prolonged_on',
            field=models.DateField(blank=True, null=True, verbose_name='prolonged on'),
        ),
        migrations.AddField(
            model_name='historicalrecognition',
            name='prolonged_until',
            field=models.DateField(blank=True, null=True, verbose_name='prolonged until'),
        ),
        migrations.AddField(
            model_name='recognition',
            name='prolongation_number',
            field=models.CharField(blank=True, max_length=60, verbose_name='number of the paper that prolongs'),
        ),
        migrations.AddField(
            model_name='recognition',
            name='prolonged_on',
            field=models.DateField(blank=True, null=True, verbose_name='prolonged on'),
        ),
        migrations.AddField(
            model_name='recognition',
            name='prolonged_until',
            field=models.DateField(blank=True, null=True, verbose_name='prolonged until'),
        ),
        migrations.AlterField(
            model_name='historicalrecognition',
            name='authority',
            field=models.CharField(blank=True, choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='authority'),
        ),
        migrations.AlterField(
            model_name='recognition',
            name='authority',
            field=models.CharField(blank=True, choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='authority'),
        ),
        migrations.AddConstraint(
            model_name='recognition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('prolonged_on__isnull', True), ('prolonged_until__isnull', True)), models.Q(models.Q(('prolongation_number', ''), _negated=True), ('prolonged_on__gte', models.F('decided_on')), ('prolonged_until__gt', models.F('decided_on'))), _connector='OR'), name='recognition_prolonged_by_a_paper', violation_error_message='A certificate is prolonged by a paper: give its number, its day and the new last day.'),
        ),
        append_only("products_historicalrecognition", again=True),
        watched("products", "products_recognition", again=True),
    ]
