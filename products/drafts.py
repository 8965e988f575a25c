"""What was typed and not yet saved: kept for the person, form by form, until it is saved."""

from typing import Any

from django.http import QueryDict

from products.models import FormDraft

MOST_LETTERS = 100_000
MOST_DRAFTS = 200
"""A person's oldest drafts make room for new ones."""
NEVER_KEPT = {"csrfmiddlewaretoken", "token", "editor", "unsaved"}


class DraftTooLarge(ValueError):
    """More text than any form of this site holds."""


def keep(user: Any, place: str, content: dict[str, list[str]], version: int | None) -> FormDraft:
    """Remember the typed fields of the form at `place`; raises DraftTooLarge."""
    kept = {
        name[:80]: [str(value).replace("\0", "") for value in values]
        for name, values in content.items()
        if name not in NEVER_KEPT
    }
    if sum(len(value) for values in kept.values() for value in values) > MOST_LETTERS:
        raise DraftTooLarge
    draft, _created = FormDraft.objects.update_or_create(
        user=user, place=place[:200], defaults={"content": kept, "version": version}
    )
    stale = FormDraft.objects.filter(user=user).order_by("-saved_at")[MOST_DRAFTS:]
    FormDraft.objects.filter(pk__in=list(stale.values_list("pk", flat=True))).delete()
    return draft


def kept_at(user: Any, place: str) -> FormDraft | None:
    return FormDraft.objects.filter(user=user, place=place[:200]).first()


def forget(user: Any, place: str) -> None:
    FormDraft.objects.filter(user=user, place=place[:200]).delete()


def as_post(draft: FormDraft) -> QueryDict:
    """The typed fields as a form would have sent them."""
    data = QueryDict(mutable=True)
    for name, values in draft.content.items():
        data.setlist(name, values)
    return data
