"""Several grouped counts in one statement: every kind of record is an arm of one union.

One answer of one moment: figures that belong together cannot come from before and after a change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, BooleanField, CharField, Value
from django.db.models.functions import Cast


@dataclass(frozen=True)
class Arm:
    """`rows` counted in `columns` for each group; a group is named by up to three columns.

    `district` is a path to an id, `kind` one to a text, `flag` a path or expression that is true
    or false; each may be left out.
    """

    rows: Any
    district: str
    columns: dict[str, Any]
    kind: str = ""
    flag: Any = field(default="")


class Group(NamedTuple):
    district: int | None
    kind: str | None
    flag: bool | None
    numbers: dict[str, int]


def count(arms: Mapping[str, Arm]) -> dict[str, list[Group]]:
    """The groups of every arm by the arm's name; one query."""
    width = max(len(arm.columns) for arm in arms.values())
    first, *others = (_typed(name, arm, width) for name, arm in arms.items())
    found: dict[str, list[Group]] = {name: [] for name in arms}
    for name, district, kind, flag, *numbers in first.union(*others, all=True):
        of_arm = dict(zip(arms[name].columns, numbers, strict=False))
        found[name].append(Group(district, kind, flag, of_arm))
    return found


def _typed(name: str, arm: Arm, width: int) -> Any:
    """One arm as wide as the widest, every column typed: a literal NULL has no type."""
    keys = {
        "of_district": Cast(arm.district or Value(None), BigIntegerField()),
        "of_kind": Cast(arm.kind or Value(None), CharField(max_length=30)),
        "of_flag": Cast(arm.flag or Value(None), BooleanField()),
    }
    numbers = {f"n{place}": column for place, column in enumerate(arm.columns.values())}
    spare = [Value(0, output_field=BigIntegerField())] * (width - len(numbers))
    counted = arm.rows.order_by().values(**keys).annotate(**numbers)
    return counted.values_list(Cast(Value(name), CharField(max_length=30)), *keys, *numbers, *spare)
