"""Rules over records: contradictions, verification that waits."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.organisation.choices import Role
from products.catalogue import contradictions
from targets.attention import counting
from targets.attention.counting import RuleCount
from targets.attention.rules import WAITING_DAYS, RuleContext, Sentence
from targets.choices import State
from targets.figures import links, wording

# --- Contradictions -------------------------------------------------------------------------------


def contradicted(rule_context: RuleContext) -> list[Sentence]:
    """One sentence a sort of contradiction, for all districts of the unit together."""
    counts = rule_context.counted(counting.CONTRADICTED)
    sentences = []
    for code in (contradictions.RANK, contradictions.REVOKED, contradictions.EXPIRED):
        found = [one for one in counts if one.part == code]
        if found:
            sentences.append(
                Sentence(
                    State.ATTENTION,
                    _contradiction_text(code, sum(one.number for one in found)),
                    reverse("product-list", query=rule_context.query.query(contradiction=code)),
                    counting.CONTRADICTED,
                    code,
                    counting.mark(found),
                    rule_context.urgency(None, sum(one.number for one in found)),
                )
            )
    return sentences


def _contradiction_text(code: str, number: int) -> str:
    if code == contradictions.RANK:
        text = ngettext(
            "%(n)s product has a rank unlike its rating, and no reason is given.",
            "%(n)s products have a rank unlike their rating, and no reason is given.",
            number,
        )
    elif code == contradictions.REVOKED:
        text = ngettext(
            "%(n)s product whose recognition was revoked is still listed on a floor.",
            "%(n)s products whose recognition was revoked are still listed on floors.",
            number,
        )
    else:
        text = ngettext(
            "%(n)s product whose certificate expired is still listed on a floor; it is not "
            "counted.",
            "%(n)s products whose certificates expired are still listed on floors; they are not "
            "counted.",
            number,
        )
    return text % {"n": wording.number(number)}


def why_contradicted(rule_context: RuleContext) -> str:
    return _(
        "Records say two things at once: a rank that is not the star of its rating, without a "
        "reason; a product revoked, or with an expired certificate, that is still listed on an "
        "e-commerce floor. Such listings are not counted."
    )


# --- Verification that waits ----------------------------------------------------------------------


def waiting(rule_context: RuleContext) -> list[Sentence]:
    """One sentence a district, the most records first; the province's own records last."""
    by_district: dict[int | None, list[RuleCount]] = {}
    for one in rule_context.counted(counting.WAITING):
        by_district.setdefault(one.unit_id, []).append(one)
    units = {unit.pk: unit for unit in rule_context.units}
    sentences = []
    for pk, found in sorted(by_district.items(), key=lambda item: _order(*item)):
        unit = units.get(pk) if pk is not None else rule_context.overview.unit
        if unit is None:
            continue
        name = unit.name if pk is not None else _("Records of no district")
        days = [one.day for one in found if one.day]
        sentences.append(
            Sentence(
                State.ATTENTION,
                _waiting_text(name, sum(one.number for one in found), min(days)),
                _verified_at(rule_context, unit),
                counting.WAITING,
                unit.code if pk is not None else "none",
                counting.mark(found),
                rule_context.urgency(None, sum(one.number for one in found)),
            )
        )
    return sentences


def _order(pk: int | None, found: list[RuleCount]) -> tuple[bool, int, int]:
    return pk is None, -sum(one.number for one in found), pk or 0


def _waiting_text(name: str, number: int, since: date) -> str:
    text = ngettext(
        "%(unit)s: %(n)s record has awaited verification for more than %(days)d days, since "
        "%(day)s.",
        "%(unit)s: %(n)s records have awaited verification for more than %(days)d days, the "
        "oldest since %(day)s.",
        number,
    )
    return text % {
        "unit": name,
        "n": wording.number(number),
        "days": WAITING_DAYS,
        "day": wording.day(since),
    }


def _verified_at(rule_context: RuleContext, unit: object) -> str:
    """Where the records are verified, for those who do; for others the page of the unit."""
    if rule_context.scope.roles & {Role.PROVINCE, Role.LOCAL}:
        return reverse("my-work")
    return links.unit_url(unit, rule_context.overview.facts)  # type: ignore[arg-type]


def why_waiting(rule_context: RuleContext) -> str:
    return _(
        "Records submitted more than %(days)d days before this day that still await verification "
        "now. Those verified or returned since are not told, also not for a past day."
    ) % {"days": WAITING_DAYS}
