"""What every template of the site may use."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from ocop.organisation.installation import holds_demonstration_data
from ocop.organisation.models import Membership


def site(request: HttpRequest) -> dict[str, Any]:
    """`demonstration_data` for the banner; `membership` of the signed-in person, or None."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"membership": None, "demonstration_data": False}
    membership = (
        Membership.objects.filter(user=user)
        .active_at(timezone.localdate())
        .select_related("agency", "district")
        .first()
    )
    return {"membership": membership, "demonstration_data": holds_demonstration_data()}
