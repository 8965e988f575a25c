"""Which notice letters are written, to whom and by whom: rows for
targets.reports.writers.letters."""

from datetime import date, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from ocop.organisation.agencies import AgencyNames
from ocop.organisation.choices import AgencyKind, UnitLevel
from ocop.organisation.models import Agency, Unit
from ocop.web.errors import BadParameter, NotForYou
from products.certificates import RenewalTerms
from products.models import Recognition
from products.scoring import renewal_terms
from targets.figures import Overview, part_of, wording
from targets.forecast import Month, notices
from targets.reports.content.letterhead import issuer
from targets.reports.writers import BLANK, Letter, LetterProduct, Sender

MAX_CERTIFICATES = 500
"""Letters in one file: more are hardly printed at once, and take long to write."""
LODGED_WITH = {
    "": "Ủy ban nhân dân",
    "commune": "Ủy ban nhân dân cấp xã",
    "district": "Ủy ban nhân dân cấp huyện",
}
DEPARTMENT = "so-nnptnt"
"""The department of agriculture, under its first name on the list of agencies."""


def letters(overview: Overview, month: Month | None, written_on: date) -> list[Letter]:
    """One letter a producer for the certificates of the month, in the order of district and name.

    BadParameter without a month or for more than MOST letters, NotForYou where the month has no
    certificate.
    """
    if month is None:
        raise BadParameter(_("Letters are written month by month: choose the month first."))
    terms = renewal_terms()
    found = notices.certificates_ending(overview, terms, month)
    by_producer: dict[int, list[Recognition]] = {}
    for one in found.order_by(
        "product__district__code",
        "product__producer__name_sort",
        "valid_until",
        "product__name_sort",
        "pk",
    ):
        by_producer.setdefault(one.product.producer_id, []).append(one)
    if not by_producer:
        raise NotForYou(_("No certificate is to be told of in this month."))
    if len(by_producer) > MAX_CERTIFICATES:
        raise BadParameter(
            _("These are %(number)d letters, more than %(most)d in a file: choose a district.")
            % {"number": len(by_producer), "most": MAX_CERTIFICATES}
        )
    copies = _copies(overview.unit, AgencyNames.read(), written_on)
    with translation.override("vi"):
        return [_letter(certificates, copies, terms) for certificates in by_producer.values()]


def _letter(
    certificates: list[Recognition], copies: dict[int, tuple[str, ...]], terms: RenewalTerms
) -> Letter:
    product, windows = certificates[0].product, [terms.window(o.valid_until) for o in certificates]
    return Letter(
        producer=product.producer.name,
        place=str(product.place),
        months=_months(certificates[0]),
        lodged_with=LODGED_WITH[windows[0].proposed_by],
        products=tuple(
            LetterProduct(
                name=one.product.name,
                rank=str(one.get_rank_display()),
                decision_number=one.decision_number,
                decided_on=one.decided_on,
                valid_until=one.valid_until,
                file_from=window.opens,
                file_by=window.closes,
            )
            for one, window in zip(certificates, windows, strict=True)
        ),
        copies=copies.get(product.district_id, ()),
    )


def _months(one: Recognition) -> int:
    """How long the certificate lasts: its last day is that many calendar months on."""
    end = one.valid_until
    return (end.year - one.decided_on.year) * 12 + end.month - one.decided_on.month


def _copies(unit: Unit, agencies: AgencyNames, day: date) -> dict[int, tuple[str, ...]]:
    """Who else is told, by the producer's district: its people's committee of letters of the
    province, where there is one on the day; nobody of a district's own."""
    if part_of(unit) is not None:
        return {}
    return {
        agency.unit.pk: (agency.name,)
        for agency in agencies.all.values()
        if agency.kind == AgencyKind.PEOPLES_COMMITTEE
        and agency.unit
        and agency.unit.level == UnitLevel.DISTRICT
        and agency.exists_on(day)
    }


def sender(unit: Unit, written_on: date) -> Sender:
    """Who writes on that day: for the province its department of agriculture, the standing body of
    the OCOP council; for a district its people's committee, or the province's that took over."""
    by, agencies = issuer(unit, written_on), AgencyNames.read()
    department = None
    if unit.level == UnitLevel.PROVINCE:
        own = Agency.objects.filter(unit=unit, code=DEPARTMENT).first()
        department = agencies.body(own, written_on) if own else None
    if department is not None:
        return Sender(
            superior=by.superior.upper(),
            agency=_short(department, by.superior).upper(),
            number_code=BLANK,
            place_of_issue=by.place,
            signs=("GIÁM ĐỐC",),
        )
    return Sender(
        superior="",
        agency=by.name.upper(),
        number_code="UBND",
        place_of_issue=by.place,
        signs=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    )


def _short(department: Agency, superior: str) -> str:
    """Without the province, which stands in the line above it."""
    for kind in ("tỉnh ", "thành phố "):
        _body, found, place = superior.partition(kind)
        if found and department.name.endswith(f" {kind}{place}"):
            return department.name.removesuffix(f" {kind}{place}")
    return department.name


def whose_records(unit: Unit, written_on: date) -> str:
    """ "trên địa bàn tỉnh … (trước ngày 01/07/2025)," where the unit is no more; else ""."""
    if unit.valid_to is None or unit.valid_to >= written_on:
        return ""
    after = wording.day(unit.valid_to + timedelta(days=1))
    return f"trên địa bàn {unit.name[:1].lower()}{unit.name[1:]} (trước ngày {after}),"
