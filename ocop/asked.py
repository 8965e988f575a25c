"""What a page is asked for in its address: the day, the unit, with or without pending records."""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop.errors import BadParameter, NotForYou
from ocop.kept import Kept
from ocop.organisation import data_version
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Membership, Unit
from ocop.organisation.scope import Scope, memberships_of, scope_from

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 12, 31)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""fromisoformat alone would also read weeks, such as 2022-W52-1."""

KEPT = Kept(most=128)
Answer = TypeVar("Answer")
Shared = Literal["all", "scope", "page"]
"""Who else gets an answer that is kept: everybody, those who may see the same, this page alone."""


@dataclass(frozen=True)
class Asked:
    """The day figures are counted at, the unit they are counted for, and who asks."""

    as_of: date
    today: date
    unit: Unit
    units: list[Unit]
    pending: bool
    scope: Scope
    address: str = ""
    """The page's path and query: what else is asked for stands there."""
    version: data_version.Version | None = None
    """The state of the data at the beginning of the request; None where it is to be changed."""

    @property
    def district(self) -> Unit | None:
        return self.unit if self.unit.level == UnitLevel.DISTRICT else None

    @property
    def past(self) -> bool:
        return self.as_of < self.today

    @property
    def future(self) -> bool:
        return self.as_of > self.today

    @property
    def kept(self) -> str:
        """What the menu carries along: the unit, the preview, and a day other than today."""
        today = self.as_of == self.today
        return "?" + urlencode(self.query(as_of=None) if today else self.query())

    @property
    def quick_days(self) -> list[tuple[date, str]]:
        """Days often asked for, in their order: the ends of recent years and of last quarter,
        today, the ends of this quarter and this year. Two names of one day stand apart."""
        year, month = self.today.year, self.today.month
        ends = [
            (date(one, 12, 31), _("end of %(year)s") % {"year": one})
            for one in range(year - 4, year)
        ]
        return [
            *ends,
            (_month_before(year, 3 * ((month - 1) // 3) + 1), _("end of last quarter")),
            (self.today, _("today")),
            (_month_before(year, 3 * ((month - 1) // 3) + 4), _("end of this quarter")),
            (date(year, 12, 31), _("end of this year")),
        ]

    @cached_property
    def occasions(self) -> list[tuple[date, str]]:
        """Days that other rooms offer (`offer_days`), such as those of meetings held; the latest
        first."""
        found: list[tuple[date, str]] = []
        for place, (source, of) in enumerate(_OCCASIONS.items()):
            found += self.keep(f"occasions {place}", partial(source, self), of, "scope")
        return sorted(found, key=lambda one: one[0], reverse=True)

    def query(self, **more: Any) -> dict[str, Any]:
        """The parameters that lead back to what is seen now; None leaves a parameter out."""
        kept = {"as_of": self.as_of.isoformat(), "unit": self.unit.code}
        if self.pending:
            kept["pending"] = "1"
        return {name: value for name, value in {**kept, **more}.items() if value is not None}

    def keep(
        self,
        part: str,
        work_out: Callable[[], Answer],
        of: tuple[str, ...] = data_version.WATCHED_APPS,
        shared: Shared = "page",
    ) -> Answer:
        """What `work_out` answers, worked out once as long as the tables of the apps `of` stay as
        they are. It may depend on nothing but the fields here and the language; not on
        scope and address where `shared` by "all", not on the address where by all of one "scope".
        Nothing lazy: what is kept asks no more.
        """
        key = (part, self.as_of, self.today, self.unit.pk, self.pending, get_language())
        whose = {"all": (), "scope": (self.scope,), "page": (self.scope, self.address)}[shared]
        return _kept(self.version, of, (*key, *whose), work_out)


def _kept(
    version: data_version.Version | None,
    of: tuple[str, ...],
    key: tuple[Hashable, ...],
    work_out: Callable[[], Answer],
) -> Answer:
    """A new answer every time where the state of one of the apps is not known."""
    if version is None or any(app not in version for app in of):
        return work_out()
    return KEPT.get((*key, *(version[app] for app in of)), work_out)


Occasions = Callable[[Asked], list[tuple[date, str]]]
_OCCASIONS: dict[Occasions, tuple[str, ...]] = {}


def offer_days(source: Occasions, of: tuple[str, ...]) -> None:
    """Have every page with figures offer the days (day, name) that `source` knows for the person
    who asks. It asks the database at most once, for tables of the apps `of`."""
    _OCCASIONS[source] = of


def _month_before(year: int, month: int) -> date:
    """The last day of the month before `month`; 13 is January of the year after."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1) - timedelta(days=1)


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


def figures_units() -> list[Unit]:
    """The units that have figures: each province with districts, followed by its districts; one
    query."""
    found = Unit.objects.filter(level=UnitLevel.DISTRICT, parent__level=UnitLevel.PROVINCE)
    units = list(found.select_related("parent"))
    provinces = {unit.parent_id: unit.parent for unit in units if unit.parent is not None}
    in_order = sorted(provinces.values(), key=lambda one: (one.code, one.valid_from))
    return [*in_order, *units]


def read_unit(text: str, units: list[Unit]) -> Unit:
    """The unit of a code among `units`; NotForYou otherwise, whether it exists or not."""
    for unit in units:
        if unit.code == text:
            return unit
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


def keep_for(request: HttpRequest, part: str, work_out: Callable[[], Answer]) -> Answer:
    """What is true of the whole organisation whoever asks, kept as `Asked.keep` keeps; asked for
    anew on pages that read no address."""
    version = getattr(request, "data_version", None)
    return _kept(version, ("organisation",), (part,), work_out)


def scope_of_request(
    request: HttpRequest, today: date, version: data_version.Version | None = None
) -> Scope:
    """What the person signed in may see today; the memberships stay on the request, so that the
    frame of the page need not ask for them again."""

    def ask() -> list[Membership]:
        return memberships_of(request.user, today)

    # A disabled user is out at once: nothing kept is looked at.
    known = version if request.user.is_active else None
    held = _kept(known, ("organisation",), ("memberships", request.user.pk, today), ask)
    request.memberships = held  # type: ignore[attr-defined]
    return scope_from(held)


def asked(request: HttpRequest, of_unit: str = "") -> Asked:
    """Read as_of, unit and pending from the address, within what the person may see.

    Without as_of the day is today; without unit it is the province, or the officer's district.
    `of_unit` is the code that a unit's own page has in its path: it comes before the query's.
    Raises BadParameter (400) for what cannot be read, NotForYou (404) for units out of scope.
    """
    today = timezone.localdate()
    version = data_version.current() if request.method in {"GET", "HEAD"} else None
    request.data_version = version  # type: ignore[attr-defined]
    scope = scope_of_request(request, today, version)
    every_unit = _kept(version, ("organisation",), ("units",), figures_units)
    units = [unit for unit in every_unit if scope.everything or unit.pk in scope.district_ids]
    if not units:
        raise NotForYou(_("Your account has no unit assigned yet. Ask the administrator."))
    day = request.GET.get("as_of", "").strip()
    code = of_unit or request.GET.get("unit", "").strip()
    return Asked(
        as_of=read_day(day) if day else today,
        today=today,
        unit=read_unit(code, units) if code else units[0],
        units=units,
        pending=read_flag("pending", request.GET.get("pending", "")),
        scope=scope,
        address=request.get_full_path(),
        version=version,
    )
