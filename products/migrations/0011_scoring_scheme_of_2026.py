import django.db.models.deletion
from django.db import migrations, models

import ocop.db.fields
from ocop.db.append_only import append_only
from ocop.organisation.data_version import watched


class Migration(migrations.Migration):

    dependencies = [
        ("products", "0010_communes_of_today"),
    ]

    operations = [
        append_only("products_historicalrating", again=True),
        watched("products", "products_rating", again=True),
        watched("products", "products_scoringscheme", again=True),
        watched("products", "products_scoringsheet", again=True),
        watched("products", "products_criterion", again=True),
        watched("products", "products_productset", again=True),
        migrations.CreateModel(
            name='LevelMeaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.PositiveSmallIntegerField(verbose_name='points')),
                ('text', ocop.db.fields.NfcTextField(verbose_name='what the points mean')),
            ],
            options={
                'verbose_name': 'meaning of points',
                'verbose_name_plural': 'meanings of points',
                'ordering': ['criterion', 'points'],
            },
        ),
        migrations.AddField(
            model_name='criterion',
            name='note',
            field=ocop.db.fields.NfcTextField(blank=True),
        ),
        migrations.AddField(
            model_name='historicalrating',
            name='lodged_on',
            field=models.DateField(blank=True, null=True, verbose_name='dossier lodged on'),
        ),
        migrations.AddField(
            model_name='historicalrating',
            name='rerating',
            field=models.BooleanField(default=False, verbose_name='re-rating of a recognised product'),
        ),
        migrations.AddField(
            model_name='productset',
            name='renamed',
            field=models.JSONField(blank=True, default=list, verbose_name='later names'),
        ),
        migrations.AddField(
            model_name='rating',
            name='lodged_on',
            field=models.DateField(blank=True, null=True, verbose_name='dossier lodged on'),
        ),
        migrations.AddField(
            model_name='rating',
            name='rerating',
            field=models.BooleanField(default=False, verbose_name='re-rating of a recognised product'),
        ),
        migrations.AddField(
            model_name='scoringscheme',
            name='below_five_by_province',
            field=models.BooleanField(default=False, verbose_name='below 90 at the ministry the province may recognise 3 or 4 stars'),
        ),
        migrations.AddField(
            model_name='scoringscheme',
            name='certificate_months',
            field=models.PositiveSmallIntegerField(default=36, verbose_name='months a certificate lasts'),
        ),
        migrations.AddField(
            model_name='scoringscheme',
            name='first_council',
            field=models.CharField(choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], default='province', max_length=10, verbose_name='lowest council'),
        ),
        migrations.AddField(
            model_name='scoringscheme',
            name='first_until',
            field=models.DateField(blank=True, null=True, verbose_name='first ratings and upgrades lodged before are finished until'),
        ),
        migrations.AddField(
            model_name='scoringscheme',
            name='note',
            field=ocop.db.fields.NfcTextField(blank=True, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='scoringscheme',
            name='prolonged_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='prolonged by at most, days'),
        ),
        migrations.AddField(
            model_name='scoringscheme',
            name='proposed_by',
            field=models.CharField(blank=True, choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='checked and proposed by'),
        ),
        migrations.AddField(
            model_name='scoringscheme',
            name='renewal_closes_days',
            field=models.PositiveSmallIntegerField(default=30, verbose_name='filed again until, days before the end'),
        ),
        migrations.AddField(
            model_name='scoringscheme',
            name='renewal_opens_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='filed again from, days before the end'),
        ),
        migrations.AddField(
            model_name='scoringscheme',
            name='renewal_until',
            field=models.DateField(blank=True, null=True, verbose_name='re-ratings lodged before are finished until'),
        ),
        migrations.AddField(
            model_name='scoringsheet',
            name='note',
            field=ocop.db.fields.NfcTextField(blank=True),
        ),
        migrations.AlterField(
            model_name='historicalrating',
            name='level',
            field=models.CharField(choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='council'),
        ),
        migrations.AlterField(
            model_name='rating',
            name='level',
            field=models.CharField(choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='council'),
        ),
        migrations.AlterField(
            model_name='scoringscheme',
            name='authority_3',
            field=models.CharField(choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='3 stars by'),
        ),
        migrations.AlterField(
            model_name='scoringscheme',
            name='authority_4',
            field=models.CharField(choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='4 stars by'),
        ),
        migrations.AlterField(
            model_name='scoringscheme',
            name='authority_5',
            field=models.CharField(choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='5 stars by'),
        ),
        migrations.AddConstraint(
            model_name='scoringscheme',
            constraint=models.CheckConstraint(condition=models.Q(('renewal_opens_days__isnull', True), ('renewal_opens_days__gte', models.F('renewal_closes_days')), _connector='OR'), name='scheme_window_opens_before_it_closes', violation_error_message='The window to file again closes after it opens.'),
        ),
        migrations.AddField(
            model_name='levelmeaning',
            name='criterion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meanings', to='products.criterion', verbose_name='criterion'),
        ),
        migrations.AddConstraint(
            model_name='levelmeaning',
            constraint=models.UniqueConstraint(fields=('criterion', 'points'), name='meaning_once_a_level', violation_error_message='These points of the criterion have their meaning.'),
        ),
        append_only("products_historicalrating", again=True),
        watched("products", "products_rating", again=True),
        watched("products", "products_scoringscheme", again=True),
        watched("products", "products_scoringsheet", again=True),
        watched("products", "products_criterion", again=True),
        watched("products", "products_productset", again=True),
        watched("products", "products_levelmeaning"),
    ]
