import ocop.fields
import products.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0003_names_keep_diacritics'),
        ('products', '0006_undone_imports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='ipright',
            name='ip_filing_number_once',
        ),
        migrations.AddField(
            model_name='ecommercefloor',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='historicalipright',
            name='filing_key',
            field=products.fields.FilingKeyField(default='', editable=False, max_length=120, source='filing_number'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='historicalipright',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='historicalipright',
            name='owner_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='owner'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='historicalproducer',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='historicalproduct',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='historicalsciencetask',
            name='lead_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='lead'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='historicalsciencetask',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='historicaltraceabilityenrolment',
            name='system_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='system'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ipright',
            name='filing_key',
            field=products.fields.FilingKeyField(default='', editable=False, max_length=120, source='filing_number'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ipright',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ipright',
            name='owner_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='owner'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='producer',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='product',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='productgroup',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='productset',
            name='branch_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='branch'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='productset',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='sciencetask',
            name='lead_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='lead'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='sciencetask',
            name='name_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='name'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='traceabilityenrolment',
            name='system_search',
            field=ocop.fields.KeyField(db_index=True, default='', editable=False, max_length=600, search=True, source='system'),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='ipright',
            constraint=models.UniqueConstraint(condition=models.Q(('filing_key', ''), _negated=True), fields=('filing_key',), name='ip_application_once', violation_error_message='This filing number is already recorded.'),
        ),
    ]
