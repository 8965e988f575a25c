"""Meetings: agenda, figures kept at the opening, conclusions, minutes."""

from targets.committee.meetings import days, services
from targets.committee.meetings.page import assignment_row
from targets.committee.meetings.services import AgendaItem
