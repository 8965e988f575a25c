"""What was handed in, what was imported out of it, by whom, and what that did to each record."""

import uuid
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """The bytes of a workbook, once for each content.

    In the database rather than on a disk: every worker sees the same file, and a backup of the
    database has what its records came from.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.sha256


class UploadState(models.TextChoices):
    OPEN = "open", _("Not imported yet")
    RUNNING = "running", _("Being imported")
    APPLIED = "applied", _("Imported")


class Upload(models.Model):
    """A workbook as somebody handed it in, what they chose for it, and what was found in it.

    `choices`: what the person decided (sheets, datasets, columns, replacements, old font).
    `findings`: the latest preview; `preview` is its token, which a confirmation has to carry, and
    `previewed_at` its time, after which it grows stale. `notice`: why the last confirmation was
    stopped, as data for a sentence.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="uploads")
    name = models.CharField(_("file"), max_length=255)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="uploads"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.OPEN)
    choices = models.JSONField(default=dict)
    findings: Any = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    preview = models.UUIDField(null=True)
    previewed_at = models.DateTimeField(null=True)
    notice = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("file handed in")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class BatchState(models.TextChoices):
    RUNNING = "running", _("Running")
    APPLIED = "applied", _("Imported")
    INTERRUPTED = "interrupted", _("Interrupted")


class ImportBatch(models.Model):
    """One import of one sheet, or the undoing of one (`undoes`).

    It stands as running before anything is written, and as applied with the records, in their
    transaction; one that stands as running while nothing runs was interrupted and left nothing.
    Refused workbooks leave none. `left_out`: rows that did not go in, with their reasons
    (LeftOutRow.stored); `corrections`: cells that were read otherwise than they stand
    (Correction.as_json).
    """

    upload = models.ForeignKey(Upload, models.PROTECT, null=True, related_name="batches")
    undoes = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="undoings", verbose_name=_("undoes")
    )
    state = models.CharField(max_length=12, choices=BatchState, default=BatchState.APPLIED)
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    dataset = models.CharField(_("dataset"), max_length=20)
    file_name = models.CharField(_("file"), max_length=255)
    content_hash = models.CharField(_("SHA-256 of the file"), max_length=64)
    sheet = models.CharField(_("sheet"), max_length=255, blank=True)
    header_row = models.PositiveIntegerField(_("header row"), null=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    deleted = models.PositiveIntegerField(_("deleted"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    skipped = models.PositiveIntegerField(_("skipped"), default=0)
    warnings = models.JSONField(_("warnings"), default=list)
    effect = models.JSONField(_("effect on the targets"), default=list)
    left = models.JSONField(_("left as they were"), default=list)
    left_out: Any = models.JSONField(_("rows left out"), default=list)
    corrections: Any = models.JSONField(_("cells corrected"), default=list)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="imports"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["undoes"],
                condition=~Q(state=BatchState.INTERRUPTED),
                name="import_undone_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.file_name}"

    @property
    def undone_by(self) -> "ImportBatch | None":
        """The undoing that took this import back; None where it stands."""
        # Few, and read beforehand where many imports are listed.
        undoing = (one for one in self.undoings.all() if one.state != BatchState.INTERRUPTED)
        return next(undoing, None)


class ImportedChange(models.Model):
    """What one import did to one record.

    `before`: its columns as they were, null where the import created it. `version`: the version
    the import left it with, by which later changes are known; null where it was deleted (by the
    undoing of an import) or where records of that model have none.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="changes")
    model = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    row_number = models.PositiveIntegerField(null=True)
    before = models.JSONField(null=True)
    version = models.PositiveIntegerField(null=True)
    deleted = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["model", "record_id"], name="imported_change_record")]

    def __str__(self) -> str:
        return f"{self.model} {self.record_id}"


class RememberedColumns(models.Model):
    """How an office's sheet with these headers was read: `columns` is one key a header.

    In the order of the headers, "" for one that is not read. `office`: the agency or district
    the person works for, or the person; `headers`: digest of the header texts in their order.
    """

    office = models.CharField(max_length=60)
    dataset = models.CharField(max_length=20)
    headers = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "dataset", "headers"], name="columns_remembered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.dataset}"


class RememberedAnswer(models.Model):
    """What an office answered to a question about what its cells say, to be read so again.

    `kind`, `column`, `words` and `scope` (identity keys) are the question (Question.memory_key);
    `shown` its words as they stood. `choice` is the answer's id, `instead` the texts by column key
    that it stands for, null where the words mean what they say; `offered` the ids it was chosen
    among.
    """

    office = models.CharField(max_length=60)
    dataset = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    column = models.CharField(max_length=60)
    words = models.CharField(max_length=300)
    scope = models.CharField(max_length=300, blank=True)
    shown = models.CharField(max_length=300, blank=True)
    choice = models.CharField(max_length=400)
    instead: Any = models.JSONField(null=True)
    offered: Any = models.JSONField(default=list)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="remembered_answers"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["dataset", "kind", "words", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "dataset", "kind", "column", "words", "scope"],
                name="answer_remembered_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.shown}: {self.choice}"


class IncompleteState(models.TextChoices):
    OPEN = "open", _("To be completed")
    COMPLETED = "completed", _("Completed")
    DISCARDED = "discarded", _("Discarded")
    TAKEN_BACK = "taken_back", _("Taken back with its import")


STANDING = (IncompleteState.OPEN, IncompleteState.COMPLETED)
"""States of incomplete records that a row of the same words would only repeat."""


class IncompleteRecord(models.Model):
    """A row of an import that lacks what counting needs, kept until somebody completes it.

    It counts nowhere. `texts`: what the row says, by column key; `missing`: keys of the columns it
    lacks. `district` null where the row names none. `digest`: by which the same row is known again.
    `completed_by`: the import that its completion was.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="incomplete")
    row_number = models.PositiveIntegerField()
    dataset = models.CharField(max_length=20)
    texts: Any = models.JSONField(default=dict)
    missing: Any = models.JSONField(default=list)
    district = models.ForeignKey(
        "organisation.Unit", models.PROTECT, null=True, related_name="incomplete_records"
    )
    commune = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=IncompleteState, default=IncompleteState.OPEN)
    completed_by = models.ForeignKey(
        ImportBatch, models.SET_NULL, null=True, related_name="completes"
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("incomplete record")
        ordering = ["district__code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(state__in=STANDING), name="incomplete_kept_once"
            )
        ]

    def __str__(self) -> str:
        return " – ".join(self.texts.get(key, "") for key in ("product", "producer"))
