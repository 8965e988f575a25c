"""Undoing an import: records it created are deleted, records it changed are restored.

Records that somebody edited since, or that others depend on, are listed and left unless the person
says otherwise. The undoing is recorded as an import itself, so it can be undone in its turn;
history gets one row for each record, as for every change.
"""

import hashlib
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.imports.datasets import (
    ConcurrentChange,
    RunProgress,
    mark_interrupted,
    registry,
    under_way,
)
from ocop.imports.findings import Importer
from ocop.imports.models import BatchState, ImportBatch, ImportedChange
from ocop.imports.pipeline import (
    batches,
    incomplete,
    is_lock_error,
    may_import,
    retry_on_lock,
)
from ocop.imports.undo.reasons import StoredReason, reason_text, stored_reason
from ocop.organisation.choices import Role
from ocop.organisation.scope import Scope
from ocop.web.errors import NotForYou

T = TypeVar("T")
DELETE, RESTORE, RECREATE = "delete", "restore", "recreate"


class CannotUndo(Exception):
    """Nothing was taken back; `message` says why, for people."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass
class UndoStep:
    """What taking back one change does. `action`: delete, restore or recreate.

    `edited`: in words, who changed the record since; empty where nobody did. `blocking_reason`: in
    words, why it cannot be taken back whatever the person says; `blocked_by`: which record that is
    left rests on it; both empty where it can.
    `before`: the record's columns as they stand before the step; null where it is recreated.
    `fields`: the columns that are set back; `later`: those of the import's columns that somebody
    changed since, set back only where the person says so; `words`: (label, value now, value
    then) of all of them. `hidden`: the person may not see the record: its name is not told. `name`:
    what it is called where it cannot say so itself.
    """

    change: ImportedChange
    action: str
    record: Any
    edited: str = ""
    blocking_reason: str = ""
    blocked_by: str = ""
    before: dict[str, Any] | None = None
    fields: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    words: list[tuple[str, str, str]] = field(default_factory=list)
    hidden: bool = False
    name: str = ""

    @property
    def title(self) -> str:
        if self.hidden:
            return stored_reason("outside")
        return self.name or str(self.record)

    @property
    def reason_left(self) -> str:
        return self.blocking_reason or self.edited or self.blocked_by

    def is_left(self, overwrite: Set[int]) -> bool:
        edited = bool(self.edited) and self.change.pk not in overwrite
        return bool(self.blocking_reason or self.blocked_by) or edited


@dataclass
class UndoPlan:
    """Every change of a batch with what taking it back does, in the order it has to be done."""

    batch: ImportBatch
    steps: list[UndoStep]

    @property
    def clean(self) -> list[UndoStep]:
        return [step for step in self.steps if not step.reason_left]

    @property
    def edited(self) -> list[UndoStep]:
        return [step for step in self.steps if step.edited and not step.blocking_reason]

    @property
    def blocked(self) -> list[UndoStep]:
        """What stays whatever is chosen, and what stays unless the edited ones above it go."""
        return [
            step
            for step in self.steps
            if (not step.edited and step.reason_left) or step.blocking_reason
        ]

    @property
    def digest(self) -> str:
        """Differs as soon as anything that the person was shown does."""
        shown = [
            (s.change.pk, s.action, getattr(s.record, "version", None), s.edited, s.blocking_reason)
            for s in self.steps
        ]
        return hashlib.sha256(repr(shown).encode()).hexdigest()


def visible_batches(importer: Importer) -> Any:
    """Imports the person may see: administrators all, others their own.

    One's own of another district, where one worked before, is no longer there.
    """
    batches = ImportBatch.objects.select_related("user", "upload")
    if Role.ADMINISTRATOR in importer.scope.roles:
        return batches
    if importer.user is None:
        return batches.none()
    return registry.batches_within(batches.filter(user=importer.user), importer.scope)


def get_batch_or_404(pk: int, importer: Importer) -> ImportBatch:
    """An import the person may see; NotForYou otherwise, whether it exists or not."""
    batch = visible_batches(importer).filter(pk=pk).first()
    if batch is None:
        raise NotForYou(_("There is no such import, or it is not yours."))
    return batch


def plan_undo(batch: ImportBatch, importer: Importer) -> UndoPlan:
    """What undoing `batch` would do; CannotUndo where it is out of the question, or others are
    at the same records.

    That the person may see the batch is the caller's to check.
    """
    _refuse_unless_possible(batch, importer)
    # What cannot go back is found out by trying, which waits for others as doing it does.
    return _unless_others_are_at_it(lambda: _planned(batch, importer))


def _refuse_unless_possible(batch: ImportBatch, importer: Importer) -> None:
    resource = registry.DATASETS[batch.dataset]()
    if batch.state != BatchState.APPLIED:
        raise CannotUndo(_("This import was not carried out: there is nothing to take back."))
    if batch.undone_by is not None:
        raise CannotUndo(
            _("This import has been taken back already (no. %(number)d).")
            % {"number": batch.undone_by.pk}
        )
    if not may_import(importer.scope, resource):
        raise CannotUndo(_("Your account may not import this dataset."))


def _planned(batch: ImportBatch, importer: Importer, overwrite: Set[int] = frozenset()) -> UndoPlan:
    resource = registry.DATASETS[batch.dataset]()
    changes = list(batch.changes.order_by("-id"))
    return UndoPlan(batch, resource.plan_undo(changes, importer, overwrite))


@dataclass
class UndoResult:
    """What was done: the undoing's own batch, and what was left as it is."""

    batch: ImportBatch
    left: list[UndoStep]

    def as_json(self) -> dict[str, Any]:
        return {
            "batch": self.batch.undoes_id,
            "undo": self.batch.pk,
            "verdict": "undone",
            "deleted": self.batch.deleted,
            "restored": self.batch.updated,
            "recreated": self.batch.created,
            "left": [
                {"record": one.title, "row": one.change.row_number, "reason": one.reason_left}
                for one in self.left
            ],
        }


def undo(
    batch: ImportBatch,
    importer: Importer,
    overwrite: set[int] | None = None,
    digest: str | None = None,
    reason: str | None = None,
) -> UndoResult:
    """Take `batch` back, all in one transaction, or raise CannotUndo with nothing done.

    `overwrite`: ids of changes to be taken back although the record was edited since.
    `digest`: that of the plan the person was shown; what differs from it stops the undoing.
    `reason`: needed from a person where a confirmed period changes; None asks for none.
    Where somebody else is at the same records it is tried again, and refused in the end.
    """
    return _unless_others_are_at_it(
        lambda: _undo(batch, importer, overwrite or set(), digest, reason)
    )


def _unless_others_are_at_it(act: Callable[[], T]) -> T:
    """What `act` returns, tried again where others have what it needs; CannotUndo in the end."""
    try:
        return retry_on_lock(act)
    except OperationalError as error:
        if not is_lock_error(error):
            raise
        raise CannotUndo(
            _(
                "Somebody else is changing the same records at this moment. Nothing was taken "
                "back. Try again in a minute."
            )
        ) from error


def _undo(
    batch: ImportBatch,
    importer: Importer,
    overwrite: set[int],
    digest: str | None,
    reason: str | None,
) -> UndoResult:
    mark_interrupted()
    _refuse_unless_possible(batch, importer)
    # Found out before the transaction begins: nobody waits meanwhile. What moves between is
    # noticed by its version, or by the database where something new rests on a record.
    plan = _planned(batch, importer)
    if digest is not None and plan.digest != digest:
        raise CannotUndo(_changed())
    steps = (_planned(batch, importer, overwrite) if overwrite else plan).steps
    kept = incomplete.concerned_by_undo(batch).exists()
    if all(step.is_left(overwrite) for step in steps) and not kept:
        raise CannotUndo(_nothing_to_take_back(steps))
    why = _why(reason, [step for step in steps if not step.is_left(overwrite)])
    with under_way() as run:
        try:
            with transaction.atomic():
                undoing = _begun(batch, importer, run)
        except IntegrityError:
            raise CannotUndo(_("This import has been taken back already.")) from None
        try:
            with transaction.atomic():
                return _done(undoing, steps, importer, overwrite, run, why)
        except BaseException as error:
            undoing.delete()
            if isinstance(error, ConcurrentChange | IntegrityError):
                raise CannotUndo(_changed()) from None
            raise


def confirmed_in(steps: Iterable[UndoStep]) -> list[str]:
    """Names of the confirmed periods that the steps reach into.

    What an import was not asked about when it came is not asked about when it goes or comes back.
    """
    # One that comes back is not on file now.
    touching = (
        (step.record, None if step.action == RECREATE else step.change.before) for step in steps
    )
    return registry.confirmed_among(touching, arriving=True)


def _why(reason: str | None, taken: list[UndoStep]) -> str:
    """The reason as it is kept; CannotUndo where one is asked for, needed and not given."""
    why = (reason or "").replace("\0", "").strip()[:500]
    if reason is not None and not why and (periods := confirmed_in(taken)):
        raise CannotUndo(
            _("%(periods)s: confirmed by the district. Say why it changes; nothing was taken back.")
            % {"periods": ", ".join(periods)}
        )
    return why


def _changed() -> str:
    return _(
        "The records changed while this page was open. Nothing was taken back. Look at the list "
        "again and confirm it."
    )


def _begun(batch: ImportBatch, importer: Importer, run: RunProgress) -> ImportBatch:
    return ImportBatch.objects.create(
        undoes=batch,
        upload=batch.upload,
        state=BatchState.RUNNING,
        token=run.token,
        dataset=batch.dataset,
        file_name=batch.file_name,
        content_hash=batch.content_hash,
        sheet=batch.sheet,
        user=importer.user,
    )


def _done(
    undoing: ImportBatch,
    steps: list[UndoStep],
    importer: Importer,
    overwrite: Set[int],
    run: RunProgress,
    why: str,
) -> UndoResult:
    taken = [step for step in steps if not step.is_left(overwrite)]
    left = [step for step in steps if step.is_left(overwrite)]
    _take_back(undoing, taken, importer, run, why)
    if undoing.undoes is not None:
        incomplete.follow_undo(undoing.undoes)
    undoing.left = [_left(step) for step in left]
    undoing.state, undoing.finished_at = BatchState.APPLIED, timezone.now()
    undoing.save()
    return UndoResult(undoing, left)


def _left(step: UndoStep) -> dict[str, Any]:
    """A record that is left, as it is kept: which, and why, in no language."""
    change, reason = step.change, step.reason_left
    about = {"row": change.row_number, "model": change.model, "id": change.record_id}
    return about | (
        {"why": reason.stored} if isinstance(reason, StoredReason) else {"reason": reason}
    )


def shown_left(batch: ImportBatch, scope: Scope) -> list[tuple[str, str]]:
    """(record, why it was left) of an undoing, as far as `scope` sees the record.

    Those of former versions were kept in words.
    """
    stored = [one for one in batch.left if "id" in one]
    changes = [
        ImportedChange(model=one["model"], record_id=one["id"], row_number=one["row"])
        for one in stored
    ]
    records = iter(registry.DATASETS[batch.dataset]().touched(changes, scope))
    shown = []
    for one in batch.left:
        if "id" not in one:
            shown.append((one["record"], one["reason"]))
            continue
        record = next(records)
        reason = reason_text(one["why"]) if "why" in one else one["reason"]
        # A reason can name other records of where this one is.
        shown.append((record.title or "–", "" if record.hidden else reason))
    return shown


def _nothing_to_take_back(left: list[UndoStep]) -> str:
    if not left:
        return _("None of the records of this import is there any more.")
    words = {"record": left[0].title, "reason": left[0].reason_left}
    return _("Nothing can be taken back. %(record)s: %(reason)s") % words


def _take_back(
    undoing: ImportBatch, taken: list[UndoStep], importer: Importer, run: RunProgress, why: str
) -> None:
    resource = registry.DATASETS[undoing.dataset]()
    run.report("write", 0, len(taken))

    def act() -> None:
        reason = f"undo of import {undoing.undoes_id}"
        resource.apply_undo(taken, importer, reason=f"{reason}: {why}" if why else reason)

    undoing.effect = registry.effects_of(act, importer)
    batches.note_changes(_noted(undoing, step) for step in taken)
    for name, action in (("deleted", DELETE), ("updated", RESTORE), ("created", RECREATE)):
        setattr(undoing, name, sum(step.action == action for step in taken))
    undoing.rows = len(taken)
    run.report("write", len(taken), len(taken))


def _noted(undoing: ImportBatch, step: UndoStep) -> tuple[Any, ...]:
    gone = step.action == DELETE
    before = None if step.action == RECREATE else step.before
    version = None if gone else getattr(step.record, "version", None)
    change = step.change
    return undoing.pk, change.model, change.record_id, change.row_number, before, version, gone
