"""The site's sections as the header shows them, and which of them a page belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


@dataclass(frozen=True)
class NavigationLink:
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
class NavigationGroup:
    """Several sections behind one word of the header."""

    label: Label
    sections: Sequence[NavigationLink] = field(default_factory=tuple)


MY_WORK = NavigationLink(_("My work"), "my-work", ("verif", "return"), dated=False)
IMPORTS = NavigationLink(_("Import"), "import-list", ("import", "upload"), dated=False)
MEETINGS = NavigationLink(_("Meetings"), "meeting-list", ("meeting", "topic"), dated=False)
PLANS = NavigationLink(_("Plans"), "plan-list", ("plan",), dated=False)
CHANNELS = NavigationLink(_("Floors and systems"), "channel-list", ("channel",), dated=False)
COMMON: tuple[NavigationLink | NavigationGroup, ...] = (
    NavigationLink(_("Overview"), "overview", ("target",)),
    NavigationLink(_("Districts"), "unit-list", ("unit",)),
    NavigationLink(_("Forecast"), "forecast", ("forecast",)),
    NavigationGroup(
        _("Follow-up"),
        (
            MEETINGS,
            NavigationLink(_("Assignments"), "assignment-list", ("assignment",)),
            NavigationLink(_("Activities"), "activity-list", ("activity",)),
            NavigationLink(_("Documents"), "document-list", ("document", "opinion"), dated=False),
            NavigationLink(_("Steering committee"), "committee", ("committee", "member")),
            NavigationLink(_("Attention"), "attention-list", ("attention",)),
            PLANS,
            NavigationLink(_("Quotas"), "allocation-board", ("allocation", "quota", "milestone")),
            NavigationLink(
                _("Quarterly confirmation"),
                "confirmation-board",
                ("confirmation", "quarter", "deadline"),
            ),
            NavigationLink(
                _("Reconciliation"), "reconciliation", ("reconciliation", "published-total")
            ),
        ),
    ),
    NavigationLink(_("Reports"), "report-list", ("report",)),
    NavigationGroup(
        _("Records"),
        (
            NavigationLink(_("Products"), "product-list", ("product",)),
            NavigationLink(_("Registered products"), "registration-list", ("registration",)),
            NavigationLink(_("Producers"), "producer-list", ("producer",)),
            NavigationLink(_("Intellectual property"), "ip-list"),
            NavigationLink(_("Science tasks"), "task-list"),
            NavigationLink(_("Ratings"), "rating-list", ("rating",)),
            CHANNELS,
        ),
    ),
)


def header_links(
    name: str, querystring: str, without: Iterable[NavigationLink] = ()
) -> list[dict[str, Any]]:
    """The header's entries for a page called `name`; groups hold theirs under "sections".

    `querystring` is the query that dated pages carry along, `without` what the person has no way
    to.
    """
    left_out = list(without)
    return [
        _group(entry, name, querystring, left_out)
        if isinstance(entry, NavigationGroup)
        else _link(entry, name, querystring)
        for entry in (MY_WORK, IMPORTS, *COMMON)
        if entry not in left_out
    ]


def _group(
    group: NavigationGroup, name: str, querystring: str, without: list[NavigationLink]
) -> dict[str, Any]:
    links = [_link(one, name, querystring) for one in group.sections if one not in without]
    return {
        "label": group.label,
        "sections": links,
        "current": any(link["current"] for link in links),
    }


def _link(section: NavigationLink, name: str, querystring: str) -> dict[str, Any]:
    return {
        "label": section.label,
        "url": reverse(section.page) + (querystring if section.dated else ""),
        "current": section.holds(name),
    }
