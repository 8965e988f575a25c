"""The record held against published totals, and against a decision's own list."""

from targets.reconciliation import lists, totals
