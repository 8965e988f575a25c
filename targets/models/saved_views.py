"""Addresses of what somebody saw, kept under a name and shared with others."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ocop.organisation.choices import Role
from targets.choices import Sharing


class SavedView(models.Model):
    """`address` is a path of this site with its query, never a host. Without `as_of` in it the
    view is always that of today.

    Shared are the name and the address alone; what somebody sees there follows from the own scope.
    `role` is whose it is shared with, where it is shared with a role.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", editable=False
    )
    name = models.CharField(_("name"), max_length=100)
    address = models.CharField(_("address"), max_length=1000)
    sharing = models.CharField(
        _("shared with"), max_length=10, choices=Sharing, default=Sharing.NOBODY
    )
    role = models.CharField(max_length=20, choices=Role, blank=True)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved view")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="view_name_once_a_person",
                violation_error_message=_("You already have a view of that name."),
            ),
            models.CheckConstraint(
                condition=Q(sharing=Sharing.ROLE) & ~Q(role="")
                | ~Q(sharing=Sharing.ROLE) & Q(role=""),
                name="view_shared_with_a_role_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.name
