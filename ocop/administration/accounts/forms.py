"""Forms of accounts and memberships in the administration."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ocop.administration.accounts.checks import membership_problems
from ocop.administration.accounts.services import LAST_ADMINISTRATOR, somebody_administers
from ocop.administration.forms import ReasonForm
from ocop.organisation.choices import Role, WorkField
from ocop.organisation.models import Agency, Membership, Unit, User

HELP = {
    "unit": _("Of a local officer: the district, or since 1/7/2025 the commune."),
    "ends_on": _("The last day on which the role is held; empty while it goes on."),
}


def work_fields() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=capfirst(_("fields of work")),
        choices=WorkField.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of a provincial officer: what is entered and verified. None: reads only."),
    )


def add_problems(form: forms.ModelForm, membership: Membership) -> None:
    """Each problem at its field, unless that field has another already."""
    for name, sentence in membership_problems(membership):
        if not form.errors.get(name):
            form.add_error(name if name in form.fields else None, sentence)


class MembershipForm(ReasonForm):
    """A role from a day to a day; refusals name the field and the remedy."""

    fields = work_fields()  # type: ignore[assignment]

    class Meta:
        help_texts = HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields
        if "starts_on" in own and self.is_new:
            own["starts_on"].initial = timezone.localdate

    def _post_clean(self) -> None:
        """After the model's own checks: each of ours stands at its field."""
        super()._post_clean()  # type: ignore[misc]
        add_problems(self, self.instance)
        held = self.instance
        if not held.pk or held.role != Role.ADMINISTRATOR or self.errors:
            return
        later = held.starts_on > timezone.localdate()
        if (later or held.ends_on is not None) and not somebody_administers(ending=held):
            self.add_error("starts_on" if later else "ends_on", LAST_ADMINISTRATOR)

    def validate_constraints(self) -> None:
        """Left to `membership_problems`, which says the same at a field and with a remedy."""


class AccountChangeForm(ReasonForm):
    """Name, address and whether the account is in use."""

    def clean_is_active(self) -> bool:
        active = bool(self.cleaned_data["is_active"])
        if not active and self.instance.is_active:
            administers = self.instance.memberships.active_at(timezone.localdate())
            if administers.filter(role=Role.ADMINISTRATOR).exists() and not somebody_administers(
                without=self.instance
            ):
                raise ValidationError(LAST_ADMINISTRATOR)
        return active


class InvitationForm(ReasonForm):
    """A new account with its first role; `membership` is that role once the form is valid."""

    role = forms.ChoiceField(label=capfirst(_("role")), choices=[("", "---------"), *Role.choices])
    unit = forms.ModelChoiceField(
        Unit.objects.all(),
        label=capfirst(_("unit")),
        required=False,
        widget=AutocompleteSelect(Membership._meta.get_field("unit"), admin.site),
        help_text=HELP["unit"],
    )
    agency = forms.ModelChoiceField(
        Agency.objects.all(),
        label=capfirst(_("agency")),
        required=False,
        widget=AutocompleteSelect(Membership._meta.get_field("agency"), admin.site),
    )
    fields = work_fields()  # type: ignore[assignment]
    starts_on = forms.DateField(
        label=capfirst(_("starts on")), widget=AdminDateWidget, initial=timezone.localdate
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields
        own["display_name"].required = True
        own["email"].help_text = _(
            "The link for setting a password goes there, where mail is set up."
        )

    def clean_username(self) -> str:
        name: str = User.normalize_username(self.cleaned_data["username"].strip())
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(
                _("There is an account named %(name)s already. Choose another name."),
                params={"name": name},
            )
        return name

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        names = ("role", "unit", "agency", "fields", "starts_on")
        given = {name: self.cleaned_data.get(name) for name in names}
        self.membership = Membership(**given | {"fields": given["fields"] or []})
        add_problems(self, self.membership)
