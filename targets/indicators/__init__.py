"""Indicators: one class each for how a target counts; `target.indicator` is asked."""

from targets.indicators.base import Indicator, PipelineStage, RecordsList
from targets.indicators.facts import Facts, Measurement, Window, collect_facts, numbers_of
from targets.indicators.ip_rights import IPRights
from targets.indicators.new_products import NewProducts
from targets.indicators.on_days import DayFigure, DecidedDays, answers, days_of_batches, lapsed_by
from targets.indicators.science_tasks import ScienceTasks
from targets.indicators.scope import Scope
from targets.indicators.shares import EcommerceShare, TraceabilityShare
from targets.indicators.validity import History

INDICATORS: dict[str, Indicator] = {
    indicator.measure: indicator
    for indicator in (
        IPRights(),
        ScienceTasks(),
        NewProducts(),
        TraceabilityShare(),
        EcommerceShare(),
    )
}
"""By the measure that targets store; a new indicator is one line here."""
