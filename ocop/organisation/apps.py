from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "ocop.organisation"
    label = "organisation"
    verbose_name = _("Organisation")

    def ready(self) -> None:
        """Watch the tables that figures are worked out from."""
        from ocop.organisation.data_version import watch

        post_migrate.connect(watch, dispatch_uid="version of the data")
