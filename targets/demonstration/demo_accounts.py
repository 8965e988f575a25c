"""One account per role for a trial; the password is public, so never outside a trial."""

from datetime import date
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from ocop.organisation.choices import Role, WorkField
from ocop.organisation.models import Agency, Membership, Unit, User
from targets.models import Plan

PASSWORD = "Demo-20CT-TU"
FIRST_DAY = date(2022, 1, 1)


class Account(NamedTuple):
    username: str
    display_name: str
    role: str
    agency: str
    unit: str = ""


def accounts() -> list[Account]:
    """The accounts that the trial has: committee, province, administrator, each district."""
    fixed = [
        Account("bancd", "Thành viên Ban Chỉ đạo", Role.COMMITTEE, "ban-chi-dao"),
        Account("tinh", "Cán bộ cấp tỉnh", Role.PROVINCE, "so-nnptnt"),
        Account("quantri", "Quản trị viên", Role.ADMINISTRATOR, "so-nnptnt"),
    ]
    districts = Unit.objects.districts_of(_province()).order_by("code")
    return fixed + [
        Account(
            f"huyen{unit.code}",
            f"Cán bộ {unit.name}",
            Role.LOCAL,
            f"ubnd-{unit.code}",
            unit.code,
        )
        for unit in districts
    ]


def _province() -> Unit:
    """That of the first plan, whose districts the demonstration is about."""
    return Plan.objects.earliest("starts_on").unit


def make_accounts() -> list[Account]:
    """Create the accounts that are not there yet; existing ones are left as they are."""
    account_of = accounts()
    secret = make_password(PASSWORD)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    units = {unit.code: unit for unit in Unit.objects.districts_of(_province())}
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
                starts_on=FIRST_DAY,
            )
    return account_of
