from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = _("Products")

    def ready(self) -> None:
        """Enter this app's datasets into the registry of imports; keep history append-only."""
        import products.resources  # noqa: F401
        from products.append_only import guard_history

        post_migrate.connect(guard_history, dispatch_uid="append-only history")
