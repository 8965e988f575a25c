"""Administrative units, agencies, people and what each of them may see and do."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ocop.db.fields import NameField, NfcTextField
from ocop.hooks import hook
from ocop.organisation.choices import AccountEventKind, AgencyKind, Role, Share, UnitLevel


def kept_history() -> HistoricalRecords:
    """History rows of a table that administrators change: who, when, what, why."""
    return HistoricalRecords(history_change_reason_field=models.TextField(null=True))


class UnitQuerySet(models.QuerySet["Unit"]):
    def districts(self) -> "UnitQuerySet":
        return self.filter(level=UnitLevel.DISTRICT)

    def districts_of(self, province: "Unit") -> "UnitQuerySet":
        """The districts that lie in a province, or lay in it until they were abolished."""
        return self.districts().filter(parent=province)

    def districts_of_plans(self) -> "UnitQuerySet":
        """The districts of the area of any plan: of its province, or of those it was made of.

        Records belong to one of them; districts of other provinces are on record only so that
        places outside the area are known as such.
        """
        planned = hook("planned_units")()
        joined = UnitSuccession.objects.filter(successor__in=planned).values("predecessor")
        return self.districts().filter(Q(parent__in=planned) | Q(parent__in=joined))

    def within_plans(self) -> "UnitQuerySet":
        """The districts of plans, the communes that they had, and those made of them since."""
        districts = self.model.objects.districts_of_plans().values("pk")
        steps = UnitSuccession.objects.filter(
            Q(predecessor__parent__in=districts)
            | Q(predecessor__succeeds__predecessor__parent__in=districts)
        )
        return self.filter(
            Q(pk__in=districts) | Q(parent__in=districts) | Q(pk__in=steps.values("successor"))
        )

    def with_published_totals(self) -> "UnitQuerySet":
        """The provinces of plans, those that took them over, and the districts of plans."""
        planned = hook("planned_units")()
        heirs = UnitSuccession.objects.filter(predecessor__in=planned).values("successor")
        provinces = self.filter(Q(pk__in=planned) | Q(pk__in=heirs))
        return provinces | self.districts_of_plans()

    def valid_at(self, day: date) -> "UnitQuerySet":
        """Units that exist on `day`, first and last day included."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class Unit(models.Model):
    """A province, district or commune of the General Statistics Office's list.

    A code may be taken up again by another unit later (29242 was a ward of one town until
    30/6/2025 and is another ward from the day after), so a code alone names a unit only
    together with a day. Nothing is deleted: a unit ends and has successors.
    """

    code = models.CharField(_("code"), max_length=10, db_index=True)
    level = models.CharField(_("level"), max_length=10, choices=UnitLevel)
    name = NameField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self", through="UnitSuccession", symmetrical=False, related_name="predecessors"
    )

    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = UnitQuerySet.as_manager()
    history = kept_history()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
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

    def exists_on(self, day: date) -> bool:
        """Whether it exists on `day`, first and last day included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def keep_district_ids(self, ids: Iterable[int]) -> None:
        """For who has read the province's districts already."""
        self.__dict__["district_ids"] = frozenset(ids)

    @cached_property
    def district_ids(self) -> frozenset[int]:
        """The districts that a province had; one query, none in one made after districts."""
        districts = Unit.objects.filter(parent=self, level=UnitLevel.DISTRICT)
        return frozenset(districts.values_list("pk", flat=True))

    def clean(self) -> None:
        """Refuse a place in no unit, or a code that another unit has on the same days."""
        if self.level == UnitLevel.PROVINCE and self.parent is not None:
            raise ValidationError(
                {"parent": _("A province belongs to no other unit: leave it empty.")}
            )
        if self.level in (UnitLevel.DISTRICT, UnitLevel.COMMUNE) and self.parent is None:
            raise ValidationError({"parent": _("Choose the unit that this one belongs to.")})
        if self.parent is not None and self.parent.pk == self.pk:
            raise ValidationError(
                {"parent": _("A unit does not belong to itself: choose another.")}
            )
        self._refuse_shared_code()

    def _refuse_shared_code(self) -> None:
        if not self.code or not self.valid_from or (self.valid_to or date.max) < self.valid_from:
            return
        for other in Unit.objects.filter(code=self.code).exclude(pk=self.pk):
            ended = (self.valid_to or date.max) < other.valid_from
            if not ended and self.valid_from <= (other.valid_to or date.max):
                raise ValidationError(
                    _(
                        "The code %(code)s belongs to %(unit)s on the same days: let that one end "
                        "the day before, or write another code."
                    ),
                    params={"code": self.code, "unit": other},
                )


class UnitSuccession(models.Model):
    """`successor` took over the territory of `predecessor`, or a part of it, on `effective_on`."""

    predecessor = models.ForeignKey(
        Unit, models.CASCADE, related_name="succeeded_by", verbose_name=_("former unit")
    )
    successor = models.ForeignKey(
        Unit, models.CASCADE, related_name="succeeds", verbose_name=_("succeeding unit")
    )
    effective_on = models.DateField(_("effective on"))
    share = models.CharField(_("share"), max_length=5, choices=Share, default=Share.WHOLE)

    history = kept_history()

    class Meta:
        verbose_name = _("succession of a unit")
        verbose_name_plural = _("successions of units")
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

    def clean(self) -> None:
        """Refuse a unit that succeeds itself, or does not exist on the day it takes over."""
        if self.successor_id and self.successor_id == self.predecessor_id:
            raise ValidationError(
                {"successor": _("A unit cannot succeed itself: choose another one.")}
            )
        if not self.effective_on or not self.successor_id:
            return
        successor = self.successor
        if not successor.valid_from <= self.effective_on <= (successor.valid_to or date.max):
            raise ValidationError(
                {
                    "effective_on": _(
                        "%(unit)s does not exist on that day: write a day of its own validity."
                    )
                    % {"unit": successor}
                }
            )


class Agency(models.Model):
    """A body under one name, from a day to a day (both included; None: without known end).

    A body that is merged or renamed ends and has a `successor`. What it is called on a day says
    ocop.organisation.agencies; `source` names where its days are from.
    """

    code = models.SlugField(_("code"), unique=True)
    name = NameField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=AgencyKind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name=_("unit"))
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

    history = kept_history()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
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
    """An account. What its person may do follows from memberships alone: Django's groups,
    permissions, `is_staff` and `is_superuser` give nothing here."""

    display_name = models.CharField(_("full name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True, choices=settings.LANGUAGES)
    wants_notices = models.BooleanField(_("wants notices by mail"), default=True)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["username"]

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

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name=_("account")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, verbose_name=_("agency")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name=_("unit"), related_name="+"
    )
    fields = models.JSONField(_("fields of work"), default=list, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = kept_history()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role=Role.LOCAL, unit__isnull=False)
                | (~Q(role=Role.LOCAL) & Q(unit__isnull=True)),
                name="only_local_officers_have_a_unit",
                violation_error_message=_(
                    "A local officer needs a district or commune; nobody else has one."
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


class AccountEvent(models.Model):
    """Something that was done to an account; `by` None is a command or the person's own link.

    `role` is the one given, changed or ended, "" for what concerns the account itself.
    """

    account = models.ForeignKey(
        User, models.PROTECT, related_name="account_events", verbose_name=_("account")
    )
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("done by")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    kind = models.CharField(_("what"), max_length=20, choices=AccountEventKind)
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    details = models.CharField(_("details"), max_length=300, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    append_only = True
    """Guarded by the triggers that guard history (ocop.db.append_only)."""

    class Meta:
        verbose_name = _("account event")
        verbose_name_plural = _("account events")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_kind_display()}"


class InstallationFact(models.Model):
    """A fact about this installation that is not a setting: what it is called, what was loaded."""

    name = models.SlugField(unique=True)
    value = models.CharField(max_length=300)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

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
