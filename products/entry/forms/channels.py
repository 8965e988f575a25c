"""The choice of a system or a floor: one that is known by its name, or another, typed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from products.channels import KnownChannels
from products.models import Channel

ANOTHER = "new"
"""The choice that the name is typed beside."""


class _WithAnother(ModelChoiceIterator):
    field: Any

    def __iter__(self) -> Iterator[Any]:
        for value, label in super().__iter__():
            if self.field.offers(getattr(value, "instance", None)):
                yield value, label
        yield ANOTHER, gettext("Another … (write its name below)")


class ChannelField(forms.ModelChoiceField):
    """Those that are known, with what tells whether they count, and ANOTHER at the end.

    Offered are those that operate `on` a day, and `kept` ones; any other can be named (its name is
    typed), since what it was says nothing against a listing of its time.
    """

    iterator = _WithAnother
    on: date | None = None
    kept: frozenset[str] = frozenset()

    def __init__(self, model: type[Channel], **kwargs: Any) -> None:
        super().__init__(model.objects.known(), required=False, **kwargs)
        self.model = model

    def offers(self, channel: Any) -> bool:
        if channel is None or self.on is None or str(channel.pk) in self.kept:
            return True
        return bool(channel.operates_on(self.on))

    def limit(self, on: date, *kept: Any) -> None:
        """Offer those that operate on the day, and those whose ids are `kept`."""
        self.on, self.kept = on, frozenset(str(one) for one in kept if one)

    def to_python(self, value: Any) -> Any:
        return value if value == ANOTHER else super().to_python(value)

    def validate(self, value: Any) -> None:
        if value != ANOTHER:
            super().validate(value)

    def label_from_instance(self, obj: Any) -> str:
        notes = [obj.why_not_counted]
        if obj.valid_from:
            notes.append(gettext("from %(day)s") % {"day": f"{obj.valid_from:%d/%m/%Y}"})
        if obj.valid_to:
            notes.append(gettext("until %(day)s") % {"day": f"{obj.valid_to:%d/%m/%Y}"})
        notes = [str(one) for one in notes if one]
        return f"{obj.name} ({', '.join(notes)})" if notes else obj.name


def other_name_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=200,
        help_text=_(
            "Only for one that is not in the list. It is used at once and counts when an "
            "administrator has confirmed it."
        ),
    )


class ChannelChoice:
    """For a form with a ChannelField `channel` and beside it the typed name, `channel`_name.

    Call `choose_channel` in `clean`. Then `cleaned_data[channel]` is the channel, or None with the
    `proposed_name` of one to be proposed (products.channels.propose) in the transaction that saves.
    """

    channel: str
    proposed_name: str = ""
    near_channels: tuple[Any, ...] = ()
    fields: dict[str, forms.Field]
    data: Any
    add_error: Any

    def offer_channels(self, day: date, *kept: Any) -> None:
        """Offer those that operate on the day, besides what is there already."""
        field: Any = self.fields[self.channel]
        field.limit(day, self.data.get(self.channel), *kept)

    def choose_channel(self, cleaned: dict[str, Any]) -> None:
        if self.channel in getattr(self, "errors", {}):
            return
        chosen = cleaned.get(self.channel)
        typed = " ".join((cleaned.get(f"{self.channel}_name") or "").split())
        if chosen not in (None, ANOTHER) and not typed:
            return
        field: Any = self.fields[self.channel]
        known = KnownChannels.read(field.model)
        meant = known.find(typed) if typed else None
        if chosen not in (None, ANOTHER):
            if meant is None or meant.pk != chosen.pk:  # type: ignore[union-attr]
                self.add_error(
                    f"{self.channel}_name", gettext("Choose from the list or write, not both.")
                )
            return
        cleaned[self.channel] = meant
        if meant is not None:
            return
        if not any(sign.isalnum() for sign in typed):
            where = f"{self.channel}_name" if chosen == ANOTHER or typed else self.channel
            self.add_error(where, gettext("Choose one, or write its name."))
            return
        self.proposed_name = typed
        self.near_channels = tuple(known.near(typed))

    @property
    def near_question(self) -> str:
        """Whether one that is known is meant by the name to be proposed; "" where none is near."""
        if not self.near_channels:
            return ""
        words = {
            "typed": self.proposed_name,
            "known": ", ".join(f"“{one.name}”" for one in self.near_channels),
        }
        return (
            gettext(
                "Is “%(typed)s” one of these: %(known)s? If so, choose it in the list; if it is "
                "another, say so below."
            )
            % words
        )


def outside_validity(channel: Any, day: Any) -> str:
    """The remark on a start on which the channel did not operate; "" where it did."""
    if channel is None or day is None or channel.operates_on(day):
        return ""
    words = {"name": channel.name}
    if channel.valid_from and day < channel.valid_from:
        words["day"] = f"{channel.valid_from:%d/%m/%Y}"
        return gettext("%(name)s has been operating since %(day)s only.") % words
    words["day"] = f"{channel.valid_to:%d/%m/%Y}"
    return gettext("%(name)s stopped operating on %(day)s.") % words
