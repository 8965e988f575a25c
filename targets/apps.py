from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    name = "targets"
    verbose_name = _("Targets")

    def ready(self) -> None:
        """Enter this app's datasets, and what imports do to targets, into the registry; and which
        quarters are confirmed, for those who change records."""
        import targets.resources  # noqa: F401
        from ocop.imports import registry
        from products import confirmed
        from products.kinds import Kind
        from products.kinds import register as register_kind
        from targets.after_confirmation import confirmed_periods
        from targets.effect_words import worded
        from targets.effects import of_import
        from targets.models import Allocation

        register_kind(
            Kind(
                "allocation",
                Allocation,
                _("Quota"),
                field="",
                content=("target", "unit", "year", "value", "document"),
                district_enters=False,
            )
        )
        registry.tell_effects_by(of_import, worded)
        confirmed.tell_by(confirmed_periods)
