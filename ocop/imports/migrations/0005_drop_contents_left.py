from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("imports", "0004_versions_left")]
    operations = [migrations.RemoveField(model_name="importedchange", name="after")]
