import django.core.serializers.json
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='imports.storedfile')),
                ('name', models.CharField(max_length=255, verbose_name='file')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('state', models.CharField(choices=[('open', 'Not imported yet'), ('running', 'Being imported'), ('applied', 'Imported')], default='open', max_length=10)),
                ('choices', models.JSONField(default=dict)),
                ('findings', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('preview', models.UUIDField(null=True)),
                ('previewed_at', models.DateTimeField(null=True)),
                ('notice', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'file handed in',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('upload', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='imports.upload')),
                ('undoes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undoings', to='imports.importbatch', verbose_name='undoes')),
                ('state', models.CharField(choices=[('running', 'Running'), ('applied', 'Imported'), ('interrupted', 'Interrupted')], default='applied', max_length=12)),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('dataset', models.CharField(max_length=20, verbose_name='dataset')),
                ('file_name', models.CharField(max_length=255, verbose_name='file')),
                ('content_hash', models.CharField(max_length=64, verbose_name='SHA-256 of the file')),
                ('sheet', models.CharField(blank=True, max_length=255, verbose_name='sheet')),
                ('header_row', models.PositiveIntegerField(null=True, verbose_name='header row')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('created', models.PositiveIntegerField(default=0, verbose_name='created')),
                ('updated', models.PositiveIntegerField(default=0, verbose_name='changed')),
                ('deleted', models.PositiveIntegerField(default=0, verbose_name='deleted')),
                ('unchanged', models.PositiveIntegerField(default=0, verbose_name='unchanged')),
                ('skipped', models.PositiveIntegerField(default=0, verbose_name='skipped')),
                ('warnings', models.JSONField(default=list, verbose_name='warnings')),
                ('effect', models.JSONField(default=list, verbose_name='effect on the targets')),
                ('left', models.JSONField(default=list, verbose_name='left as they were')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imports', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'import',
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'interrupted'), _negated=True), fields=('undoes',), name='import_undone_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportedChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='imports.importbatch')),
                ('model', models.CharField(max_length=60)),
                ('record_id', models.BigIntegerField()),
                ('row_number', models.PositiveIntegerField(null=True)),
                ('before', models.JSONField(null=True)),
                ('version', models.PositiveIntegerField(null=True)),
                ('deleted', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['model', 'record_id'], name='imported_change_record')],
            },
        ),
        migrations.CreateModel(
            name='RememberedColumns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(max_length=60)),
                ('dataset', models.CharField(max_length=20)),
                ('headers', models.CharField(max_length=64)),
                ('columns', models.JSONField(default=list)),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'dataset', 'headers'), name='columns_remembered_once')],
            },
        ),
    ]
