"""Meetings of the steering committee: agenda, figures frozen at the opening, conclusions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField
from targets.choices import NEVER_OPENED, MeetingLogKind, MeetingState
from targets.models.documents import Document
from targets.models.plans import Plan, Target


def person() -> models.ForeignKey:
    """Who did it; None is the system."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class LogEntry(models.Model):
    """One thing somebody did, kept for good: triggers refuse to change or delete the row.

    `before` and `after` are states, `word` what the person said of it.
    """

    append_only = True

    who = person()
    at = models.DateTimeField(_("when"))
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, blank=True)
    word = NfcTextField(_("word"), blank=True)

    class Meta:
        abstract = True


class Meeting(models.Model):
    """One meeting. `as_of` is the day of its figures, `plan` the one in force on that day;
    `state` goes planned → open → closed, or planned → discarded.

    `version` grows with every change of the plan of the meeting, so that of two people who edit
    at once the second is told. `source` tells of a meeting that was held before the program was in
    use: its conclusions are on record, its figures were not frozen.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=200)
    held_on = models.DateField(_("day of the meeting"))
    place = models.CharField(_("venue"), max_length=200, blank=True)
    chair = models.CharField(_("chair"), max_length=200, blank=True)
    attendees = NfcTextField(_("attendees"), blank=True)
    as_of = models.DateField(_("day of the figures"))
    state = models.CharField(
        _("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED
    )
    opened_at = models.DateTimeField(_("opened at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    source = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="meetings_told"
    )
    discussed = models.ManyToManyField(
        Document, blank=True, related_name="meetings", verbose_name=_("documents discussed")
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("meeting")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=NEVER_OPENED, opened_at__isnull=True)
                | ~Q(state__in=NEVER_OPENED) & Q(opened_at__isnull=False),
                name="meeting_opened_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.CLOSED, closed_at__isnull=False)
                | ~Q(state=MeetingState.CLOSED) & Q(closed_at__isnull=True),
                name="meeting_closed_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])


class Topic(models.Model):
    """One point of the agenda: a target of the plan, or a free topic with its own title.

    `added_at` is the moment it was added while the meeting was under way; nothing for the agenda
    that the meeting was opened with.

    `conclusion_version` grows with every written conclusion, so that of two people who write at
    once the second is told and sees both texts.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="topics")
    position = models.PositiveSmallIntegerField(_("position"))
    target = models.ForeignKey(Target, models.PROTECT, null=True, blank=True, related_name="topics")
    title = models.CharField(_("topic"), max_length=300, blank=True)
    added_at = models.DateTimeField(null=True)
    conclusion = NfcTextField(_("conclusion"), blank=True)
    conclusion_version = models.PositiveIntegerField(default=0)
    concluded_by = person()
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("topic")
        ordering = ["meeting", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=False) | ~Q(title=""),
                name="topic_has_target_or_title",
                violation_error_message=_("A topic is a target of the plan or has a title."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.target)


class FrozenFigures(models.Model):
    """What the meeting was shown, as it was at its opening: written once, never changed.

    `content` holds, for each language, everything that page and projector print; `digest` is
    the SHA-256 of its canonical form.
    """

    append_only = True

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="frozen")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    who = person()
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("frozen figures")

    def __str__(self) -> str:
        return self.digest[:12]


class MeetingLogEntry(LogEntry):
    """What was done in a meeting; `topic` where one was added or concluded, its text in `word`;
    why, where it was discarded."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="steps")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="steps")
    kind = models.CharField(max_length=12, choices=MeetingLogKind)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_kind_display()}"
