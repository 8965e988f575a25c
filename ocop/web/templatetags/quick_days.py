"""Days offered beside the date of the figures."""

from typing import Any

from django import template

from ocop.web import quick_days as days
from ocop.web.page_query import PageQuery

register = template.Library()


@register.simple_tag
def quick_days(query: PageQuery) -> list[days.QuickDay]:
    return days.quick_days(query.today)


@register.simple_tag(takes_context=True)
def meeting_days(context: Any) -> list[days.QuickDay]:
    return days.meeting_days_of_request(context["request"])
