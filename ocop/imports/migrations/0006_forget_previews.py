"""Previews kept in their former form are made anew when their files are next looked at."""

from django.db import migrations


def forget(apps, schema_editor):
    uploads = apps.get_model("imports", "Upload").objects.filter(state="open")
    uploads.update(findings=None, preview=None, previewed_at=None)


class Migration(migrations.Migration):
    dependencies = [("imports", "0005_drop_contents_left")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
