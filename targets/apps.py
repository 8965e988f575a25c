from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    name = "targets"
    verbose_name = _("Targets")

    def ready(self) -> None:
        """Enter this app's datasets into the registry, and the days of meetings."""
        import targets.resources  # noqa: F401
        from ocop.asked import offer_days
        from targets.meeting_days import held

        offer_days(held, of=("targets",))
