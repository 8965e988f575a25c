import django.core.serializers.json
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models
from ocop.db.append_only import append_only
from ocop.organisation.data_version import watched

# SQLite rebuilds these tables, and drops their triggers with them.
HISTORY = ["products_historicalamendment"]
REBUILT = [
    "products_amendment",
    "products_floorlisting",
    "products_ipright",
    "products_producer",
    "products_product",
    "products_rating",
    "products_recognition",
    "products_sciencetask",
    "products_traceabilityenrolment",
]
ENTERED = ["FloorListing", "IPRight", "Producer", "Product", "Rating", "Recognition"]
ENTERED += ["ScienceTask", "TraceabilityEnrolment"]


def refuse_while_cancelled(apps, schema_editor):
    """Going back: the program from before would not know what a cancelled record is."""
    for name in ENTERED:
        if apps.get_model("products", name)._default_manager.filter(status="cancelled").exists():
            raise RuntimeError(
                "Bring all cancelled and merged records back before this migration is reversed."
            )


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0001_initial'),
        ("products", "0006_traceability_systems"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        append_only(*HISTORY, again=True),
        watched('products', *REBUILT, again=True),
        migrations.AlterModelOptions(
            name='amendment',
            options={'default_manager_name': 'everything', 'ordering': ['-id'], 'verbose_name': 'proposed change'},
        ),
        migrations.AlterModelOptions(
            name='floorlisting',
            options={'default_manager_name': 'everything', 'ordering': ['-started_on', '-id'], 'verbose_name': 'floor listing'},
        ),
        migrations.AlterModelOptions(
            name='ipright',
            options={'default_manager_name': 'everything', 'ordering': ['kind', 'name_sort', 'id'], 'verbose_name': 'IP right'},
        ),
        migrations.AlterModelOptions(
            name='producer',
            options={'default_manager_name': 'everything', 'ordering': ['name_sort', 'id'], 'verbose_name': 'producer'},
        ),
        migrations.AlterModelOptions(
            name='product',
            options={'default_manager_name': 'everything', 'ordering': ['name_sort', 'id'], 'verbose_name': 'product'},
        ),
        migrations.AlterModelOptions(
            name='rating',
            options={'default_manager_name': 'everything', 'ordering': ['-session_on', '-id'], 'verbose_name': 'rating'},
        ),
        migrations.AlterModelOptions(
            name='recognition',
            options={'default_manager_name': 'everything', 'ordering': ['-decided_on', '-rank', '-id'], 'verbose_name': 'recognition'},
        ),
        migrations.AlterModelOptions(
            name='sciencetask',
            options={'default_manager_name': 'everything', 'ordering': ['-approved_on', '-id'], 'verbose_name': 'science task'},
        ),
        migrations.AlterModelOptions(
            name='traceabilityenrolment',
            options={'default_manager_name': 'everything', 'ordering': ['-started_on', '-id'], 'verbose_name': 'traceability enrolment'},
        ),
        migrations.AlterModelManagers(
            name='amendment',
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name='floorlisting',
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name='ipright',
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name='producer',
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name='product',
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name='rating',
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name='recognition',
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name='sciencetask',
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name='traceabilityenrolment',
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='floorlisting',
            name='listing_once',
        ),
        migrations.RemoveConstraint(
            model_name='ipright',
            name='ip_application_once',
        ),
        migrations.RemoveConstraint(
            model_name='ipright',
            name='ip_right_once_without_number',
        ),
        migrations.RemoveConstraint(
            model_name='producer',
            name='producer_once_a_district',
        ),
        migrations.RemoveConstraint(
            model_name='product',
            name='product_once_a_producer',
        ),
        migrations.RemoveConstraint(
            model_name='rating',
            name='rating_once_a_session',
        ),
        migrations.RemoveConstraint(
            model_name='recognition',
            name='recognition_once_a_day',
        ),
        migrations.RemoveConstraint(
            model_name='sciencetask',
            name='science_task_once',
        ),
        migrations.RemoveConstraint(
            model_name='traceabilityenrolment',
            name='enrolment_once',
        ),
        migrations.AddField(
            model_name='amendment',
            name='plan',
            field=models.JSONField(blank=True, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True),
        ),
        migrations.AddField(
            model_name='amendment',
            name='proposal',
            field=models.CharField(choices=[('change', 'Proposed change'), ('cancel', 'Proposal to cancel'), ('restore', 'Proposal to bring back'), ('merge', 'Proposal to merge'), ('separate', 'Proposal to separate again')], default='change', max_length=10),
        ),
        migrations.AddField(
            model_name='historicalamendment',
            name='plan',
            field=models.JSONField(blank=True, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True),
        ),
        migrations.AddField(
            model_name='historicalamendment',
            name='proposal',
            field=models.CharField(choices=[('change', 'Proposed change'), ('cancel', 'Proposal to cancel'), ('restore', 'Proposal to bring back'), ('merge', 'Proposal to merge'), ('separate', 'Proposal to separate again')], default='change', max_length=10),
        ),
        migrations.AlterField(
            model_name='amendment',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='floorlisting',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='historicalamendment',
            name='action',
            field=models.CharField(choices=[('create', 'Entered'), ('edit', 'Changed'), ('submit', 'Submitted'), ('verify', 'Verified'), ('return', 'Returned'), ('amend', 'Change verified'), ('delete', 'Draft discarded'), ('undo', 'Import undone'), ('cancel', 'Cancelled as entered by mistake'), ('restore', 'Brought back'), ('merge', 'Merged'), ('separate', 'Separated again')], default='edit', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalamendment',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='historicalfloorlisting',
            name='action',
            field=models.CharField(choices=[('create', 'Entered'), ('edit', 'Changed'), ('submit', 'Submitted'), ('verify', 'Verified'), ('return', 'Returned'), ('amend', 'Change verified'), ('delete', 'Draft discarded'), ('undo', 'Import undone'), ('cancel', 'Cancelled as entered by mistake'), ('restore', 'Brought back'), ('merge', 'Merged'), ('separate', 'Separated again')], default='edit', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalfloorlisting',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='historicalipright',
            name='action',
            field=models.CharField(choices=[('create', 'Entered'), ('edit', 'Changed'), ('submit', 'Submitted'), ('verify', 'Verified'), ('return', 'Returned'), ('amend', 'Change verified'), ('delete', 'Draft discarded'), ('undo', 'Import undone'), ('cancel', 'Cancelled as entered by mistake'), ('restore', 'Brought back'), ('merge', 'Merged'), ('separate', 'Separated again')], default='edit', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalipright',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='historicalproducer',
            name='action',
            field=models.CharField(choices=[('create', 'Entered'), ('edit', 'Changed'), ('submit', 'Submitted'), ('verify', 'Verified'), ('return', 'Returned'), ('amend', 'Change verified'), ('delete', 'Draft discarded'), ('undo', 'Import undone'), ('cancel', 'Cancelled as entered by mistake'), ('restore', 'Brought back'), ('merge', 'Merged'), ('separate', 'Separated again')], default='edit', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalproducer',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='historicalproduct',
            name='action',
            field=models.CharField(choices=[('create', 'Entered'), ('edit', 'Changed'), ('submit', 'Submitted'), ('verify', 'Verified'), ('return', 'Returned'), ('amend', 'Change verified'), ('delete', 'Draft discarded'), ('undo', 'Import undone'), ('cancel', 'Cancelled as entered by mistake'), ('restore', 'Brought back'), ('merge', 'Merged'), ('separate', 'Separated again')], default='edit', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalproduct',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='historicalrating',
            name='action',
            field=models.CharField(choices=[('create', 'Entered'), ('edit', 'Changed'), ('submit', 'Submitted'), ('verify', 'Verified'), ('return', 'Returned'), ('amend', 'Change verified'), ('delete', 'Draft discarded'), ('undo', 'Import undone'), ('cancel', 'Cancelled as entered by mistake'), ('restore', 'Brought back'), ('merge', 'Merged'), ('separate', 'Separated again')], default='edit', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalrating',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='historicalrecognition',
            name='action',
            field=models.CharField(choices=[('create', 'Entered'), ('edit', 'Changed'), ('submit', 'Submitted'), ('verify', 'Verified'), ('return', 'Returned'), ('amend', 'Change verified'), ('delete', 'Draft discarded'), ('undo', 'Import undone'), ('cancel', 'Cancelled as entered by mistake'), ('restore', 'Brought back'), ('merge', 'Merged'), ('separate', 'Separated again')], default='edit', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalrecognition',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='historicalsciencetask',
            name='action',
            field=models.CharField(choices=[('create', 'Entered'), ('edit', 'Changed'), ('submit', 'Submitted'), ('verify', 'Verified'), ('return', 'Returned'), ('amend', 'Change verified'), ('delete', 'Draft discarded'), ('undo', 'Import undone'), ('cancel', 'Cancelled as entered by mistake'), ('restore', 'Brought back'), ('merge', 'Merged'), ('separate', 'Separated again')], default='edit', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalsciencetask',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='historicaltraceabilityenrolment',
            name='action',
            field=models.CharField(choices=[('create', 'Entered'), ('edit', 'Changed'), ('submit', 'Submitted'), ('verify', 'Verified'), ('return', 'Returned'), ('amend', 'Change verified'), ('delete', 'Draft discarded'), ('undo', 'Import undone'), ('cancel', 'Cancelled as entered by mistake'), ('restore', 'Brought back'), ('merge', 'Merged'), ('separate', 'Separated again')], default='edit', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicaltraceabilityenrolment',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='ipright',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='producer',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='product',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='rating',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='recognition',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='sciencetask',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='traceabilityenrolment',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Awaiting verification'), ('returned', 'Returned'), ('verified', 'Verified'), ('cancelled', 'Cancelled')], db_index=True, default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AddConstraint(
            model_name='floorlisting',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('product', 'floor', 'started_on'), name='listing_once', violation_error_message='This listing is already recorded.'),
        ),
        migrations.AddConstraint(
            model_name='ipright',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('filing_key', ''), _negated=True), models.Q(('status', 'cancelled'), _negated=True)), fields=('filing_key',), name='ip_application_once', violation_error_message='This filing number is already recorded.'),
        ),
        migrations.AddConstraint(
            model_name='ipright',
            constraint=models.UniqueConstraint(condition=models.Q(('filing_number', ''), models.Q(('status', 'cancelled'), _negated=True)), fields=('kind', 'name_key', 'owner_key'), name='ip_right_once_without_number', violation_error_message='This owner already has a right of that kind and name without a number.'),
        ),
        migrations.AddConstraint(
            model_name='producer',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('name_key', 'district'), name='producer_once_a_district', violation_error_message='This district already has a producer of that name.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('name_key', 'producer'), name='product_once_a_producer', violation_error_message='This producer already has a product of that name.'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('product', 'level', 'session_on'), name='rating_once_a_session', violation_error_message='This council already rated this product that day.'),
        ),
        migrations.AddConstraint(
            model_name='recognition',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('product', 'decided_on', 'rank'), name='recognition_once_a_day', violation_error_message='This product already has a recognition of that rank on that day.'),
        ),
        migrations.AddConstraint(
            model_name='sciencetask',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('name_key',), name='science_task_once', violation_error_message='A task of that name is already recorded.'),
        ),
        migrations.AddConstraint(
            model_name='traceabilityenrolment',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('product', 'system', 'started_on'), name='enrolment_once', violation_error_message='This enrolment is already recorded.'),
        ),
        append_only(*HISTORY, again=True),
        watched('products', *REBUILT, again=True),
        migrations.RunPython(migrations.RunPython.noop, refuse_while_cancelled),
    ]
