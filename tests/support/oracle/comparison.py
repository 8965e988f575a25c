"""What a printed progress says otherwise than the oracle."""

from typing import Any


def differences(printed: dict[str, Any], right: dict[str, Any]) -> list[str]:
    """One line a field that differs: which row and field, what was printed, what is right.

    The explanation is left out. A `now` of null says the same as none.
    """
    found = [
        difference("", name, printed.get(name), right[name])
        for name in right
        if name not in ("targets", "stock") and printed.get(name) != right[name]
    ]
    found += fields("stock", printed["stock"], right["stock"])
    order = [key(one) for one in printed["targets"]]
    if order != [key(one) for one in right["targets"]]:
        return [*found, difference("", "rows", order, [key(one) for one in right["targets"]])]
    for ours, theirs in zip(printed["targets"], right["targets"], strict=True):
        found += fields(key(theirs), ours, {"now": None, **theirs})
    return found


def key(row: dict[str, Any]) -> str:
    return f"{row['code']} {row['period']}"


def fields(name: str, printed: dict[str, Any], right: dict[str, Any]) -> list[str]:
    return [
        difference(
            name, field, printed.get(field, "(absent)" if wanted is not None else None), wanted
        )
        for field, wanted in right.items()
        if not same(printed.get(field), wanted)
    ]


def same(printed: Any, wanted: Any) -> bool:
    """Equal and of one type: 1 is not true."""
    return type(printed) is type(wanted) and printed == wanted


def difference(row: str, field: str, printed: Any, wanted: Any) -> str:
    return f"{row} {field}: printed {printed!r}, right {wanted!r}".strip()
