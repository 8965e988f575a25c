"""What changed in a target as people read it: sentences, lines and the way to each record."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.web.errors import BadParameter
from ocop.web.page_query import PageQuery, read_day
from ocop.web.pagination import PAGE_NUMBER, PAGE_SIZE
from products.choices import Action
from products.kinds import KINDS
from products.records import RecordChange, changes, label_of
from targets.changes import (
    ORDER,
    ChangeGroup,
    Changes,
    Revisions,
    changes_between,
    counting_date,
    default_since,
    revisions,
)
from targets.choices import TargetType as TargetKind
from targets.figures import Overview, SelectedTarget, series, wording
from targets.progress import Event, counted_at

MAX_ROWS_A_CAUSE = 50


@dataclass(frozen=True)
class ChangeRow:
    day: date | datetime
    title: str
    about: str
    url: str


@dataclass(frozen=True)
class ChangeGroupRows:
    """One cause; `more` is how many records are not among `lines`."""

    cause: str
    label: str
    number: str
    effect: str
    lines: list[ChangeRow]
    more: int = 0
    page: Page | None = None


@dataclass(frozen=True)
class ChangesTable:
    """`equations` are equations: from the earlier figure over the effects to the later one.

    `note` says why another day is compared with than the one asked for, or is empty.
    """

    since: date
    note: str
    equations: list[str]
    groups: list[ChangeGroupRows]
    late: ChangeGroupRows
    corrected: ChangeGroupRows
    cancelled: ChangeGroupRows


def read_since(text: str, as_of: date, meetings: Iterable[date]) -> tuple[date, str]:
    """The day to compare with, and a sentence where that is not the day asked for.

    `meetings` are the days of meetings' figures, one of which is usual. Raises BadParameter for
    what is no day.
    """
    usual = default_since(as_of, meetings)
    if not text:
        return usual, ""
    since = read_day(text)
    if since < as_of:
        return since, ""
    words = {"since": wording.day(since), "as_of": wording.day(as_of), "usual": wording.day(usual)}
    return usual, _(
        "%(since)s does not lie before %(as_of)s: the comparison is with %(usual)s instead."
    ) % words


def changes_table(
    overview: Overview,
    query: PageQuery,
    chosen: SelectedTarget,
    since: tuple[date, str],
    whole: str = "",
    page: str = "",
) -> ChangesTable:
    """The changes of a target since a day. At most 50 records a cause.

    Of the cause named `whole` all are listed, a page of 50 at a time. Raises BadParameter for
    what is no cause, and where its list, or the page without one, has no such page.
    """
    earlier, note = since
    target, window = chosen.target, chosen.window
    moved = changes_between(target, window, earlier, query.as_of, query.unit, query.pending)
    if whole and whole not in ORDER:
        raise BadParameter(_("There is no kind of change “%(name)s”.") % {"name": whole[:20]})
    pages = {
        group.cause: _page(group, page if group.cause == whole else "") for group in moved.groups
    }
    if whole not in pages:
        _refuse_page(page, 1)
    listed = [event.record for one in pages.values() for event in one]
    names = _Names(target.indicator.record_kind, query, listed)
    found = revisions(target, window, earlier, query.as_of, query.unit, query.pending)
    late, corrected, cancelled = _revised(target, found)
    return ChangesTable(
        since=earlier,
        note=note,
        equations=_equations(overview, moved, chosen),
        groups=[
            _shown(group, chosen, names, pages[group.cause], group.cause == whole)
            for group in moved.groups
        ],
        late=late,
        corrected=corrected,
        cancelled=cancelled,
    )


def _page(group: ChangeGroup, number: str) -> Page:
    paginator = Paginator(group.events, PAGE_SIZE)
    _refuse_page(number, paginator.num_pages)
    return paginator.page(int(number or "1"))


def _refuse_page(number: str, pages: int) -> None:
    """Raise BadParameter where the address asks for a page that is none of `pages`."""
    if number and (not PAGE_NUMBER.fullmatch(number) or int(number) > pages):
        raise BadParameter(
            _("This list has %(pages)d pages; there is no page “%(page)s”.")
            % {"pages": pages, "page": number[:20]}
        )


def _shown(
    group: ChangeGroup, chosen: SelectedTarget, names: "_Names", page: Page, whole: bool
) -> ChangeGroupRows:
    target = chosen.target
    share = target.kind == TargetKind.SHARE
    return ChangeGroupRows(
        cause=group.cause,
        label=target.indicator.change_label(group.cause, target),
        number=wording.number(group.number),
        effect=wording.effect_text(share, group.numerator, group.denominator),
        lines=[names.line(event) for event in page],
        more=0 if whole else group.number - len(page.object_list),
        page=page if whole else None,
    )


def _equations(overview: Overview, moved: Changes, chosen: SelectedTarget) -> list[str]:
    """ "24 (31/03/2025) + 5 − 2 = 27 (30/06/2025)", each effect with its word."""
    target = chosen.target
    # A window that is over stands as on its last day.
    days = [counted_at(chosen.window.last, day) for day in (moved.earlier, moved.later)]
    before, after = series.values_on(overview, target, chosen.window, days)

    def equation(name: str, head: str) -> str:
        text = f"{head}{wording.number(getattr(before, name))} ({wording.day(days[0])})"
        for group in moved.groups:
            if effect := getattr(group, name):
                label = target.indicator.change_label(group.cause, target)
                sign = "+" if effect > 0 else "−"
                text += f" {sign} {wording.number(abs(effect))} {label.lower()}"
        return f"{text} = {wording.number(getattr(after, name))} ({wording.day(days[1])})"

    if target.kind == TargetKind.COUNT:
        return [equation("numerator", "")]
    return [
        equation("numerator", _("Products counted") + ": "),
        equation("denominator", _("Valid products") + ": "),
    ]


class _Names:
    """Names and addresses of the records that lines are about, asked for at once."""

    def __init__(self, slug: str, query: PageQuery, ids: Iterable[Hashable]) -> None:
        self._slug, self._query = slug, query
        model: Any = KINDS[slug].model
        records = model.objects.filter(pk__in=set(ids))
        if slug == "product":
            records = records.select_related("producer")
        self._records = {record.pk: record for record in records}

    def line(self, event: Event) -> ChangeRow:
        record = self._records[event.record]
        if self._slug == "product":
            url = reverse("product-detail", args=[record.pk], query=self._query.query())
            return ChangeRow(event.day, record.name, record.producer.name, url)
        about = record.owner if self._slug == "ip-right" else record.lead
        return ChangeRow(
            event.day, record.name, about, reverse("record", args=[self._slug, record.pk])
        )


# --- Changes of days already reported -------------------------------------------------------------


def _revised(target: Any, found: Revisions) -> list[ChangeGroupRows]:
    """Records that came late, corrections with what they changed, and records taken back."""
    corrected = found.corrected[:MAX_ROWS_A_CAUSE]
    changed = ["; ".join(map(str, its)) for its in changes.differences_of(corrected)]
    days = [_counting_day(target, one) for one in found.late[:MAX_ROWS_A_CAUSE]]
    taken_back = _("Cancelled or brought back meanwhile")
    steps = [str(Action(one.after.action).label) for one in found.cancelled[:MAX_ROWS_A_CAUSE]]
    late = _("they count from a day already reported")
    as_now = _("both figures are told as the records say now")
    return [
        _group("late", _("Entered or verified late"), late, found.late, days),
        _group("corrected", _("Corrected meanwhile"), as_now, found.corrected, changed),
        _group("cancelled", taken_back, as_now, found.cancelled, steps),
    ]


def _group(
    cause: str, label: str, effect: str, found: list[RecordChange], about: list[str]
) -> ChangeGroupRows:
    """`about` says of the first of those found what a line says of it."""
    lines = [_history_row(*pair) for pair in zip(found, about, strict=False)]
    number, more = wording.number(len(found)), len(found) - len(lines)
    return ChangeGroupRows(cause, label, number, effect, lines, more)


def _counting_day(target: Any, change: RecordChange) -> str:
    row = change.after
    name = counting_date(target, row.kind)
    return f"{label_of(KINDS[row.kind], name)}: {wording.day(row.values[name])}"


def _history_row(change: RecordChange, what: str) -> ChangeRow:
    row = change.after
    about = " · ".join(part for part in (what, row.who or _("The system"), row.reason) if part)
    url = reverse("record-history", args=[row.kind, row.record_id])
    return ChangeRow(row.when, row.title, about, url)
