"""Headers of every response, whichever app made it."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from ocop.web.errors import BadParameter, NotForYou, bad_request, page_not_found


class ErrorPageMiddleware:
    """Pages are not kept by shared caches or found again after signing out; refusals are said."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == 404 and request.resolver_match is None:
            # No view was found, so process_exception was not asked.
            response = page_not_found(request, Http404())
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Our own error page and message, with DEBUG on as well as off."""
        if isinstance(exception, BadParameter):
            return bad_request(request, exception)
        if isinstance(exception, NotForYou):
            return page_not_found(request, exception)
        return None
