"""Roles from a day to a day, each change with who, when, what and why."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from ocop.organisation.models import AccountEvent, Membership, Unit, User
from tests.administration.conftest import errors_of, typed

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADD = "/admin/organisation/membership/add/"


def test_a_person_who_moves_gets_a_new_role_and_the_old_one_stays(quantri: Client) -> None:
    person = User.objects.get(username="huyen844")
    old = person.memberships.get()
    commune = Unit.objects.filter(level="commune", valid_from=date(2025, 7, 1)).first()
    assert commune is not None
    address = f"/admin/organisation/membership/{old.pk}/change/"
    sent = typed(quantri, address) | {"ends_on": "30/06/2025"}
    assert "change_reason" in errors_of(quantri.post(address, sent))
    assert quantri.post(address, sent | {"change_reason": "Sáp nhập"}).status_code == 302
    new = {"user": person.pk, "role": "local", "unit": commune.pk, "starts_on": "01/07/2025"}
    assert quantri.post(ADD, new).status_code == 302
    held = [(one.unit, one.ends_on) for one in person.memberships.all()]
    assert held == [(old.unit, date(2025, 6, 30)), (commune, None)]
    row = old.history.first()
    assert (row.history_user.username, row.history_change_reason) == ("quantri", "Sáp nhập")
    events = AccountEvent.objects.filter(account=person).values_list("kind", "role", "reason")
    assert list(events) == [("role_given", "local", ""), ("role_ended", "local", "Sáp nhập")]
    page = quantri.get(f"/admin/organisation/membership/{old.pk}/history/").content.decode()
    assert "Sáp nhập" in page and "30/06/2025" in page.replace("2025-06-30", "30/06/2025")


def test_what_cannot_be_is_refused_at_its_field_with_the_remedy(quantri: Client) -> None:
    person = User.objects.get(username="huyen844")
    own = person.memberships.get().unit
    assert own is not None
    ended = Unit.objects.get(code="848", level="district")
    local = {"user": person.pk, "role": "local", "unit": own.pk, "starts_on": "01/03/2025"}
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({}, "starts_on", "kết thúc vai trò đó ngày 28/02/2025"),
        ({"unit": ""}, "unit", "chọn huyện hoặc xã"),
        ({"unit": ended.pk, "starts_on": "01/07/2025"}, "unit", "kết thúc ngày 30/06/2025"),
        ({"unit": ended.pk, "starts_on": "01/01/2020"}, "starts_on", ""),
        ({"unit": ended.pk, "ends_on": "01/01/2025"}, "ends_on", "muộn hơn"),
        ({"role": "committee"}, "unit", "để trống"),
    ]
    wrong = []
    for sent, field, words in cases:
        given = local | sent
        if sent.get("starts_on") == "01/01/2020":
            Unit.objects.filter(pk=ended.pk).update(valid_from=date(2021, 1, 1))
        errors = errors_of(quantri.post(ADD, given))
        if field not in errors or words not in " ".join(errors[field]):
            wrong.append((sent, errors))
    assert wrong == []
    assert person.memberships.count() == 1


def test_a_corrected_unit_is_shown_with_what_it_does_before_it_is_saved(quantri: Client) -> None:
    held = Membership.objects.get(user__username="huyen844")
    other = Unit.objects.get(code="848", level="district")
    address = f"/admin/organisation/membership/{held.pk}/change/"
    sent = typed(quantri, address) | {"unit": other.pk, "change_reason": "Ghi nhầm huyện"}
    sent["agency"] = ""
    page = quantri.post(address, sent)
    assert "không còn của Huyện Càng Long" in page.content.decode()
    assert Membership.objects.get(pk=held.pk).unit == held.unit
    typed_again = dict(page.context["typed"])
    back = quantri.post(address, typed_again | {"_edit": "1"})
    assert "Chưa lưu gì" in back.content.decode() and "Ghi nhầm huyện" in back.content.decode()
    assert quantri.post(address, typed_again | {"_confirmed": "1"}).status_code == 302
    assert Membership.objects.get(pk=held.pk).unit == other


def test_events_and_history_are_never_changed(quantri: Client) -> None:
    held = Membership.objects.get(user__username="huyen844")
    held.save()
    AccountEvent.objects.create(account=held.user, kind="changed")
    for table in ("organisation_accountevent", "organisation_historicalmembership"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET role = ''"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
