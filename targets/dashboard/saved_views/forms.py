"""The forms of saved views: they check and give values, and save nothing."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop.web.errors import BadParameter
from ocop.web.page_query import read_day
from targets.choices import Sharing
from targets.dashboard.saved_views import addresses

DAYS = [("today", _("Always today")), ("day", _("Exactly this day"))]


class NameForm(forms.Form):
    """A view's name, and whom it is shared with."""

    name = forms.CharField(label=_("Name"), max_length=100)
    sharing = forms.ChoiceField(label=_("Shared with"), choices=Sharing.choices)


class ViewForm(NameForm):
    """A new view: the address as pasted, read for the host and day given."""

    address = forms.CharField(label=_("Address"), max_length=addresses.MAX_ADDRESS_LENGTH)
    day = forms.ChoiceField(label=_("Day of the figures"), choices=DAYS)
    field_order = ("name", "address", "day", "sharing")

    def __init__(self, *args: Any, host: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host, self.today = host, today

    def clean_address(self) -> str:
        try:
            address = addresses.read_address(self.cleaned_data["address"], self.host)
            if day := addresses.day_of(address):
                read_day(day)
        except (addresses.NotAnAddress, BadParameter) as refusal:
            raise forms.ValidationError(str(refusal), code="address") from None
        return address

    @property
    def chosen_address(self) -> str:
        """The address with the day as chosen; only of a valid form."""
        address = self.cleaned_data["address"]
        if self.cleaned_data["day"] == "today":
            return addresses.always_today(address)
        return addresses.on_that_day(address, self.today.isoformat())
