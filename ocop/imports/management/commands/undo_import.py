"""Take one import back: what it created goes, what it changed is as it was."""

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.command_line import REFUSED, PlainCommand, unusable
from ocop.imports.datasets import CannotRun, importer_named
from ocop.imports.models import ImportBatch
from ocop.imports.undo import services

MAX_PRINTED = 50


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int, help="the import's number")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="take back also what was edited since (default: leave it and list it)",
        )
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
        parser.add_argument("--user", help="undo as this person (default: the system)")

    def handle(self, *args: Any, **options: Any) -> None:
        importer = importer_named(options["user"], timezone.localdate())
        if importer is None:
            raise unusable(_("There is no active account “%(name)s”.") % {"name": options["user"]})
        batch = services.visible_batches(importer).filter(pk=options["id"]).first()
        if batch is None:
            raise unusable(_("There is no import no. %(number)d.") % {"number": options["id"]})
        try:
            done = services.undo(batch, importer, self._overwritten(batch, importer, options))
        except services.CannotUndo as error:
            if options["json"]:
                refusal = {"batch": batch.pk, "verdict": "refused", "message": str(error)}
                self.stdout.write(json.dumps(refusal, ensure_ascii=False, indent=1))
            raise CommandError(str(error), returncode=REFUSED) from None
        except CannotRun as error:
            raise unusable(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(done.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(done)

    @staticmethod
    def _overwritten(batch: ImportBatch, importer: Any, options: Any) -> set[int]:
        if not options["overwrite"]:
            return set()
        return {step.change.pk for step in services.plan_undo(batch, importer).edited}

    def _tell(self, done: services.UndoResult) -> None:
        self.stdout.write(
            _(
                "Taken back as no. %(number)d: %(deleted)d deleted, %(restored)d restored, "
                "%(recreated)d recreated."
            )
            % {
                "number": done.batch.pk,
                "deleted": done.batch.deleted,
                "restored": done.batch.updated,
                "recreated": done.batch.created,
            }
        )
        for one in done.left[:MAX_PRINTED]:
            words = {"record": one.title, "reason": one.reason_left}
            self.stdout.write(_("Left: %(record)s – %(reason)s") % words)
        if len(done.left) > MAX_PRINTED:
            self.stdout.write(_("… and %(n)d more.") % {"n": len(done.left) - MAX_PRINTED})
