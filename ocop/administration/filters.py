"""Filters of the administration's lists: what is so today."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SpanFilter(SimpleListFilter):
    """Today inside the span of days, or outside it."""

    first: str
    last: str

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        inside = Q(**{f"{self.first}__lte": today}) & (
            Q(**{f"{self.last}__isnull": True}) | Q(**{f"{self.last}__gte": today})
        )
        if self.value() == "yes":
            return queryset.filter(inside)
        return queryset.exclude(inside) if self.value() == "no" else queryset


class ActiveToday(SpanFilter):
    title = _("in force today")
    parameter_name = "today"
    first, last = "starts_on", "ends_on"


class ExistsToday(SpanFilter):
    title = _("exists today")
    parameter_name = "today"
    first, last = "valid_from", "valid_to"
