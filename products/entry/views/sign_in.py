"""Sign-in that gives back the form a session's end interrupted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.utils.translation import gettext as _

from ocop.web.language import keep_language
from products.entry.unsaved_login import restore_draft


class SignIn(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unsaved = self.request.POST.get("unsaved", "")
        return super().get_context_data(unsaved=unsaved, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        keep_language(response, form.get_user().language)
        if unsaved := self.request.POST.get("unsaved", ""):
            if restore_draft(unsaved, form.get_user()):
                messages.info(self.request, _("Your form is back as you left it, not yet saved."))
            else:
                messages.error(
                    self.request,
                    _("The form you had begun belongs to another account or is too old to keep."),
                )
        return response
