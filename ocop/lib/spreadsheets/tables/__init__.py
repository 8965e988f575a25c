"""The table in a sheet: its header, its records, and everything around them."""

from ocop.lib.spreadsheets.tables.decision_texts import decision_in_cell, decisions_in, plain_text
from ocop.lib.spreadsheets.tables.ditto import (
    as_literal,
    is_dash,
    may_stand_for_another,
    means_none,
    means_same_as_above,
)
from ocop.lib.spreadsheets.tables.headers import ROWS_SEARCHED, ColumnSpec
from ocop.lib.spreadsheets.tables.old_fonts import OldFont, converted, found_in
from ocop.lib.spreadsheets.tables.records import Record
from ocop.lib.spreadsheets.tables.tables import Table, find_table
from ocop.lib.spreadsheets.tables.titles import (
    DecisionReference,
    find_decisions,
    names_decision,
)
from ocop.lib.spreadsheets.tables.unread_columns import DAYS
