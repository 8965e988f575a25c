"""Choices of this app and their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitLevel(models.TextChoices):
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune")


class Share(models.TextChoices):
    """How much of a unit's territory another one took over."""

    WHOLE = "whole", _("The whole")
    PART = "part", _("A part")


class AgencyKind(models.TextChoices):
    COMMITTEE = "committee", _("Steering committee")
    DEPARTMENT = "department", _("Provincial department")
    PEOPLES_COMMITTEE = "peoples_committee", _("People's committee")
    PEOPLES_COUNCIL = "peoples_council", _("People's council")
    PARTY = "party", _("Party committee")
    MINISTRY = "ministry", _("Ministry")
    OTHER = "other", _("Other body")


class Role(models.TextChoices):
    COMMITTEE = "committee", _("Committee member")
    PROVINCE = "province", _("Provincial officer")
    LOCAL = "local", _("Local officer")
    ADMINISTRATOR = "administrator", _("Administrator")


class WorkField(models.TextChoices):
    """Fields of work in which a provincial officer enters and verifies."""

    RECOGNITION = "recognition", _("Recognition")
    IP_SCIENCE = "ip_science", _("Intellectual property and science")
    TRACEABILITY = "traceability", _("Traceability")
    ECOMMERCE = "ecommerce", _("E-commerce")


class AccountEventKind(models.TextChoices):
    """What is done to an account, beside signing in."""

    INVITED = "invited", _("Account created")
    LINK = "link", _("Link for a new password given")
    PASSWORD = "password", _("Password set by the link")
    DISABLED = "disabled", _("Account disabled")
    ENABLED = "enabled", _("Account enabled")
    CHANGED = "changed", _("Account's details changed")
    ROLE_GIVEN = "role_given", _("Role given")
    ROLE_CHANGED = "role_changed", _("Role changed")
    ROLE_ENDED = "role_ended", _("Role ended")
