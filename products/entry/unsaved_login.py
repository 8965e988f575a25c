"""Form content preserved across a session's end: it waits for the next sign-in.

The content travels in the sign-in page itself, signed, so that nothing is kept for people who
are not signed in. After signing in as the same person it becomes that form's draft.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core import signing
from django.http import HttpRequest
from django.shortcuts import render

from products.records import drafts, read_whole

SALT = "unsaved form"
A_DAY = 24 * 3600


class PreserveFormMiddleware(LoginRequiredMiddleware):
    """Redirects to the sign-in and preserves the content of a submitted form."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> Any:
        if request.method != "POST" or not request.POST.get("editor"):
            return super().handle_no_permission(request, view_func)
        unsaved = sign_form(request)
        context = {
            "form": AuthenticationForm(request),
            "next": request.get_full_path(),
            "unsaved": unsaved,
            "session_ended": bool(unsaved),
        }
        return render(request, "registration/login.html", context)


def sign_form(request: HttpRequest) -> str:
    """The posted fields with their place and person, signed and compressed; nothing where they
    are more than a draft can hold: nobody has signed in who could ask for that work."""
    try:
        content = drafts.clean_content(dict(request.POST.lists()))
    except drafts.DraftTooLarge:
        return ""
    sent: dict[str, Any] = {
        "editor": request.POST.get("editor", ""),
        "place": request.POST.get("draft_place") or request.get_full_path(),
        "version": request.POST.get("version", ""),
        "content": content,
    }
    return signing.dumps(sent, salt=SALT, compress=True)


def restore_draft(text: str, user: Any) -> str | None:
    """Keep a wrapped form as a draft of `user`; returns its place.

    None where the text was tampered with, is older than a day, too large, or another person's.
    """
    try:
        sent = signing.loads(text, salt=SALT, max_age=A_DAY)
        if sent["editor"] != str(user.pk):
            return None
        number = read_whole(sent["version"])
        drafts.save_draft(user, sent["place"], sent["content"], number)
    except (signing.BadSignature, drafts.DraftTooLarge, drafts.UnknownPage):
        return None
    return str(sent["place"])
