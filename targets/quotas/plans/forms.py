"""Forms of a draft plan and its targets: they check and give values, and save nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.organisation.choices import UnitLevel
from ocop.organisation.models import Agency, Unit
from products.choices import IPKind
from products.entry.forms import DayField, ErrorSummary, NumberField
from targets.choices import CountingEvent, Operator, Period, TargetSection
from targets.figures import in_language
from targets.models import Document, Plan, Target
from targets.models.plans import measure_choices
from targets.quotas.plans import checks
from targets.quotas.plans.services import FIELDS, TARGET_FIELDS

MORE_VALUES = 3
"""Blank lines for values beyond one a year."""
MAX_YEARS = 20
SEVERAL = _("Ctrl + click for several.")


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DatedUnitField(forms.ModelChoiceField):
    """Provinces; one that has ended says until when."""

    def label_from_instance(self, obj: Any) -> str:
        ended = f" (→ {obj.valid_to:%d/%m/%Y})" if obj.valid_to else ""
        return f"{obj.name}{ended}"


class PlanNameField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return in_language(obj, "name")


class PlanForm(ErrorSummary, forms.Form):
    """What a plan says of itself; of a new one also which plan it begins like."""

    like = PlanNameField(
        label=_("Begin like"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=_("Without targets"),
        help_text=_("Its targets are copied into the draft, with their limits, to be changed."),
    )
    code = forms.RegexField(
        r"^[^\s?#&%]+$",
        label=_("Code"),
        max_length=40,
        help_text=_("Short, without spaces; such as the number of the document."),
        error_messages={"invalid": _("Write it without spaces and without ? # & %.")},
    )
    name = forms.CharField(label=_("Name"), max_length=300)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    document = forms.CharField(
        label=_("Document"), max_length=200, help_text=_("As papers name it, with its number.")
    )
    document_date = DayField(label=_("Date of the document"))
    documents = forms.ModelMultipleChoiceField(
        label=_("Documents on record"),
        queryset=Document.objects.none(),
        required=False,
        help_text=SEVERAL,
    )
    unit = DatedUnitField(label=_("Province"), queryset=Unit.objects.none())
    sub_unit_level = forms.ChoiceField(
        label=_("Level of the units that take a part"),
        choices=[one for one in UnitLevel.choices if one[0] != UnitLevel.PROVINCE],
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    attention_percent = forms.IntegerField(
        label=_("Behind below this percent of what is expected"),
        min_value=0,
        max_value=100,
        initial=75,
    )

    def __init__(self, data: Any = None, *, plan: Plan | None, start: dict[str, Any]) -> None:
        if plan is not None:
            start = {name: getattr(plan, name) for name in FIELDS}
            start["documents"] = list(plan.documents.values_list("pk", flat=True))
        super().__init__(data, initial=start)
        self.plan = plan
        provinces = Unit.objects.filter(level=UnitLevel.PROVINCE).order_by("-valid_from", "code")
        offered = {"documents": Document.objects.all(), "unit": provinces}
        offered["like"] = Plan.everything.all()
        for name, records in offered.items():
            self.fields[name].queryset = records  # type: ignore[attr-defined]
        self.fields["documents"].widget.attrs["data-search"] = ""
        if plan is not None:
            del self.fields["like"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self._check_code(given)
        first, last, unit = (given.get(name) for name in ("starts_on", "ends_on", "unit"))
        if first and last and last <= first:
            self.add_error("ends_on", _("A plan must end after it begins."))
        elif first and last and last.year - first.year >= MAX_YEARS:
            self.add_error("ends_on", _("A plan runs for at most 20 years."))
        if first and unit and not _exists(unit, first):
            self.add_error(
                "unit",
                _("This unit does not exist on the plan's first day: choose the unit of that day."),
            )
        return given

    def _check_code(self, given: dict[str, Any]) -> None:
        same = Plan.everything.filter(code=given.get("code", ""))
        if self.plan is not None:
            same = same.exclude(pk=self.plan.pk)
        if same.exists():
            self.add_error("code", _("Another plan has this code: choose a different one."))

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


def _exists(unit: Unit, day: Any) -> bool:
    return unit.valid_from <= day and (unit.valid_to is None or unit.valid_to >= day)


class TargetForm(ErrorSummary, forms.Form):
    """One target of a draft: its clause, how it counts and compares, who leads."""

    code = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9-]*$",
        label=_("Code"),
        max_length=30,
        help_text=_("Letters, digits and hyphens, such as OCOP-NEW; it stands in addresses."),
        error_messages={"invalid": _("Write letters without diacritics, digits and hyphens only.")},
    )
    name = forms.CharField(label=_("Name"), max_length=300, widget=lines(2))
    short_name = forms.CharField(label=_("Short name"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    short_name_en = forms.CharField(label=_("Short name in English"), max_length=80, required=False)
    quote = forms.CharField(
        label=_("Clause"),
        max_length=2000,
        widget=lines(2),
        help_text=_("Word for word, as the document has it."),
    )
    section = forms.ChoiceField(label=_("Section"), choices=TargetSection.choices)
    measure = forms.ChoiceField(label=_("What is counted"), choices=[])
    ip_kinds = forms.MultipleChoiceField(
        label=_("Kinds of right"),
        choices=IPKind.choices,
        required=False,
        help_text=_("Of intellectual property rights only. Ctrl + click for several."),
    )
    supported_only = forms.BooleanField(label=_("Only supported rights"), required=False)
    counting_event = forms.ChoiceField(
        label=_("A right counts when"), choices=CountingEvent.choices
    )
    operator = forms.ChoiceField(label=_("Comparison"), choices=Operator.choices)
    period = forms.ChoiceField(label=_("Period"), choices=Period.choices)
    unit_label = forms.CharField(
        label=_("Unit of measurement"), max_length=40, help_text=_("Such as sản phẩm, văn bằng, %.")
    )
    lead_agency = forms.ModelChoiceField(label=_("Lead agency"), queryset=Agency.objects.none())
    stands_in = forms.ModelChoiceField(
        label=_("Document it stands in"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("None of these"),
    )
    carries_out = forms.ModelMultipleChoiceField(
        label=_("Carries out"),
        queryset=Document.objects.none(),
        required=False,
        help_text=SEVERAL,
    )

    def __init__(self, data: Any = None, *, plan: Plan, target: Target | None) -> None:
        start: dict[str, Any] = {}
        if target is not None:
            start = {name: getattr(target, name) for name in TARGET_FIELDS}
            start["carries_out"] = list(target.carries_out.values_list("pk", flat=True))
        super().__init__(data, initial=start)
        self.plan, self.target = plan, target
        fields: Any = self.fields
        fields["measure"].choices = measure_choices()
        fields["lead_agency"].queryset = Agency.objects.all()
        for name in ("stands_in", "carries_out"):
            fields[name].queryset = Document.objects.all()
        for name in ("lead_agency", "carries_out"):
            fields[name].widget.attrs["data-search"] = ""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        same = Target.everything.filter(plan=self.plan, code__iexact=given.get("code", ""))
        if self.target is not None:
            same = same.exclude(pk=self.target.pk)
        if same.exists():
            self.add_error("code", _("This plan already has a target of that code."))
        measure, period, operator = (given.get(name) for name in ("measure", "period", "operator"))
        if measure and period and operator:
            faults = checks.target_faults(measure, period, operator, given.get("ip_kinds", []))
            for name, fault in faults.items():
                self.add_error(name, fault)
        return given

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data | {
            "kind": checks.kind_of(self.cleaned_data["measure"]),
            "document": self.plan.document,
            "document_date": self.plan.document_date,
        }
        return {name: given[name] for name in TARGET_FIELDS}


class ValueForm(ErrorSummary, forms.Form):
    """One value: of a year or the whole plan; a line without a limit is none."""

    year = forms.TypedChoiceField(
        label=_("Year"), choices=[], required=False, coerce=int, empty_value=None
    )
    threshold = NumberField(
        label=_("Limit"), required=False, max_digits=12, decimal_places=3, min_value=0
    )
    aim = NumberField(label=_("Aim"), required=False, max_digits=12, decimal_places=3, min_value=0)
    document = forms.CharField(label=_("Document"), max_length=200, required=False)
    effective_from = DayField(label=_("In force from"), required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        years = [(str(year), str(year)) for year in checks.years_of(plan)]
        self.fields["year"].choices = [("", _("Whole plan")), *years]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        missing = given.get("threshold") is None and "threshold" not in self.errors
        if missing and given.get("aim") is not None:
            self.add_error("threshold", _("There is an aim here and no limit: write it."))
        return given

    @property
    def limit(self) -> checks.Limit | None:
        """None for a line that is left blank."""
        given = self.cleaned_data
        if given.get("threshold") is None:
            return None
        return checks.Limit(
            given["year"],
            given["threshold"],
            given["aim"],
            given["document"] or self.plan.document,
            given["effective_from"] or self.plan.document_date,
        )


class BaseValues(forms.BaseFormSet):
    """The values of one target; `check` holds them against the target and each other."""

    def check(self, target: TargetForm) -> bool:
        """True where all are right; else the errors stand on their lines."""
        if not self.is_valid():
            return False
        given = target.cleaned_data
        asked = [given.get(name) for name in ("measure", "period", "operator")]
        if not all(asked):
            return True
        measure, period, operator = asked
        twice = checks.repeated(self.limits)
        for form in self.forms:
            limit = form.limit
            if limit is None:
                continue
            kind = checks.kind_of(str(measure))
            fault = checks.limit_fault(limit, kind, str(period), str(operator), target.plan)
            if fault:
                of_year = (period == Period.YEAR) != (limit.year is not None)
                form.add_error("year" if of_year else "threshold", fault)
            elif (limit.year, limit.effective_from) in twice:
                form.add_error(
                    "effective_from",
                    _("Two values are in force from this day: give one another day."),
                )
        return not any(form.errors for form in self.forms)

    @property
    def limits(self) -> list[checks.Limit]:
        return [form.limit for form in self.forms if form.limit is not None]


def values_formset(data: Any, plan: Plan, target: Target | None) -> Any:
    """One line for each value on record, or one a year and one for the whole; some blank ones."""
    stored = list(target.values.all()) if target else []
    start = [{name: getattr(one, name) for name in ValueForm.base_fields} for one in stored] or [
        {"year": year} for year in [None, *checks.years_of(plan)]
    ]
    factory = forms.formset_factory(
        ValueForm, formset=BaseValues, extra=MORE_VALUES, max_num=200, absolute_max=200
    )
    return factory(data, initial=start, prefix="values", form_kwargs={"plan": plan})
