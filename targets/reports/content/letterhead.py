"""Who issues a paper: names of the day it is written on, blanks for the clerk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ocop.organisation.agencies import AgencyNames
from ocop.organisation.choices import AgencyKind, UnitLevel
from ocop.organisation.models import Agency, Unit
from targets.figures import Overview, wording
from targets.reports.writers import Letterhead, Signature

NUMBER_OF = {AgencyKind.COMMITTEE: "BCĐ", AgencyKind.PEOPLES_COMMITTEE: "UBND"}
"""How the body is written in a document's number; the same in every language."""
BLANK = "\u00a0" * 6
KINDS_OF_UNITS = ("Tỉnh ", "Thành phố ", "Thị xã ", "Huyện ")


@dataclass(frozen=True)
class Issuer:
    """Who writes a paper about `unit` on a day.

    `agency` is None where the list of agencies holds none of the unit's. `superior` is the body
    over a steering committee, "" for others; `place` the place of issue.
    """

    unit: Unit
    agency: Agency | None
    superior: str
    place: str
    written_on: date

    @property
    def name(self) -> str:
        return self.agency.name if self.agency else self.unit.name


def issuer(unit: Unit, written_on: date) -> Issuer:
    """Who reports for a unit: the province's steering committee, a district's people's committee.

    Bodies are those of the day of writing: what a district that is no more has left is written by
    the province it belonged to, and by the one that took over from that.
    """
    agencies = AgencyNames.read()
    people = agencies.of_unit(unit, AgencyKind.PEOPLES_COMMITTEE, written_on)
    committee = agencies.of_unit(unit, AgencyKind.COMMITTEE, written_on)
    if people is None and unit.parent is not None:
        people = agencies.of_unit(unit.parent, AgencyKind.PEOPLES_COMMITTEE, written_on)
    superior = people.name if people and committee else ""
    place = people.unit if people and people.unit else unit
    return Issuer(unit, committee or people, superior, place_of_issue(place), written_on)


def number_of(agency: Agency | None, letters: str) -> str:
    """ "Số:      /BC-BCĐ": the number itself is the clerk's."""
    body = NUMBER_OF.get(AgencyKind(agency.kind), "") if agency else ""
    code = f"{letters}-{body}" if body else letters
    return _("No.: %(blank)s/%(code)s") % {"blank": BLANK, "code": code}


def build_letterhead(by: Issuer, letters: str) -> Letterhead:
    """The letterhead of a paper; `letters` name its kind ("BC")."""
    return Letterhead(
        superior=by.superior.upper(),
        agency=by.name.upper(),
        state=_("SOCIALIST REPUBLIC OF VIET NAM"),
        motto=_("Independence - Freedom - Happiness"),
        number=number_of(by.agency, letters),
        place_and_day=f"{by.place}, {blank_day()}",
    )


def place_of_issue(unit: Unit) -> str:
    """The place in front of the day: the unit's own name without what kind of unit it is."""
    for kind in KINDS_OF_UNITS:
        if unit.name.startswith(kind):
            return unit.name.removeprefix(kind)
    return unit.name


def whose_figures(unit: Unit, written_on: date) -> str:
    """Whose figures a paper holds that is written after the unit came to its end; else "".

    "Figures of tỉnh … (before 01/07/2025)."
    """
    if unit.valid_to is None or unit.valid_to >= written_on:
        return ""
    name = unit.name[:1].lower() + unit.name[1:]
    if unit.level != UnitLevel.PROVINCE and unit.parent is not None:
        name = f"{name}, {unit.parent.name[:1].lower()}{unit.parent.name[1:]}"
    words = {"unit": name, "day": wording.day(unit.valid_to + timedelta(days=1))}
    return _("Figures of %(unit)s (before %(day)s).") % words


def blank_day() -> str:
    return _("day %(blank)s month %(blank)s year %(blank)s") % {"blank": BLANK}


def signature(overview: Overview, by: Issuer) -> Signature:
    """On whose behalf, which office signs, and who receives the paper."""
    committee = by.agency is not None and by.agency.kind == AgencyKind.COMMITTEE
    lines = (
        [_("ON BEHALF OF THE STEERING COMMITTEE"), _("HEAD OF THE COMMITTEE")]
        if committee
        else [_("ON BEHALF OF THE PEOPLE'S COMMITTEE"), _("CHAIR")]
    )
    copies = _copies_of_committee(overview, by) if committee else _copies_of_district(overview, by)
    return Signature(lines, _("Recipients:"), [*_ended(copies), _("- Filed: office.")])


def _ended(names: Iterable[str]) -> list[str]:
    return [f"- {name};" for name in names]


def _copies_of_committee(overview: Overview, by: Issuer) -> list[str]:
    """The body above, the committee itself, the agencies that lead a target, those below."""
    leads = list(dict.fromkeys(row.lead_agency for row in overview.rows))
    below = (
        _("People's committees of the districts and towns")
        if Unit.objects.districts().valid_at(by.written_on).exists()
        else _("People's committees of the communes and wards")
    )
    return [
        *([by.superior] if by.superior else []),
        _("Members of the steering committee"),
        *leads,
        below,
    ]


def _copies_of_district(overview: Overview, by: Issuer) -> list[str]:
    over = issuer(overview.plan.unit, by.written_on)
    return [over.agency.name] if over.agency else []
