"""Every address of the administration: administrators come in, nobody else, whatever they send."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from ocop.organisation.models import User

pytestmark = [pytest.mark.django_db]
OTHERS = ("committee_member", "provincial_officer", "officer_of_844", "nguoingoai")
POSTED = {"organisation_user_link", "process_import"}
"""Endings of the names of addresses that take only what is sent."""
CLOSED = {"_delete", "accountevent_add"}
"""Nothing is deleted, and events write themselves."""


def patterns_of(resolver: Any) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found += patterns_of(pattern)
        else:
            found.append(pattern)
    return found


def addresses() -> dict[str, str]:
    """Name → address of every pattern of the administration, of an object that is on record."""
    top = next(
        one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "admin"
    )
    first = {
        f"{model._meta.app_label}_{model._meta.model_name}": model._default_manager.first()
        for model in admin.site._registry
    }
    found = {}
    for pattern in patterns_of(top):
        if pattern.name is None:  # Django's way from an address of an older version.
            continue
        record = next(
            (one for name, one in first.items() if pattern.name.startswith(f"{name}_")), None
        )
        for args in ([], [record.pk if record else 1], ["organisation"]):
            try:
                found[pattern.name] = reverse(f"admin:{pattern.name}", args=args)
                break
            except NoReverseMatch:
                continue
        assert pattern.name in found, pattern.name
    return found


def ends_with(name: str, endings: set[str]) -> bool:
    return any(name.endswith(ending) for ending in endings)


def test_nobody_but_administrators_comes_in_by_any_address(signed_in: Any, outsider: User) -> None:
    wrong = []
    every = addresses()
    assert len(every) > 60
    for person in OTHERS:
        client = signed_in(person)
        for name, address in every.items():
            statuses = [getattr(client, method)(address).status_code for method in ("get", "post")]
            if statuses != [403, 403]:
                wrong.append((person, name, statuses))
    for name, address in every.items():
        answer = Client().get(address)
        if answer.headers.get("Location", "") != f"/accounts/login/?next={address}":
            wrong.append(("nobody", name, answer.headers.get("Location")))
    assert wrong == []


def test_staff_and_superusers_of_django_are_nobody_here(outsider: User, signed_in: Any) -> None:
    User.objects.filter(pk=outsider.pk).update(is_staff=True, is_superuser=True)
    assert signed_in(outsider.username).get("/admin/").status_code == 403


@pytest.mark.database
def test_administrators_see_every_page_within_25_queries_and_delete_nothing(
    signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    client = signed_in("administrator")
    wrong = []
    for name, address in addresses().items():
        wanted = 403 if ends_with(name, CLOSED) else 405 if ends_with(name, POSTED) else 200
        query = ""
        if name == "autocomplete":
            query = "?app_label=organisation&model_name=membership&field_name=unit&term=càng"
        with django_assert_max_num_queries(25):
            answer = client.get(address + query)
        nothing_there = answer.status_code == 302 and "accountevent" in name
        if answer.status_code != wanted and not nothing_there:
            wrong.append((name, answer.status_code))
        if name.endswith("_delete") and client.post(address, {"post": "yes"}).status_code != 403:
            wrong.append((name, "deleted"))
    assert wrong == []


def test_nothing_of_django_admin_that_the_site_has_itself_is_offered(signed_in: Any) -> None:
    client = signed_in("administrator")
    for path in ("login/", "logout/", "password_change/", "auth/group/", "r/1/1/"):
        assert client.get(f"/admin/{path}").status_code == 404, path
