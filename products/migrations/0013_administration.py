import django.db.models.deletion
import ocop.db.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from ocop.db.append_only import append_only

HISTORIES = ['products_historicalcriterion', 'products_historicalproductgroup', 'products_historicalproductset', 'products_historicalscoringscheme', 'products_historicalscoringsheet']


class Migration(migrations.Migration):

    dependencies = [
        ("products", "0012_prolonged_certificates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='criterion',
            options={'ordering': ['sheet', 'position'], 'verbose_name': 'criterion', 'verbose_name_plural': 'criteria'},
        ),
        migrations.AlterModelOptions(
            name='ecommercefloor',
            options={'ordering': ['name_sort'], 'verbose_name': 'e-commerce floor', 'verbose_name_plural': 'e-commerce floors'},
        ),
        migrations.AlterModelOptions(
            name='productgroup',
            options={'ordering': ['position'], 'verbose_name': 'product group', 'verbose_name_plural': 'product groups'},
        ),
        migrations.AlterModelOptions(
            name='productset',
            options={'ordering': ['number'], 'verbose_name': 'product set', 'verbose_name_plural': 'product sets'},
        ),
        migrations.AlterModelOptions(
            name='scoringscheme',
            options={'ordering': ['valid_from'], 'verbose_name': 'scoring scheme', 'verbose_name_plural': 'scoring schemes'},
        ),
        migrations.AlterModelOptions(
            name='scoringsheet',
            options={'ordering': ['scheme', 'product_set'], 'verbose_name': 'scoring sheet', 'verbose_name_plural': 'scoring sheets'},
        ),
        migrations.AlterModelOptions(
            name='traceabilitysystem',
            options={'ordering': ['name_sort'], 'verbose_name': 'traceability system', 'verbose_name_plural': 'traceability systems'},
        ),
        migrations.AlterField(
            model_name='criterion',
            name='alternative',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='either/or case'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='label',
            field=models.TextField(verbose_name='criterion'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='leaf',
            field=models.PositiveSmallIntegerField(verbose_name='leaf'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='leaf_label',
            field=models.TextField(verbose_name='what is scored'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='levels',
            field=models.JSONField(verbose_name='points that may be given'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='max_points',
            field=models.PositiveSmallIntegerField(verbose_name='most points'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='min_3',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='least for 3 stars'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='min_4',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='least for 4 stars'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='min_5',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='least for 5 stars'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='number',
            field=models.PositiveSmallIntegerField(verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='part',
            field=models.CharField(choices=[('A', "Part A: the product and the community's strength"), ('B', 'Part B: marketing'), ('C', 'Part C: product quality')], max_length=1, verbose_name='part'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='position',
            field=models.PositiveSmallIntegerField(verbose_name='position'),
        ),
        migrations.AlterField(
            model_name='criterion',
            name='sheet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='products.scoringsheet', verbose_name='scoring sheet'),
        ),
        migrations.AlterField(
            model_name='productgroup',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='position'),
        ),
        migrations.AlterField(
            model_name='productset',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sets', to='products.productgroup', verbose_name='product group'),
        ),
        migrations.AlterField(
            model_name='scoringscheme',
            name='criteria_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='products.scoringscheme', verbose_name='keeps the criteria of'),
        ),
        migrations.AlterField(
            model_name='scoringsheet',
            name='checked',
            field=models.BooleanField(default=True, verbose_name='scored leaf by leaf'),
        ),
        migrations.AlterField(
            model_name='scoringsheet',
            name='product_set',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='products.productset', verbose_name='product set'),
        ),
        migrations.AlterField(
            model_name='scoringsheet',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='products.scoringscheme', verbose_name='scoring scheme'),
        ),
        migrations.CreateModel(
            name='HistoricalCriterion',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('part', models.CharField(choices=[('A', "Part A: the product and the community's strength"), ('B', 'Part B: marketing'), ('C', 'Part C: product quality')], max_length=1, verbose_name='part')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('label', models.TextField(verbose_name='criterion')),
                ('leaf', models.PositiveSmallIntegerField(verbose_name='leaf')),
                ('leaf_label', models.TextField(verbose_name='what is scored')),
                ('max_points', models.PositiveSmallIntegerField(verbose_name='most points')),
                ('levels', models.JSONField(verbose_name='points that may be given')),
                ('min_3', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='least for 3 stars')),
                ('min_4', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='least for 4 stars')),
                ('min_5', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='least for 5 stars')),
                ('alternative', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='either/or case')),
                ('history_change_reason', models.TextField(null=True)),
                ('note', ocop.db.fields.NfcTextField(blank=True, verbose_name='note')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sheet', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='products.scoringsheet', verbose_name='scoring sheet')),
            ],
            options={
                'verbose_name': 'historical criterion',
                'verbose_name_plural': 'historical criteria',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalProductGroup',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.SlugField(verbose_name='code')),
                ('name', ocop.db.fields.NameField(max_length=200, verbose_name='name')),
                ('name_key', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, source='name')),
                ('name_search', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, search=True, source='name')),
                ('name_sort', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, sort=True, source='name')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical product group',
                'verbose_name_plural': 'historical product groups',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalProductSet',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(db_index=True, verbose_name='number')),
                ('branch', ocop.db.fields.NameField(max_length=200, verbose_name='branch')),
                ('branch_key', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, source='branch')),
                ('branch_search', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, search=True, source='branch')),
                ('branch_sort', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, sort=True, source='branch')),
                ('name', ocop.db.fields.NameField(max_length=300, verbose_name='name')),
                ('name_key', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, source='name')),
                ('name_search', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, search=True, source='name')),
                ('name_sort', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, sort=True, source='name')),
                ('name_en', models.CharField(max_length=300, verbose_name='name in English')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('history_change_reason', models.TextField(null=True)),
                ('renamed', models.JSONField(blank=True, default=list, verbose_name='later names')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='products.productgroup', verbose_name='product group')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical product set',
                'verbose_name_plural': 'historical product sets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalScoringScheme',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.SlugField(verbose_name='code')),
                ('document', models.CharField(max_length=200, verbose_name='document')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('part_a', models.PositiveSmallIntegerField(verbose_name='points of part A')),
                ('part_b', models.PositiveSmallIntegerField(verbose_name='points of part B')),
                ('part_c', models.PositiveSmallIntegerField(verbose_name='points of part C')),
                ('authority_3', models.CharField(choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='3 stars by')),
                ('authority_4', models.CharField(choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='4 stars by')),
                ('authority_5', models.CharField(choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='5 stars by')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('history_change_reason', models.TextField(null=True)),
                ('below_five_by_province', models.BooleanField(default=False, verbose_name='below 90 at the ministry the province may recognise 3 or 4 stars')),
                ('certificate_months', models.PositiveSmallIntegerField(default=36, verbose_name='months a certificate lasts')),
                ('first_council', models.CharField(choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], default='province', max_length=10, verbose_name='lowest council')),
                ('first_until', models.DateField(blank=True, null=True, verbose_name='first ratings and upgrades lodged before are finished until')),
                ('note', ocop.db.fields.NfcTextField(blank=True, verbose_name='note')),
                ('prolonged_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='prolonged by at most, days')),
                ('proposed_by', models.CharField(blank=True, choices=[('commune', 'Commune'), ('district', 'District'), ('province', 'Province'), ('ministry', 'Ministry')], max_length=10, verbose_name='checked and proposed by')),
                ('renewal_closes_days', models.PositiveSmallIntegerField(default=30, verbose_name='filed again until, days before the end')),
                ('renewal_opens_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='filed again from, days before the end')),
                ('renewal_until', models.DateField(blank=True, null=True, verbose_name='re-ratings lodged before are finished until')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('criteria_of', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='products.scoringscheme', verbose_name='keeps the criteria of')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical scoring scheme',
                'verbose_name_plural': 'historical scoring schemes',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalScoringSheet',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('checked', models.BooleanField(default=True, verbose_name='scored leaf by leaf')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('history_change_reason', models.TextField(null=True)),
                ('note', ocop.db.fields.NfcTextField(blank=True, verbose_name='note')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product_set', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='products.productset', verbose_name='product set')),
                ('scheme', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='products.scoringscheme', verbose_name='scoring scheme')),
            ],
            options={
                'verbose_name': 'historical scoring sheet',
                'verbose_name_plural': 'historical scoring sheets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        append_only(*HISTORIES),
        migrations.AlterField(
            model_name='criterion',
            name='note',
            field=ocop.db.fields.NfcTextField(blank=True, verbose_name='note'),
        ),
        migrations.AlterField(
            model_name='scoringsheet',
            name='note',
            field=ocop.db.fields.NfcTextField(blank=True, verbose_name='note'),
        ),
    ]
