"""The form of one scoring sheet: points of every criterion, or totals of the parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from products.entry.forms import NumberField
from products.records import as_plain
from products.scoring import Criteria, CriterionGroup, Leaf, LeafRow, Sheet, SheetPart

POINTS_FIELD = re.compile(r"points-.{0,20}|case-.{0,20}|part-.{0,20}", re.DOTALL)
MAX_NAME_LENGTH = 120


def field_of(leaf: Leaf) -> str:
    return f"points-{leaf.criterion}-{leaf.leaf}"


def case_field(group: CriterionGroup) -> str:
    return f"case-{group.number}"


class SheetForm(forms.Form):
    """One sheet; points may be missing while it is a draft, not where the rating is `verified`.

    `alone`: no other sheet is there, so this one may be the summary sheet. `cleaned_data` holds
    what could be read even where other fields have errors.
    """

    member = forms.CharField(
        label=_("Council member"), max_length=MAX_NAME_LENGTH, required=False, strip=True
    )
    summary = forms.BooleanField(
        label=_("Summary sheet of the whole council, without a member's name"), required=False
    )
    change_reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The verified values count until this change is verified."),
    )

    def __init__(
        self, data: Any = None, *, criteria: Criteria, alone: bool, verified: bool, **kwargs: Any
    ) -> None:
        super().__init__(data, auto_id="%s", **kwargs)
        self.criteria, self.verified = criteria, verified
        self.fields["member"].widget.attrs["autocomplete"] = "off"
        if not alone:
            del self.fields["summary"]
        if not verified:
            del self.fields["change_reason"]
        if criteria.by_parts:
            for part in criteria.parts:
                self.fields[f"part-{part.code}"] = _part_field(part)
        for part in criteria.parts:
            for group in part.groups:
                self._add_group(part, group)

    def _add_group(self, part: SheetPart, group: CriterionGroup) -> None:
        if group.cases:
            self.fields[case_field(group)] = forms.TypedChoiceField(
                label=group.label,
                choices=[("", ""), *((str(case), str(case)) for case in group.cases)],
                coerce=int,
                empty_value=None,
                required=False,
            )
        for row in group.rows:
            self.fields[field_of(row.leaf)] = _leaf_field(part, row)

    # --- Checks -------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        self._check_member()
        self._check_unknown()
        for part in self.criteria.parts:
            for group in part.groups:
                if group.cases:
                    self._check_cases(group)
        if self.verified:
            self._check_complete()
        return self.cleaned_data

    def _check_member(self) -> None:
        if "member" in self.errors:
            return
        member = " ".join(self.cleaned_data.get("member", "").split())
        if self.cleaned_data.get("summary"):
            member = ""
        elif not member:
            words = (
                gettext("Write the member's name, or tick “summary sheet” below.")
                if "summary" in self.fields
                else gettext("Write the name of the member whose sheet this is.")
            )
            self.add_error("member", words)
        self.cleaned_data["member"] = member

    def _check_unknown(self) -> None:
        """Points for a criterion that this set does not have are not dropped unseen."""
        for name, values in self.data.lists() if hasattr(self.data, "lists") else ():
            given = POINTS_FIELD.fullmatch(name) and any(values)
            if given and name not in self.fields:
                words = gettext(
                    "Points came for “%(name)s”, which is no criterion of this sheet. Open the "
                    "sheet again and compare: the criteria may have changed meanwhile."
                )
                self.add_error(None, words % {"name": name.split("-", 1)[1].replace("-", ".")})

    def _check_cases(self, group: CriterionGroup) -> None:
        """Only the chosen case is kept; where none was chosen, the one that got points."""
        given = {
            row.leaf.alternative
            for row in group.rows
            if row.leaf.alternative and self.cleaned_data.get(field_of(row.leaf)) is not None
        }
        name, chosen = case_field(group), self.cleaned_data.get(case_field(group))
        if chosen is None and len(given) == 1:
            chosen = self.cleaned_data[name] = next(iter(given))
        elif chosen is None and given:
            self.add_error(
                name, gettext("Both cases were given points. Choose the one that holds.")
            )
        elif chosen is not None and given and chosen not in given:
            words = gettext("Case %(case)s is chosen, but the points were given in another case.")
            self.add_error(name, words % {"case": chosen})

    def _check_complete(self) -> None:
        for name in self.missing_fields():
            self.add_error(
                name,
                gettext("The rating is verified: a change of it must be complete, this too."),
            )

    def missing_fields(self) -> list[str]:
        """Names of fields that still need points, an either/or criterion by its choice."""
        return [name for name in self._asked() if self._empty(name)]

    def _empty(self, name: str) -> bool:
        return name not in self.errors and self.cleaned_data.get(name) is None

    def _asked(self) -> Iterator[str]:
        if self.criteria.by_parts:
            yield from (f"part-{part.code}" for part in self.criteria.parts)
        for part in self.criteria.parts:
            for group in part.groups:
                chosen = self.cleaned_data.get(case_field(group)) if group.cases else None
                if group.cases and chosen is None:
                    yield case_field(group)
                for row in group.rows:
                    if row.leaf.alternative is None or row.leaf.alternative == chosen:
                        yield field_of(row.leaf)

    # --- Result -------------------------------------------------------------------------------

    def sheet(self) -> Sheet:
        """The sheet in the form it is kept in, of what could be read."""
        member = self.cleaned_data.get("member", "")
        if self.criteria.by_parts:
            totals = {part: self.cleaned_data.get(f"part-{part}") for part in self.criteria.limits}
            given = {part: as_plain(total) for part, total in totals.items() if total is not None}
            return {"member": member, "parts": given}
        points = {}
        for part in self.criteria.parts:
            for group in part.groups:
                chosen = self.cleaned_data.get(case_field(group)) if group.cases else None
                for row in group.rows:
                    value = self.cleaned_data.get(field_of(row.leaf))
                    if value is not None and row.leaf.alternative in (None, chosen):
                        points[f"{row.leaf.criterion}.{row.leaf.leaf}"] = value
        return {"member": member, "points": points}

    # --- For the page -------------------------------------------------------------------------

    @property
    def summary_of_errors(self) -> list[tuple[str, str, Any]]:
        """(id to go to, label, message) of every error, in the order of the sheet."""
        lines = [("", "", message) for message in self.non_field_errors()]
        for name in self.fields:
            at = (
                name if name in ("member", "change_reason") or name[:5] == "part-" else f"at-{name}"
            )
            label = str(self.fields[name].label)
            lines += [(at, label, message) for message in self.errors.get(name, [])]
        return lines

    @property
    def sections(self) -> "list[SheetPartInput]":
        return [
            SheetPartInput(
                part, [self._block(group) for group in part.groups], self._total_field(part)
            )
            for part in self.criteria.parts
        ]

    def _total_field(self, part: SheetPart) -> Any:
        return self[f"part-{part.code}"] if self.criteria.by_parts else None

    def _block(self, group: CriterionGroup) -> "CriterionGroupInput":
        now = self._now(case_field(group)) if group.cases else ""
        cases = [
            LevelOption(str(case), _case_words(group, case), now == str(case))
            for case in group.cases
        ]
        lines = [self._line(row) for row in group.rows]
        errors = self.errors.get(case_field(group), []) if cases else []
        alone = len(lines) == 1 and lines[0].label == group.label
        return CriterionGroupInput(
            group.number, group.label, lines, case_field(group), cases, errors, alone
        )

    def _line(self, row: LeafRow) -> "CriterionInput":
        name = field_of(row.leaf)
        now = self._now(name)
        options = [
            LevelOption(
                *(str(level), str(level), now == str(level), _stars_from(row.leaf, level)),
                row.meanings.get(level, ""),
            )
            for level in row.leaf.levels
        ]
        number = f"{row.leaf.criterion}.{row.leaf.leaf}"
        case = str(row.leaf.alternative or "")
        strange = now if now and not any(option.checked for option in options) else ""
        return CriterionInput(
            *(name, number, row.label, options, minima_in_words(row.leaf)),
            *(self.errors.get(name, []), case, strange[:40], row.note),
        )

    def _now(self, name: str) -> str:
        value = self[name].value()
        return "" if value is None else str(value)


@dataclass(frozen=True)
class LevelOption:
    """One radio button; `stars` are those whose minimum these points reach first, `meaning` what
    the points stand for."""

    value: str
    label: str
    checked: bool
    stars: tuple[int, ...] = ()
    meaning: str = ""


@dataclass(frozen=True)
class CriterionInput:
    """One leaf criterion as a group of radio buttons. `strange` is a value that was sent and is
    none of them, `note` what was doubtful in the public copy."""

    name: str
    number: str
    label: str
    options: list[LevelOption]
    minima: str
    errors: Any
    case: str
    strange: str
    note: str = ""

    @property
    def given(self) -> bool:
        return any(option.checked for option in self.options)

    @property
    def explained(self) -> bool:
        """Whether what some points mean is on file."""
        return any(option.meaning for option in self.options)


@dataclass(frozen=True)
class CriterionGroupInput:
    """One criterion; `bare`: its only leaf says the same as the criterion."""

    number: int
    label: str
    lines: list[CriterionInput]
    case_name: str
    cases: list[LevelOption]
    errors: Any
    bare: bool

    @property
    def case_given(self) -> bool:
        return any(case.checked for case in self.cases)


@dataclass(frozen=True)
class SheetPartInput:
    """One part of the sheet; `total` is its field where only part totals are given."""

    part: SheetPart
    blocks: list[CriterionGroupInput]
    total: Any


def _case_words(group: CriterionGroup, case: int) -> str:
    """What the case is called: by its criterion where it has only one."""
    labels = [row.label for row in group.rows if row.leaf.alternative == case]
    return labels[0] if len(labels) == 1 else gettext("Case %(case)s") % {"case": case}


def _stars_from(leaf: Leaf, level: int) -> tuple[int, ...]:
    reached = []
    for star in (3, 4, 5):
        needed = leaf.minimum(star)
        if needed is not None and level == min((p for p in leaf.levels if p >= needed), default=-1):
            reached.append(star)
    return tuple(reached)


def minima_in_words(leaf: Leaf) -> str:
    """ "At least 2 for 4 stars; at least 3 for 5 stars"; "" where the leaf asks for none."""
    words = gettext("at least %(points)d for %(stars)d stars")
    minima = [(star, leaf.minimum(star)) for star in (3, 4, 5)]
    requirements = [
        words % {"points": need, "stars": star} for star, need in minima if need is not None
    ]
    text = "; ".join(requirements)
    return text[:1].upper() + text[1:]


def _leaf_field(part: SheetPart, row: LeafRow) -> forms.Field:
    allowed = ", ".join(str(level) for level in row.leaf.levels)
    words = gettext("“%(value)s” cannot be given here. Choose one of: %(allowed)s.")
    field = forms.TypedChoiceField(
        label=f"{part.code}.{row.leaf.criterion}.{row.leaf.leaf} {row.label}",
        choices=[("", "–"), *((str(level), str(level)) for level in row.leaf.levels)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    field.error_messages["invalid_choice"] = words.replace("%(allowed)s", allowed)
    return field


def _part_field(part: SheetPart) -> NumberField:
    limit = {"part": part.code, "limit": part.limit}
    field = NumberField(
        label=part.label, required=False, min_value=0, max_value=part.limit, decimal_places=3
    )
    field.help_text = gettext("From 0 to %(limit)d points, such as 24,5.") % limit
    beyond = gettext("Part %(part)s gives from 0 to %(limit)d points; give no more than that.")
    field.error_messages["max_value"] = beyond % limit
    field.error_messages["min_value"] = beyond % limit
    field.error_messages["max_decimal_places"] = gettext("Give at most three decimals.")
    return field
