"""The form of a member of the committee: it checks and gives values, and saves nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.entry.forms import DayField
from targets.choices import CommitteeRole
from targets.committee.forms import CommitteeForm
from targets.committee.members.services import FIELDS
from targets.models import CommitteeMember


class MemberForm(CommitteeForm):
    name = forms.CharField(label=_("Full name"), max_length=150)
    position = forms.CharField(
        label=_("Position"),
        max_length=200,
        required=False,
        help_text=_("What the person is elsewhere, such as director of a department."),
    )
    role = forms.ChoiceField(label=_("In the committee"), choices=CommitteeRole.choices)
    starts_on = DayField(
        label=_("From"), required=False, help_text=_("Blank where the day is not known.")
    )
    ends_on = DayField(
        label=_("Through"), required=False, help_text=_("Blank as long as it has not ended.")
    )
    source = forms.CharField(
        label=_("Rests on"),
        max_length=300,
        required=False,
        help_text=_("The document or decision, with its number and date."),
    )

    def __init__(self, data: Any = None, *, member: CommitteeMember | None) -> None:
        start = {name: getattr(member, name) for name in FIELDS} if member else {}
        super().__init__(data, initial=start)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        return given
