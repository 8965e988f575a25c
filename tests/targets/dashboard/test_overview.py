"""The committee's first page: states in words, what is missing, chips, date strip, preview."""

import re
from datetime import date
from typing import Any

import pytest

from ocop.organisation.installation import mark_demonstration_data
from products.choices import Status
from targets.choices import State
from tests.support.factories import district, make_enrolment, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CODES = {
    "IP-COLLECTIVE",
    "IP-TRADEMARK",
    "IP-DESIGN",
    "IP-PATENT",
    "IP-MADRID",
    "ST-TASKS",
    "IP-CERTIFICATION",
    "IP-GI",
    "OCOP-NEW",
    "TRACE-SHARE",
    "ECOM-SHARE",
}


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def codes_in(response: Any) -> list[str]:
    return re.findall(r'id="target-([A-Z-]+)"', response.content.decode())


@pytest.fixture
def page(signed_in: Any) -> Any:
    client = signed_in("committee_member")
    return lambda address="/": client.get(address)


def test_all_eleven_targets_stand_on_the_page_each_once(page: Any) -> None:
    codes = codes_in(page())
    assert len(codes) == 11
    assert set(codes) == CODES


def test_52_of_104_says_that_one_product_is_missing(page: Any) -> None:
    for number in range(104):
        product = make_recognition(decided_on=date(2022, 8, 22)).product
        if number < 52:
            make_enrolment(product, date(2022, 9, 1))
    shown = page("/?as_of=2022-09-30")
    assert "còn thiếu 1 sản phẩm" in text_of(shown)
    row = next(r for r in shown.context["overview"].rows if r.code == "TRACE-SHARE")
    assert row.actual_text == "50,0%"
    assert f"{row.state_label} · còn thiếu 1 sản phẩm" in text_of(shown)


def test_every_state_shown_has_its_word_and_its_shape(page: Any) -> None:
    for day in ("2021-06-01", "2022-12-31", "2026-01-31"):
        shown = page(f"/?as_of={day}")
        html = shown.content.decode()
        for line in shown.context["overview"].lines:
            assert f'href="#s-{line.current.state}"' in html
            assert str(State(line.current.state).label) in html


def test_states_have_the_offices_words() -> None:
    words = {
        "not_due": "Chưa đến kỳ",
        "no_data": "Chưa có số liệu",
        "slipping": "Nguy cơ không duy trì",
        "exceeded": "Vượt chỉ tiêu",
        "met": "Đạt",
        "missed": "Không đạt",
        "on_track": "Đúng tiến độ",
        "attention": "Có nguy cơ chậm",
        "behind": "Chậm tiến độ",
    }
    assert {state: str(State(state).label) for state in words} == words


def test_counts_by_state_add_up_to_eleven_and_lead_to_that_many_targets(page: Any) -> None:
    address = "/?as_of=2024-06-30"
    counts = page(address).context["counts_by_state"]
    assert sum(number for _state, _label, number in counts) == 11
    for state, label, number in counts:
        shown = page(f"{address}&state={state}")
        assert len(codes_in(shown)) == number
        assert re.search(rf"<b>{number}</b>\s*{label}", shown.content.decode())


def test_a_state_in_which_no_target_is_says_so_and_leads_back(page: Any) -> None:
    shown = page("/?as_of=2026-01-31&state=not_due")
    assert codes_in(shown) == []
    assert "Tất cả chỉ tiêu" in text_of(shown)


def test_a_past_date_says_so_and_today_does_not(page: Any) -> None:
    assert "không phải số liệu hôm nay" in text_of(page("/?as_of=2022-12-31"))
    assert "31/12/2022" in text_of(page("/?as_of=2022-12-31"))
    assert "không phải số liệu hôm nay" not in text_of(page())
    assert "không phải số liệu hôm nay" not in text_of(page("/?as_of="))


def test_the_preview_counts_waiting_records_and_says_that_it_does(page: Any) -> None:
    make_recognition(decided_on=date(2022, 8, 22), status=Status.SUBMITTED)
    counted, preview = page("/?as_of=2022-12-31"), page("/?as_of=2022-12-31&pending=1")
    assert counted.context["overview"].stock["total"] == 0
    assert preview.context["overview"].stock["total"] == 1
    assert "hồ sơ chờ duyệt" in text_of(preview)
    assert preview.content.count(b"past-note") > counted.content.count(b"past-note")


def test_a_district_officer_sees_only_the_own_district_and_its_figures(signed_in: Any) -> None:
    make_recognition(district=district("844"))
    make_recognition(district=district("848"))
    shown = signed_in("officer_of_844").get("/?as_of=2022-12-31")
    assert shown.context["overview"].stock["total"] == 1
    assert [unit.code for unit in shown.context["query"].units] == ["844"]
    assert "Huyện Cầu Ngang" not in shown.content.decode()


def test_the_banner_stands_only_over_demonstration_data(page: Any) -> None:
    assert "demo-banner" not in page().content.decode()
    mark_demonstration_data("thử")
    assert "demo-banner" in page().content.decode()


def test_links_of_the_page_keep_day_unit_and_preview(page: Any) -> None:
    shown = page("/?as_of=2022-12-31&unit=844&pending=1")
    for row in shown.context["overview"].rows:
        assert "as_of=2022-12-31&unit=844&pending=1" in row.url
    for card in shown.context["charts"]:
        assert card["url"].endswith("?as_of=2022-12-31&unit=844&pending=1")


def test_a_day_to_come_is_marked_and_an_empty_record_says_what_to_do(signed_in: Any) -> None:
    page = signed_in("committee_member").get("/?as_of=2099-01-01").content.decode()
    assert "Chưa đến ngày 01/01/2099" in page
    assert "Chưa ghi nhận sản phẩm" in page
    make_recognition()
    assert "Chưa ghi nhận sản phẩm" not in signed_in("committee_member").get("/").content.decode()


def test_the_stock_leads_to_the_valid_products(signed_in: Any) -> None:
    make_recognition(decided_on=date(2022, 8, 22))
    client = signed_in("committee_member")
    response = client.get("/?as_of=2022-12-31")
    address = response.context["stock_url"]
    assert address.replace("&", "&amp;") in response.content.decode()
    assert client.get(address).context["total"] == response.context["overview"].stock["total"] == 1
