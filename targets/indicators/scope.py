"""Of which records a figure is asked."""

from datetime import date
from typing import Any, NamedTuple


class Scope(NamedTuple):
    """Of which records a figure is asked: as of `day`, of a district or (None) the province;
    `pending` counts submitted ones too. Access is the caller's to check."""

    day: date
    district: int | None = None
    pending: bool = False


def within(records: Any, district: int | None) -> Any:
    """`records` of one district; all of them for None."""
    if district is None:
        return records
    return records.filter(**{records.district_path: district})
