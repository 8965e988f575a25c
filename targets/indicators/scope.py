"""Of which records a figure is asked."""

from datetime import date
from typing import NamedTuple

from ocop.organisation.models import Unit


class Scope(NamedTuple):
    """Of which records a figure is asked: as of `day`, of a unit of any level or (None) all there
    are; `pending` counts submitted ones too. Access is the caller's to check."""

    day: date
    unit: Unit | None = None
    pending: bool = False
