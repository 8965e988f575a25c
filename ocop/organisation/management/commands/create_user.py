"""Create an account with its membership from today on; the way to the first administrator.

The password is asked for twice on a terminal, and read as one line from standard input otherwise.
"""

import sys
from collections.abc import Iterable
from datetime import date
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.command_line import REFUSED, PlainCommand, unusable
from ocop.organisation.choices import AgencyKind, Role, UnitLevel, WorkField
from ocop.organisation.models import Agency, Membership, Unit, User

ROLES = {
    "committee": Role.COMMITTEE,
    "province": Role.PROVINCE,
    "local": Role.LOCAL,
    "administrator": Role.ADMINISTRATOR,
}
ATTEMPTS = 3
MAX_PASSWORD_LENGTH = 4096


def refused(message: str) -> CommandError:
    return CommandError(message, returncode=REFUSED)


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="what the person signs in with")
        parser.add_argument("--role", metavar="|".join(ROLES), required=True)
        parser.add_argument("--unit", metavar="CODE", help="district or commune of a local officer")
        parser.add_argument("--agency", metavar="CODE", help="agency the person belongs to")
        parser.add_argument(
            "--fields",
            metavar="A,B",
            help=f"fields of work of a provincial officer: {', '.join(WorkField.values)}",
        )
        parser.add_argument("--display-name", metavar="TEXT", default="", help="full name")
        parser.add_argument("--email", metavar="ADDRESS", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        user = new_user(options["name"], options["display_name"], options["email"])
        membership = new_membership(
            options["role"],
            options["unit"],
            options["agency"],
            options["fields"],
            timezone.localdate(),
        )
        try:
            user.set_password(self._password(user))
        except (KeyboardInterrupt, EOFError):
            raise refused(_("Given up: no account was created.")) from None
        save(user, membership)
        self.stdout.write(
            _("The account %(name)s was created: %(role)s%(place)s.")
            % {
                "name": user.username,
                "role": membership.get_role_display(),
                "place": "".join(f", {one}" for one in (membership.unit, membership.agency) if one),
            }
        )
        if membership.role == Role.PROVINCE and not membership.fields:
            self.stdout.write(
                _("Without --fields this person only reads; allowed are: %(allowed)s.")
                % {"allowed": ", ".join(WorkField.values)}
            )

    def _password(self, user: User) -> str:
        """A password that the validators accept; a person at a terminal may try again."""
        if sys.stdin is None or not sys.stdin.isatty():
            return accepted(read_line(), user)
        for left in reversed(range(ATTEMPTS)):
            try:
                return accepted(typed_twice(), user)
            except CommandError as refusal:
                if not left:
                    raise
                self.stderr.write(str(refusal))
        raise AssertionError("the last attempt answers or raises")


def sentences(messages: list[str]) -> str:
    return " ".join(f"{message.rstrip('.')}." for message in messages)


# --- Password -------------------------------------------------------------------------------------


def read_line() -> str:
    try:
        line = sys.stdin.readline(MAX_PASSWORD_LENGTH + 2) if sys.stdin else ""
    except UnicodeDecodeError:
        raise unusable(_("The password on standard input is not text in UTF-8.")) from None
    return line.rstrip("\r\n")


def typed_twice() -> str:
    first = getpass(_("Password: "))
    if first != getpass(_("Password again: ")):
        raise refused(_("The two passwords differ. No account was created."))
    return first


def accepted(password: str, user: User) -> str:
    """The password, or every reason why it cannot be taken."""
    if not password:
        raise refused(_("No password was given. No account was created."))
    if len(password) > MAX_PASSWORD_LENGTH or not password.isprintable():
        raise refused(
            _(
                "The password is too long or holds characters that nobody can type into the "
                "sign-in page. No account was created."
            )
        )
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise refused(
            _("The password is not taken: %(reasons)s No account was created.")
            % {"reasons": sentences(error.messages)}
        ) from None
    return password


# --- Account and membership -----------------------------------------------------------------------


def new_user(name: str, display_name: str, email: str) -> User:
    """The account, not yet saved; refused where the name is taken in any case of letters."""
    name = User.normalize_username(name)
    user = User(username=name, display_name=display_name.strip(), email=email.strip())
    for option, text in (("NAME", name), ("--display-name", display_name), ("--email", email)):
        if not text.isprintable():
            raise unusable(
                _("%(option)s holds characters that cannot be shown.") % {"option": option}
            )
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        options = {"username": "NAME", "display_name": "--display-name", "email": "--email"}
        raise unusable(
            " ".join(
                f"{options.get(field, field)}: {sentences(messages)}"
                for field, messages in error.message_dict.items()
            )
        ) from None
    if User.objects.filter(username__iexact=name).exists():
        raise taken(name)
    return user


def taken(name: str) -> CommandError:
    return refused(
        _("There is an account named %(name)s already. Choose another name.") % {"name": name}
    )


def new_membership(
    role: str, unit: str | None, agency: str | None, fields: str | None, day: date
) -> Membership:
    """What the person may do from `day` on, not yet saved and without its person."""
    if role not in ROLES:
        raise unusable(
            _("There is no role “%(role)s”; allowed are: %(allowed)s.")
            % {"role": role, "allowed": ", ".join(ROLES)}
        )
    held = ROLES[role]
    if held == Role.LOCAL and unit is None:
        raise unusable(_("--role local needs --unit with the code of a district or commune."))
    if held != Role.LOCAL and unit is not None:
        raise unusable(_("--unit goes with --role local only."))
    if held != Role.PROVINCE and fields is not None:
        raise unusable(_("--fields goes with --role province only."))
    own = None if unit is None else unit_named(unit, day)
    return Membership(
        role=held,
        unit=own,
        agency=agency_of(held, own) if agency is None else agency_named(agency, own),
        fields=[] if fields is None else fields_named(fields),
        starts_on=day,
    )


def fields_named(text: str) -> list[str]:
    """Fields of work in their own order; at least one."""
    words = {word.strip() for word in text.split(",")} - {""}
    unknown = sorted(words - set(WorkField.values))
    if unknown or not words:
        raise unusable(
            _("There is no field of work “%(words)s”; allowed are: %(allowed)s.")
            % {"words": ", ".join(unknown), "allowed": ", ".join(WorkField.values)}
        )
    return [value for value in WorkField.values if value in words]


def agency_of(role: str, unit: Unit | None) -> Agency | None:
    """The agency that follows from the role: the committee, the people's committee of a district
    or commune; None where none or several would."""
    if role == Role.COMMITTEE:
        agencies = Agency.objects.filter(kind=AgencyKind.COMMITTEE)
    elif unit is not None:
        agencies = Agency.objects.filter(kind=AgencyKind.PEOPLES_COMMITTEE, unit=unit)
    else:
        return None
    found = list(agencies[:2])
    return found[0] if len(found) == 1 else None


def agency_named(code: str, unit: Unit | None) -> Agency:
    agency = Agency.objects.filter(code=code).select_related("unit").first()
    if agency is None:
        raise unusable(
            _("There is no agency “%(code)s”; allowed are: %(allowed)s.")
            % {"code": code, "allowed": listed(Agency.objects.values_list("code", flat=True))}
        )
    if unit is not None and agency.unit != unit:
        raise unusable(
            _("The agency “%(code)s” does not belong to %(unit)s.")
            % {"code": code, "unit": unit.name}
        )
    return agency


def listed(codes: Iterable[str]) -> str:
    return ", ".join(codes) or _("none yet (run manage.py load_reference)")


def unit_named(code: str, day: date) -> Unit:
    """The district or commune of that code on `day`; a district that has ended as it last stood:
    what was entered there is still to be finished."""
    units = Unit.objects.filter(code=code).select_related("parent").order_by("-valid_from")
    parts = units.within_plans().exclude(level=UnitLevel.PROVINCE)
    unit = parts.valid_at(day).first() or parts.districts().first()
    if unit is None:
        raise unusable(
            _(
                "There is no district or commune “%(code)s” today; districts are: %(allowed)s, "
                "communes have five digits."
            )
            % {"code": code, "allowed": listed(codes_of(Unit.objects.districts_of_plans()))}
        )
    return unit


def codes_of(units: Iterable[Unit]) -> list[str]:
    return sorted({unit.code for unit in units})


def save(user: User, membership: Membership) -> None:
    """Both or none."""
    try:
        with transaction.atomic():
            user.save()
            membership.user = user
            membership.full_clean()
            membership._change_reason = "create_user"  # type: ignore[attr-defined]
            membership.save()
    except IntegrityError:
        # Somebody else took the name while the password was typed.
        raise taken(user.username) from None
