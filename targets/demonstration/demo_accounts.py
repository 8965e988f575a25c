"""One account per role for a trial; the password is public, so never outside a trial."""

from datetime import date
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from ocop.organisation.choices import Role, UnitLevel, WorkField
from ocop.organisation.models import Agency, Membership, Unit, User
from targets.models import Plan

PASSWORD = "Demo-20CT-TU"
FIRST_DAY = date(2022, 1, 1)
COMMUNE = "29242"
"""Phường Trà Vinh, made of three wards of the town on 1/7/2025."""


class Account(NamedTuple):
    username: str
    display_name: str
    role: str
    agency: str
    unit: str = ""
    since: date = FIRST_DAY


def accounts() -> list[Account]:
    """The accounts that the trial has: committee, province, administrator, each district, and a
    commune of today."""
    fixed = [
        Account("bancd", "Thành viên Ban Chỉ đạo", Role.COMMITTEE, "ban-chi-dao"),
        Account("tinh", "Cán bộ cấp tỉnh", Role.PROVINCE, "so-nnptnt"),
        Account("quantri", "Quản trị viên", Role.ADMINISTRATOR, "so-nnptnt"),
    ]
    districts = Unit.objects.districts_of(_province()).order_by("code")
    communes = Unit.objects.filter(level=UnitLevel.COMMUNE, code=COMMUNE, valid_to=None)
    return [
        *fixed,
        *(_local("huyen", unit, FIRST_DAY) for unit in districts),
        *(_local("xa", unit, unit.valid_from) for unit in communes),
    ]


def _province() -> Unit:
    """That of the first plan, whose districts the demonstration is about."""
    return Plan.objects.earliest("starts_on").unit


def _local(word: str, unit: Unit, since: date) -> Account:
    name = f"Cán bộ {unit.name}"
    return Account(f"{word}{unit.code}", name, Role.LOCAL, f"ubnd-{unit.code}", unit.code, since)


def make_accounts() -> list[Account]:
    """Create the accounts that are not there yet; existing ones are left as they are."""
    account_of = accounts()
    secret = make_password(PASSWORD)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    # Of communes those of today: their codes were others' before.
    communes = Unit.objects.filter(level=UnitLevel.COMMUNE, valid_to=None)
    units = {unit.code: unit for unit in Unit.objects.districts_of(_province()) | communes}
    for account in account_of:
        user, created = User.objects.get_or_create(
            username=account.username,
            defaults={"display_name": account.display_name, "password": secret},
        )
        if created:
            Membership.objects.create(
                user=user,
                role=account.role,
                agency=agencies.get(account.agency),
                unit=units.get(account.unit),
                fields=list(WorkField.values) if account.role == Role.PROVINCE else [],
                starts_on=account.since,
            )
    return account_of
