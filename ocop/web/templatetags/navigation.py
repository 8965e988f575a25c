"""The header's sections, for the person who looks and the page they are on."""

from typing import Any

from django import template

from ocop.organisation.choices import Role
from ocop.web import navigation

register = template.Library()


@register.inclusion_tag("partials/_sections.html", takes_context=True)
def section_links(context: dict[str, Any]) -> dict[str, Any]:
    """Sections the person has a way to. Context: request, membership, enters_records,
    imports_workbooks, and `query` where the page shows figures of a day."""
    request, membership = context.get("request"), context.get("membership")
    match = getattr(request, "resolver_match", None)
    query = context.get("query")
    without = []
    if not context.get("enters_records"):
        without.append(navigation.MY_WORK)
    if not context.get("imports_workbooks"):
        without.append(navigation.IMPORTS)
    if membership is None or membership.role == Role.LOCAL:
        without.append(navigation.MEETINGS)
    if membership is None or membership.role != Role.ADMINISTRATOR:
        without += [navigation.CHANNELS, navigation.PLANS]
    querystring = query.querystring if query else ""
    name = match.url_name if match else ""
    return {"links": navigation.header_links(name, querystring, without)}
