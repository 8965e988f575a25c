"""What a person decides on an upload's page, read out of its forms; and what is said back."""

import re
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.imports.findings import kinds
from ocop.imports.models import ImportBatch, Upload
from ocop.imports.pipeline import SheetImport
from ocop.imports.uploads import services
from ocop.imports.uploads.application import outdated_message
from ocop.imports.uploads.findings_form import apply_findings_form

COLUMN_FIELD = re.compile(r"column-([0-9]{1,3})-([0-9]{1,3})")
UNDECIDED = "?"
"""Posted for a column that was asked about and of which nothing was chosen."""
STAGES = ("read", "check", "write", "count")
SHARE_BEFORE = {"read": 0, "check": 10, "write": 40, "count": 95}
SHARE = {"read": 10, "check": 30, "write": 55, "count": 5}
OLD_FONTS = {"tcvn3", "vni"}


def apply_form(upload: Upload, posted: QueryDict, allowed: list[str], who: str) -> None:
    """`posted["what"]` says which form was sent: sheets, tables, questions, forget or font."""
    what = posted.get("what", "")
    findings = upload.findings or {}
    if what == "sheets":
        services.set_choices(upload, {"parts": _sheets(findings, posted, allowed)})
    elif what == "tables":
        services.set_choices(upload, {"parts": _tables(findings, posted)})
    elif what == "questions":
        apply_findings_form(upload, posted, who)
    elif what == "forget":
        services.delete_remembered_columns(upload)
    elif what == "font":
        kind = posted.get("kind", "")
        services.set_choices(upload, {"legacy": kind if kind in OLD_FONTS else ""})


def _sheets(
    findings: dict[str, Any], posted: QueryDict, allowed: list[str]
) -> list[dict[str, Any]]:
    """Ticked sheets with their dataset, header row and columns.

    Fields are numbered as the sheets are (sheet-3, dataset-3, header-3), those of columns as
    the parts are: a sheet may hold several tables (column-4-7: part 4, column 7).
    """
    parts: list[dict[str, Any]] = []
    for number, sheet in enumerate(findings.get("sheets", [])):
        dataset = posted.get(f"dataset-{number}", "")
        if not posted.get(f"sheet-{number}") or dataset not in allowed:
            continue
        mine = [
            (place, part)
            for place, part in enumerate(findings.get("parts", []))
            if part["sheet"] == sheet["name"] and part["dataset"] == dataset
        ]
        header = _header(posted.get(f"header-{number}", ""), sheet)
        if mine and header is None:
            parts += [_with_columns(part, _columns(posted, place)) for place, part in mine]
        else:
            parts.append(SheetImport(sheet["name"], dataset, header).as_json())
    return parts


def _header(typed: str, sheet: dict[str, Any]) -> int | None:
    """The row given; None where it is the one found anyway, or no number."""
    if not typed.isascii() or not typed.isdigit() or len(typed) > 5:
        return None
    return int(typed) if int(typed) != sheet["header_row"] else None


def _with_columns(part: dict[str, Any], columns: dict[int, str] | None) -> dict[str, Any]:
    """The part with the columns posted, where they are not those it has been read by."""
    given = SheetImport.from_json(part["part"])
    shown = {column["number"]: column["key"] for column in part["columns"]}
    # Where it was asked about a column, that it is not to be read is an answer too.
    posted_columns = any(problem["kind"] == kinds.COLUMN for problem in part["outcome"]["errors"])
    if columns is None or (columns == shown and not posted_columns):
        return given.as_json()
    return SheetImport(given.sheet, given.dataset, given.header_row, columns).as_json()


def _columns(posted: QueryDict, part: int) -> dict[int, str] | None:
    chosen = {
        int(match[2]): str(posted[name])
        for name in posted
        if (match := COLUMN_FIELD.fullmatch(name))
        and int(match[1]) == part
        and posted[name] != UNDECIDED
    }
    return chosen or None


def _tables(findings: dict[str, Any], posted: QueryDict) -> list[dict[str, Any]]:
    """The tables of one sheet that were ticked, beside the other sheets' parts."""
    sheet, ticked = posted.get("sheet", ""), set(posted.getlist("row"))
    parts = []
    for part in findings.get("parts", []):
        if part["sheet"] != sheet:
            parts.append(part["part"])
            continue
        offered = sorted({part["header_row"], *part["other_headers"]})
        parts += [
            {**part["part"], "header_row": row, "columns": None}
            for row in offered
            if str(row) in ticked
        ]
    return parts


# --- Said back ------------------------------------------------------------------------------------


def notice_message(notice: dict[str, Any]) -> str:
    """Why the last confirmation came to nothing; empty where there was none."""
    because = notice.get("because", "")
    if because == "interrupted":
        return _(
            "The import of this file was interrupted (the program or the machine stopped). "
            "Nothing of it was written. Look at the preview and import it again."
        )
    if because == "moved":
        return outdated_message(notice.get("rows", {}))
    if because == "failed":
        return _("The last import of this file failed and wrote nothing. Try again.")
    return ""


def applied_message(applied: list[ImportBatch]) -> str:
    if not applied:
        return _("Everything in this file is on record already; nothing was written.")
    created, updated = sum(one.created for one in applied), sum(one.updated for one in applied)
    return _("Imported: %(created)d created, %(updated)d changed.") % {
        "created": created,
        "updated": updated,
    }


def progress_message(progress: dict[str, Any] | None) -> dict[str, Any]:
    if progress is None or progress.get("stage") not in STAGES:
        return {"percent": None, "words": ""}
    stage, done, of = progress["stage"], progress["done"], max(progress["of"], 1)
    percent = SHARE_BEFORE[stage] + SHARE[stage] * min(done, of) // of
    words = {
        "read": _("Reading the file"),
        "check": _("Checking the rows"),
        "write": ngettext(
            "Writing: %(done)d of %(of)d record", "Writing: %(done)d of %(of)d records", of
        )
        % {"done": done, "of": of},
        "count": _("Counting the targets anew"),
    }[stage]
    return {"percent": percent, "words": words}
