"""Administrative units, agencies, people and what each of them may see and do."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NameField, NfcTextField
from ocop.organisation.choices import AgencyKind, Role, UnitLevel


class UnitQuerySet(models.QuerySet["Unit"]):
    def districts(self) -> "UnitQuerySet":
        return self.filter(level=UnitLevel.DISTRICT)

    def valid_at(self, day: date) -> "UnitQuerySet":
        """Units that exist on `day`, first and last day included."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class Unit(models.Model):
    """A province, district or commune of the General Statistics Office's list.

    A code may be taken up again by another unit later (29242 was a ward of TP Trà Vinh until
    30/6/2025 and is another ward from the day after), so a code alone names a unit only
    together with a day. Nothing is deleted: a unit ends and has successors.
    """

    code = models.CharField(_("code"), max_length=10, db_index=True)
    level = models.CharField(_("level"), max_length=10, choices=UnitLevel)
    name = NameField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self", through="UnitSuccession", symmetrical=False, related_name="predecessors"
    )

    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="unit_code_once_a_day",
                violation_error_message=_("This code already belongs to a unit on that day."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message=_("A unit cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(level=UnitLevel.PROVINCE) | Q(parent__isnull=True),
                name="province_has_no_parent",
                violation_error_message=_("A province has no parent unit."),
            ),
        ]

    def __str__(self) -> str:
        if self.level == UnitLevel.COMMUNE and self.parent is not None:
            return f"{self.name}, {self.parent.name}"
        return self.name


class UnitSuccession(models.Model):
    """`successor` took over the territory of `predecessor` on `effective_on`."""

    predecessor = models.ForeignKey(Unit, models.CASCADE, related_name="succeeded_by")
    successor = models.ForeignKey(Unit, models.CASCADE, related_name="succeeds")
    effective_on = models.DateField(_("effective on"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="succession_recorded_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="unit_does_not_succeed_itself",
                violation_error_message=_("A unit cannot succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Agency(models.Model):
    """A body under one name, from a day to a day (both included; None: without known end).

    A body that is merged or renamed ends and has a `successor`. What it is called on a day says
    ocop.organisation.agencies; `source` names where its days are from.
    """

    code = models.SlugField(_("code"), unique=True)
    name = NameField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=AgencyKind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    source = NfcTextField(_("source"), blank=True)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("agency")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="agency_ends_after_it_begins",
                violation_error_message=_("An agency cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(successor=F("id")),
                name="agency_does_not_succeed_itself",
                violation_error_message=_("An agency cannot succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class User(AbstractUser):
    display_name = models.CharField(_("full name"), max_length=150, blank=True)

    def __str__(self) -> str:
        return self.display_name or self.username


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active_at(self, day: date) -> "MembershipQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Membership(models.Model):
    """What a person may do, from a day to a day (both included).

    A person who moves gets a new membership; the old one ends and stays, so that who did what
    in which capacity can still be read.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True)
    district = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    fields = models.JSONField(_("fields of work"), default=list, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role=Role.DISTRICT, district__isnull=False)
                | (~Q(role=Role.DISTRICT) & Q(district__isnull=True)),
                name="only_district_officers_have_a_district",
                violation_error_message=_(
                    "A district officer needs a district; nobody else has one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_begins",
                violation_error_message=_("A membership cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class InstallationFact(models.Model):
    """A fact about this installation that is not a setting, such as what was loaded into it."""

    name = models.SlugField(unique=True)
    value = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class DataVersionToken(models.Model):
    """A random token of an app's tables, renewed by triggers (ocop.organisation.data_version)."""

    topic = models.SlugField(max_length=20)
    slot = models.BigIntegerField()
    token = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "slot"], name="one_mark_a_topic_and_slot")
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.slot}: {self.token}"
