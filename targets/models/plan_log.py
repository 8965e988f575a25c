"""Who started which plan, and when."""

from django.db import models

from targets.models.meetings import LogEntry
from targets.models.plans import Plan


class PlanLogEntry(LogEntry):
    """A draft became a plan: `before` "draft", `after` "started"."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="steps")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.plan}: {self.before} → {self.after}"
