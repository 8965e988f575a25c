from django.db import migrations


class Migration(migrations.Migration):
    """The spans of what was recognised before are worked out by 0010, once they have all columns."""

    dependencies = [
        ("products", "0002_validity_spans"),
    ]

    operations = []
