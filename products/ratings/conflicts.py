"""Where a sheet's form starts from, and two people at one sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from products.ratings.forms import SheetForm, case_field, field_of
from products.scoring import Criteria, Sheet


def initial_of(criteria: Criteria, sheet: Sheet | None) -> dict[str, Any]:
    """What the form starts from: names of fields and their values."""
    if sheet is None:
        return {}
    start: dict[str, Any] = {"member": sheet.get("member", ""), "summary": not sheet.get("member")}
    for part, total in sheet.get("parts", {}).items():
        start[f"part-{part}"] = str(total).replace(".", ",")
    given = sheet.get("points", {})
    for part in criteria.parts:
        for group in part.groups:
            for row in group.rows:
                points = given.get(f"{row.leaf.criterion}.{row.leaf.leaf}")
                if points is not None:
                    start[field_of(row.leaf)] = str(points)
                    if row.leaf.alternative:
                        start[case_field(group)] = str(row.leaf.alternative)
    return start


@dataclass(frozen=True)
class SheetFieldConflict:
    """One field that I and somebody else gave differently; `choice` as in
    products.records.editing."""

    name: str
    label: str
    mine: str
    theirs: str
    choice: str


def sheet_conflicts(form: SheetForm, base: Sheet | None, theirs: Sheet) -> list[SheetFieldConflict]:
    """Where my sheet and theirs differ, in the order of the sheet."""
    opened = initial_of(form.criteria, base)
    stored, typed = initial_of(form.criteria, theirs), initial_of(form.criteria, form.sheet())
    found = []
    for name, field in form.fields.items():
        mine, other = typed.get(name, ""), stored.get(name, "")
        if mine == other or name in ("change_reason", "summary"):
            continue
        choice = ""
        if base is not None:
            choice = "mine" if other == opened.get(name, "") else choice
            choice = "theirs" if mine == opened.get(name, "") else choice
        found.append(SheetFieldConflict(name, str(field.label), mine or "–", other or "–", choice))
    return found


def apply_choices(data: Any, criteria: Criteria, theirs: Sheet | None) -> Any:
    """The posted fields, with the stored value where the person chose the other's."""
    merged = data.copy()
    stored = initial_of(criteria, theirs)
    chosen: Sequence[str] = [name for name in data if name.startswith("choose-")]
    for choice in chosen:
        if data[choice] == "theirs" and theirs is not None:
            name = choice.removeprefix("choose-")
            merged.setlist(name, [stored[name]] if stored.get(name) else [])
            if name == "member" and not theirs.get("member"):
                merged["summary"] = "on"
    return merged
