"""The header's sections, for the person who looks and the page they are on."""

from typing import Any

from django import template

from ocop import sections
from ocop.organisation.choices import Role

register = template.Library()


@register.inclusion_tag("_sections.html", takes_context=True)
def section_links(context: dict[str, Any]) -> dict[str, Any]:
    """Sections the person has a way to. Context: request, membership, enters_records,
    imports_workbooks, and `asked` where the page shows figures of a day."""
    request, membership = context.get("request"), context.get("membership")
    match = getattr(request, "resolver_match", None)
    asked = context.get("asked")
    without = []
    if not context.get("enters_records"):
        without.append(sections.MY_WORK)
    if not context.get("imports_workbooks"):
        without.append(sections.IMPORTS)
    if membership is None or membership.role == Role.DISTRICT:
        without.append(sections.MEETINGS)
    querystring = asked.querystring if asked else ""
    return {"sections": sections.shown(match.url_name if match else "", querystring, without)}
