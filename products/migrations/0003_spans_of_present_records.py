from django.db import migrations


def rebuild(apps, schema_editor):
    """What was recognised before there were spans has some too; no other model is touched."""
    if apps.get_model("products", "Recognition").objects.exists():
        # Late: models are read from the program as it is, where there is something to read.
        from products.validity import rebuild_all

        rebuild_all()


class Migration(migrations.Migration):

    dependencies = [
        ("products", "0002_validity_spans"),
    ]

    operations = [
        migrations.RunPython(rebuild, migrations.RunPython.noop),
    ]
