"""`load_demo`: where it refuses, and that it never comes twice or over real records."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ocop.organisation.installation import holds_demonstration_data, mark_demonstration_data
from ocop.organisation.models import User
from products.models import Product
from targets.models import Plan, Target
from tests.support.factories import make_product

pytestmark = pytest.mark.django_db


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


def test_outside_debug_it_refuses_with_exit_1_and_writes_nothing(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--force") as refused:
        load()
    assert refused.value.returncode == 1
    assert not Product.objects.exists()
    assert not holds_demonstration_data()


def test_with_force_it_loads_marks_the_installation_and_comes_only_once(settings: Any) -> None:
    settings.DEBUG = False
    assert "531" in load("--force")
    assert holds_demonstration_data()
    number = Product.objects.count()
    load("--force")
    assert Product.objects.count() == number > 400


def test_if_empty_leaves_an_installation_with_products_alone(settings: Any) -> None:
    settings.DEBUG = True
    make_product("Sản phẩm có thật")
    assert load("--if-empty") == ""
    assert Product.objects.count() == 1
    assert not holds_demonstration_data()


def test_if_empty_does_nothing_a_second_time(settings: Any) -> None:
    settings.DEBUG = True
    mark_demonstration_data("thử")
    load("--if-empty")
    assert not Product.objects.exists()


def test_without_reference_data_it_says_what_to_run(settings: Any) -> None:
    settings.DEBUG = True
    Target.objects.all().delete()
    Plan.objects.all().delete()
    with pytest.raises(CommandError, match="load_reference") as refused:
        load()
    assert refused.value.returncode == 1


def test_accounts_that_are_there_keep_their_passwords(settings: Any) -> None:
    settings.DEBUG = True
    person = User.objects.get(username="bancd")
    person.set_password("mat-khau-rieng-2022")
    person.save()
    load()
    person.refresh_from_db()
    assert person.check_password("mat-khau-rieng-2022")


def test_only_accounts_that_still_have_the_public_password_are_announced() -> None:
    user = User.objects.get(username="huyen844")
    user.set_password("Mot-mat-khau-rieng")
    user.save()
    User.objects.filter(username="bancd").update(is_active=False)
    out = StringIO()
    call_command("demo_accounts", "http://127.0.0.1:8000/", stdout=out)
    shown_text = out.getvalue()
    assert "huyen842" in shown_text
    assert "huyen844" not in shown_text
    assert "bancd" not in shown_text
