"""Drafts: unsaved content of forms, stored for each person and form until the form is saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from products.models import FormDraft

MAX_CHARACTERS = 100_000
"""Of all values and names of fields together."""
MAX_VALUES = 2_000
MAX_NAME_LENGTH = 80
MAX_BYTES = 8 * MAX_CHARACTERS
"""Of a draft on its way in: a letter takes six bytes where it is escaped."""
MAX_DRAFTS = 200
"""A person's oldest drafts make room for new ones."""
EXCLUDED_FIELDS = {"csrfmiddlewaretoken", "token", "editor", "unsaved", "draft_place", "version"}


class DraftTooLarge(ValueError):
    """More text than any form of this site holds."""


class UnknownPage(ValueError):
    """Drafts belong to pages of this site."""


def _clean(text: str) -> str:
    """Without what a database does not take: null bytes and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def clean_content(content: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The fields that are kept, clean; raises DraftTooLarge before any is looked at closely."""
    if sum(1 + len(values) for values in content.values()) > MAX_VALUES:
        raise DraftTooLarge
    cleaned = {name: values for name, values in content.items() if name not in EXCLUDED_FIELDS}
    texts = [*cleaned, *(value for values in cleaned.values() for value in values)]
    if max(map(len, cleaned), default=0) > MAX_NAME_LENGTH or sum(map(len, texts)) > MAX_CHARACTERS:
        raise DraftTooLarge
    return {_clean(name): [_clean(value) for value in values] for name, values in cleaned.items()}


def save_draft(
    user: Any, place: str, content: dict[str, list[str]], version: int | None
) -> FormDraft:
    """Remember the typed fields of the form at `place`; raises DraftTooLarge.

    `version` None where it is unknown or can be none. UnknownPage where `place` is no page here.
    """
    place = _clean(place)[:200]
    if not place.startswith("/") or place.startswith(("//", "/\\")):
        raise UnknownPage(place)
    if version is not None and not 0 <= version < 2**31:
        version = None
    content_kept = clean_content(content)
    draft, _created = FormDraft.objects.update_or_create(
        user=user, place=place, defaults={"content": content_kept, "version": version}
    )
    stale = FormDraft.objects.filter(user=user).order_by("-saved_at")[MAX_DRAFTS:]
    FormDraft.objects.filter(pk__in=list(stale.values_list("pk", flat=True))).delete()
    return draft


def get_draft(user: Any, place: str) -> FormDraft | None:
    return FormDraft.objects.filter(user=user, place=_clean(place)[:200]).first()


def delete_draft(user: Any, place: str) -> None:
    FormDraft.objects.filter(user=user, place=_clean(place)[:200]).delete()


def as_post(draft: FormDraft) -> QueryDict:
    """The typed fields as a form would have sent them."""
    data = QueryDict(mutable=True)
    for name, values in draft.content.items():
        data.setlist(name, values)
    return data
