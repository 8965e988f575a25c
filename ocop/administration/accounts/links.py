"""The one-time link with which a person sets a password: sent by mail, or shown once.

Django's token: bound to the account's password and last sign-in, so that it is good for one
password only, and for PASSWORD_RESET_TIMEOUT seconds.
"""

import logging
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from ocop.organisation.installation import read_site
from ocop.organisation.models import User

log = logging.getLogger("ocop.accounts")


@dataclass(frozen=True)
class SentLink:
    """A link made for `user`. Mailed to `address`, or `url` is to be shown: one of them is "".

    `failed`: mail is configured and there is an address, but it was not taken.
    """

    user: User
    url: str = ""
    address: str = ""
    failed: bool = False

    @property
    def hours(self) -> int:
        return settings.PASSWORD_RESET_TIMEOUT // 3600


def send_link(request: HttpRequest, user: User) -> SentLink:
    """Make a link for `user` and mail it where mail is configured and an address is known."""
    path = reverse(
        "set-password",
        args=[
            urlsafe_base64_encode(force_bytes(user.pk)),
            default_token_generator.make_token(user),
        ],
    )
    url = request.build_absolute_uri(path)
    if not (settings.EMAIL_HOST and user.email):
        return SentLink(user, url)
    site = read_site().name
    text = _(
        "Dear %(name)s,\n\nyour account of the program %(site)s is “%(account)s”. Set your "
        "password within %(hours)s hours on this page:\n\n%(url)s\n\nThe link is for you alone "
        "and works once. If you did not expect it, tell your administrator.\n"
    ) % {
        "name": user,
        "site": site,
        "account": user.username,
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        "url": url,
    }
    try:
        send_mail(_("Your account of %(site)s") % {"site": site}, text, None, [user.email])
    except (OSError, SMTPException):
        log.exception("mail with a link for account %r was not sent", user.username)
        return SentLink(user, url, failed=True)
    return SentLink(user, address=user.email)
