"""The sentence for each finding: what, where, why and how to mend it."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ocop.imports.findings.certificate_messages import CERTIFICATES
from ocop.imports.findings.layout_messages import LAYOUT, LAYOUT_TITLES
from ocop.imports.findings.limit_messages import TOO_MUCH
from ocop.imports.findings.listing_messages import LISTING_TITLES, LISTINGS

# Each code has one sentence; a more exact one may be named by details["because"].
SENTENCES: dict[str, Any] = {
    "required": gettext_lazy("“%(column)s” is empty. Fill in the cell."),
    "invalid_date": gettext_lazy(
        "“%(value)s” is not a date. Write day/month/year, such as 30/12/2022."
    ),
    "ambiguous_date": gettext_lazy(
        "“%(value)s” can be read as more than one date. Write the full day, month and "
        "four-digit year, such as 05/06/2022."
    ),
    "invalid_number": gettext_lazy("“%(value)s” is not a number. Write digits, such as 12,5."),
    "out_of_range": gettext_lazy(
        "“%(value)s” lies outside what “%(column)s” allows: from %(least)s to %(most)s."
    ),
    "unknown_value": gettext_lazy(
        "“%(value)s” is not known for “%(column)s”. Write one of: %(choices)s."
    ),
    "unknown_unit": gettext_lazy(
        "No commune or district is called “%(value)s”%(within)s. Check the spelling.%(near)s"
    ),
    "ambiguous_unit": gettext_lazy(
        "“%(value)s” can mean %(choices)s. Write the full name with its kind."
    ),
    "unknown_product": gettext_lazy(
        "There is no product “%(product)s” of “%(producer)s”. Enter its recognition first, or "
        "correct the names.%(near)s"
    ),
    "duplicate_row": gettext_lazy(
        "This row is about the same record as row %(other)s. Keep one of the two."
    ),
    "conflict": gettext_lazy("“%(value)s” contradicts the rest of the row or the record."),
    "not_permitted": gettext_lazy(
        "You may not enter this record: it belongs to %(owner)s. Remove the row or ask an "
        "officer of that place."
    ),
    "formula_error": gettext_lazy(
        "The cell holds a formula without a usable result. Replace it by its value."
    ),
    "missing_column": gettext_lazy(
        "The sheet has no column “%(column)s”. Add it, or rename the column that holds it."
    ),
    "no_header": gettext_lazy(
        "No sheet of the file has a header row with the columns of this dataset (%(columns)s)."
    ),
    "too_large": gettext_lazy(
        "The file is too large (at most 5 MiB, 20,000 rows, 200 columns). Delete empty rows and "
        "columns or split it."
    ),
    "unreadable": gettext_lazy(
        "The file cannot be read as a workbook (xlsx, xls, ods or csv). Open it in Excel and "
        "save it again as .xlsx."
    ),
    "legacy_encoding": gettext_lazy(
        "The text is written in an old character set that cannot be read safely. Save the file "
        "as .xlsx, or as CSV in UTF-8."
    ),
    "same_as_above": gettext_lazy("“%(value)s” was read as above: “%(above)s”."),
    "decided": gettext_lazy("“%(value)s” is read as “%(now)s”, as you decided."),
    "hidden_row": gettext_lazy(
        "The row is hidden in the sheet and will be imported like the others. Show it and delete "
        "it if it should not be."
    ),
    "answer_needed": gettext_lazy(
        "“%(value)s” can be read in several ways. Say which one is meant."
    ),
    "unknown_column": gettext_lazy(
        "The column “%(column)s” is not known for this dataset and was not read."
    ),
}

TITLES: dict[str, Any] = {
    "required": gettext_lazy("Required cell is empty"),
    "invalid_date": gettext_lazy("Not a date"),
    "ambiguous_date": gettext_lazy("Date can be read in two ways"),
    "invalid_number": gettext_lazy("Not a number"),
    "out_of_range": gettext_lazy("Outside what is allowed"),
    "unknown_value": gettext_lazy("Unknown value"),
    "unknown_unit": gettext_lazy("Unknown commune or district"),
    "ambiguous_unit": gettext_lazy("Name of a place that fits several"),
    "unknown_product": gettext_lazy("Product not on record"),
    "duplicate_row": gettext_lazy("Same record twice in the file"),
    "conflict": gettext_lazy("Contradiction"),
    "not_permitted": gettext_lazy("Not yours to enter"),
    "formula_error": gettext_lazy("Formula without a result"),
    "missing_column": gettext_lazy("Column is missing"),
    "no_header": gettext_lazy("No table found"),
    "too_large": gettext_lazy("File too large"),
    "unreadable": gettext_lazy("File cannot be read"),
    "legacy_encoding": gettext_lazy("Text in an old font"),
    "answer_needed": gettext_lazy("A decision is needed"),
    "marks_differ": gettext_lazy("Differs in diacritics only"),
    "unread_days": gettext_lazy("Column with days is not read"),
    "unread_decisions": gettext_lazy("Column with decisions is not read"),
    "not_rated": gettext_lazy("The cell says none"),
    "unknown_column": gettext_lazy("Column not read"),
    "other_sheets": gettext_lazy("Other sheets of the same kind"),
    "same_as_above": gettext_lazy("Read as above"),
    "decided": gettext_lazy("Read as you decided"),
    "hidden_row": gettext_lazy("Hidden row"),
    "future_day": gettext_lazy("Day in the future"),
    "rank_above_score": gettext_lazy("Rank above what the score gives"),
    "rank_below_score": gettext_lazy("Rank below what the score gives"),
    "producer_elsewhere": gettext_lazy("Producer on record in another district"),
    "two_tables": gettext_lazy("Several tables in one sheet"),
    "side_by_side": gettext_lazy("Tables side by side"),
    "quota_moved": gettext_lazy("Quota moved between districts"),
    "quota_changed": gettext_lazy("Quota changed without a document"),
    "unknown_floor": gettext_lazy("Floor not known"),
    "unknown_system": gettext_lazy("Traceability system not known"),
    "before_channel": gettext_lazy("Start before the system or floor began to operate"),
    "after_channel": gettext_lazy("Start after the system or floor stopped operating"),
    **LISTING_TITLES,
    "decided_empty": gettext_lazy("Read as you decided"),
    **LAYOUT_TITLES,
    "all_left_out": gettext_lazy("No row is left"),
    "corrected": gettext_lazy("Corrected here"),
    "filled_in": gettext_lazy("Filled in here"),
    "as_before": gettext_lazy("As last time"),
    "kept_as_before": gettext_lazy("As last time"),
}
"""Headings of groups of findings: by cause where there is one, else by code."""

BECAUSE: dict[str, Any] = {
    **TOO_MUCH,
    "ambiguous": gettext_lazy(
        "“%(value)s” can be read as two different numbers. Write it with a decimal comma, "
        "such as 1,25, or without a dot, such as 1250."
    ),
    "too_many_decimals": gettext_lazy(
        "“%(value)s” has more than %(places)s decimals, perhaps hidden by the cell's format. "
        "Round it."
    ),
    "too_long": gettext_lazy("The text is longer than %(most)s characters. Shorten it."),
    "no_letters": gettext_lazy("“%(value)s” holds no letter and no digit. Write the name."),
    "no_link": gettext_lazy(
        "“%(value)s” is no address of a web page. Write one that begins with https://."
    ),
    "not_whole": gettext_lazy("“%(value)s” is not a whole number. Write it without decimals."),
    "password": gettext_lazy(
        "The file is protected by a password. Remove the password and try again."
    ),
    "macros": gettext_lazy("The file holds macros. Save it as .xlsx without macros."),
    "doctype": gettext_lazy(
        "The file holds declarations that a workbook does not need and was not opened. Save it "
        "again in Excel."
    ),
    "empty": gettext_lazy("The file is empty."),
    "not_found": gettext_lazy("The file %(value)s does not exist or may not be opened."),
    "sheet": gettext_lazy("The file has no sheet called “%(sheet)s”. Check the name."),
    "chosen": gettext_lazy(
        "Two columns were chosen for the same content, or none for any. Choose each content for "
        "one column."
    ),
    "no_rows": gettext_lazy(
        "The header row of sheet “%(sheet)s” has no row of data below it. Enter the rows first."
    ),
    "field": gettext_lazy("The row cannot be recorded: %(details)s"),
    "two_ranks": gettext_lazy(
        "This product already has two recognitions on that day; ask the administrator which "
        "one holds."
    ),
    "several_products": gettext_lazy(
        "Several producers of that name have a product “%(product)s” (%(places)s). It cannot be "
        "told which one is meant."
    ),
    "product_elsewhere": gettext_lazy(
        "The product of this row is recorded in %(recorded)s, not in “%(value)s”. Correct the "
        "district or the names."
    ),
    "granted_before_filed": gettext_lazy("The right would be granted before it was filed."),
    "end_before_start": gettext_lazy("The end (%(value)s) lies before the start (%(start)s)."),
    "commune_elsewhere": gettext_lazy("“%(value)s” does not lie in %(district)s."),
    "share_not_allocated": gettext_lazy(
        "%(value)s is a share: every district has the plan's own limit, nothing is allocated."
    ),
    "quota_moved": gettext_lazy(
        "This quota is %(now)s since quotas were moved between districts. It changes by another "
        "movement, on the page of quotas, not by an import."
    ),
    "quota_changed": gettext_lazy(
        "The quota is on record as %(now)s and the row names no document for the change. Write "
        "the document's number, so that the history says it."
    ),
    "verified": gettext_lazy(
        "This record has been verified. Your account cannot change it by an import."
    ),
    "role": gettext_lazy("Your account may not import this dataset."),
    "two_places": gettext_lazy("“%(value)s” is written differently in two places of the row."),
    "rank_above_score": gettext_lazy(
        "%(value)s is more than the score of %(score)s reaches by itself."
    ),
    "rank_below_score": gettext_lazy(
        "%(value)s is less than the score of %(score)s reaches; a minimum may be missing."
    ),
    "group_not_set": gettext_lazy(
        "“%(value)s” is a product group, not one of its sets; the set was left empty."
    ),
    "unknown_task": gettext_lazy(
        "There is no science task “%(value)s” yet; the link was left empty."
    ),
    "unknown_products": gettext_lazy("No product is called “%(value)s”; the link was left out."),
    "producer_elsewhere": gettext_lazy(
        "A producer “%(value)s” is already recorded in %(places)s; this row adds one in "
        "%(district)s."
    ),
    "two_tables": gettext_lazy(
        "The sheet holds several tables (their headers begin in rows %(rows)s). Choose which to "
        "import, or put each on a sheet of its own."
    ),
    "side_by_side": gettext_lazy(
        "Two tables stand side by side under row %(row_number)s. Put them on sheets of their own, "
        "or one below the other."
    ),
    "dash_empty": gettext_lazy("“%(value)s” was read as an empty cell."),
    "across_districts": gettext_lazy(
        "“%(value)s” lies across former districts (%(choices)s). Say in which of them, or add a "
        "column for the district."
    ),
    "not_rated": gettext_lazy(
        "“%(value)s” means none, and without “%(column)s” there is nothing to record. Write it, or "
        "take the row out."
    ),
    "marks_differ": gettext_lazy(
        "“%(value)s” and “%(near_name)s” differ in diacritics or signs only. Say whether they are "
        "the same."
    ),
    "unread_days": gettext_lazy(
        "The column “%(column)s” holds days (such as %(example)s) and is not read. Say which "
        "column it is, or that it is not to be read."
    ),
    "unread_decisions": gettext_lazy(
        "The column “%(column)s” holds numbers of decisions (such as %(example)s) and is not read. "
        "Say which column it is, or that it is not to be read."
    ),
    "not_asked": gettext_lazy(
        "There is no question %(value)s; this answer was not used. Take the ids from --json."
    ),
    "unknown_choice": gettext_lazy(
        "“%(value)s” is no answer to the question %(question)s. Choose one of: %(choices)s."
    ),
    "nothing_above": gettext_lazy(
        "“%(value)s” refers to the row above, but nothing stands above it. Write the value."
    ),
    "several_numbers": gettext_lazy(
        "“%(value)s” holds the numbers of several applications. Give each a row of its own."
    ),
    "number_form": gettext_lazy(
        "“%(value)s” does not look like a filing number (such as 4-2022-12345)."
    ),
    "future_day": gettext_lazy("%(value)s lies in the future."),
    "two_rows": gettext_lazy(
        "“%(value)s” contradicts row %(other)s, which is about the same product or producer."
    ),
    "several_rights": gettext_lazy(
        "This owner has several rights of that kind and name. Write the filing number of the one "
        "that is meant."
    ),
    "kept_verified": gettext_lazy(
        "“%(value)s” differs from what has been verified; the verified record stays as it is."
    ),
    "kept_place": gettext_lazy("“%(value)s” was not taken over: recorded in %(recorded)s before."),
    "other_sheets": gettext_lazy(
        "Only the sheet “%(sheet)s” was read. Import these sheets too if they belong to it: "
        "%(others)s."
    ),
    "overtaken": gettext_lazy(
        "Somebody else changed the same records while the file was being checked. Nothing was "
        "written. Import the file again."
    ),
    "near_name": gettext_lazy(
        "“%(value)s” is new here and looks like “%(near_name)s”. Say whether they are the same."
    ),
    "cut_from_name": gettext_lazy(
        "“%(value)s” was read as “%(name)s”: an address or a telephone number is no part of a name."
    ),
    "kind_by_name": gettext_lazy(
        "“%(value)s” contradicts the name “%(producer)s”, which says “%(says)s”; what the column "
        "says was taken."
    ),
    "no_place": gettext_lazy(
        "The folder “imports” of VAR_DIR, where imports under way are noted, cannot be used: "
        "%(reason)s. Nothing was written."
    ),
    **CERTIFICATES,
    "steps_out_of_order": gettext_lazy("“%(later)s” lies before “%(earlier)s”. Check both days."),
    "renewed_too_long": gettext_lazy(
        "No renewal of this kind of right reaches beyond %(limit_day)s."
    ),
    "busy": gettext_lazy(
        "Somebody else is importing at this moment. Nothing was written. Try again in a minute."
    ),
    "unknown_floor": gettext_lazy(
        "“%(value)s” is no floor that is known.%(near)s Known are: %(choices)s."
    ),
    "unknown_system": gettext_lazy(
        "“%(value)s” is no traceability system that is known.%(near)s Known are: %(choices)s."
    ),
    "before_channel": gettext_lazy(
        "The start %(day)s lies before %(name)s began to operate (%(limit_day)s). It is taken as "
        "written."
    ),
    "after_channel": gettext_lazy(
        "The start %(day)s lies after %(name)s stopped operating (%(limit_day)s). It is taken as "
        "written."
    ),
    **LISTINGS,
    "decided_empty": gettext_lazy(
        "“%(column)s” is empty and is read as “%(now)s”, as you decided."
    ),
    "of_title": gettext_lazy("“%(column)s” is read from the title for all rows: “%(value)s”."),
    "support_unclear": gettext_lazy(
        "The title speaks of support under Resolution 80 that may not have been given; no right "
        "was marked as supported. Add the column “Hỗ trợ NQ 80” where it was."
    ),
    "kind_differs": gettext_lazy(
        "The title says “%(title)s” and the name “%(value)s” another kind. Say which kind it is."
    ),
    "state_and_grant": gettext_lazy(
        "The state is “%(value)s”, and the row has a day on which the right was granted. Say "
        "whether it was."
    ),
    "day_of_state": gettext_lazy(
        "The state is “%(state)s”, and “%(column)s” is empty. Say on which day it came to that."
    ),
    "other_expiry": gettext_lazy(
        "“%(value)s” is not the end that the law gives a right filed on that day, %(term)s. It was "
        "not taken over; enter a renewal with its paper."
    ),
    "address_elsewhere": gettext_lazy(
        "“%(value)s” names no place of the province; the district was left empty."
    ),
    **LAYOUT,
    "all_left_out": gettext_lazy("Every row of the table would be left out: nothing is imported."),
    "corrected": gettext_lazy(
        "Corrected here by %(who)s (%(when)s): “%(now)s” is read instead of “%(value)s”."
    ),
    "filled_in": gettext_lazy("Filled in here by %(who)s (%(when)s): “%(now)s”."),
    "as_before": gettext_lazy(
        "As last time (%(when)s): “%(value)s” is read as “%(now)s”, as your office answered."
    ),
    "kept_as_before": gettext_lazy(
        "As last time (%(when)s): “%(value)s” means what it says, as your office answered."
    ),
}


def sentence(code: str, column: str, value: str, details: dict[str, Any]) -> str:
    """The finding in the active language; `details["because"]` picks a more exact sentence."""
    words = {"column": column, "value": value, "near": "", "within": "", "choices": "", **details}
    if isinstance(words.get("limit"), int):
        words["limit"] = number_format(words["limit"], force_grouping=True)
    near = words.get("near")
    if near:
        words["near"] = " " + _("Did you mean “%(near)s”?") % {"near": near}
    if within := words.get("within"):
        words["within"] = " " + _("in %(place)s") % {"place": within}
    template = BECAUSE[words["because"]] if "because" in words else SENTENCES[code]
    return str(template) % words


def in_cell(cell: str | None, text: str) -> str:
    """The finding with the cell it is about; None is the whole file or sheet."""
    if cell is None:
        return text
    return _("Cell %(cell)s: %(text)s") % {"cell": cell, "text": text}


def summary(verdict: str, errors: int, created: int, updated: int, unchanged: int) -> str:
    """One line on the whole import."""
    if verdict == "accepted":
        return _("%(created)d created, %(updated)d changed, %(unchanged)d as before.") % {
            "created": created,
            "updated": updated,
            "unchanged": unchanged,
        }
    return ngettext(
        "Refused: %(n)d error. Nothing was written.",
        "Refused: %(n)d errors. Nothing was written.",
        errors,
    ) % {"n": errors}
