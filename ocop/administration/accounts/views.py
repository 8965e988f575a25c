"""Pages of the own account, and of the link with which a password is set."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.generic import UpdateView

from ocop.administration.accounts.services import note
from ocop.organisation.choices import AccountEventKind
from ocop.organisation.models import User
from ocop.organisation.scope import memberships_of_request
from ocop.web.language import keep_language


class SetPassword(PasswordResetConfirmView):
    """A person follows the link and sets a password; a disabled account has no link."""

    template_name = "registration/set_password.html"
    success_url = reverse_lazy("login")

    def get_user(self, uidb64: str) -> Any:
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        note(self.user, AccountEventKind.PASSWORD, None)
        messages.success(
            self.request,
            _t("Your password is set. Sign in as %(name)s.") % {"name": self.user.username},
        )
        return response


class AccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("display_name", "language", "email", "wants_notices")
        help_texts = {
            "language": _("The language of the pages after signing in, on every device."),
            "email": _("Notices and links for a new password go there."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked = {"email", "wants_notices"} & set(self.changed_data)
        if asked and cleaned.get("wants_notices") and cleaned.get("email") == "":
            self.add_error("email", _("Write where notices go, or do not ask for them."))
        return cleaned


class Account(SuccessMessageMixin, UpdateView):
    """The own account: name, language, where notices go; the password has its own page."""

    form_class = AccountForm
    template_name = "registration/account.html"
    success_url = reverse_lazy("account")

    def get_object(self, queryset: Any = None) -> User:
        # Not request.user itself: the header shows that one, and a refused name is not the name.
        return User.objects.get(username=self.request.user.get_username())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = memberships_of_request(self.request)
        return super().get_context_data(held=held, **kwargs)

    def get_success_message(self, cleaned_data: dict[str, Any]) -> str:
        with translation.override(cleaned_data["language"] or translation.get_language()):
            return _t("Your account was saved.")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if form.changed_data:
            changed = ", ".join(sorted(form.changed_data))
            note(self.object, AccountEventKind.CHANGED, self.object, details=changed)
        keep_language(response, self.object.language)
        return response
