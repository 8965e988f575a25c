from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = _("Products")

    def ready(self) -> None:
        """Enter this app's datasets into the registry of imports."""
        import products.resources  # noqa: F401
        from ocop.imports import registry
        from products.confirmed import reached
        from products.resting import batches_within

        registry.tell_confirmed_by(reached)
        registry.tell_batches_within_by(batches_within)
