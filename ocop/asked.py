"""What a page is asked for in its address: the day, the unit, with or without pending records."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ocop import small_tables
from ocop.errors import BadParameter, NotForYou
from ocop.kept import Kept
from ocop.organisation import data_version
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Agency, Unit
from ocop.organisation.scope import Scope, held_by, memberships_of, scope_from

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
    tables: "Tables" = field(default_factory=lambda: Tables(None), repr=False, compare=False)

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
    whole = _key(version, of, key)
    return work_out() if whole is None else KEPT.get(whole, work_out)


def _key(
    version: data_version.Version | None, of: tuple[str, ...], key: tuple[Hashable, ...]
) -> tuple[Hashable, ...] | None:
    """What an answer is kept under: what it is of, and the state of its apps. None: not kept."""
    if version is None or any(app not in version for app in of):
        return None
    return (*key, *(version[app] for app in of))


class Tables:
    """Rows of the small tables by name, for one request.

    Kept as long as their apps' tables stay as they are; all that are missing are then read in one
    statement, with `more` that are of this request alone (name → key, table). Where the `version`
    is not known, as where something is to be changed, every one is read anew, alone.
    """

    def __init__(
        self,
        version: data_version.Version | None,
        more: Mapping[str, tuple[Hashable, small_tables.SmallTable]] | None = None,
    ) -> None:
        self.version, self._more = version, more or {}
        self._read: dict[str, list[Any]] = {}

    def __getitem__(self, name: str) -> list[Any]:
        key, table = self._of(name)
        return _kept(self.version, table.of, key, lambda: self._rows(name, table))

    def _of(self, name: str) -> tuple[tuple[Hashable, ...], small_tables.SmallTable]:
        if name in self._more:
            key, table = self._more[name]
            return ("small table", name, key), table
        return ("small table", name), small_tables.offered()[name]

    def _rows(self, name: str, table: small_tables.SmallTable) -> list[Any]:
        if self.version is None:
            return small_tables.read_tables({name: table})[name]
        if name not in self._read:
            every = {one: self._of(one) for one in [*small_tables.offered(), *self._more]}
            self._read |= small_tables.read_tables(
                {one: of for one, (key, of) in every.items() if not self._is_kept(key, of)}
            )
        return self._read[name]

    def _is_kept(self, key: tuple[Hashable, ...], table: small_tables.SmallTable) -> bool:
        return _key(self.version, table.of, key) in KEPT


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


UNITS = "units with figures"
small_tables.offer(
    UNITS,
    small_tables.SmallTable(
        lambda: Unit.objects.filter(level=UnitLevel.DISTRICT, parent__level=UnitLevel.PROVINCE),
        of=("organisation",),
        related=small_tables.every_field("parent", Unit),
    ),
)


def figures_units(districts: Iterable[Unit] | None = None) -> list[Unit]:
    """The units that have figures: each province with districts, followed by its districts; one
    query, unless the districts with their provinces are known."""
    if districts is None:
        districts = small_tables.read([UNITS])[UNITS]
    units = sorted(districts, key=lambda one: (one.code, one.valid_from))
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


def tables_of(request: HttpRequest) -> Tables:
    """The small tables as the request has begun to read them; anew on pages that read no
    address."""
    return getattr(request, "tables", None) or Tables(None)


MEMBERSHIPS = "memberships"


def scope_of_request(request: HttpRequest, today: date, tables: Tables | None = None) -> Scope:
    """What the person signed in may see today; the memberships stay on the request, so that the
    frame of the page need not ask for them again."""
    # A disabled user is out at once: nothing kept is looked at.
    if tables is None or not request.user.is_active:
        held = memberships_of(request.user, today)
    else:
        held = sorted(tables[MEMBERSHIPS], key=lambda one: (one.starts_on, one.pk))
    request.memberships = held  # type: ignore[attr-defined]
    return scope_from(held)


def _tables(request: HttpRequest, today: date) -> Tables:
    """The small tables for whoever asks, in the state the data are in now; one query for that."""
    version = data_version.current() if request.method in {"GET", "HEAD"} else None
    if version is None:
        return Tables(None)
    own = small_tables.SmallTable(
        lambda: held_by(request.user, today),
        of=("organisation",),
        related=(
            *small_tables.every_field("agency", Agency),
            *small_tables.every_field("district", Unit),
        ),
    )
    return Tables(version, {MEMBERSHIPS: ((request.user.pk, today), own)})


def asked(request: HttpRequest, of_unit: str = "") -> Asked:
    """Read as_of, unit and pending from the address, within what the person may see.

    Without as_of the day is today; without unit it is the province, or the officer's district.
    `of_unit` is the code that a unit's own page has in its path: it comes before the query's.
    Raises BadParameter (400) for what cannot be read, NotForYou (404) for units out of scope.
    """
    known: dict[str, Asked] = request.__dict__.setdefault("asked", {})
    if of_unit not in known:
        read = _asked(request, of_unit)
        if read.version is None:
            return read  # What is about to be changed is read anew.
        known[of_unit] = read
    return known[of_unit]


def _asked(request: HttpRequest, of_unit: str) -> Asked:
    today = timezone.localdate()
    tables = _tables(request, today)
    request.tables = tables  # type: ignore[attr-defined]
    version = tables.version
    scope = scope_of_request(request, today, None if version is None else tables)
    units = [
        unit
        for unit in figures_units(tables[UNITS])
        if scope.everything or unit.pk in scope.district_ids
    ]
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
        tables=tables,
    )
