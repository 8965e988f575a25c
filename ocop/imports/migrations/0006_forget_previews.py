"""Previews are kept in another form by now: of open files they are made anew when looked at."""

from django.db import migrations


def forget(apps, schema_editor):
    uploads = apps.get_model("imports", "Upload").objects.all()
    uploads.update(findings=None, preview=None, previewed_at=None)


class Migration(migrations.Migration):
    dependencies = [("imports", "0005_drop_contents_left")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
