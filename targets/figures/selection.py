"""One target in one window, picked out of an overview by what stands in an address."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ocop.web.errors import BadParameter, NotForYou
from targets.figures.overview import FigureRow, Overview, TargetPeriods
from targets.indicators import Window
from targets.models import Target


@dataclass(frozen=True)
class SelectedTarget:
    """The row of one target in one window, with what it was made from.

    `line` holds all windows of the target.
    """

    target: Target
    window: Window
    line: TargetPeriods
    row: FigureRow


def select_target(overview: Overview, code: str, period: str = "") -> SelectedTarget:
    """The target of `code` in the window labelled `period` ("" is the one the day lies in).

    Raises NotForYou where the plan has no such target, BadParameter where the target has no such
    window.
    """
    line = next((line for line in overview.lines if line.code == code), None)
    if line is None:
        words = {"code": code[:40], "plan": overview.plan.code}
        raise NotForYou(_("The plan %(plan)s has no target “%(code)s”.") % words)
    label = period or line.current.period
    for (target, window), row in zip(overview.plan_data.lines(), overview.rows, strict=True):
        if (row.code, row.period) == (code, label):
            return SelectedTarget(target, window, line, row)
    words = {
        "period": period[:20],
        "periods": ", ".join(row.period for row in line.periods),
    }
    raise BadParameter(_("This target has no period “%(period)s”; it has: %(periods)s.") % words)
