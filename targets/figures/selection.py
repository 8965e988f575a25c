"""One target in one window, picked out of an overview by what stands in an address."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ocop.web.errors import BadParameter, NotForYou
from targets.figures.measures import Window
from targets.figures.overview import Overview, Row, TargetLine
from targets.models import Target


@dataclass(frozen=True)
class Chosen:
    """The row of one target in one window, with what it was made from.

    `line` holds all windows of the target.
    """

    target: Target
    window: Window
    line: TargetLine
    row: Row


def choose(overview: Overview, code: str, period: str = "") -> Chosen:
    """The target of `code` in the window labelled `period` ("" is the one the day lies in).

    Raises NotForYou where the plan has no such target, BadParameter where the target has no such
    window.
    """
    line = next((line for line in overview.lines if line.code == code), None)
    if line is None:
        words = {"code": code[:40], "plan": overview.plan.code}
        raise NotForYou(_("The plan %(plan)s has no target “%(code)s”.") % words)
    wanted = period or line.current.period
    for (target, window), row in zip(overview.kept.lines(), overview.rows, strict=True):
        if (row.code, row.period) == (code, wanted):
            return Chosen(target, window, line, row)
    words = {
        "period": period[:20],
        "periods": ", ".join(row.period for row in line.periods),
    }
    raise BadParameter(_("This target has no period “%(period)s”; it has: %(periods)s.") % words)
