import ocop.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('targets', '0012_deadlines_of_former_steps'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
    ]
