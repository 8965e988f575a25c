"""Intellectual property rights and science tasks, along their life."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ocop.organisation.models import Unit
from products import legal_terms
from products.entry.forms.base import RecordForm
from products.entry.forms.fields import DayField, NumberField
from products.entry.forms.places import AreaFields
from products.kinds import KINDS
from products.models import IPRight, ScienceTask
from products.records import permissions


def _day(label: Any) -> DayField:
    return DayField(label=label, required=False)


class AreaForm(AreaFields, RecordForm):
    """A record of the province as a whole, of a district of the plan, or of a commune in one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        districts = Unit.objects.districts_of_plans()
        field: Any = self.fields["district"]
        field.empty_label = _("The province as a whole")
        if self.instance.pk:
            # No form moves a record to another district.
            field.disabled = True
            districts = districts.filter(pk=self.instance.district_id)
        self.offer_areas(districts, self.day)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.settle_area(cleaned)
        return cleaned


class IPRightForm(AreaForm):
    slug = "ip-right"
    happened = (
        *("filed_on", "accepted_on", "published_on", "granted_on", "supported_on"),
        *("withdrawn_on", "refused_on", "cancelled_on"),
    )
    fieldsets = (
        (
            _("Right"),
            ("kind", "name", "owner", "owner_producer", "district", "commune", "products"),
        ),
        (_("Filing"), ("filing_number", "filed_on", "accepted_on", "published_on")),
        (_("Grant"), ("certificate_number", "granted_on", "renewed_until")),
        (_("Support"), ("supported", "supported_on", "science_task")),
        (_("End"), ("ended_on", "withdrawn_on", "refused_on", "cancelled_on")),
    )
    help = {
        "filing_number": _("Such as 4-2022-12345."),
        "owner": _("The owner may be a public body; users of a mark are not owners."),
        "products": _("Products that the right covers; none, one or several."),
        "supported": _("Filed with support under Resolution 80/2019/NQ-HĐND."),
        "science_task": _("The task that the right came out of."),
        "renewed_until": _("The last day of protection after the latest renewal."),
    }
    filed_on = _day(_("Filed on"))
    accepted_on = _day(_("Formally accepted on"))
    published_on = _day(_("Published on"))
    granted_on = _day(_("Granted on"))
    renewed_until = _day(_("Renewed until"))
    supported_on = _day(_("Supported on"))
    ended_on = _day(_("Ended on"))
    withdrawn_on = _day(_("Withdrawn on"))
    refused_on = _day(_("Refused on"))
    cancelled_on = _day(_("Cancelled on"))

    class Meta:
        model = IPRight
        fields = list(KINDS["ip-right"].content)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "owner_producer": permissions.visible(KINDS["producer"], self.scope),
            "products": permissions.visible(KINDS["product"], self.scope).select_related(
                "producer"
            ),
            "science_task": permissions.visible(KINDS["task"], self.scope),
        }
        for name, records in choices.items():
            field: Any = self.fields[name]
            field.queryset = records
            field.widget.attrs["data-search"] = ""

    def derive(self) -> None:
        """The steps of a right's life follow one another."""
        for earlier, later in legal_terms.out_of_order(self.cleaned_data):
            if later not in self.errors:
                words = {
                    "later": self.fields[later].label,
                    "earlier": self.fields[earlier].label,
                    "day": date_format(self.cleaned_data[earlier], "SHORT_DATE_FORMAT"),
                }
                self.add_error(
                    later,
                    _("“%(later)s” lies before “%(earlier)s” (%(day)s). Check both days.") % words,
                )

    def soft_checks(self) -> None:
        right = self.instance
        if not legal_terms.usual_number(right.kind, right.filing_number):
            self.warn(
                "filing_number",
                _("Numbers of this kind usually look like %(example)s.")
                % {"example": f"{legal_terms.FIRST_DIGIT.get(right.kind, '4')}-2022-12345"},
            )
        if right.granted_on and not right.certificate_number:
            self.warn("certificate_number", _("Granted, but without the certificate's number."))
        limit = legal_terms.longest(right.kind, right.filed_on)
        if limit and right.renewed_until and right.renewed_until > limit:
            self.warn(
                "renewed_until",
                _("No renewal of this kind of right reaches beyond %(day)s.")
                % {"day": date_format(limit, "SHORT_DATE_FORMAT")},
            )


class ScienceTaskForm(AreaForm):
    slug = "task"
    happened = ("approved_on", "cancelled_on")
    fieldsets = (
        (_("Task"), ("name", "lead", "district", "commune", "budget")),
        (_("Course"), ("approved_on", "started_on", "ended_on", "cancelled_on")),
    )
    approved_on = DayField(label=_("Approved on"))
    started_on = _day(_("Started on"))
    ended_on = _day(_("Ended on"))
    cancelled_on = _day(_("Cancelled on"))
    budget = NumberField(
        label=_("Budget (million VND)"), required=False, decimal_places=3, min_value=0, grouped=True
    )

    class Meta:
        model = ScienceTask
        fields = list(KINDS["task"].content)
        widgets = {"name": forms.Textarea(attrs={"rows": 2})}

    def soft_checks(self) -> None:
        task = self.instance
        self.warn_of_near_name("name", ScienceTask.objects.exclude(pk=task.pk))
        if task.started_on and task.started_on < task.approved_on:
            self.warn("started_on", _("The task started before it was approved."))
        if task.budget is not None and task.budget > 100_000:
            self.warn("budget", _("More than 100 billion đồng: the unit here is one million."))
