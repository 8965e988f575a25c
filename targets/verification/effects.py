"""What verifying or importing records does to the targets: tried out, and rolled back if only
asked.

The same assembler counts before and after, so the effect shown is the effect there will be.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ocop.imports.findings import Importer
from ocop.organisation.models import Unit
from ocop.organisation.scope import SYSTEM, Scope
from products.choices import Status
from products.models import EnteredRecord
from products.records import workflow
from targets.figures import FigureRow, Overview, overview, plan_at, read_sub_units
from targets.models import Plan
from targets.progress import ProgressResult
from targets.verification.effect_wording import figures_of, sentence


@dataclass(frozen=True)
class Effect:
    """One target in one window for one unit that moves; `newly_met` where it reaches its limit.

    `figures`: what the sentence is made of (targets.verification.effect_wording), for any language.
    """

    unit: str
    sentence: str
    newly_met: bool
    no_longer_met: bool
    figures: dict[str, Any]


def verification_effects(records: Sequence[EnteredRecord], user: Any, day: date) -> list[Effect]:
    """How every target stands before and after `user` verifies `records`, as of `day`.

    Targets that do not move are left out. Raises products.records.workflow.WorkflowError where they
    cannot be verified. Nothing is written.
    """
    with transaction.atomic():
        effects = effects_while(lambda: workflow.advance_all(_copies(records), "verify", user), day)
        transaction.set_rollback(True)
    return effects


def proposal_effects(act: Callable[[], None], scope: Scope) -> list[Effect]:
    """What `act` would do to the targets today, in the units that `scope` sees. Nothing is written.

    Raises what `act` raises.
    """

    with transaction.atomic():
        try:
            return effects_while(act, timezone.localdate(), scope)
        finally:
            transaction.set_rollback(True)


def administration_effects(act: Callable[[], Any], day: date, plan: Plan | None) -> list[Effect]:
    """What `act` would do to the targets of `plan` (None: the one of the day) as of `day`, in all
    units. Nothing is written; raises what `act` raises."""
    with transaction.atomic():
        try:
            return effects_while(act, day, plan=plan)
        finally:
            transaction.set_rollback(True)


def effects_while(
    act: Callable[[], Any],
    day: date,
    scope: Scope = SYSTEM,
    pending: bool = False,
    plan: Plan | None = None,
) -> list[Effect]:
    """What `act` does to the targets as of `day`, in the province and its parts, or in the units
    that are the scope's own.

    `act` runs in the caller's transaction, which keeps it or takes it back. `pending` counts
    records awaiting verification too, as they will count once verified. `plan` is the one of the
    day where none is given. A target that `act` adds has nothing to be compared with.
    """
    plan = plan or plan_at(day)
    before = overview.build(plan, plan.unit, day, pending) if plan else None
    act()
    if plan is not None:
        plan = Plan.objects.select_related("unit").get(pk=plan.pk)
    after = overview.build(plan, plan.unit, day, pending) if plan else None
    return _effects(before, after, scope) if before and after else []


def import_effects(act: Callable[[], None], importer: Importer) -> list[dict[str, Any]]:
    """The same for an import or its undoing, today, as plain values that can be kept.

    Of records that enter the queue it is what they will do when verified. A district officer is
    told of the own district alone. In no language: `effect_words.worded` puts in the sentences.
    """
    pending, scope = importer.status != Status.VERIFIED, importer.scope

    moves = effects_while(act, timezone.localdate(), scope, pending)
    return [{n: v for n, v in asdict(one).items() if n != "sentence"} for one in moves]


def _copies(records: Sequence[EnteredRecord]) -> list[EnteredRecord]:
    """The same rows as other objects, with the versions that were seen."""
    copies = []
    for record in records:
        copy = type(record)._default_manager.get(pk=record.pk)
        copy.version = record.version
        copies.append(copy)
    return copies


def _effects(before: Overview, after: Overview, scope: Scope) -> list[Effect]:
    if scope.everything:
        units = [before.unit, *read_sub_units(before.plan)]
    else:
        units = list(Unit.objects.filter(pk__in=scope.unit_ids))
    effects = []
    for unit in units:
        new_results = {(one.pk, window): new for one, window, new in after.results_for(unit)}
        for target, window, old in before.results_for(unit):
            new = new_results.get((target.pk, window))
            if new is not None and _figures(old) != _figures(new):
                rows = [board.row_for(unit, target, window) for board in (before, after)]
                effects.append(_effect(before.plan.code, unit, *rows))
    return effects


def _figures(result: ProgressResult) -> tuple[Any, ...]:
    figures = result.actual, result.numerator, result.denominator, result.state
    return (*figures, result.threshold, result.aim)


def _effect(plan: str, unit: Unit, old: FigureRow, new: FigureRow) -> Effect:
    figures = figures_of(plan, old, new)
    return Effect(
        unit.name,
        sentence(figures, new.short_name),
        bool(new.result.met and not old.result.met),
        bool(old.result.met and not new.result.met),
        figures,
    )
