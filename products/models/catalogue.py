"""The six product groups and the 26 sets of products that are scored alike."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ocop.db.fields import NameField
from ocop.organisation.models import kept_history


class ProductGroup(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name = NameField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    history = kept_history()

    class Meta:
        verbose_name = _("product group")
        verbose_name_plural = _("product groups")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class ProductSet(models.Model):
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    group = models.ForeignKey(
        ProductGroup, models.PROTECT, related_name="sets", verbose_name=_("product group")
    )
    branch = NameField(_("branch"), max_length=200)
    name = NameField(_("name"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    history = kept_history()

    class Meta:
        verbose_name = _("product set")
        verbose_name_plural = _("product sets")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"
