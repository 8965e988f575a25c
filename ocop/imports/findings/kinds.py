"""Kinds of questions, as `--json` names them."""

COLUMN, DAY, DECISION, DISTRICT, FLOOR, KIND = (
    *("column", "day", "decision", "district", "floor", "kind"),
)
NEAR_NAME, OUTSIDE, PLACE, RANK, SPLIT, SYSTEM, TABLE = (
    *("near_name", "outside", "place", "rank", "split", "system", "table"),
)
