"""A confirmed preview carried out: what was shown, by the person it was shown to, once."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.imports.datasets import CannotRun, RunProgress, mark_interrupted, registry, under_way
from ocop.imports.findings import ACCEPTED, Importer
from ocop.imports.models import (
    ImportBatch,
    RememberedColumns,
    Upload,
    UploadState,
)
from ocop.imports.pipeline import (
    batches,
    busy_message,
    digest_of,
    is_lock_error,
    memory,
    office_of,
    pipeline,
)
from ocop.imports.uploads import services
from ocop.imports.uploads.preview import (
    OpenedFile,
    SheetImportResult,
    opened,
    results_of,
)
from ocop.imports.uploads.row_choices import decisions_of, used_answers

MAX_ROWS_NAMED = 20
MAX_REASON_TEXT_LENGTH = 500


class NotApplied(Exception):
    """Nothing was written; `message` says why, for people."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


class PreviewOutdated(Exception):
    """Rows that would do something else than was shown: {sheet: row numbers}."""

    def __init__(self, rows: dict[str, list[int]]) -> None:
        super().__init__()
        self.rows = rows


def apply_preview(
    upload: Upload, token: str, importer: Importer, reason: str = ""
) -> list[ImportBatch]:
    """Import what the preview named by `token` showed, all of it in one transaction.

    Returns one batch for each sheet that changed something. Raises NotApplied with nothing
    written where the confirmation is not good (another's, used, expired, forged, of a refused
    file) or the record has moved on since. `reason` is needed where a confirmed period changes.
    """
    mark_interrupted()
    try:
        with under_way() as run:
            return _applied(
                upload,
                token,
                importer,
                run,
                reason.replace("\0", "").strip()[:MAX_REASON_TEXT_LENGTH],
            )
    except CannotRun as error:
        raise NotApplied(str(error)) from None


def _applied(
    upload: Upload, token: str, importer: Importer, run: RunProgress, reason: str
) -> list[ImportBatch]:
    begun = _begin(upload, token, importer, run)
    try:
        with transaction.atomic():
            applied = _carried_out(upload, begun, importer, run, reason)
            _remember(upload, importer)
            batches.mark_applied(upload)
        return applied
    except BaseException as error:
        _reopen(upload, begun, error)
        if isinstance(error, PreviewOutdated):
            raise NotApplied(outdated_message(error.rows)) from None
        if is_lock_error(error):
            raise NotApplied(busy_message()) from error
        raise


def _begin(upload: Upload, token: str, importer: Importer, run: RunProgress) -> list[ImportBatch]:
    """Take the one turn the token gives, and put the import on record as running."""
    with transaction.atomic():
        taken = Upload.objects.filter(
            pk=upload.pk, user=importer.user, state=UploadState.OPEN, preview=_uuid(token)
        ).update(state=UploadState.RUNNING, notice={})
        services.refresh(upload)
        if not taken:
            raise NotApplied(_refusal(upload, importer))
        findings = upload.findings or {}
        if findings.get("verdict") != ACCEPTED:
            raise NotApplied(_("The file still has mistakes. Mend them, then import it."))
        if services.is_old(upload):
            raise NotApplied(_expired())
        return [
            batches.begin(upload, part["dataset"], importer.user, run.token)
            for part in findings["parts"]
        ]


def reason_needed_message(periods: list[str]) -> str:
    """What is said where a reason is missing."""
    return _("%(periods)s: confirmed by the district. Say why it changes; nothing was written.") % {
        "periods": ", ".join(periods)
    }


def _uuid(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(token)
    except (ValueError, AttributeError, TypeError):
        return uuid.UUID(int=0)


def _refusal(upload: Upload, importer: Importer) -> str:
    if upload.user_id != getattr(importer.user, "pk", None):
        return _("Only the person who handed the file in imports it.")
    if upload.state == UploadState.APPLIED:
        return _("This file has been imported already; nothing was written a second time.")
    if upload.state == UploadState.RUNNING:
        return _("This file is being imported at this moment.")
    return _expired()


def _expired() -> str:
    return _(
        "What you confirmed is no longer the latest preview of this file. Nothing was written. "
        "Look at the preview again and confirm it."
    )


def _carried_out(
    upload: Upload, begun: Sequence[ImportBatch], importer: Importer, run: RunProgress, reason: str
) -> list[ImportBatch]:
    findings = upload.findings
    run.report("read", 0, 1)
    office = office_of(importer.user, timezone.localdate())
    choices = {**upload.choices, "parts": [part["part"] for part in findings["parts"]]}
    found = opened(batches.content_of(upload), upload.name, choices, importer, office)
    run.report("read", 1, 1)
    waiting = iter(begun)
    by_part: list[tuple[ImportBatch, SheetImportResult]] = []

    def save(result: SheetImportResult) -> None:
        batch = next(waiting)
        by_part.append((batch, result))
        if result.checked is not None and result.checked.changes_anything:
            if not reason and (periods := pipeline.confirmed_by(result.checked)):
                raise NotApplied(reason_needed_message(periods))
            pipeline.write(result.checked, batch, run, reason)

    results: list[SheetImportResult] = []
    effects = registry.effects_of(
        lambda: _all_or_outdated(found, importer, findings, save, results, run, upload), importer
    )
    run.report("count", 1, 1)
    return _finished(by_part, effects)


def _all_or_outdated(
    found: OpenedFile,
    importer: Importer,
    findings: dict[str, Any],
    save: Any,
    results: list[SheetImportResult],
    run: RunProgress,
    upload: Upload,
) -> None:
    results += results_of(found, importer, decisions_of(upload.choices, findings), save, run)
    moved: dict[str, list[int]] = {}
    for shown, now in zip(findings["parts"], results, strict=False):
        then = {int(row): digest for row, digest in shown["digests"].items()}
        rows = [row for row in {*then, *now.digests} if then.get(row) != now.digests.get(row)]
        rows += [problem.row for problem in now.outcome.errors if problem.row]
        if rows or now.outcome.verdict != ACCEPTED:
            moved[shown["sheet"]] = sorted(set(rows))
    if moved or len(results) != len(findings["parts"]):
        raise PreviewOutdated(moved)


def _finished(
    by_part: list[tuple[ImportBatch, SheetImportResult]], effects: list[dict[str, Any]]
) -> list[ImportBatch]:
    """The batches of sheets that changed something; the effect is that of the whole file."""
    applied = []
    for batch, result in by_part:
        if result.checked is not None and result.checked.changes_anything:
            batches.finish(batch, result.outcome, effects)
            applied.append(batch)
        else:
            batch.delete()
    return applied


def _remember(upload: Upload, importer: Importer) -> None:
    """Columns that the person chose are what these headers mean for the office from now on; what
    was answered is not asked again."""
    office = office_of(importer.user, timezone.localdate())
    memory.remember(office, importer.user, used_answers(upload.choices, upload.findings["parts"]))
    for part in upload.findings["parts"]:
        if part["columns_chosen"]:
            texts = {column["number"]: column["text"] for column in part["columns"]}
            RememberedColumns.objects.update_or_create(
                office=office,
                dataset=part["dataset"],
                headers=digest_of(texts),
                defaults={"columns": [column["key"] for column in part["columns"]]},
            )


def _reopen(upload: Upload, begun: Sequence[ImportBatch], error: BaseException) -> None:
    """The file is open again, without a preview; the import that did not come to be is gone."""
    notice: dict[str, Any] = {"because": "failed"}
    if isinstance(error, PreviewOutdated):
        notice = {"because": "moved", "rows": error.rows}
    with transaction.atomic():
        ImportBatch.objects.filter(pk__in=[batch.pk for batch in begun]).delete()
        Upload.objects.filter(pk=upload.pk, state=UploadState.RUNNING).update(
            state=UploadState.OPEN, preview=None, notice=notice
        )
    services.refresh(upload)


def outdated_message(rows: dict[str, list[int]]) -> str:
    """Which rows would now do something else than the preview showed."""
    named = []
    for sheet, numbers in rows.items():
        shown = ", ".join(str(number) for number in numbers[:MAX_ROWS_NAMED])
        if len(numbers) > MAX_ROWS_NAMED:
            shown += " …"
        words = {"sheet": sheet, "rows": shown, "n": len(numbers)}
        named.append(
            ngettext(
                "sheet “%(sheet)s” row %(rows)s", "sheet “%(sheet)s” rows %(rows)s", len(numbers)
            )
            % words
            if numbers
            else _("sheet “%(sheet)s”") % words
        )
    return _(
        "The record has changed since the preview: %(where)s would now do something else. Nothing "
        "was written. Look at the new preview and confirm it."
    ) % {"where": "; ".join(named)}
