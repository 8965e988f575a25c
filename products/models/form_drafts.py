"""What people have typed and not yet saved, and which forms have been saved already."""

from typing import Any

from django.conf import settings
from django.db import models


class FormDraft(models.Model):
    """The unsaved content of one form of one person: nothing that counts, nobody else's to see.

    `place` is the path of the form's page with what tells two new records apart; `content` the
    fields as typed, each a list of texts; `version` that of the record when the form was opened.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="form_drafts")
    place = models.CharField(max_length=200)
    content: Any = models.JSONField(default=dict)
    version = models.PositiveIntegerField(null=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "place"], name="one_draft_a_form"),
        ]

    def __str__(self) -> str:
        return self.place


class SavedForm(models.Model):
    """A form that was saved, by the token it carried: pressing twice saves once."""

    token = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    url = models.CharField(max_length=300)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return str(self.token)
