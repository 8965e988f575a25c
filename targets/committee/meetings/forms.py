"""Forms of meetings and their conclusions: they check and give values, and save nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.organisation.agencies import label_of
from ocop.organisation.models import Agency
from products.entry.forms import DayField
from targets.choices import MeetingState, Priority
from targets.committee import members
from targets.committee.assignments import NewAssignment
from targets.committee.forms import AgenciesField, CommitteeForm, as_lines
from targets.committee.meetings.services import FIELDS, AgendaItem
from targets.figures import in_language, plan_at
from targets.models import Meeting, Target, Topic

FREE_TOPICS = 6
"""Lines for topics of their own in the form of an agenda."""


def _start(day: date) -> dict[str, Any]:
    """What a new meeting begins with: its day, and the committee's head in the chair."""
    head = members.head_at(day)
    return {"as_of": day, "chair": str(head) if head else ""}


@dataclass(frozen=True)
class AgendaFormRow:
    """One line of the agenda's form: its place, and a target or a title to type."""

    order: forms.BoundField
    target: Target | None
    title: forms.BoundField | None


class MeetingForm(CommitteeForm):
    """A meeting with its agenda: each target and free topic has a place, or none."""

    title = forms.CharField(label=_("Title"), max_length=200)
    held_on = DayField(label=_("Day of the meeting"))
    as_of = DayField(
        label=_("Day of the figures"),
        help_text=_("The figures of this day are shown, and frozen when the meeting is opened."),
    )
    place = forms.CharField(label=_("Venue"), max_length=200, required=False)
    chair = forms.CharField(label=_("Chair"), max_length=200, required=False)
    attendees = forms.CharField(
        label=_("Attendees"), max_length=5000, required=False, widget=as_lines(3)
    )

    def __init__(self, data: Any = None, *, meeting: Meeting | None, day: date) -> None:
        self.meeting = meeting
        start = {name: getattr(meeting, name) for name in FIELDS} if meeting else _start(day)
        super().__init__(data, initial=start)
        self.targets = list(Target.objects.select_related("plan").order_by("plan", "position"))
        unsaved = list(meeting.topics.select_related("target")) if meeting else []
        if meeting and meeting.state != MeetingState.PLANNED:
            for name in ("title", "held_on", "as_of"):
                self.fields[name].disabled = True
            self.targets, unsaved = [], []
        self._add_lines(unsaved, self._first_agenda(day) if meeting is None else {})

    def _first_agenda(self, day: date) -> dict[int, int]:
        """All targets of the plan in its order, where nothing was chosen yet."""
        plan = plan_at(day)
        of_plan = [target.pk for target in self.targets if plan and target.plan_id == plan.pk]
        return {pk: number for number, pk in enumerate(of_plan, start=1)}

    def _add_lines(self, unsaved: list[Topic], places: dict[int, int]) -> None:
        places |= {topic.target_id: topic.position for topic in unsaved if topic.target_id}
        for target in self.targets:
            name = in_language(target, "short_name")
            self._add_order(f"order-{target.pk}", name, places.get(target.pk))
        free = [topic for topic in unsaved if not topic.target_id]
        if self.meeting and not self._has_agenda:
            return
        for number in range(1, max(FREE_TOPICS, len(free) + 2) + 1):
            topic = free[number - 1] if number <= len(free) else None
            label = _("Topic of its own")
            self.fields[f"title-{number}"] = forms.CharField(
                label=label,
                max_length=300,
                required=False,
                initial=topic.title if topic else "",
                widget=forms.TextInput(attrs={"placeholder": label}),
            )
            self._add_order(f"place-{number}", label, topic.position if topic else None)

    def _add_order(self, name: str, label: Any, place: int | None) -> None:
        self.fields[name] = forms.IntegerField(
            label=label,
            required=False,
            min_value=1,
            max_value=99,
            initial=place,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )

    @property
    def _has_agenda(self) -> bool:
        return self.meeting is None or self.meeting.state == MeetingState.PLANNED

    @property
    def free_numbers(self) -> list[int]:
        return [int(name[6:]) for name in self.fields if name.startswith("title-")]

    @property
    def agenda(self) -> list[AgendaFormRow]:
        """The lines as the page shows them."""
        targets = [AgendaFormRow(self[f"order-{one.pk}"], one, None) for one in self.targets]
        return targets + [
            AgendaFormRow(self[f"place-{number}"], None, self[f"title-{number}"])
            for number in self.free_numbers
        ]

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "held_on", "as_of", "place", "chair", "attendees")]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for number in self.free_numbers:
            if given.get(f"place-{number}") and not given.get(f"title-{number}", "").strip():
                self.add_error(f"title-{number}", _("This place of the agenda has no topic."))
        plan = plan_at(given["as_of"]) if given.get("as_of") else None
        for target in self.targets:
            if given.get(f"order-{target.pk}") and plan and target.plan_id != plan.pk:
                self.add_error(
                    f"order-{target.pk}", _("This target is not in the plan of that day.")
                )
        return given

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def points(self) -> list[AgendaItem]:
        """The agenda in its order; a free topic without a place comes last."""
        given = self.cleaned_data
        placed: list[tuple[int, AgendaItem]] = [
            (given[f"order-{target.pk}"], AgendaItem(target=target))
            for target in self.targets
            if given.get(f"order-{target.pk}")
        ]
        for number in self.free_numbers:
            if title := given[f"title-{number}"].strip():
                placed.append((given[f"place-{number}"] or 100, AgendaItem(title=title)))
        return [point for _place, point in sorted(placed, key=lambda pair: pair[0])]


class DiscardForm(CommitteeForm):
    """Why a planned meeting is discarded."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=as_lines(3))


class TopicForm(CommitteeForm):
    """One topic added while the meeting is under way: a target, or a title of its own.

    Every target of the plan is read, only those not on the agenda are offered: that a target is
    there already is told in words.
    """

    target = forms.ModelChoiceField(
        label=_("Target"), queryset=Target.objects.none(), required=False
    )
    title = forms.CharField(label=_("Topic of its own"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data)
        targets = Target.objects.filter(plan=meeting.plan_id).order_by("position")
        there = set(meeting.topics.values_list("target", flat=True))
        field: Any = self.fields["target"]
        field.queryset = targets
        missing = [one for one in targets if one.pk not in there]
        offered = [(one.pk, in_language(one, "short_name")) for one in missing]
        field.choices = [("", _("None: a topic of its own")), *offered]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "target" not in self.errors and bool(given.get("target")) == bool(given.get("title")):
            self.add_error("title", _("Choose a target, or write a topic of its own."))
        return given

    @property
    def point(self) -> AgendaItem:
        return AgendaItem(target=self.cleaned_data["target"], title=self.cleaned_data["title"])


class ConclusionForm(CommitteeForm):
    """A conclusion, and the assignment that follows from it where one is filled in."""

    conclusion = forms.CharField(
        label=_("Conclusion"), max_length=10_000, required=False, widget=as_lines(5)
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("Assignment"), max_length=2000, required=False, widget=as_lines(2)
    )
    agency = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Choose the agency"),
    )
    cooperating = AgenciesField()
    deadline = DayField(label=_("Deadline"), required=False)
    priority = forms.ChoiceField(
        label=_("Priority"), choices=Priority.choices, required=False, initial=Priority.NORMAL
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for name in ("agency", "cooperating"):
            fields[name].queryset = Agency.objects.all()
            fields[name].label_from_instance = label_of

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if any(given.get(name) for name in ("text", "agency", "deadline")):
            for name in ("text", "agency", "deadline"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("An assignment needs its text, agency and deadline."))
        return given

    @property
    def order(self) -> NewAssignment | None:
        """The assignment given, or None where none was filled in."""
        given = self.cleaned_data
        if not given.get("text"):
            return None
        return NewAssignment(
            text=given["text"].strip(),
            agency=given["agency"],
            deadline=given["deadline"],
            cooperating=tuple(given["cooperating"]),
            priority=given["priority"] or Priority.NORMAL,
        )
