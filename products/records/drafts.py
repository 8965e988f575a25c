"""What was typed and not yet saved: kept for the person, form by form, until it is saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from products.models import FormDraft

MOST_LETTERS = 100_000
"""Of all values and names of fields together."""
MOST_VALUES = 2_000
LONGEST_NAME = 80
MOST_BYTES = 8 * MOST_LETTERS
"""Of a draft on its way in: a letter takes six bytes where it is escaped."""
MOST_DRAFTS = 200
"""A person's oldest drafts make room for new ones."""
NEVER_KEPT = {"csrfmiddlewaretoken", "token", "editor", "unsaved", "draft_place", "version"}


class DraftTooLarge(ValueError):
    """More text than any form of this site holds."""


class NotAPlace(ValueError):
    """Drafts belong to pages of this site."""


def _clean(text: str) -> str:
    """Without what a database does not take: null bytes and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def fitting(content: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The fields that are kept, clean; raises DraftTooLarge before any is looked at closely."""
    if sum(1 + len(values) for values in content.values()) > MOST_VALUES:
        raise DraftTooLarge
    kept = {name: values for name, values in content.items() if name not in NEVER_KEPT}
    texts = [*kept, *(value for values in kept.values() for value in values)]
    if max(map(len, kept), default=0) > LONGEST_NAME or sum(map(len, texts)) > MOST_LETTERS:
        raise DraftTooLarge
    return {_clean(name): [_clean(value) for value in values] for name, values in kept.items()}


def keep(user: Any, place: str, content: dict[str, list[str]], version: int | None) -> FormDraft:
    """Remember the typed fields of the form at `place`; raises DraftTooLarge.

    `version` None where it is unknown or can be none. NotAPlace where `place` is no page here.
    """
    place = _clean(place)[:200]
    if not place.startswith("/") or place.startswith(("//", "/\\")):
        raise NotAPlace(place)
    if version is not None and not 0 <= version < 2**31:
        version = None
    kept = fitting(content)
    draft, _created = FormDraft.objects.update_or_create(
        user=user, place=place, defaults={"content": kept, "version": version}
    )
    stale = FormDraft.objects.filter(user=user).order_by("-saved_at")[MOST_DRAFTS:]
    FormDraft.objects.filter(pk__in=list(stale.values_list("pk", flat=True))).delete()
    return draft


def kept_at(user: Any, place: str) -> FormDraft | None:
    return FormDraft.objects.filter(user=user, place=_clean(place)[:200]).first()


def forget(user: Any, place: str) -> None:
    FormDraft.objects.filter(user=user, place=_clean(place)[:200]).delete()


def as_post(draft: FormDraft) -> QueryDict:
    """The typed fields as a form would have sent them."""
    data = QueryDict(mutable=True)
    for name, values in draft.content.items():
        data.setlist(name, values)
    return data
