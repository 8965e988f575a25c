"""Quarters that districts confirm."""

from targets.confirmations import services
from targets.confirmations.later_changes import page_url
from targets.confirmations.services import QuarterStatus, ReportingTimeliness
