"""What verifying or importing records does to the targets: tried, and taken back if only asked.

The same assembler counts before and after, so the effect said is the effect had.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.imports.outcome import Importer
from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Unit
from products import workflow
from products.choices import Status
from products.models import EnteredRecord
from targets import overview
from targets.overview import Overview, Row
from targets.progress import Result
from targets.promises import plan_at


@dataclass(frozen=True)
class Effect:
    """One target in one window for one unit that moves; `newly_met` where it reaches its limit."""

    unit: str
    sentence: str
    newly_met: bool
    no_longer_met: bool


def effect_of(records: Sequence[EnteredRecord], user: Any, day: date) -> list[Effect]:
    """How every target stands before and after `user` verifies `records`, as of `day`.

    Targets that do not move are left out. Raises products.workflow.WorkflowError where they
    cannot be verified. Nothing is written.
    """
    with transaction.atomic():
        effects = moves_while(
            lambda: workflow.advance_all(_copies(records), "verify", user), day, everywhere
        )
        transaction.set_rollback(True)
    return effects


def everywhere(_unit: Unit) -> bool:
    return True


def moves_while(
    act: Callable[[], None], day: date, seen: Callable[[Unit], bool], pending: bool = False
) -> list[Effect]:
    """What `act` does to the targets as of `day`, in the units that `seen` lets through.

    `act` runs in the caller's transaction, which keeps it or takes it back. `pending` counts
    records awaiting verification too, as they will count once verified.
    """
    plan = plan_at(day)
    before = overview.build(plan, plan.unit, day, pending) if plan else None
    act()
    after = overview.build(plan, plan.unit, day, pending) if plan else None
    return _moves(before, after, seen) if before and after else []


def of_import(act: Callable[[], None], importer: Importer) -> list[dict[str, Any]]:
    """The same for an import or its undoing, today, as plain values that can be kept.

    Of records that enter the queue it is what they will do when verified. A district officer is
    told of the own district alone.
    """
    pending, scope = importer.status != Status.VERIFIED, importer.scope

    def seen(unit: Unit) -> bool:
        return scope.sees(unit.pk if unit.level == UnitLevel.DISTRICT else None)

    return [asdict(one) for one in moves_while(act, timezone.localdate(), seen, pending)]


def _copies(records: Sequence[EnteredRecord]) -> list[EnteredRecord]:
    """The same rows as other objects, with the versions that were seen."""
    copies = []
    for record in records:
        copy = type(record)._default_manager.get(pk=record.pk)
        copy.version = record.version
        copies.append(copy)
    return copies


def _moves(before: Overview, after: Overview, seen: Callable[[Unit], bool]) -> list[Effect]:
    units = [before.unit, *Unit.objects.filter(parent=before.unit, level=UnitLevel.DISTRICT)]
    effects = []
    for unit in filter(seen, units):
        results = zip(before.results_for(unit), after.results_for(unit), strict=True)
        for (target, window, old), (_target, _window, new) in results:
            if _figures(old) != _figures(new):
                rows = [board.row_for(unit, target, window) for board in (before, after)]
                effects.append(_effect(unit, *rows))
    return effects


def _figures(result: Result) -> tuple[Any, ...]:
    return result.actual, result.numerator, result.denominator, result.state


def _effect(unit: Unit, old: Row, new: Row) -> Effect:
    words = {
        "target": f"{new.short_name} {new.period_label}".strip(),
        "before": _shown(old),
        "after": _shown(new),
    }
    sentence = _("%(target)s: from %(before)s to %(after)s") % words
    if new.result.met and not old.result.met:
        sentence += ", " + _("reaching %(limit)s") % {"limit": new.threshold_text}
    elif old.result.met and not new.result.met:
        sentence += ", " + _("no longer at %(limit)s") % {"limit": new.threshold_text}
    elif new.gap_text:
        sentence += ", " + new.gap_text
    return Effect(
        unit.name,
        sentence,
        bool(new.result.met and not old.result.met),
        bool(old.result.met and not new.result.met),
    )


def _shown(row: Row) -> str:
    """The figure; of a share with the two numbers it is made of."""
    result = row.result
    if result.denominator is not None:
        return f"{row.actual_text} ({result.numerator}/{result.denominator})"
    return row.actual_text
