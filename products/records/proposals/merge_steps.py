"""A verified merge written, and taken back exactly, as long as nothing of it changed since."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from products import validity
from products.choices import Action, Status
from products.kinds import KINDS, RecordKind, kind_of
from products.models import Amendment, Evidence
from products.records.content import as_plain, set_content, set_related
from products.records.history import update_record
from products.records.proposals.amendments import details_of, locked_record
from products.records.proposals.cancellation import MOST_NAMED, notice_of, references_to
from products.records.proposals.merging import Merge, blocking_merge, proposed_merge
from products.records.proposals.refusal import ProposalOvertaken, ProposalRefused


@dataclass
class Step:
    """New plain values of one record; `into` is the record that takes the place of a cancelled."""

    record: Any
    values: dict[str, Any] = field(default_factory=dict)
    into: Any = None

    @property
    def kind(self) -> RecordKind:
        return kind_of(self.record)


# --- Merged ---------------------------------------------------------------------------------------


def merge(amendment: Amendment, user: Any) -> None:
    """Write the proposed merge; the proposal keeps what everything was before.

    Raises ProposalRefused with what stands in the way, ProposalOvertaken where one of the two
    changed since it was proposed.
    """
    planned = proposed_merge(amendment, locked=True)
    seen = (amendment.base_version, amendment.plan["into_version"])
    if (planned.going.version, planned.survivor.version) != seen:
        raise ProposalOvertaken
    if problem := blocking_merge(amendment):
        raise ProposalRefused(problem)
    steps = _steps(planned)
    with validity.rebuilt_together():
        done = [_do(step, amendment, user) for step in steps]
    files = [moved for step in steps if step.into for moved in _move_files(step)]
    amendment.plan = {**amendment.plan, "done": done, "files": files}
    update_record(amendment, ["plan"], user, amendment.reason, Action.MERGE)


def _steps(planned: Merge) -> list[Step]:
    """In the order in which no two records ever have one place."""
    steps: dict[tuple[Any, int], Step] = {}

    def step_of(record: Any) -> Step:
        return steps.setdefault((type(record), record.pk), Step(record))

    cancelled = [(loser, pair.winner) for pair in planned.pairs for loser in pair.losers]
    for record, into in [*cancelled, (planned.going, planned.survivor)]:
        step = step_of(record)
        step.values["status"], step.into = Status.CANCELLED, into
    step_of(planned.survivor).values.update(planned.values)
    for pair in planned.pairs:
        if pair.winner is pair.moved:
            _refer(step_of(pair.moved), _reference(pair.kind, planned), planned)
    for move in planned.moves:
        _refer(step_of(move.record), move.field, planned)
    losers = {(type(loser), loser.pk) for loser, _winner in cancelled}
    for loser, winner in cancelled:
        for kind, reference in references_to(type(loser)):
            for one in kind.model._default_manager.filter(**{reference.name: loser.pk}):
                if (kind.model, one.pk) not in losers:
                    step_of(one).values[reference.name] = winner.pk
    return [step for step in steps.values() if step.values]


def _reference(kind: RecordKind, planned: Merge) -> Any:
    references = references_to(planned.kind.model)
    return next(reference for its_kind, reference in references if its_kind is kind)


def _refer(step: Step, reference: Any, planned: Merge) -> None:
    if not reference.many_to_many:
        step.values[reference.name] = planned.survivor.pk
        return
    now = set(getattr(step.record, reference.name).values_list("pk", flat=True))
    step.values[reference.name] = sorted(now - {planned.going.pk} | {planned.survivor.pk})


def _do(step: Step, amendment: Amendment, user: Any) -> dict[str, Any]:
    """Write one step; what has to be known to take it back."""
    details = details_of(amendment)
    if step.into is not None:
        details["into"] = [kind_of(step.into).slug, step.into.pk]
    before = {name: _plain(step.record, name) for name in step.values}
    _write(step.record, step.values, user, amendment.reason, Action.MERGE, details)
    return {
        "kind": step.kind.slug,
        "id": step.record.pk,
        "before": before,
        "version": step.record.version,
    }


def _plain(record: Any, name: str) -> Any:
    field_of = record._meta.get_field(name)
    if field_of.many_to_many:
        return sorted(getattr(record, name).values_list("pk", flat=True))
    return as_plain(getattr(record, field_of.attname))


def _write(
    record: Any, values: dict[str, Any], user: Any, reason: str, action: str, details: Any
) -> None:
    """Proposals about the record are carried along: it is the same record in another place."""
    before = record.version
    fields, related = set_content(record, values), set_related(record, values)
    update_record(record, fields, user, reason, action, {**details, "related": related})
    kind = kind_of(record)
    waiting = Amendment.objects.unsettled().filter(kind=kind.slug, record_id=record.pk)
    record.refresh_from_db()
    for one in waiting.filter(base_version=before):
        one.base_version = record.version
        one.district_id, one.commune_id = kind.area_of(record)
        update_record(one, ["base_version", "district", "commune"], user, reason, action)


def _move_files(step: Step) -> list[list[Any]]:
    """Evidence of a cancelled record goes where the record went, unless it is there already."""
    target = step.into
    slug, own_slug = kind_of(target).slug, step.kind.slug
    there = set(Evidence.objects.of(slug, target.pk).values_list("sha256", flat=True))
    moved = []
    for one in Evidence.objects.of(own_slug, step.record.pk).exclude(sha256__in=there):
        moved.append([str(one.pk), own_slug, step.record.pk])
        Evidence.objects.filter(pk=one.pk).update(kind=slug, record_id=target.pk)
    return moved


# --- Separated again ------------------------------------------------------------------------------


def merge_behind(record: Any) -> Amendment | None:
    """The verified merge by which `record` went into another; None where there is none, and for
    one that was only folded."""
    notice = notice_of(record)
    if notice is None or not notice.merged:
        return None
    about = {"kind": kind_of(record).slug, "record_id": record.pk}
    return Amendment.objects.filter(pk=notice.amendment or 0, **about).first()


def blocking_separate(amendment: Amendment) -> str:
    """Why the merge cannot be taken back, in a sentence; "" where it can."""
    record = KINDS[amendment.kind].model._default_manager.get(pk=amendment.record_id)
    behind = merge_behind(record)
    if behind is None:
        return _("This record was not merged into another.")
    changed, gone = changed_since(behind)
    if gone:
        return _("Records of the merge are gone by now: it cannot be taken back as it was.")
    if not changed:
        return ""
    names = [f"{kind_of(one).label} “{one}”" for one in changed[:MOST_NAMED]]
    if (more := len(changed) - MOST_NAMED) > 0:
        names.append(_("%(number)d more") % {"number": more})
    return _("Changed since the merge, so that it cannot be taken back as it was: %(names)s.") % {
        "names": "; ".join(names)
    }


def changed_since(behind: Amendment) -> tuple[list[Any], bool]:
    """The records of a merge that are not what it left, and whether any is gone: an import that
    brought it in was taken back."""
    changed, gone = [], False
    for done in (behind.plan or {}).get("done", []):
        record = KINDS[done["kind"]].model._default_manager.filter(pk=done["id"]).first()
        if record is None:
            gone = True
        elif record.version != done["version"]:
            changed.append(record)
    return changed, gone


def separate(amendment: Amendment, user: Any) -> None:
    """Take the merge back: every record as it was before it. Raises as `merge` does."""
    record = locked_record(amendment)
    if problem := blocking_separate(amendment):
        raise ProposalRefused(problem)
    behind: Any = merge_behind(record)
    details = details_of(amendment)
    for pk, slug, owner in behind.plan["files"]:
        Evidence.objects.filter(pk=pk).update(kind=slug, record_id=owner)
    with validity.rebuilt_together():
        for done in reversed(behind.plan["done"]):
            rows: Any = KINDS[done["kind"]].model._default_manager.select_for_update()
            one = rows.get(pk=done["id"])
            _write(one, done["before"], user, amendment.reason, Action.SEPARATE, details)
