"""Steps taken before their deadline was kept: read out of their words, as those were written."""

import re
from datetime import datetime

from django.db import migrations

MOVED = re.compile(r"^(\d\d/\d\d/\d{4}) → (\d\d/\d\d/\d{4})")


def read_back(apps, schema_editor):
    """The giving set what the first move moved from, or what stands; a move set its second day."""
    step = apps.get_model("targets", "AssignmentStep")
    moves = {}
    for move in step.objects.filter(kind="deadline").order_by("pk"):
        if days := MOVED.match(move.word):
            before, after = (datetime.strptime(day, "%d/%m/%Y").date() for day in days.groups())
            moves.setdefault(move.assignment_id, before)
            move.deadline = after
            move.save(update_fields=["deadline"])
    for given in step.objects.filter(kind="given").select_related("assignment"):
        given.deadline = moves.get(given.assignment_id, given.assignment.deadline)
        given.save(update_fields=["deadline"])


def release(apps, schema_editor):
    """Steps refuse to be changed; the triggers are made again after every migrate."""
    table = apps.get_model("targets", "AssignmentStep")._meta.db_table
    on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update{on}")


class Migration(migrations.Migration):
    dependencies = [("targets", "0011_assignment_deadlines_by_day")]

    operations = [
        migrations.RunPython(release, migrations.RunPython.noop),
        migrations.RunPython(read_back, migrations.RunPython.noop),
    ]
