"""Evidence: scans and photographs that support an entered record."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField


class EvidenceQuerySet(models.QuerySet):
    def of(self, kind: str, record_id: int) -> Any:
        """Evidence of one record (`kind` is its slug in products.kinds) that was not removed."""
        return self.filter(kind=kind, record_id=record_id, removed_at__isnull=True)


class Evidence(models.Model):
    """One file. Who may see it is who may see its record.

    The bytes lie under the id in settings.MEDIA_ROOT/evidence, never under a name somebody
    chose, and are reached only through a view. Removing keeps the row and the file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    name = NfcTextField(_("file name"))
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(_("pages"), default=1)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["kind", "record_id"], name="evidence_of_record")]

    def __str__(self) -> str:
        return self.name
