import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("targets", "0002_measures_of_indicators"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='allocation',
            options={'default_manager_name': 'everything', 'ordering': ['target', 'unit', 'year'], 'verbose_name': 'allocation'},
        ),
        migrations.AlterModelManagers(
            name='allocation',
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterField(
            model_name='allocation',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='historicalallocation',
            name='action',
            field=models.CharField(choices=[('create', 'Entered'), ('edit', 'Changed'), ('submit', 'Submitted'), ('verify', 'Verified'), ('return', 'Returned'), ('amend', 'Change verified'), ('delete', 'Draft discarded'), ('undo', 'Import undone'), ('cancel', 'Cancelled as entered by mistake'), ('restore', 'Brought back'), ('merge', 'Merged'), ('separate', 'Separated again')], default='edit', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalallocation',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
    ]
