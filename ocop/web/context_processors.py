"""What every template of the site may use."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ocop import __version__
from ocop.organisation.choices import Role
from ocop.organisation.installation import read_site
from ocop.organisation.scope import memberships_of_request

WORKING = {Role.PROVINCE, Role.LOCAL}


def site(request: HttpRequest) -> dict[str, Any]:
    """`membership` of the signed-in person or None; `enters_records` leads to their work,
    `imports_workbooks` to the imports, `administers` to the administration; `installation` what it
    is called and whether it holds demonstration data (read where a page asks for it, one query);
    `program_version`."""
    facts = SimpleLazyObject(read_site)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {
            "membership": None,
            "enters_records": False,
            "imports_workbooks": False,
            "administers": False,
            "installation": facts,
            "program_version": __version__,
        }
    held = memberships_of_request(request)
    membership = held[0] if held else None
    return {
        "membership": membership,
        "enters_records": membership is not None and membership.role in WORKING,
        "imports_workbooks": membership is not None and membership.role != Role.COMMITTEE,
        "administers": any(one.role == Role.ADMINISTRATOR for one in held),
        "installation": facts,
        "program_version": __version__,
    }
