import django.db.models.deletion
import ocop.db.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from ocop.db.append_only import append_only
from ocop.organisation.data_version import watched

HISTORIES = ['organisation_accountevent', 'organisation_historicalagency', 'organisation_historicalmembership', 'organisation_historicalunit', 'organisation_historicalunitsuccession']
# SQLite rebuilds the table, and drops its triggers with it.
REBUILT = "organisation_user"


class Migration(migrations.Migration):

    dependencies = [
        ("organisation", "0004_shares_of_successions"),
    ]

    operations = [
        watched('organisation', REBUILT, again=True),
        migrations.AlterModelOptions(
            name='agency',
            options={'ordering': ['code'], 'verbose_name': 'agency', 'verbose_name_plural': 'agencies'},
        ),
        migrations.AlterModelOptions(
            name='membership',
            options={'ordering': ['starts_on', 'id'], 'verbose_name': 'membership', 'verbose_name_plural': 'memberships'},
        ),
        migrations.AlterModelOptions(
            name='unit',
            options={'ordering': ['code', 'valid_from'], 'verbose_name': 'unit', 'verbose_name_plural': 'units'},
        ),
        migrations.AlterModelOptions(
            name='unitsuccession',
            options={'verbose_name': 'succession of a unit', 'verbose_name_plural': 'successions of units'},
        ),
        migrations.AlterModelOptions(
            name='user',
            options={'ordering': ['username'], 'verbose_name': 'account', 'verbose_name_plural': 'accounts'},
        ),
        migrations.AddField(
            model_name='user',
            name='language',
            field=models.CharField(blank=True, choices=[('vi', 'Vietnamese'), ('en', 'English')], max_length=5, verbose_name='language'),
        ),
        migrations.AddField(
            model_name='user',
            name='wants_notices',
            field=models.BooleanField(default=True, verbose_name='wants notices by mail'),
        ),
        migrations.AlterField(
            model_name='agency',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisation.unit', verbose_name='unit'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='agency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisation.agency', verbose_name='agency'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AlterField(
            model_name='unit',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisation.unit', verbose_name='belongs to'),
        ),
        migrations.AlterField(
            model_name='unitsuccession',
            name='predecessor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succeeded_by', to='organisation.unit', verbose_name='former unit'),
        ),
        migrations.AlterField(
            model_name='unitsuccession',
            name='successor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succeeds', to='organisation.unit', verbose_name='succeeding unit'),
        ),
        migrations.CreateModel(
            name='AccountEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('kind', models.CharField(choices=[('invited', 'Account created'), ('link', 'Link for a new password given'), ('password', 'Password set by the link'), ('disabled', 'Account disabled'), ('enabled', 'Account enabled'), ('changed', "Account's details changed"), ('role_given', 'Role given'), ('role_changed', 'Role changed'), ('role_ended', 'Role ended')], max_length=20, verbose_name='what')),
                ('role', models.CharField(blank=True, choices=[('committee', 'Committee member'), ('province', 'Provincial officer'), ('local', 'Local officer'), ('administrator', 'Administrator')], max_length=20, verbose_name='role')),
                ('details', models.CharField(blank=True, max_length=300, verbose_name='details')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_events', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
            ],
            options={
                'verbose_name': 'account event',
                'verbose_name_plural': 'account events',
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAgency',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.SlugField(verbose_name='code')),
                ('name', ocop.db.fields.NameField(max_length=200, verbose_name='name')),
                ('name_key', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, source='name')),
                ('name_search', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, search=True, source='name')),
                ('name_sort', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, sort=True, source='name')),
                ('kind', models.CharField(choices=[('committee', 'Steering committee'), ('department', 'Provincial department'), ('peoples_committee', "People's committee"), ('peoples_council', "People's council"), ('party', 'Party committee'), ('ministry', 'Ministry'), ('other', 'Other body')], max_length=20, verbose_name='kind')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('history_change_reason', models.TextField(null=True)),
                ('source', ocop.db.fields.NfcTextField(blank=True, verbose_name='source')),
                ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.agency', verbose_name='successor')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'historical agency',
                'verbose_name_plural': 'historical agencies',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalMembership',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('role', models.CharField(choices=[('committee', 'Committee member'), ('province', 'Provincial officer'), ('local', 'Local officer'), ('administrator', 'Administrator')], max_length=20, verbose_name='role')),
                ('fields', models.JSONField(blank=True, default=list, verbose_name='fields of work')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.agency', verbose_name='agency')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.unit', verbose_name='unit')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'historical membership',
                'verbose_name_plural': 'historical memberships',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalUnit',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('code', models.CharField(db_index=True, max_length=10, verbose_name='code')),
                ('level', models.CharField(choices=[('province', 'Province'), ('district', 'District'), ('commune', 'Commune')], max_length=10, verbose_name='level')),
                ('name', ocop.db.fields.NameField(max_length=120, verbose_name='name')),
                ('name_key', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, source='name')),
                ('name_search', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, search=True, source='name')),
                ('name_sort', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, sort=True, source='name')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.unit', verbose_name='belongs to')),
            ],
            options={
                'verbose_name': 'historical unit',
                'verbose_name_plural': 'historical units',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalUnitSuccession',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('effective_on', models.DateField(verbose_name='effective on')),
                ('history_change_reason', models.TextField(null=True)),
                ('share', models.CharField(choices=[('whole', 'The whole'), ('part', 'A part')], default='whole', max_length=5, verbose_name='share')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('predecessor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.unit', verbose_name='former unit')),
                ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.unit', verbose_name='succeeding unit')),
            ],
            options={
                'verbose_name': 'historical succession of a unit',
                'verbose_name_plural': 'historical successions of units',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        append_only(*HISTORIES),
        watched('organisation', REBUILT, again=True),
    ]
