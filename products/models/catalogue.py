"""The six product groups and the 26 sets of products that are scored alike."""

from datetime import date

from django.db import models
from django.utils import timezone
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
    """A set of products that are scored alike; its number stays whatever it is called.

    `renamed` holds its later names in their order: {"from": "2026-05-22", "branch": …, "name": …,
    "name_en": …}.
    """

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    group = models.ForeignKey(
        ProductGroup, models.PROTECT, related_name="sets", verbose_name=_("product group")
    )
    branch = NameField(_("branch"), max_length=200)
    name = NameField(_("name"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)
    renamed = models.JSONField(_("later names"), default=list, blank=True)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    history = kept_history()

    class Meta:
        verbose_name = _("product set")
        verbose_name_plural = _("product sets")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title_at(timezone.localdate())

    def title_at(self, day: date) -> str:
        """Number and name as the law of that day calls the set."""
        return f"{self.number}. {self.name_at(day)}"

    def name_at(self, day: date) -> str:
        since = [one["name"] for one in self.renamed if one["from"] <= day.isoformat()]
        return str(since[-1]) if since else self.name

    @property
    def names(self) -> list[str]:
        """All its names, the first one first."""
        return [self.name, *(one["name"] for one in self.renamed)]

    @property
    def branches(self) -> list[str]:
        return [self.branch, *(one["branch"] for one in self.renamed)]
