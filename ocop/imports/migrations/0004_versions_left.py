from django.db import migrations


def keep_versions(apps, schema_editor):
    """Of what an import left a record with, only its version is needed: history has the rest."""
    ImportedChange = apps.get_model("imports", "ImportedChange")
    changed = []
    for change in ImportedChange.objects.iterator(chunk_size=1000):
        change.version = (change.after or {}).get("version")
        changed.append(change)
    ImportedChange.objects.bulk_update(changed, ["version"], batch_size=300)


def restore_contents(apps, schema_editor):
    ImportedChange = apps.get_model("imports", "ImportedChange")
    for change in ImportedChange.objects.iterator(chunk_size=1000):
        change.after = {"id": change.record_id, "version": change.version}
        change.save(update_fields=["after"])


class Migration(migrations.Migration):
    dependencies = [("imports", "0003_uploads_and_undo")]
    operations = [migrations.RunPython(keep_versions, restore_contents)]
