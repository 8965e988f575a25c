"""The administrator's client, and what its forms send."""

from typing import Any

import pytest
from django.test import Client

from tests.support.factories import district

__all__ = ["district"]


@pytest.fixture
def quantri(signed_in: Any) -> Client:
    client: Client = signed_in("administrator")
    return client


def typed(client: Client, address: str) -> dict[str, Any]:
    """What the form at `address` sends when nothing is changed, its inlines included."""
    context = client.get(address).context
    form = context["adminform"].form
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    for formset in context["inline_admin_formsets"]:
        for part in (formset.formset.management_form, *formset.formset.forms):
            for name, field in part.fields.items():
                value = part.get_initial_for_field(field, name)
                sent[part.add_prefix(name)] = field.prepare_value(value)
    for name, field in form.fields.items():
        sent[name] = field.prepare_value(sent[name])
    return {name: value for name, value in sent.items() if value is not None and value is not False}


def errors_of(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["adminform"].form.errors)
