"""The administration's site: Django's admin behind the site's own sign-in, for administrators.

Who comes in follows from memberships alone; `is_staff`, `is_superuser`, groups and permissions of
Django give nothing.
"""

from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.organisation.choices import Role
from ocop.organisation.installation import read_site
from ocop.organisation.scope import scope_of_request

CLOSED = {"login", "logout", "password_change", "password_change_done", "view_on_site"}
"""Addresses of Django's admin that the site has of its own, or that lead out of the admin."""


class AdministrationSite(AdminSite):
    site_title = _("Administration")
    index_title = _("Accounts and reference data")
    final_catch_all_view = False

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        header = gettext("%(site)s: administration") % {"site": read_site().name}
        return super().each_context(request) | {"site_header": header}

    def has_permission(self, request: HttpRequest) -> bool:
        return Role.ADMINISTRATOR in scope_of_request(request).roles

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's, but who is signed in and no administrator is refused, not asked to sign in
        again. Who is not signed in was sent to the sign-in page by the middleware before."""

        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def for_administrators(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not self.has_permission(request):
                raise PermissionDenied(gettext("This page is for administrators."))
            return inner(request, *args, **kwargs)

        return for_administrators

    def get_urls(self) -> list[Any]:
        patterns = [one for one in super().get_urls() if getattr(one, "name", None) not in CLOSED]
        for pattern in patterns:
            # The middleware sends to the site's own sign-in page.
            view: Any = getattr(pattern, "callback", None)
            if hasattr(view, "login_url"):
                del view.login_url
        return patterns
