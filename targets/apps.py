from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    name = "targets"
    verbose_name = _("Targets")

    def ready(self) -> None:
        """Enter this app's datasets, and what imports do to targets, into the registry."""
        import targets.resources  # noqa: F401
        from ocop.imports import registry
        from targets.effects import of_import

        registry.tell_effects_by(of_import)
