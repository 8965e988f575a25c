from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "ocop.organisation"
    label = "organisation"
    verbose_name = _("Organisation")

    def ready(self) -> None:
        """Begin a new version of the data after migrations; log who signs in."""
        from ocop.organisation.data_version import begin_anew
        from ocop.organisation.sign_ins import log_refused, log_signed_in

        connection_created.connect(_knows_json, dispatch_uid="SQLite's JSON functions")
        post_migrate.connect(begin_anew, sender=self, dispatch_uid="version of the data")
        user_login_failed.connect(log_refused, dispatch_uid="sign-ins refused")
        user_logged_in.connect(log_signed_in, dispatch_uid="sign-ins")


def _knows_json(connection: Any, **_signal: Any) -> None:
    """Spare every process Django's three statements that try SQLite's JSON functions: SQLite has
    had them built in since 3.38, older ones are still tried."""
    if connection.vendor == "sqlite" and connection.Database.sqlite_version_info >= (3, 38):
        connection.features.supports_json_field = True
