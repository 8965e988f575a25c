"""Accounts: invited by a one-time link, disabled at once, never without an administrator."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from ocop.organisation.models import AccountEvent, Membership, User
from tests.administration.conftest import errors_of, typed

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADD = "/admin/organisation/user/add/"
NEW = "Lua-vang-mua-nuoc-noi"


def invite(client: Client, **more: Any) -> Any:
    sent = {
        "username": "canbomoi",
        "display_name": "Trần Thị B",
        "role": "province",
        "fields": ["recognition"],
        "starts_on": "01/01/2024",
    }
    return client.post(ADD, sent | more)


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/accounts/set-password/[^\s<\"]+)", text)
    assert found, text
    return found[1]


def set_password(link: str) -> Any:
    visitor = Client()
    form = visitor.get(link, follow=True)
    address = form.redirect_chain[-1][0] if form.redirect_chain else link
    return visitor.post(address, {"new_password1": NEW, "new_password2": NEW})


def test_who_is_invited_sets_a_password_by_the_link_and_comes_in(quantri: Client) -> None:
    answer = invite(quantri)
    link = link_in(answer.content.decode())
    made = User.objects.get(username="canbomoi")
    assert not made.has_usable_password()
    held = made.memberships.get()
    assert (held.role, held.fields, held.unit) == ("province", ["recognition"], None)
    assert set_password(link)["Location"] == "/accounts/login/"
    assert Client().login(username="canbomoi", password=NEW)
    # Once only, for whoever has it.
    assert "đã được dùng" in Client().get(link, follow=True).content.decode()
    kinds = list(AccountEvent.objects.filter(account=made).values_list("kind", "by__username"))
    assert kinds == [("password", None), ("role_given", "quantri"), ("invited", "quantri")]


def test_a_link_is_mailed_where_mail_is_set_up_and_shown_where_it_is_not_taken(
    quantri: Client, settings: Any, monkeypatch: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.vn"
    page = invite(quantri, email="b@example.vn").content.decode()
    assert "set-password" not in page and "b@example.vn" in page
    assert link_in(mail.outbox[0].body) and mail.outbox[0].to == ["b@example.vn"]

    def refuse(*_args: Any, **_more: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("ocop.administration.accounts.links.send_mail", refuse)
    page = invite(quantri, username="khac", email="c@example.vn").content.decode()
    assert link_in(page) and "Không gửi được thư" in page


def test_a_forgotten_password_is_set_anew_the_same_way(quantri: Client, signed_in: Any) -> None:
    officer, elsewhere = User.objects.get(username="huyen844"), signed_in("officer_of_844")
    link = link_in(quantri.post(f"/admin/organisation/user/{officer.pk}/link/").content.decode())
    assert elsewhere.get("/").status_code == 200
    set_password(link)
    assert elsewhere.get("/").status_code == 302
    assert Client().login(username="huyen844", password=NEW)


def test_an_old_link_and_one_of_a_disabled_account_set_nothing(
    quantri: Client, settings: Any
) -> None:
    link = link_in(invite(quantri).content.decode())
    User.objects.filter(username="canbomoi").update(is_active=False)
    assert "đã được dùng" in Client().get(link, follow=True).content.decode()
    User.objects.filter(username="canbomoi").update(is_active=True)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "đã quá hạn" in Client().get(link, follow=True).content.decode()
    assert not User.objects.get(username="canbomoi").has_usable_password()


def test_an_invitation_that_cannot_be_is_refused_at_its_field(quantri: Client) -> None:
    from ocop.organisation.models import Unit

    district = Unit.objects.get(code="844", level="district")
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"username": "QUANTRI"}, "username", "chọn tên khác"),
        ({"username": "có dấu cách"}, "username", ""),
        ({"display_name": ""}, "display_name", ""),
        ({"role": "local", "fields": []}, "unit", "chọn huyện hoặc xã"),
        ({"unit": district.pk}, "unit", "để trống"),
        (
            {"role": "local", "fields": [], "unit": district.pk, "starts_on": "01/07/2025"},
            "unit",
            "30/06/2025",
        ),
        ({"role": "committee"}, "fields", "bỏ chọn"),
        ({"role": "superuser"}, "role", ""),
        ({"fields": ["everything"]}, "fields", ""),
        ({"starts_on": "31/02/2024"}, "starts_on", ""),
    ]
    wrong = []
    for sent, field, words in cases:
        errors = errors_of(invite(quantri, **sent))
        if words not in " ".join(errors.get(field, [])) or field not in errors:
            wrong.append((sent, errors))
    assert wrong == []
    assert not User.objects.filter(username__in=["canbomoi"]).exists()


def test_a_disabled_person_is_out_at_once_and_back_when_enabled(
    quantri: Client, signed_in: Any
) -> None:
    officer = User.objects.get(username="huyen844")
    address = f"/admin/organisation/user/{officer.pk}/change/"
    theirs = signed_in("officer_of_844")
    sent = typed(quantri, address)
    sent.pop("is_active")
    without = quantri.post(address, sent)
    assert "change_reason" in errors_of(without)
    assert quantri.post(address, sent | {"change_reason": "Nghỉ việc"}).status_code == 302
    assert theirs.get("/").status_code == 302
    event = AccountEvent.objects.get(account=officer)
    assert (event.kind, event.reason, event.by.username) == ("disabled", "Nghỉ việc", "quantri")
    back = typed(quantri, address) | {"is_active": "on", "change_reason": "Trở lại"}
    assert quantri.post(address, back).status_code == 302
    assert User.objects.get(pk=officer.pk).is_active


def test_the_last_administrator_neither_goes_nor_is_disabled(quantri: Client) -> None:
    me = User.objects.get(username="quantri")
    mine = me.memberships.get(role="administrator")
    account, role = (
        f"/admin/organisation/user/{me.pk}/change/",
        f"/admin/organisation/membership/{mine.pk}/change/",
    )
    today = timezone.localdate()

    def tried() -> list[int]:
        sent = typed(quantri, account) | {"change_reason": "thử"}
        sent.pop("is_active")
        ends = typed(quantri, role) | {"change_reason": "thử", "ends_on": f"{today:%d/%m/%Y}"}
        return [quantri.post(role, ends).status_code, quantri.post(account, sent).status_code]

    assert tried() == [200, 200]
    later = typed(quantri, role) | {"change_reason": "thử", "starts_on": "01/01/2090"}
    assert quantri.post(role, later).status_code == 200
    # One who was invited and never came cannot administer; one who leaves in a year will not.
    other = User.objects.create_user("quantri2")
    other.set_unusable_password()
    other.save()
    held = Membership.objects.create(user=other, role="administrator", starts_on=today)
    assert tried() == [200, 200]
    other.set_password(NEW)
    other.save()
    Membership.objects.filter(pk=held.pk).update(ends_on=today + timedelta(days=365))
    assert tried() == [200, 200]
    Membership.objects.filter(pk=held.pk).update(ends_on=None)
    assert tried() == [302, 302]
    assert quantri.get("/admin/").status_code == 302


def test_of_two_who_change_an_account_at_once_the_second_is_told(quantri: Client) -> None:
    address = f"/admin/organisation/user/{User.objects.get(username='tinh').pk}/change/"
    first = typed(quantri, address) | {"display_name": "Tên một", "change_reason": "a"}
    second = typed(quantri, address) | {"display_name": "Tên hai", "change_reason": "b"}
    assert quantri.post(address, first).status_code == 302
    answer = quantri.post(address, second)
    assert "đã có người sửa" in answer.content.decode() and "Tên hai" in answer.content.decode()
    assert User.objects.get(username="tinh").display_name == "Tên một"
