"""Small pieces that many pages show: icons, hidden fields, heads of columns that sort."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of `_sprite.html`; it is decoration, so screen readers pass over it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>',
        name,
    )


@register.simple_tag
def unit_word(plan: Any, unit: Unit) -> str:
    """What the units of a table about `unit` are called: "District", "Commune"."""
    return str(unit.get_level_display()) if unit.parent_id else str(plan.sub_unit_label)


@register.simple_tag(takes_context=True)
def unit_note(context: dict[str, Any], unit: Unit) -> SafeString | str:
    """Under the name of a commune of today the districts that it came out of."""
    former = context["query"].former_of(unit) if unit.level == UnitLevel.COMMUNE else ""
    return format_html("<small>{}</small>", former) if former else ""


@register.simple_tag(takes_context=True)
def query_fields(context: dict[str, Any], without: str) -> SafeString:
    """Hidden fields that take the address's parameters along, but for those the form has itself.

    `without`: the names left out, separated by spaces.
    """
    left_out = without.split()
    return format_html_join(
        "\n",
        '<input type="hidden" name="{}" value="{}">',
        (
            (name, value)
            for name, values in context["request"].GET.lists()
            if name not in left_out
            for value in values
        ),
    )


@register.inclusion_tag("partials/_sort_head.html", takes_context=True)
def sort_head(
    context: dict[str, Any],
    key: str,
    label: str,
    number: bool = False,
    note: str = "",
    param: str = "sort",
    anchor: str = "",
) -> dict[str, Any]:
    """The head of a column that sorts by `key`, and the other way round when it already does.

    `param`: what the address calls the order of this table, `anchor` where it stands in its page.
    Context: request, and the order as it stands in the address under the name `param`.
    """
    ascending, descending = context[param] == key, context[param] == f"-{key}"
    query = context["request"].GET.copy()
    query[param] = f"-{key}" if ascending else key
    query.pop("page", None)
    return {
        "label": label,
        "number": number,
        "note": note,
        "address": f"?{query.urlencode()}{anchor}",
        "order": "ascending" if ascending else "descending" if descending else "",
        "arrow": "▲" if ascending else "▼" if descending else "",
    }
