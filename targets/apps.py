from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    name = "targets"
    verbose_name = _("Targets")

    def ready(self) -> None:
        """Enter this app's datasets into the registry."""
        from targets.quotas import resources  # noqa: F401
