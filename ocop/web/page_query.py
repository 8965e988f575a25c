"""What a page is asked for in its address: the day, the unit, with or without pending records."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import BooleanField, ExpressionWrapper, Min, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.hooks import hook
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from ocop.organisation.scope import scope_of_request
from ocop.organisation.succession import former_districts
from ocop.web.caching import Vary, cached_table, vary_of
from ocop.web.errors import BadParameter, NotForYou

MOST_OFFERED = 20
"""Units in a choice; more are searched for."""
EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 12, 31)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""fromisoformat alone would also read weeks, such as 2022-W52-1."""


@dataclass(frozen=True)
class PageQuery:
    """The day figures are counted at and the unit they are counted for.

    `units` are those that the person may choose from. `vary` is what cached parts of the page
    depend on beside this (ocop.web.caching); without it nothing is cached.
    """

    as_of: date
    today: date
    unit: Unit
    units: list[Unit]
    pending: bool = False
    vary: Vary | None = None

    @cached_property
    def former_districts(self) -> Mapping[int, list[Unit]]:
        """{id of a commune: the districts it came out of}."""
        apps = ("organisation",)
        return cached_table("former districts", self.vary, former_districts, apps)

    def former_of(self, unit: Unit) -> str:
        """The districts that a commune came out of, by name; "" of other units."""
        return ", ".join(one.name for one in self.former_districts.get(unit.pk, ()))

    @property
    def offered(self) -> list[Unit]:
        """The units that a page's choice lists: a province's communes are too many for it, and
        are found on a page of their own."""
        if len(self.units) <= MOST_OFFERED:
            return self.units
        return [one for one in self.units if one.level != UnitLevel.COMMUNE or one == self.unit]

    @property
    def not_yet(self) -> bool:
        """The unit came into being after the day: its figures are those of the places it is made
        of."""
        return self.as_of < self.unit.valid_from

    @property
    def past(self) -> bool:
        return self.as_of < self.today

    @property
    def future(self) -> bool:
        return self.as_of > self.today

    @property
    def querystring(self) -> str:
        """What the menu carries along: the unit, the preview, and a day other than today."""
        today = self.as_of == self.today
        return "?" + urlencode(self.query(as_of=None) if today else self.query())

    def query(self, **more: Any) -> dict[str, Any]:
        """The parameters that lead back to what is seen now; None leaves a parameter out."""
        own = {"as_of": self.as_of.isoformat(), "unit": self.unit.code}
        if self.pending:
            own["pending"] = "1"
        return {name: value for name, value in {**own, **more}.items() if value is not None}


def page_query(request: HttpRequest, of_unit: str = "") -> PageQuery:
    """Read as_of, unit and pending from the address, within what the person may see.

    Without as_of the day is today; without unit it is the province whose plan runs on the day, or
    the officer's district or commune.
    `of_unit` is the code that a unit's own page has in its path: it comes before the query's.
    Raises BadParameter (400) for what cannot be read, NotForYou (404) for units out of scope.
    """
    vary = vary_of(request)
    scope, today = scope_of_request(request), timezone.localdate()
    known = cached_table(
        "units with figures", vary, figures_units, apps=("organisation", "targets")
    )
    units = [unit for unit in known if scope.sees_unit(unit)]
    if not units:
        raise NotForYou(_("Your account has no unit assigned yet. Ask the administrator."))
    text = request.GET.get("as_of", "").strip()
    day = read_day(text) if text else today
    code = of_unit or request.GET.get("unit", "").strip()
    return PageQuery(
        as_of=day,
        today=today,
        unit=read_unit(code, units, day) if code else _first_unit(units, day, vary),
        units=units,
        pending=read_flag("pending", request.GET.get("pending", "")),
        vary=vary,
    )


def read_day(text: str) -> date:
    """A day written YYYY-MM-DD, between the years 2000 and 2100; BadParameter otherwise."""
    try:
        day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        raise BadParameter(
            _(
                "The date “%(text)s” is not usable: write year-month-day, such as 2022-12-31, "
                "between 2000 and 2100."
            )
            % {"text": text[:40]}
        )
    return day


def _first_unit(units: list[Unit], day: date, vary: Vary | None) -> Unit:
    """Whose figures are shown to who asks for none: those of the plan's unit on the day, or of the
    first that the person may see."""
    planned = [unit for unit in units if getattr(unit, "planned", False) and not unit.parent_id]
    if len(units) == 1 or len(planned) == 1:
        return (planned or units)[0]
    pk = cached_table("plan's unit", vary, lambda: hook("plans_unit")(day), ("targets",), (day,))
    return next((unit for unit in units if unit.pk == pk), units[0])


def figures_units() -> list[Unit]:
    """The units that have figures: provinces with a plan or of today, the districts of those with a
    plan, and the communes of today.

    A commune that has ended has none of its own: a record knows the commune of today that its
    place lies in (Product.commune).
    """
    planned = hook("planned_units")()
    of_provinces = Unit.objects.filter(parent__level=UnitLevel.PROVINCE).select_related("parent")
    districts = Q(level=UnitLevel.DISTRICT, parent__in=planned)
    found = of_provinces.filter(districts | Q(level=UnitLevel.COMMUNE, valid_to=None)).annotate(
        # Communes stand by the districts that they came out of.
        former=Min("predecessors__parent__code"),
        planned=ExpressionWrapper(Q(parent__in=planned), BooleanField()),
    )
    parts: list[Any] = list(found)
    provinces: dict[int, Any] = {unit.parent_id: unit.parent for unit in parts}
    for pk, province in provinces.items():
        its = (one for one in parts if one.parent_id == pk and one.level == UnitLevel.DISTRICT)
        province.keep_district_ids(one.pk for one in its)
        province.planned = any(one.planned for one in parts if one.parent_id == pk)
    levels = list(UnitLevel)

    def place(unit: Any) -> tuple[Any, ...]:
        former = getattr(unit, "former", None) if unit.level == UnitLevel.COMMUNE else None
        return levels.index(UnitLevel(unit.level)), former or "", unit.code, unit.valid_from

    return sorted([*provinces.values(), *parts], key=place)


def read_unit(text: str, units: Iterable[Unit], day: date) -> Unit:
    """The unit of a code among `units`; NotForYou otherwise, whether it exists or not.

    Codes are used again: of several it is the one that exists on `day`, else the latest. A code
    that a commune of today took over from one it was made of (29242 was Phường 3) leads to the
    commune of today on every day: the records of what it was made of are its own.
    """
    found = [unit for unit in units if unit.code == text]
    if found:
        return max(found, key=lambda unit: (unit.exists_on(day), unit.valid_from))
    raise NotForYou(
        _("There are no figures for unit “%(code)s” that you may see.") % {"code": text[:20]}
    )


def read_flag(name: str, text: str) -> bool:
    if text not in {"", "0", "1"}:
        raise BadParameter(
            _("The parameter %(name)s is 1 or 0, not “%(text)s”.")
            % {"name": name, "text": text[:20]}
        )
    return text == "1"
