import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import ocop.db.fields
from django.conf import settings
from django.db import migrations, models

from ocop.organisation.data_version import watched


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_index=True, max_length=10, verbose_name='code')),
                ('level', models.CharField(choices=[('province', 'Province'), ('district', 'District'), ('commune', 'Commune')], max_length=10, verbose_name='level')),
                ('name', ocop.db.fields.NameField(max_length=120, verbose_name='name')),
                ('name_key', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, source='name')),
                ('name_search', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, search=True, source='name')),
                ('name_sort', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, sort=True, source='name')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisation.unit')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                'verbose_name': 'unit',
                'ordering': ['code', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='unit_code_once_a_day', violation_error_message='This code already belongs to a unit on that day.'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_ends_after_it_begins', violation_error_message='A unit cannot end before it begins.'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'province'), _negated=True), ('parent__isnull', True), _connector='OR'), name='province_has_no_parent', violation_error_message='A province has no parent unit.')],
            },
        ),
        migrations.CreateModel(
            name='UnitSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succeeded_by', to='organisation.unit')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='succeeds', to='organisation.unit')),
                ('effective_on', models.DateField(verbose_name='effective on')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_recorded_once'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='unit_does_not_succeed_itself', violation_error_message='A unit cannot succeed itself.')],
            },
        ),
        migrations.AddField(
            model_name='unit',
            name='successors',
            field=models.ManyToManyField(related_name='predecessors', through='organisation.UnitSuccession', to='organisation.unit'),
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='code')),
                ('name', ocop.db.fields.NameField(max_length=200, verbose_name='name')),
                ('name_key', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, source='name')),
                ('name_search', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, search=True, source='name')),
                ('name_sort', ocop.db.fields.KeyField(db_index=True, editable=False, max_length=600, sort=True, source='name')),
                ('kind', models.CharField(choices=[('committee', 'Steering committee'), ('department', 'Provincial department'), ('peoples_committee', "People's committee"), ('other', 'Other body')], max_length=20, verbose_name='kind')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisation.unit')),
                ('loaded_digest', models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                'verbose_name': 'agency',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('display_name', models.CharField(blank=True, max_length=150, verbose_name='full name')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('committee', 'Committee member'), ('province', 'Provincial officer'), ('district', 'District officer'), ('administrator', 'Administrator')], max_length=20, verbose_name='role')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisation.agency')),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisation.unit')),
                ('fields', models.JSONField(blank=True, default=list, verbose_name='fields of work')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
            ],
            options={
                'verbose_name': 'membership',
                'ordering': ['starts_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('district__isnull', False), ('role', 'district')), models.Q(models.Q(('role', 'district'), _negated=True), ('district__isnull', True)), _connector='OR'), name='only_district_officers_have_a_district', violation_error_message='A district officer needs a district; nobody else has one.'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_it_begins', violation_error_message='A membership cannot end before it begins.')],
            },
        ),
        migrations.CreateModel(
            name='InstallationFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(unique=True)),
                ('value', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='DataVersionToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.SlugField(max_length=20)),
                ('slot', models.BigIntegerField()),
                ('token', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('topic', 'slot'), name='one_mark_a_topic_and_slot')],
            },
        ),
        watched(
            'organisation',
            'organisation_agency',
            'organisation_installationfact',
            'organisation_membership',
            'organisation_unit',
            'organisation_unitsuccession',
            'organisation_user',
        ),
    ]
