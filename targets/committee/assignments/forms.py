"""Forms and filters of assignments: they check and give values, and save nothing."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.organisation.agencies import label_of
from ocop.organisation.models import Agency
from ocop.organisation.scope import Scope
from products.catalogue import MAX_CHARACTERS, QueryFilterSet
from products.entry.forms import DayField
from targets.choices import AssignmentLogKind, AssignmentState, Priority
from targets.committee.assignments import links
from targets.committee.assignments.services import NewAssignment, ProgressReport
from targets.committee.forms import AgenciesField, CommitteeForm, as_lines
from targets.committee.permissions import concerning
from targets.figures import in_language
from targets.models import Activity, Assignment, Document, Target

LogKind = AssignmentLogKind
STATES = [
    ("open", _("Being carried out")),
    ("overdue", _("Overdue")),
    ("done", _("Done")),
    ("cancelled", _("Cancelled")),
]


class AssignmentFilter(QueryFilterSet):
    """States are those of the day asked for: what was done later was open then."""

    q = django_filters.CharFilter(label=_("Words"), method="by_words", max_length=MAX_CHARACTERS)
    agency = django_filters.ModelChoiceFilter(
        label=_("Agency"),
        queryset=Agency.objects.all(),
        to_field_name="code",
        empty_label=_("All agencies"),
        method="by_agency",
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="by_state", empty_label=_("All states")
    )
    target = django_filters.CharFilter(label=_("Target"), field_name="target__code")
    priority = django_filters.ChoiceFilter(
        label=_("Priority"), choices=Priority.choices, empty_label=_("All")
    )

    class Meta:
        model = Assignment
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        targets = Target.objects.order_by("plan", "position")
        codes = list({one.code: in_language(one, "short_name") for one in targets}.items())
        self.form.fields["target"] = forms.ChoiceField(
            label=_("Target"), choices=[("", _("All targets")), *codes], required=False
        )

    def by_words(self, found: Any, name: str, value: str) -> Any:
        for word in value.split():
            found = found.filter(text__icontains=word)
        return found

    def by_agency(self, found: Any, name: str, value: Agency) -> Any:
        """Those that the agency leads or co-operates in."""
        return found.filter(concerning([value.pk]))

    def by_state(self, found: Any, name: str, value: str) -> Any:
        day = self.query.as_of
        if value == "open":
            return found.open_at(day)
        if value == "overdue":
            return found.overdue_at(day)
        return found.as_stood(day).filter(state_then=value)


class TargetField(forms.ModelChoiceField):
    """Targets by their names in the language of the page."""

    def label_from_instance(self, obj: Any) -> str:
        return in_language(obj, "name")


class NewAssignmentForm(CommitteeForm):
    """An assignment that comes from no meeting, and its source."""

    text = forms.CharField(label=_("What is to be done"), max_length=2000, widget=as_lines(3))
    source = forms.CharField(
        label=_("Rests on"),
        max_length=200,
        help_text=_("The document or decision, with its number and date."),
    )
    cites = forms.ModelChoiceField(
        label=_("Document on record"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("None of these"),
    )
    agency = forms.ModelChoiceField(label=_("Lead agency"), queryset=Agency.objects.none())
    cooperating = AgenciesField()
    target = TargetField(
        label=_("Target"),
        queryset=Target.objects.none(),
        required=False,
        empty_label=_("No target of its own"),
    )
    deadline = DayField(label=_("Deadline"))
    priority = forms.ChoiceField(
        label=_("Priority"),
        choices=Priority.choices,
        help_text=_("A task of high priority is done only with evidence."),
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        fields: Any = self.fields
        for name in ("agency", "cooperating"):
            fields[name].queryset = Agency.objects.all()
            fields[name].label_from_instance = label_of
        fields["cites"].queryset = Document.objects.all()
        fields["target"].queryset = Target.objects.all()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("deadline") and given["deadline"] < self.day:
            self.add_error("deadline", _("The deadline lies before the day it was given."))
        return given

    @property
    def order(self) -> NewAssignment:
        given = self.cleaned_data
        return NewAssignment(**given | {"cooperating": tuple(given["cooperating"])})


class ReportForm(CommitteeForm):
    """One step of an assignment: which, when, a word, what proves it."""

    kind = forms.ChoiceField(label=_("Step"))
    on = DayField(label=_("Day"))
    word = forms.CharField(
        label=_("What was done, or why"), max_length=3000, required=False, widget=as_lines(3)
    )
    activity = forms.ModelChoiceField(
        label=_("Evidence: an activity"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    link = forms.CharField(
        label=_("Evidence: the address of a record"),
        max_length=300,
        required=False,
        help_text=_("Copy it from the address line of the record's page, such as /products/12/."),
    )
    deadline = DayField(
        label=_("New deadline"),
        required=False,
        help_text=_("Only where the deadline is moved."),
    )

    def __init__(
        self, data: Any = None, *, assignment: Assignment, scope: Scope, runs: bool, day: date
    ) -> None:
        super().__init__(data, initial={"on": day, "kind": LogKind.REPORTED})
        self.scope = scope
        kinds = [LogKind.REPORTED, LogKind.DONE]
        if runs:
            kinds += [LogKind.DEADLINE, LogKind.CANCELLED]
        if assignment.state != AssignmentState.OPEN:
            kinds = [LogKind.REOPENED] if runs else []
        words = {
            LogKind.REPORTED: _("Report how it stands"),
            LogKind.DONE: _("Report it done"),
            LogKind.DEADLINE: _("Move the deadline"),
            LogKind.CANCELLED: _("Cancel it"),
            LogKind.REOPENED: _("Open it again"),
        }
        self.fields["kind"].choices = [(kind, words[kind]) for kind in kinds]  # type: ignore[attr-defined]
        if not runs or assignment.state != AssignmentState.OPEN:
            del self.fields["deadline"]
        activities: Any = self.fields["activity"]
        activities.queryset = Activity.objects.visible_in(scope)
        activities.widget.attrs["data-search"] = ""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        given["link_title"] = ""
        if given.get("link"):
            try:
                given["link"], given["link_title"] = links.read_link(given["link"], self.scope)
            except links.NoRecord as refusal:
                self.add_error("link", str(refusal))
        if given.get("deadline") and given.get("kind") != LogKind.DEADLINE:
            self.add_error("deadline", _("Choose “Move the deadline” to move it."))
        return given

    @property
    def report(self) -> ProgressReport:
        return ProgressReport(**self.cleaned_data)
