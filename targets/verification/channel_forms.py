"""What an administrator decides about a traceability system or a floor: one form a decision."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from products import channels
from products.entry.forms import ErrorSummary
from products.models import Channel
from products.records import read_whole

COUNTED = (("yes", _("Yes, it counts for the target")), ("no", _("No, it does not count")))


class DecisionForm(ErrorSummary, forms.Form):
    """A decision about `channel` with its reason; `decide` carries it out.

    `version` is that of the channel as the page showed it.
    """

    decision: ClassVar[str]
    title: ClassVar[Any]
    button: ClassVar[Any]

    version = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("What it rests on: a document, an answer, what its own page says."),
    )

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        kwargs |= {
            "initial": {"version": str(channel.version)},
            "auto_id": f"id_{self.decision}_%s",
        }
        super().__init__(*args, **kwargs)
        self.channel = channel

    def decide(self, user: Any) -> None:
        """Raises channels.ChannelOvertaken where it cannot be decided so (any more)."""
        values = self.cleaned_data
        self.act(values, user, values["reason"], read_whole(values["version"]))

    def act(self, values: dict[str, Any], user: Any, reason: str, version: int) -> None:
        raise NotImplementedError


class ConfirmForm(DecisionForm):
    decision = "confirm"
    title = _("Confirm it as one of its own")
    button = _("Confirm")
    counted = forms.ChoiceField(
        label=_("Does it count?"), choices=COUNTED, widget=forms.RadioSelect, required=True
    )
    field_order = ["counted", "reason"]

    def act(self, values: dict[str, Any], user: Any, reason: str, version: int) -> None:
        channels.confirm(self.channel, values["counted"] == "yes", user, reason, version)


class CountedForm(DecisionForm):
    decision = "counted"
    title = _("Change whether it counts")

    @property
    def button(self) -> Any:  # type: ignore[override]
        return _("Let it count no more") if self.channel.counted else _("Let it count")

    def act(self, values: dict[str, Any], user: Any, reason: str, version: int) -> None:
        channels.change_counted(self.channel, not self.channel.counted, user, reason, version)


class MergeForm(DecisionForm):
    decision = "merge"
    title = _("Take it for one that is known")
    button = _("Take it for that one")
    into = forms.ModelChoiceField(
        label=_("The one it is"),
        queryset=None,
        help_text=_("Its records move there, and its name is read as that one from now on."),
    )
    field_order = ["into", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.queryset = type(self.channel).objects.known().exclude(pk=self.channel.pk)
        field.widget.attrs["data-search"] = ""

    def act(self, values: dict[str, Any], user: Any, reason: str, version: int) -> None:
        channels.merge(self.channel, values["into"], user, reason, version)


class RenameForm(DecisionForm):
    decision = "rename"
    title = _("Call it otherwise")
    button = _("Rename")
    name = forms.CharField(
        label=_("New name"),
        max_length=200,
        help_text=_("The former name is still read as this one."),
    )
    field_order = ["name", "reason"]

    def act(self, values: dict[str, Any], user: Any, reason: str, version: int) -> None:
        channels.rename(self.channel, values["name"], user, reason, version)


PROPOSED = (ConfirmForm, MergeForm, RenameForm)
CONFIRMED = (CountedForm, RenameForm)


def forms_of(channel: Channel) -> tuple[type[DecisionForm], ...]:
    """The decisions that can be made about the channel as it stands."""
    return {"proposed": PROPOSED, "confirmed": CONFIRMED}.get(channel.status, ())
