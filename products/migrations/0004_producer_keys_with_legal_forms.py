import products.fields
from django.db import migrations


def rebuild(apps, schema_editor):
    """Two producers whose legal forms only are written otherwise are reported; both stay."""
    if apps.get_model("products", "Producer").objects.exists():
        from ocop.db.keys import rebuild_keys

        rebuild_keys(apps, "products")


def restore(apps, schema_editor):
    """The keys as they were: forms as they are written, addresses a part of the name."""
    from ocop.lib.identity import identity_key

    producers = apps.get_model("products", "Producer").objects
    for pk, name in producers.values_list("pk", "name").order_by("pk"):
        producers.filter(pk=pk).update(name_key=identity_key(name))


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_initial'),
        ("products", "0003_spans_of_present_records"),
    ]

    # The columns stay as they are, only what fills them is another rule: no table is made anew.
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='historicalproducer',
                    name='name',
                    field=products.fields.ProducerNameField(max_length=300, verbose_name='name'),
                ),
                migrations.AlterField(
                    model_name='historicalproducer',
                    name='name_key',
                    field=products.fields.ProducerKeyField(db_index=True, editable=False, max_length=600, source='name'),
                ),
                migrations.AlterField(
                    model_name='producer',
                    name='name',
                    field=products.fields.ProducerNameField(max_length=300, verbose_name='name'),
                ),
                migrations.AlterField(
                    model_name='producer',
                    name='name_key',
                    field=products.fields.ProducerKeyField(db_index=True, editable=False, max_length=600, source='name'),
                ),
            ],
        ),
        migrations.RunPython(rebuild, restore),
    ]
