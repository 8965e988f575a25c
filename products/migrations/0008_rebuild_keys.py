"""Names keep their diacritics in their keys: those stored before are worked out anew."""

from django.db import migrations

from ocop.keys import rebuild_keys


def rebuild(apps, schema_editor):
    rebuild_keys(apps, "products")


class Migration(migrations.Migration):
    dependencies = [
        ("products", "0007_names_keep_diacritics"),
        ("imports", "0005_drop_contents_left"),
    ]

    operations = [migrations.RunPython(rebuild, migrations.RunPython.noop)]
