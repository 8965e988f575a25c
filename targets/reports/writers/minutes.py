"""Minutes of a meeting as a Word file (biên bản of Decree 30). Knows no request, no database.

The caller fills `Minutes` with texts ready to print, in the language that is active; the words of
the form are translated here.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from targets.reports.writers import decree30 as form
from targets.reports.writers.document import (
    CENTRE,
    DocumentTable,
    Letterhead,
    Minutes,
    MinutesAssignment,
    TableColumn,
)
from targets.reports.writers.word import add_table


def write_minutes(minutes: Minutes, head: Letterhead, target: BinaryIO) -> None:
    """Write the minutes as .docx to a binary stream; `head` as of `letterhead.head(…, "BB")`.

    Minutes carry no place and day under the national title: both stand in their text.
    """
    language = (get_language() or "vi")[:2]
    document = form.new_document(minutes.title, head.agency, language)
    form.add_letterhead(document, head, with_day=False)
    form.add_title(document, _("MINUTES"), minutes.title)
    _add_opening(document, minutes)
    _add_topics(document, minutes)
    number = "III."
    if minutes.carried:
        document.add_heading(f"{number} " + _("ASSIGNMENTS OF EARLIER MEETINGS"), 1)
        _add_assignments(document, minutes.carried)
        number = "IV."
    document.add_heading(f"{number} " + _("ASSIGNMENTS"), 1)
    _add_assignments(document, minutes.assignments)
    form.add_prose(
        document,
        "",
        _("The minutes were read to those present, who agreed, and were closed on the same day./."),
        keep=True,
    )
    form.add_two_signatures(
        document,
        [_("SECRETARY"), _("(signature, full name)"), minutes.secretary],
        [_("CHAIR OF THE MEETING"), _("(signature, full name)"), minutes.chair],
    )
    document.save(target)


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _add_opening(document: Any, minutes: Minutes) -> None:
    """When, where, who: the first part of every minutes."""
    document.add_heading(_("I. TIME, PLACE AND ATTENDANCE"), 1)
    lines = [
        (_("1. Time:"), _day(minutes.day)),
        (_("2. Place:"), minutes.place),
        (_("3. Chair:"), minutes.chair),
        (_("4. Secretary:"), minutes.secretary),
    ]
    for lead, text in lines:
        form.add_prose(document, lead, text or form.DOTS)
    form.add_prose(document, _("5. Present:"), "" if minutes.attendees else form.DOTS)
    for name in minutes.attendees:
        form.add_prose(document, "", f"- {name}")


def _figures_note(minutes: Minutes) -> str:
    words = {"day": _day(minutes.as_of)}
    if minutes.frozen:
        return _("Figures are those of %(day)s, frozen for the meeting.") % words
    if minutes.told:
        return _("Figures are what the records say of %(day)s now: none were frozen.") % words
    return _("Figures are those of %(day)s; the meeting has not been opened yet.") % words


def _add_topics(document: Any, minutes: Minutes) -> None:
    document.add_heading(_("II. CONTENT AND CONCLUSIONS"), 1)
    form.add_prose(document, "", _figures_note(minutes))
    if not minutes.topics:
        form.add_prose(document, "", _("No subject was recorded."))
    for number, topic in enumerate(minutes.topics, 1):
        document.add_heading(form.clean(f"{number}. {topic.title}"), 2)
        if topic.added_at:
            when = date_format(topic.added_at, "SHORT_DATETIME_FORMAT")
            added = _("Added to the agenda during the meeting, at %(when)s.") % {"when": when}
            form.add_prose(document, "", added)
        if shown := " – ".join(part for part in (topic.figure_text, topic.state_label) if part):
            form.add_prose(document, _("Figure:"), shown)
        if topic.sentence:
            form.add_prose(document, "", topic.sentence)
        form.add_prose(document, _("Conclusion:"), topic.conclusion or form.DOTS)


def _add_assignments(document: Any, lines: Sequence[MinutesAssignment]) -> None:
    if not lines:
        form.add_prose(document, "", _("No assignment was given."))
        return
    columns = [
        TableColumn(_("#"), 9, CENTRE),
        TableColumn(_("Task"), 58),
        TableColumn(_("Agency"), 35),
        TableColumn(_("Deadline"), 22, CENTRE),
        TableColumn(_("Priority"), 17, CENTRE),
        TableColumn(_("State"), 19, CENTRE),
    ]
    rows = [
        [
            str(number),
            line.text,
            line.agency,
            _day(line.deadline) if line.deadline else "–",
            line.priority,
            line.state,
        ]
        for number, line in enumerate(lines, 1)
    ]
    add_table(document, DocumentTable("", columns, rows))
    form.add_line(document, "", 6, after=4)
