"""What changed in a target as people read it: sentences, lines and the way to each record."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.web.errors import BadParameter
from ocop.web.page_query import PageQuery, read_day
from ocop.web.pagination import PAGE_NUMBER, PAGE_SIZE
from products.kinds import KINDS, RecordKind
from products.models import IPRight, Product, ScienceTask
from products.records import in_words, label_of
from targets.changes import (
    ORDER,
    ChangeGroup,
    Changes,
    Correction,
    changes_between,
    corrections_between,
    default_since,
)
from targets.choices import Measure
from targets.choices import TargetType as TargetKind
from targets.figures import Overview, SelectedTarget, wording
from targets.progress import Event, running_totals

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
    corrected: ChangeGroupRows


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
    events: Sequence[Event],
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
    changes = changes_between(
        target, window, earlier, query.as_of, query.unit, query.pending, events
    )
    if whole and whole not in ORDER:
        raise BadParameter(_("There is no kind of change “%(name)s”.") % {"name": whole[:20]})
    pages = {
        group.cause: _page(group, page if group.cause == whole else "") for group in changes.groups
    }
    if whole not in pages:
        _refuse_page(page, 1)
    names = _Names(target.measure, query, [s.record for p in pages.values() for s in p])
    return ChangesTable(
        since=earlier,
        note=note,
        equations=_equations(changes, chosen, events),
        groups=[
            _shown(group, chosen, names, pages[group.cause], group.cause == whole)
            for group in changes.groups
        ],
        corrected=_corrected(
            corrections_between(target, window, earlier, query.as_of, query.unit, query.pending),
            query,
        ),
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
        label=wording.change_label(target.measure, group.cause, target.counting_event),
        number=wording.number(group.number),
        effect=wording.effect_text(share, group.numerator, group.denominator),
        lines=[names.line(event) for event in page],
        more=0 if whole else group.number - len(page.object_list),
        page=page if whole else None,
    )


def _equations(changes: Changes, chosen: SelectedTarget, events: Sequence[Event]) -> list[str]:
    """ "24 (31/03/2025) + 5 − 2 = 27 (30/06/2025)", each effect with its word."""
    before, after = running_totals(events, [changes.earlier, changes.later])
    target = chosen.target

    def equation(name: str, head: str) -> str:
        text = f"{head}{wording.number(getattr(before, name))} ({wording.day(changes.earlier)})"
        for group in changes.groups:
            if effect := getattr(group, name):
                label = wording.change_label(target.measure, group.cause, target.counting_event)
                sign = "+" if effect > 0 else "−"
                text += f" {sign} {wording.number(abs(effect))} {label.lower()}"
        return f"{text} = {wording.number(getattr(after, name))} ({wording.day(changes.later)})"

    if target.kind == TargetKind.COUNT:
        return [equation("numerator", "")]
    return [
        equation("numerator", _("Products counted") + ": "),
        equation("denominator", _("Valid products") + ": "),
    ]


class _Names:
    """Names and addresses of the records that lines are about, asked for at once."""

    def __init__(self, measure: str, query: PageQuery, ids: Iterable[Hashable]) -> None:
        self._asked = query
        self._slug = {Measure.IP_RIGHTS: "ip-right", Measure.SCIENCE_TASKS: "task"}.get(
            Measure(measure), "product"
        )
        model: Any = {"ip-right": IPRight, "task": ScienceTask, "product": Product}[self._slug]
        records = model.objects.filter(pk__in=set(ids))
        if model is Product:
            records = records.select_related("producer")
        self._records = {record.pk: record for record in records}

    def line(self, event: Event) -> ChangeRow:
        record = self._records[event.record]
        if self._slug == "product":
            url = reverse("product-detail", args=[record.pk], query=self._asked.query())
            return ChangeRow(event.day, record.name, record.producer.name, url)
        about = record.owner if self._slug == "ip-right" else record.lead
        return ChangeRow(
            event.day, record.name, about, reverse("record", args=[self._slug, record.pk])
        )


# --- Corrections ----------------------------------------------------------------------------------


def _corrected(corrections: list[Correction], query: PageQuery) -> ChangeGroupRows:
    listed = corrections[:MAX_ROWS_A_CAUSE]
    titles = _titles(listed)
    related = _related(listed)
    lines = []
    for one in listed:
        kind = _kind_of(one)
        changed = "; ".join(_changed(kind, *change, related) for change in one.changed)
        who = one.who or _("The system")
        about = " · ".join(part for part in (changed, who, one.why) if part)
        title = titles.get((one.model, one.record_id), "")
        url = reverse("record-history", args=[kind.slug, one.record_id]) if title else ""
        lines.append(ChangeRow(one.at, title or _("a record since taken back"), about, url))
    return ChangeGroupRows(
        cause="corrected",
        label=_("Corrected meanwhile"),
        number=wording.number(len(corrections)),
        effect=_("both figures are told as the records say now"),
        lines=lines,
        more=len(corrections) - len(listed),
    )


def _kind_of(correction: Correction) -> RecordKind:
    return next(kind for kind in KINDS.values() if kind.model is correction.model)


def _titles(corrections: list[Correction]) -> dict[tuple[Any, int], str]:
    titles = {}
    for model in {one.model for one in corrections}:
        records: Any = model._default_manager.filter(
            pk__in={one.record_id for one in corrections if one.model is model}
        )
        of_product = hasattr(model, "product")
        for record in records.select_related("product") if of_product else records:
            titles[model, record.pk] = record.product.name if of_product else record.name
    return titles


def _related(corrections: list[Correction]) -> dict[tuple[Any, int], str]:
    """Names of the records that changed columns refer to, by (model, id)."""
    ids_by_model: dict[Any, set[int]] = {}
    for one in corrections:
        for column, *values in one.changed:
            if column.endswith("_id"):
                field: Any = one.model._meta.get_field(column.removesuffix("_id"))
                ids_by_model.setdefault(field.related_model, set()).update(v for v in values if v)
    return {
        (model, record.pk): str(record)
        for model, ids in ids_by_model.items()
        for record in model._default_manager.filter(pk__in=ids)
    }


def _changed(kind: RecordKind, column: str, old: Any, new: Any, related: dict[Any, str]) -> str:
    """ "Decided on: 22/08/2022 → 23/08/2022"."""
    name = column.removesuffix("_id")
    field: Any = kind.model._meta.get_field(name)

    def text(value: Any) -> str:
        if isinstance(value, date):
            return wording.day(value)
        if field.is_relation:
            return related.get((field.related_model, value), "–")
        return in_words(kind, name, value)

    return f"{label_of(kind, name)}: {text(old)} → {text(new)}"
