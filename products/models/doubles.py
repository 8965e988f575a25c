"""Pairs of records that look like one thing entered twice and are not, as somebody said."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class NotDouble(models.Model):
    """`first_id` < `second_id` are two records of `kind` (a slug of products.kinds)."""

    kind = models.CharField(max_length=20)
    first_id = models.BigIntegerField()
    second_id = models.BigIntegerField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pair that is not one thing")
        ordering = ["-said_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "first_id", "second_id"], name="not_double_once"
            ),
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")), name="not_double_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id} {self.second_id}"
