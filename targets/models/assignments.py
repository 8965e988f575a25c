"""Assignments: what a meeting, or the plan itself, asks an agency to do by a day."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NfcTextField
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Agency, Unit
from targets.choices import AssignmentLogKind, AssignmentState, Priority
from targets.models.activities import Activity
from targets.models.documents import Document
from targets.models.meetings import LogEntry, Topic
from targets.models.plans import Target


def stood(day: Any, of: str = "") -> dict[str, Any]:
    """`deadline_then`, `state_then` and `settled_then` as expressions: how an assignment stood on
    `day`, before steps of later days. Of the steps taken by then the last entered speaks. `of`:
    the path to the assignment."""
    steps = AssignmentLogEntry.objects.filter(
        assignment=OuterRef(f"{of}__pk" if of else "pk"), on__lte=day
    ).order_by("-pk")
    deadline = Subquery(steps.filter(deadline__isnull=False).values("deadline")[:1])
    # An open state has no day: the step that opened again, reported or moved does not settle.
    settling = Case(When(after=AssignmentState.OPEN, then=None), default="on")
    return {
        "deadline_then": Coalesce(deadline, F(f"{of}__deadline" if of else "deadline")),
        "state_then": Coalesce(Subquery(steps.values("after")[:1]), Value(AssignmentState.OPEN)),
        "settled_then": Subquery(steps.annotate(day=settling).values("day")[:1]),
    }


class AssignmentQuerySet(models.QuerySet):
    def of_agencies_in(self, unit: Unit) -> Any:
        """Those given to agencies of a district or commune; of a province to any."""
        whole = unit.level == UnitLevel.PROVINCE
        return self if whole else self.filter(agency__unit=unit)

    def given_by(self, day: Any) -> Any:
        return self.filter(given_on__lte=day)

    def as_stood(self, day: Any) -> Any:
        """With `deadline_then`, `state_then` and `settled_then`: those of `day`."""
        return self.annotate(**stood(day))

    def open_at(self, day: Any) -> Any:
        """Given by `day` and neither done nor cancelled by then, or opened again."""
        return self.given_by(day).as_stood(day).filter(state_then=AssignmentState.OPEN)

    def overdue_at(self, day: Any) -> Any:
        """Open at `day` with a deadline before it, as that stood then: the deadline itself is
        still in time."""
        return self.open_at(day).filter(deadline_then__lt=day)


class Assignment(models.Model):
    """`settled_on` is the day it was done or cancelled; nothing while it is open.

    `agency` leads; those `cooperating` see it and report on it too. `source` says what it rests on
    where it does not come from a conclusion, `cites` which document on record that is.
    """

    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assignments")
    cooperating = models.ManyToManyField(
        Agency, blank=True, related_name="cooperates_in", verbose_name=_("co-operating agencies")
    )
    cites = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("document"),
    )
    text = NfcTextField(_("assignment"))
    source = models.CharField(_("rests on"), max_length=200, blank=True)
    given_on = models.DateField(_("given on"))
    deadline = models.DateField(_("deadline"))
    priority = models.CharField(
        _("priority"), max_length=10, choices=Priority, default=Priority.NORMAL
    )
    state = models.CharField(
        _("state"), max_length=10, choices=AssignmentState, default=AssignmentState.OPEN
    )
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        ordering = ["deadline", "id"]
        indexes = [models.Index(fields=["state", "deadline"], name="assignment_by_deadline")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AssignmentState.OPEN, settled_on__isnull=True)
                | ~Q(state=AssignmentState.OPEN) & Q(settled_on__isnull=False),
                name="assignment_settled_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(deadline__gte=models.F("given_on")),
                name="assignment_due_after_it_is_given",
                violation_error_message=_("The deadline lies before the day it was given."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class AssignmentLogEntry(LogEntry):
    """What became of an assignment. `activity` and `link` are evidence: an activity on record,
    or the address of a record's page in this program. `deadline` is the one that the step set:
    that of the giving and of every move."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=AssignmentLogKind)
    on = models.DateField(_("on"))
    deadline = models.DateField(_("deadline"), null=True)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="proofs")
    link = models.CharField(max_length=300, blank=True)
    link_title = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.get_kind_display()}"

    @property
    def is_evidence(self) -> bool:
        return bool(self.activity_id or self.link)
