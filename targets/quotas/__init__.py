"""Quotas of districts and milestones of targets."""

from targets.quotas import board, resources
from targets.quotas.board import QuotaBoardRow, QuotaMoveEntry
