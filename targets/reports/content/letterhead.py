"""Who issues a paper: names from the list of agencies, blanks for the clerk."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ocop.organisation.choices import AgencyKind
from ocop.organisation.models import Agency, Unit
from targets.figures import Overview, part_of
from targets.reports.writers import Letterhead, Signature

NUMBER_OF = {AgencyKind.COMMITTEE: "BCĐ", AgencyKind.PEOPLES_COMMITTEE: "UBND"}
"""How the body is written in a document's number; the same in every language."""
BLANK = "\u00a0" * 6


def issuer(unit: Unit) -> Agency | None:
    """Who reports for a unit: the province's steering committee, a district's people's committee.

    None where the list of agencies holds none of the unit's.
    """
    kind = AgencyKind.COMMITTEE if part_of(unit) is None else AgencyKind.PEOPLES_COMMITTEE
    return Agency.objects.filter(unit=unit, kind=kind).first()


def superior_of(unit: Unit) -> str:
    """The body over the steering committee; people's committees name none over them."""
    if part_of(unit) is not None:
        return ""
    over = Agency.objects.filter(unit=unit, kind=AgencyKind.PEOPLES_COMMITTEE).first()
    return over.name if over else ""


def number_of(agency: Agency | None, letters: str) -> str:
    """ "Số:      /BC-BCĐ": the number itself is the clerk's."""
    body = NUMBER_OF.get(AgencyKind(agency.kind), "") if agency else ""
    code = f"{letters}-{body}" if body else letters
    return _("No.: %(blank)s/%(code)s") % {"blank": BLANK, "code": code}


def build_letterhead(unit: Unit, agency: Agency | None, letters: str) -> Letterhead:
    """The letterhead of a paper of `unit`; `letters` name its kind ("BC")."""
    name = agency.name if agency else unit.name
    return Letterhead(
        superior=superior_of(unit).upper(),
        agency=name.upper(),
        state=_("SOCIALIST REPUBLIC OF VIET NAM"),
        motto=_("Independence - Freedom - Happiness"),
        number=number_of(agency, letters),
        place_and_day=f"{place_of_issue(unit)}, {blank_day()}",
    )


def place_of_issue(unit: Unit) -> str:
    """The place in front of the day: the unit's own name without what kind of unit it is."""
    for kind in ("Tỉnh ", "Thành phố ", "Thị xã ", "Huyện "):
        if unit.name.startswith(kind):
            return unit.name.removeprefix(kind)
    return unit.name


def blank_day() -> str:
    return _("day %(blank)s month %(blank)s year %(blank)s") % {"blank": BLANK}


def signature(overview: Overview, agency: Agency | None) -> Signature:
    """On whose behalf, which office signs, and who receives the paper."""
    committee = agency is not None and agency.kind == AgencyKind.COMMITTEE
    lines = (
        [_("ON BEHALF OF THE STEERING COMMITTEE"), _("HEAD OF THE COMMITTEE")]
        if committee
        else [_("ON BEHALF OF THE PEOPLE'S COMMITTEE"), _("CHAIR")]
    )
    copies = _copies_of_committee(overview) if committee else _copies_of_district(overview)
    return Signature(lines, _("Recipients:"), [*_ended(copies), _("- Filed: office.")])


def _ended(names: Iterable[str]) -> list[str]:
    return [f"- {name};" for name in names]


def _copies_of_committee(overview: Overview) -> list[str]:
    """The body above, the committee itself, the agencies that lead a target, the districts."""
    leads = list(dict.fromkeys(row.lead_agency for row in overview.rows))
    above = superior_of(overview.unit)
    return [
        *([above] if above else []),
        _("Members of the steering committee"),
        *leads,
        _("People's committees of the districts and towns"),
    ]


def _copies_of_district(overview: Overview) -> list[str]:
    over = issuer(overview.plan.unit)
    return [over.name] if over else []
