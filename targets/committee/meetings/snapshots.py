"""The figures of a meeting: live until it is opened, frozen from then on, corrections beside.

What page and projector print stands in one plain dictionary a language (`figures`), made of the
overview's rows and nothing else. At the opening it is written away with its digest; afterwards
it is read back and held against the same rows built now.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, override

from ocop.web.page_query import PageQuery
from products.records import ChangeEntry, changes
from targets.changes import FigureChange, default_since, figure_changes, written_after
from targets.charts import CHARTS, subtitle_of
from targets.committee.meetings import corrections, days
from targets.figures import FigureRow, Overview, TargetPeriods, build
from targets.models import FrozenFigures, Meeting

PRINTED = (
    *("code", "period", "period_label", "name", "short_name", "quote", "document"),
    *("measure", "lead_agency", "state", "state_label", "actual_text", "threshold_text"),
    *("gap_text", "status_text", "explanation", "pipeline", "url"),
)
"""What of a row is printed somewhere in a meeting."""
MAX_CHANGES_SHOWN = 50
"""Changed records that a page lists."""


def overview_of(meeting: Meeting) -> Overview:
    """The province's rows at the day of the meeting's figures, as the records say now."""
    return build(meeting.plan, meeting.plan.unit, meeting.as_of)


def figures(overview: Overview, charts: bool = True, since: date | None = None) -> dict[str, Any]:
    """Everything a meeting prints, in the active language, as plain JSON.

    With `since` what each figure was on that day stands beside it. Without `charts` the page draws
    them from their addresses.
    """
    before = figure_changes(overview, since).by_code if since else {}
    names = {name for row in overview.rows if charts and (name := row.indicator.chart)}
    return {
        "plan": overview.plan.code,
        "as_of": overview.as_of.isoformat(),
        "stock": overview.stock,
        "since": since.isoformat() if since else None,
        "lines": [_line(line, before.get(line.code)) for line in overview.lines],
        "charts": {name: _chart(name, overview) for name in sorted(names)},
    }


def _line(line: TargetPeriods, change: FigureChange | None) -> dict[str, Any]:
    return {
        "was": change.was if change else "",
        "effect": change.effect if change and change.moved else "",
        "code": line.code,
        "yearly": line.yearly,
        "current": _row(line.current),
        "periods": [_row(row) for row in line.periods],
        "chart": line.current.indicator.chart,
    }


def _row(row: FigureRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PRINTED} | {"bar": asdict(row.bar)}


def _chart(name: str, overview: Overview) -> dict[str, Any]:
    view = CHARTS[name]()
    day = overview.as_of
    query = PageQuery(day, day, overview.unit, [overview.unit])
    payload = view.payload_of(overview, query)
    return {
        "title": str(view.title),
        "subtitle": subtitle_of(view.subtitle, payload),
        "payload": payload,
    }


# --- Written once -------------------------------------------------------------------------------


def create_snapshot(meeting: Meeting, carried: list[dict[str, Any]], user: Any) -> FrozenFigures:
    """Write the figures of the meeting's day away, in every language of the site.

    What they were at the last meeting before is among them. Call it in the transaction that opens
    the meeting. A second call for the same meeting is an IntegrityError; triggers refuse every
    later change.
    """
    overview = overview_of(meeting)
    since = default_since(meeting.as_of, days.days_held())
    content: dict[str, Any] = {"carried": carried}
    for language, _name in settings.LANGUAGES:
        with override(language):
            by_language = replace(overview)  # whose rows are worded anew
            content[language] = figures(by_language, since=since)
    plain = json.loads(canonical(content))
    return FrozenFigures.objects.create(
        meeting=meeting, content=plain, digest=digest_of(plain), who=user, at=timezone.now()
    )


def canonical(content: dict[str, Any]) -> str:
    """One form for one content: keys in order, nothing but what JSON knows."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False, default=str)


def digest_of(content: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(content).encode()).hexdigest()


# --- Read back ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class MeetingFigures:
    """The figures a meeting is shown: `frozen` once it was opened, else as the records say now.

    `since` is the day that lines compare with, None where they do not. `corrected` names, by
    code, what the same rows say now where that differs; `changes` the records changed since the
    opening that the figures count, also where the sum is the same.
    """

    lines: dict[str, dict[str, Any]]
    charts: dict[str, dict[str, Any]]
    stock: dict[str, int]
    since: date | None = None
    frozen: FrozenFigures | None = None
    intact: bool = True
    corrected: dict[str, list[corrections.CorrectedRow]] = field(default_factory=dict)
    changes: list[ChangeEntry] = field(default_factory=list)
    more_changes: bool = False


def meeting_figures(meeting: Meeting, codes: Collection[str] | None = None) -> MeetingFigures:
    """What page, projector and minutes of `meeting` print, in the active language.

    Corrections are looked for at the targets with these `codes`; None stands for all.
    """
    frozen = snapshot_of(meeting)
    if frozen is None:
        return _from_snapshot(figures(overview_of(meeting), charts=False))
    snapshot = _in_language(frozen.content)
    lines = [line for line in snapshot["lines"] if codes is None or line["code"] in codes]
    now = {line.code: [_row(row) for row in line.periods] for line in overview_of(meeting).lines}
    corrected = corrections.corrected_rows(lines, now)
    measures = {line["current"]["measure"] for line in lines}
    changed = written_after(frozen.at, meeting.as_of, measures, MAX_CHANGES_SHOWN + 1)
    return replace(
        _from_snapshot(snapshot),
        frozen=frozen,
        intact=digest_of(frozen.content) == frozen.digest,
        corrected=corrected,
        changes=changes.entries_of(changed[:MAX_CHANGES_SHOWN]),
        more_changes=len(changed) > MAX_CHANGES_SHOWN,
    )


def snapshot_of(meeting: Meeting) -> FrozenFigures | None:
    try:
        return meeting.frozen
    except FrozenFigures.DoesNotExist:
        return None


def _in_language(content: dict[str, Any]) -> dict[str, Any]:
    """The texts in the active language; in the site's own where it was added later."""
    texts: dict[str, Any] = content.get(get_language() or "") or content[settings.LANGUAGE_CODE]
    return texts


def _from_snapshot(content: dict[str, Any]) -> MeetingFigures:
    lines = {line["code"]: line for line in content["lines"]}
    since = content["since"]
    return MeetingFigures(
        lines=lines,
        charts=content["charts"],
        stock=content["stock"],
        since=date.fromisoformat(since) if since else None,
    )
