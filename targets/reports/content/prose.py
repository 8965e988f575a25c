"""Sentences of a paper, made from the overview's rows. No figure is counted here."""

from collections.abc import Iterable
from datetime import date
from math import floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.organisation.models import Unit
from products.choices import RANK_KEYS
from targets.choices import State, TargetType
from targets.figures import FigureRow, Overview, part_of, wording
from targets.progress import Share

SETTLED = (State.EXCEEDED, State.MET, State.SLIPPING, State.MISSED, State.NOT_DUE)
"""States of which nobody asks any more where they should be by now."""


def uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


def place(unit: Unit) -> str:
    """ "the whole province", or the district by its name, as it stands inside a sentence."""
    if part_of(unit) is None:
        return _("the whole province")
    return uncapitalised(unit.name)


def stock(overview: Overview) -> str:
    """How many products are valid, of how many producers, and of which ranks."""
    held = overview.stock
    words = {
        "day": wording.day(overview.as_of),
        "unit": place(overview.unit),
        "total": wording.number(held["total"]),
        "producers": wording.number(held["producers"]),
    }
    if not held["total"]:
        return _("On %(day)s, %(unit)s has no OCOP product with a valid certificate.") % words
    ranks = [
        _("%(n)s at %(rank)s")
        % {"n": wording.number(held[key]), "rank": uncapitalised(str(rank.label))}
        for rank, key in RANK_KEYS.items()
        if held[key]
    ]
    return _(
        "On %(day)s, %(unit)s has %(total)s OCOP products with a valid certificate, "
        "of %(producers)s producers: %(ranks)s."
    ) % {**words, "ranks": ", ".join(ranks)}


def states(counts: Iterable[tuple[str, str, int]]) -> str:
    """ "By state, the plan's 11 targets are: Exceeded 1, Behind 7 …"."""
    counted = list(counts)
    shown = ", ".join(f"{word} {wording.number(number)}" for _state, word, number in counted)
    return _("By state, the plan's %(n)s targets are: %(states)s.") % {
        "n": wording.number(sum(number for *_words, number in counted)),
        "states": shown,
    }


# --- One target -----------------------------------------------------------------------------------


def lead(row: FigureRow) -> str:
    return f"{row.name}:"


def target(row: FigureRow) -> str:
    """One target in one window: figure and limit, state and gap, of which day the result is where
    the window is over, what is needed a month, pipeline, what was left out."""
    parts = [_reached(row), _judged(row), row.final_text, _course(row), _needed(row)]
    parts += [_on_the_way(row), _left_out(row)]
    return " ".join(part for part in parts if part)


def yearly(rows: list[FigureRow]) -> list[str]:
    """A target of each year: a paragraph for every year begun, then the years still to come."""
    paragraphs = [
        _("Year %(year)s: %(text)s")
        % {"year": row.period_label, "text": uncapitalised(target(row))}
        for row in rows
        if row.state != State.NOT_DUE
    ]
    ahead = [row.period_label for row in rows if row.state == State.NOT_DUE]
    if ahead:
        paragraphs.append(_("Not yet due: %(years)s.") % {"years": ", ".join(ahead)})
    return paragraphs


def products(n: int) -> str:
    """ "131 products"."""
    return ngettext("%(n)s product", "%(n)s products", n) % {"n": wording.number(n)}


def _reached(row: FigureRow) -> str:
    result = row.result
    if result.kind == TargetType.SHARE:
        if not result.denominator:
            return _("no valid product on that day, so there is no share.")
        small = _("%(numerator)s of %(denominator)s products against a target of %(limit)s.")
        text = _(
            "%(numerator)s of %(denominator)s products, a share of %(actual)s "
            "against a target of %(limit)s."
        )
        return (small if wording.is_small(result.denominator) else text) % {
            "numerator": wording.number(result.numerator),
            "denominator": wording.number(result.denominator),
            "actual": row.actual_text,
            "limit": limit(row),
        }
    words = {"actual": row.indicator.amount(result.actual), "limit": row.threshold_text}
    if result.threshold is None:
        return _("%(actual)s; no target was assigned.") % words
    # A quota that was all moved away is 0: there is no percentage of it, least of all 0 %.
    if result.state == State.NOT_DUE or not result.threshold:
        return _("%(actual)s against a target of %(limit)s.") % words
    percent, base = of_target(row)
    if base == words["limit"]:
        return _("%(actual)s against a target of %(limit)s, that is %(percent)s%%.") % {
            **words,
            "percent": percent,
        }
    return _("%(actual)s against a target of %(limit)s, that is %(percent)s%% of %(base)s.") % {
        **words,
        "percent": percent,
        "base": base,
    }


def limit(row: FigureRow) -> str:
    """The limit in words: "over 50%" for a strict one."""
    if row.result.threshold is not None and row.threshold_text.startswith(">"):
        return _("over %(limit)s") % {"limit": row.threshold_text[1:]}
    return row.threshold_text


def of_target(row: FigureRow) -> tuple[str, str]:
    """(whole percent, of which number) of a count.

    Against the aim where it is exceeded, as on every page; otherwise against the limit and cut,
    so that what is not met never reads as 100 %.
    """
    result = row.result
    if result.state == State.EXCEEDED:
        base = result.aim if result.aim is not None else result.threshold
        return wording.number(wording.whole_percent(result)), wording.number(base)
    return wording.number(floor(result.percent_of_target or 0)), wording.number(result.threshold)


def _judged(row: FigureRow) -> str:
    """The state's word, with what is missing; by how much it is exceeded was said before."""
    if row.state in (State.NO_TARGET, State.NO_DATA):
        return ""
    more = "" if row.state == State.EXCEEDED else row.status_text
    if more:
        return _("State: %(state)s; %(more)s.") % {"state": row.state_label, "more": more}
    return _("State: %(state)s.") % {"state": row.state_label}


def _course(row: FigureRow) -> str:
    result = row.result
    if (
        result.expected is None
        or result.closed
        or row.state in (*SETTLED, State.NO_TARGET, State.NO_DATA)
    ):
        return ""
    words = {"expected": wording.expected_text(result)}
    if result.expected_basis == "milestones":
        return _("By the milestones set, %(expected)s were expected by this day.") % words
    return _("Spread evenly over the period, %(expected)s were expected by this day.") % words


def _needed(row: FigureRow) -> str:
    """How much a month reaches the limit by the end of the window."""
    if row.pace is None:
        return ""
    text = ngettext(
        "Still needed: %(n)s a month, with %(months)s month left.",
        "Still needed: %(n)s a month, with %(months)s months left.",
        row.pace.months,
    )
    return text % {
        "n": row.indicator.amount(row.pace.a_month),
        "months": wording.number(row.pace.months),
    }


def _on_the_way(row: FigureRow) -> str:
    if not row.pipeline:
        return ""
    text = ngettext(
        "%(n)s more right is filed and not yet granted.",
        "%(n)s more rights are filed and not yet granted.",
        row.pipeline,
    )
    return text % {"n": wording.number(row.pipeline)}


def _left_out(row: FigureRow) -> str:
    """ "Not counted: 2 (certificate expired), 1 (awaiting verification)."."""
    parts = [f"{n} ({reason})" for reason, n in wording.left_out_parts(row.indicator, row.reading)]
    return _("Not counted: %(parts)s.") % {"parts": ", ".join(parts)} if parts else ""


def leads(rows: Iterable[FigureRow]) -> str:
    """Which agencies lead the targets of a section."""
    names = list(dict.fromkeys(row.lead_agency for row in rows))
    return _("Lead agency: %(names)s.") % {"names": "; ".join(names)}


# --- What lies ahead ------------------------------------------------------------------------------


def lapsing(number: int, first: date, last: date) -> str:
    """How many products lose their certificate between two days if nothing is renewed."""
    words = {
        "n": wording.number(number),
        "first": wording.day(first),
        "last": wording.day(last),
    }
    if not number:
        return _("From %(first)s through %(last)s no certificate ends.") % words
    text = ngettext(
        "From %(first)s through %(last)s the certificate of %(n)s product ends unless it is "
        "recognised again.",
        "From %(first)s through %(last)s the certificates of %(n)s products end unless they are "
        "recognised again.",
        number,
    )
    return text % words


def left_at_end(number: int, last: date) -> str:
    return _(
        "If nothing is recognised again or anew, %(n)s products are still valid on %(day)s."
    ) % {"n": wording.number(number), "day": wording.day(last)}


def share_at_end(row: FigureRow, share: Share, last: date) -> str:
    """A share on the plan's last day if nothing is renewed or added."""
    end, all_of_them = share
    small = _("%(name)s: on %(day)s it would be %(numerator)s of %(denominator)s products.")
    text = _(
        "%(name)s: on %(day)s it would be %(numerator)s of %(denominator)s products (%(percent)s)."
    )
    return (small if wording.is_small(all_of_them) else text) % {
        "name": row.short_name,
        "day": wording.day(last),
        "numerator": wording.number(end),
        "denominator": wording.number(all_of_them),
        "percent": wording.share_text(end, all_of_them, row.result.operator, row.result.threshold),
    }
