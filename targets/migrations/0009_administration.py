import django.db.models.deletion
import simple_history.models
import targets.models.plans
from django.conf import settings
from django.db import migrations, models

from ocop.db.append_only import append_only

HISTORIES = ['targets_historicalplan', 'targets_historicaltarget', 'targets_historicaltargetvalue']


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0005_administration'),
        ("targets", "0008_documents_and_draft_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='plan',
            options={'ordering': ['-starts_on'], 'verbose_name': 'plan', 'verbose_name_plural': 'plans'},
        ),
        migrations.AlterModelOptions(
            name='target',
            options={'ordering': ['plan', 'position'], 'verbose_name': 'target', 'verbose_name_plural': 'targets'},
        ),
        migrations.AlterModelOptions(
            name='targetvalue',
            options={'ordering': ['target', 'year', 'effective_from'], 'verbose_name': 'value of a target', 'verbose_name_plural': 'values of targets'},
        ),
        migrations.AlterField(
            model_name='plan',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='organisation.unit', verbose_name='unit'),
        ),
        migrations.AlterField(
            model_name='target',
            name='lead_agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='organisation.agency', verbose_name='lead agency'),
        ),
        migrations.AlterField(
            model_name='target',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='targets.plan', verbose_name='plan'),
        ),
        migrations.AlterField(
            model_name='target',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='position'),
        ),
        migrations.AlterField(
            model_name='targetvalue',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='targets.target', verbose_name='target'),
        ),
        migrations.CreateModel(
            name='HistoricalPlan',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.CharField(db_index=True, max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('document', models.CharField(max_length=200, verbose_name='document')),
                ('document_date', models.DateField(verbose_name='date of the document')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('ends_on', models.DateField(verbose_name='ends on')),
                ('sub_unit_level', models.CharField(choices=[('district', 'District'), ('commune', 'Commune')], default='district', max_length=10, verbose_name='level of the units that take a part')),
                ('attention_percent', models.PositiveSmallIntegerField(default=75, verbose_name='percent of the expected value below which a target is behind')),
                ('confirmation_days', models.PositiveSmallIntegerField(default=15, verbose_name="days after a quarter's end in which districts confirm it")),
                ('confirming_from', models.DateField(blank=True, null=True, verbose_name='quarters are confirmed from this day on')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('history_change_reason', models.TextField(null=True)),
                ('draft', models.BooleanField(default=False, editable=False, verbose_name='draft')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'historical plan',
                'verbose_name_plural': 'historical plans',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTarget',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.CharField(max_length=30, verbose_name='code')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('section', models.CharField(choices=[('ip_support', 'Intellectual property supported under Resolution 80/2019/NQ-HĐND'), ('science_tasks', 'Science and technology developing intellectual property'), ('recognition', 'Recognition'), ('market', 'Market')], max_length=20, verbose_name='section')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=300, verbose_name='name in English')),
                ('short_name', models.CharField(max_length=80, verbose_name='short name')),
                ('short_name_en', models.CharField(blank=True, max_length=80, verbose_name='short name in English')),
                ('quote', models.TextField(verbose_name='clause')),
                ('document', models.CharField(max_length=200, verbose_name='document')),
                ('document_date', models.DateField(verbose_name='date of the document')),
                ('measure', models.CharField(choices=targets.models.plans.measure_choices, max_length=30, verbose_name='measure')),
                ('ip_kinds', models.JSONField(blank=True, default=list, verbose_name='kinds of right')),
                ('supported_only', models.BooleanField(default=False, verbose_name='only supported rights')),
                ('counting_event', models.CharField(choices=[('granted', 'granted'), ('filed', 'filed'), ('supported', 'supported')], default='granted', max_length=10, verbose_name='counts when')),
                ('kind', models.CharField(choices=[('count', 'Count'), ('share', 'Share')], max_length=10, verbose_name='kind')),
                ('operator', models.CharField(choices=[('>=', 'at least'), ('>', 'above')], max_length=2, verbose_name='comparison')),
                ('period', models.CharField(choices=[('plan', 'whole plan'), ('year', 'each year'), ('level', "level reached by the plan's end")], max_length=10, verbose_name='period')),
                ('unit_label', models.CharField(max_length=40, verbose_name='unit of measurement')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('history_change_reason', models.TextField(null=True)),
                ('stands_in', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='targets.document', verbose_name='document it stands in')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead_agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.agency', verbose_name='lead agency')),
                ('plan', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='targets.plan', verbose_name='plan')),
            ],
            options={
                'verbose_name': 'historical target',
                'verbose_name_plural': 'historical targets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTargetValue',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('effective_from', models.DateField(verbose_name='in force from')),
                ('threshold', models.DecimalField(decimal_places=3, max_digits=12, verbose_name='limit')),
                ('aim', models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True, verbose_name='aim')),
                ('document', models.CharField(max_length=200, verbose_name='document')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('history_change_reason', models.TextField(null=True)),
                ('cites', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='targets.document')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('target', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='targets.target', verbose_name='target')),
            ],
            options={
                'verbose_name': 'historical value of a target',
                'verbose_name_plural': 'historical values of targets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        append_only(*HISTORIES),
    ]
