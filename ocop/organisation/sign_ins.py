"""Sign-ins in the log: who came in, and who was refused, from which address; no passwords."""

import logging
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest

log = logging.getLogger("ocop.sign_ins")
MAX_NAME_LENGTH = 150


def client_address(request: HttpRequest | None) -> str:
    """Where the request came from; "unknown" where nobody trustworthy says so.

    Behind a proxy (BEHIND_PROXY=1) its entry is the last of X-Forwarded-For: those before it are
    what the visitor sent. A unix socket gives no REMOTE_ADDR of its own.
    """
    if request is None:
        return "unknown"
    if settings.BEHIND_PROXY:
        client_said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    else:
        client_said = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(client_said.strip()))
    except ValueError:
        return "unknown"


def quoted(name: Any) -> str:
    """A name as somebody typed it, in quotes, with everything escaped that could end a line of
    the log or its quotes."""
    return repr(str(name)[:MAX_NAME_LENGTH])


def log_refused(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_signal: Any
) -> None:
    log.warning(
        "sign-in refused: account %s from %s",
        quoted(credentials.get("username", "")),
        client_address(request),
    )


def log_signed_in(sender: Any, request: HttpRequest | None, user: Any, **_signal: Any) -> None:
    log.info("signed in: account %s from %s", quoted(user.get_username()), client_address(request))
