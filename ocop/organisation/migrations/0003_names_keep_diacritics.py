import ocop.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0002_data_marks'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='unit',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
    ]
