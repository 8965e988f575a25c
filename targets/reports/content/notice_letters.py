"""Which notice letters are written, to whom and by whom: rows for
targets.reports.writers.letters."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from ocop.organisation.choices import AgencyKind
from ocop.organisation.models import Agency, Unit
from ocop.web.errors import BadParameter, NotForYou
from products.certificates import RenewalTerms
from products.models import Recognition
from products.scoring import renewal_terms
from targets.figures import Overview, part_of
from targets.forecast import Month, notices
from targets.reports.writers import BLANK, Letter, LetterProduct, Sender

MAX_CERTIFICATES = 500
"""Letters in one file: more are hardly printed at once, and take long to write."""
LODGED_WITH = {
    "": "Ủy ban nhân dân",
    "commune": "Ủy ban nhân dân cấp xã",
    "district": "Ủy ban nhân dân cấp huyện",
}
KINDS_OF_UNITS = ("Tỉnh ", "Thành phố ", "Thị xã ", "Huyện ")


def letters(overview: Overview, month: Month | None) -> list[Letter]:
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
    copies = _copies(overview.unit, Agency.objects.select_related("unit"))
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


def _copies(unit: Unit, agencies: Iterable[Agency]) -> dict[int, tuple[str, ...]]:
    """Who else is told, by the producer's district: its people's committee of letters of the
    province; nobody of a district's own."""
    if part_of(unit) is not None:
        return {}
    return {
        agency.unit.pk: (agency.name,)
        for agency in agencies
        if agency.kind == AgencyKind.PEOPLES_COMMITTEE and agency.unit and agency.unit != unit
    }


def sender(unit: Unit) -> Sender:
    """Who writes: for the province its department of agriculture, the standing body of the OCOP
    council; for a district its people's committee. The unit's own name where none is recorded."""
    people, department = _people(unit), None
    if part_of(unit) is None:
        department = Agency.objects.filter(unit=unit, code="so-nnptnt").first()
    if department is not None:
        return Sender(
            superior=people.upper(),
            agency=department.name.upper(),
            number_code=BLANK,
            place_of_issue=place_of_issue(unit),
            signs=("GIÁM ĐỐC",),
        )
    return Sender(
        superior="",
        agency=(people or unit.name).upper(),
        number_code="UBND",
        place_of_issue=place_of_issue(unit),
        signs=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    )


def _people(unit: Unit) -> str:
    found = Agency.objects.filter(unit=unit, kind=AgencyKind.PEOPLES_COMMITTEE).first()
    return found.name if found else ""


def place_of_issue(unit: Unit) -> str:
    """The place before the day: the unit's name without what kind of unit it is."""
    for kind in KINDS_OF_UNITS:
        if unit.name.startswith(kind):
            return unit.name.removeprefix(kind)
    return unit.name
