from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class AdministrationConfig(AppConfig):
    name = "ocop.administration"
    label = "administration"
    verbose_name = _("Administration")


class SiteConfig(AdminConfig):
    """django.contrib.admin with the site's own rules of who comes in."""

    default_site = "ocop.administration.site.AdministrationSite"
