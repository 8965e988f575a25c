"""The page on which a unit is found by its code or name: a province's communes are too many for
the choice at the head of every page."""

from itertools import groupby
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from ocop.lib.text import folded
from ocop.organisation.models import Unit
from ocop.web.page_query import PageQuery, page_query

MAX_TYPED = 60


@require_safe
def unit_search(request: HttpRequest) -> HttpResponse:
    """The units that the person may see whose code is `q`, or whose name holds it; all without.

    Each leads to the page `next` of this site, for that unit; so does the only one found at once.
    """
    query = page_query(request)
    text = request.GET.get("q", "").strip()[:MAX_TYPED]
    back = _own_page(request.GET.get("next", ""))
    found = matching(query, text)
    if text and len(found) == 1:
        return redirect(_with_unit(back, found[0]))
    groups = [
        (heading, [(unit, _with_unit(back, unit)) for unit in some])
        for heading, some in groupby(found, lambda unit: _heading(query, unit))
    ]
    context = {"query": query, "text": text, "next": back, "groups": groups, "number": len(found)}
    return render(request, "targets/dashboard/unit_search.html", context)


def matching(query: PageQuery, text: str) -> list[Unit]:
    """The unit of that code, else those whose name (or former district's) holds every word."""
    units = query.units
    by_code = [unit for unit in units if unit.code == text]
    if by_code or not text:
        return by_code or units
    words = folded(text).split()
    named = [(unit, f" {folded(f'{unit} {query.former_of(unit)}')} ") for unit in units]
    whole = [unit for unit, name in named if f" {' '.join(words)} " in name]
    return whole or [unit for unit, name in named if all(word in name for word in words)]


def _heading(query: PageQuery, unit: Unit) -> str:
    return query.former_of(unit) or (unit.parent.name if unit.parent else "")


def _own_page(address: str) -> str:
    """The address where it is one of this site, else the overview's."""
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if safe and address.startswith("/") else "/"


def _with_unit(address: str, unit: Unit) -> str:
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    query["unit"] = unit.code
    query.pop("page", None)
    return f"{parts.path}?{query.urlencode()}"
