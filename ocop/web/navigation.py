"""The site's sections as the header shows them, and which of them a page belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


@dataclass(frozen=True)
class Section:
    """One link. `pages`: beginnings of the names of addresses that belong to it beside its own.

    `dated`: its page shows figures of a day and a unit, which the link carries along.
    """

    label: Label
    page: str
    pages: Sequence[str] = ()
    dated: bool = True

    def holds(self, name: str) -> bool:
        return name == self.page or any(name.startswith(beginning) for beginning in self.pages)


@dataclass(frozen=True)
class Group:
    """Several sections behind one word of the header."""

    label: Label
    sections: Sequence[Section] = field(default_factory=tuple)


MY_WORK = Section(_("My work"), "my-work", ("verif", "return"), dated=False)
IMPORTS = Section(_("Import"), "import-list", ("import", "upload"), dated=False)
MEETINGS = Section(_("Meetings"), "meeting-list", ("meeting", "topic"), dated=False)
COMMON: tuple[Section | Group, ...] = (
    Section(_("Overview"), "overview", ("target",)),
    Section(_("Districts"), "unit-list", ("unit",)),
    Section(_("Forecast"), "forecast", ("forecast",)),
    Group(
        _("Follow-up"),
        (
            MEETINGS,
            Section(_("Assignments"), "assignment-list", ("assignment",)),
            Section(_("Activities"), "activity-list", ("activity",)),
            Section(_("Attention"), "attention-list", ("attention",)),
            Section(_("Quotas"), "allocation-board", ("allocation", "quota", "milestone")),
            Section(
                _("Quarterly confirmation"),
                "confirmation-board",
                ("confirmation", "quarter", "deadline"),
            ),
        ),
    ),
    Section(_("Reports"), "report-list", ("report",)),
    Group(
        _("Records"),
        (
            Section(_("Products"), "product-list", ("product",)),
            Section(_("Producers"), "producer-list", ("producer",)),
            Section(_("Intellectual property"), "ip-list"),
            Section(_("Science tasks"), "task-list"),
            Section(_("Ratings"), "rating-list", ("rating",)),
        ),
    ),
)


def shown(name: str, kept: str, without: Iterable[Section] = ()) -> list[dict[str, Any]]:
    """The header's entries for a page called `name`; groups hold theirs under "sections".

    `kept` is the query that dated pages carry along, `without` what the person has no way to.
    """
    left_out = list(without)
    return [
        _group(entry, name, kept, left_out)
        if isinstance(entry, Group)
        else _link(entry, name, kept)
        for entry in (MY_WORK, IMPORTS, *COMMON)
        if entry not in left_out
    ]


def _group(group: Group, name: str, kept: str, without: list[Section]) -> dict[str, Any]:
    links = [_link(one, name, kept) for one in group.sections if one not in without]
    return {
        "label": group.label,
        "sections": links,
        "current": any(link["current"] for link in links),
    }


def _link(section: Section, name: str, kept: str) -> dict[str, Any]:
    return {
        "label": section.label,
        "url": reverse(section.page) + (kept if section.dated else ""),
        "current": section.holds(name),
    }
