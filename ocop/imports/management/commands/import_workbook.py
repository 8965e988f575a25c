"""Import one sheet of a workbook: all of it, or nothing."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.command_line import REFUSED, UNUSABLE, PlainCommand, unusable
from ocop.imports.datasets import DATASETS, importer_named
from ocop.imports.export import check_writable, marked_copy, written
from ocop.imports.findings import SAME, messages
from ocop.imports.pipeline import pipeline
from ocop.lib.fonts import KINDS
from ocop.lib.sandbox import FileRefused

MAX_PRINTED = 50


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dataset", required=True, metavar="DATASET")
        parser.add_argument("--sheet", help="the sheet's name (default: the one with the header)")
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
        parser.add_argument(
            "--annotated",
            type=Path,
            metavar="OUT.xlsx",
            help="write a copy of the workbook with the mistakes marked in it",
        )
        parser.add_argument(
            "--old-font",
            choices=KINDS,
            default="",
            help="convert text typed in a font of before Unicode (.VnTime: tcvn3; VNI-Times: vni)",
        )
        parser.add_argument("--user", help="import as this person (default: the system)")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="ID=CHOICE",
            help="answer a question of --json; '*=new': all that have the choice “new”",
        )

        parser.add_argument(
            "--leave-out",
            action="append",
            choices=pipeline.LEAVE_OUT,
            default=[],
            help="import the others without the rows that have errors, or that lie outside one's "
            "district or the plan's area; may be given twice",
        )
        parser.add_argument(
            "--incomplete",
            choices=["drafts"],
            help="keep rows that lack only what counting needs as incomplete records",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dataset"] not in DATASETS:
            raise unusable(
                _("There is no dataset “%(name)s”. Choose one of: %(choices)s.")
                % {"name": options["dataset"], "choices": ", ".join(sorted(DATASETS))}
            )
        importer = self._importer(options["user"])
        answers = self._answers(options["answer"])
        if options["annotated"] is not None:
            check_writable(options["annotated"])
        outcome = pipeline.import_file(
            options["file"],
            options["file"].name,
            options["dataset"],
            importer,
            sheet=options["sheet"],
            dry_run=options["dry_run"],
            old_font=options["old_font"],
            answers=answers,
            leave_out=options["leave_out"],
            drafts=options["incomplete"] == "drafts",
        )
        if options["json"]:
            self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False, indent=1))
        if options["annotated"] is not None:
            self._write_marked(options["file"], options["annotated"], outcome)
        self._finish(outcome, quiet=options["json"])

    @staticmethod
    def _write_marked(source: Path, target: Path, outcome: pipeline.ImportOutcome) -> None:
        """Nothing is written where the workbook cannot be opened: the refusal says why."""
        try:
            data = source.read_bytes()
            marked = marked_copy(data, source.name, outcome.errors, outcome.warnings)[1]
        except (OSError, FileRefused):
            return
        written(target, lambda stream: stream.write(marked))

    @staticmethod
    def _answers(given: list[str]) -> dict[str, str]:
        """{id of a question: id of a choice}. Both may hold the sign = in a name."""
        answers = {}
        for text in given:
            question, sign, choice = text.partition(f"={SAME}")
            choice = f"{SAME}{choice}" if sign else ""
            if not sign:
                question, sign, choice = text.rpartition("=")
            if not (question and sign and choice):
                raise unusable(
                    _("“%(text)s” is no answer. Write ID=CHOICE, as --json names both.")
                    % {"text": text[:100]}
                )
            answers[question] = choice
        return answers

    @staticmethod
    def _importer(name: str | None) -> pipeline.Importer:
        importer = importer_named(name, timezone.localdate())
        if importer is None:
            raise unusable(_("There is no active account “%(name)s”.") % {"name": name})
        return importer

    def _finish(self, outcome: pipeline.ImportOutcome, quiet: bool) -> None:
        line = messages.summary(
            outcome.verdict,
            len(outcome.errors),
            outcome.created,
            outcome.updated,
            outcome.unchanged,
        )
        if outcome.verdict == pipeline.ACCEPTED:
            if not quiet:
                self.stdout.write(line)
                self._list([problem.message for problem in outcome.warnings], self.stdout)
                self._list(self._apart(outcome), self.stdout)
            return
        found = [problem.message for problem in outcome.errors]
        shown = found[:MAX_PRINTED]
        if len(found) > MAX_PRINTED:
            shown.append(_("… and %(n)d more.") % {"n": len(found) - MAX_PRINTED})
        if any(problem.code == "legacy_encoding" for problem in outcome.errors):
            shown.append(
                _("Typed in a font such as .VnTime or VNI-Times? Add %(switch)s to convert it.")
                % {"switch": " / ".join(f"--old-font {kind}" for kind in KINDS)}
            )
        code = UNUSABLE if outcome.verdict == pipeline.UNUSABLE else REFUSED
        raise CommandError("\n".join([line, *shown]), returncode=code)

    @staticmethod
    def _apart(outcome: pipeline.ImportOutcome) -> list[str]:
        """The rows that did not go in, or not as records that count."""
        words = _("Row %(row)d was left out: %(why)s")
        kept = _("Row %(row)d is kept as an incomplete record.")
        return [
            *(words % {"row": one.row, "why": one.why} for one in outcome.left_out),
            *(kept % {"row": one.row} for one in outcome.drafts),
        ]

    @staticmethod
    def _list(lines: list[str], stream: Any) -> None:
        for line in lines[:MAX_PRINTED]:
            stream.write(line)
        if len(lines) > MAX_PRINTED:
            stream.write(_("… and %(n)d more.") % {"n": len(lines) - MAX_PRINTED})
