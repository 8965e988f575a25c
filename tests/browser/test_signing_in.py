"""Signing in through the form, as a person does."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_committee_member_signs_in_and_sees_the_overview(site: str, opened: Any) -> None:
    page = opened("/accounts/login/", storage_state=None)
    sign_in(page, site)
    expect(page).to_have_url(f"{site}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("20-CT/TU")
    expect(page.get_by_text("Thành viên Ban Chỉ đạo").first).to_be_visible()
    assert page.trouble == []


@pytest.mark.slow
def test_a_wrong_password_keeps_the_name_and_says_so(site: str, opened: Any) -> None:
    page = opened("/accounts/login/", PHONE, storage_state=None)
    sign_in(page, site, password="sai-mat-khau")
    expect(page.get_by_role("alert")).to_contain_text("mật khẩu")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("bancd")
    expect(page.get_by_label("Mật khẩu")).to_have_value("")


@pytest.mark.slow
def test_after_signing_in_one_is_where_one_wanted_to_go(site: str, opened: Any) -> None:
    page = opened("/products/?as_of=2022-12-31", storage_state=None)
    assert "/accounts/login/?next=" in page.url
    page.get_by_label("Tên đăng nhập").fill("bancd")
    page.get_by_label("Mật khẩu").fill("Demo-20CT-TU")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/products/?as_of=2022-12-31")


@pytest.mark.slow
def test_signing_out_ends_the_session(site: str, opened: Any) -> None:
    page = opened("/accounts/login/", storage_state=None)
    sign_in(page, site, "huyen844")
    page.locator(".nav-panel > details.menu > summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
    page.goto(f"{site}/products/")
    assert "/accounts/login/" in page.url
