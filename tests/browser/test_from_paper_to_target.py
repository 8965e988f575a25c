"""One dossier's way in a real browser: entered, scored, returned, mended, verified, counted."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from products.models import Criterion
from products.scoring.arithmetic import Leaf, LeafKey
from tests.browser.conftest import DESK, PHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("walk")]
MEMBERS = ("Nguyễn Văn An", "Trần Thị Bình", "Thạch Sô Phia")
SET, SCHEME_DAY, OLD_DAY = 5, "2024-03-15", "2022-06-01"
PRODUCT, PRODUCER = "Mật hoa dừa thử nghiệm", "Hợp tác xã Dừa Thử Nghiệm"


@pytest.fixture
def people(small_site: str, browser: Browser) -> Iterator[Any]:
    """people("tinh") gives that person's page; what went wrong stands in people.trouble."""
    pages: dict[str, Page] = {}
    trouble: list[str] = []

    def page_of(name: str) -> Page:
        if name not in pages:
            page = browser.new_context(viewport=DESK, locale="vi-VN").new_page()
            page.on("pageerror", lambda error: trouble.append(f"exception: {error}"))
            page.on(
                "response",
                lambda answer: (
                    answer.status >= 500 and trouble.append(f"{answer.status} {answer.url}")
                ),
            )
            sign_in(page, small_site, name)
            pages[name] = page
        return pages[name]

    page_of.trouble = trouble  # type: ignore[attr-defined]
    page_of.site = small_site  # type: ignore[attr-defined]
    yield page_of
    for page in pages.values():
        page.context.close()


# --- What the members give ----------------------------------------------------------------------


def leaves_of_the_set() -> list[Leaf]:
    criteria = Criterion.objects.filter(
        sheet__product_set__number=SET, sheet__scheme__code__contains="148", sheet__checked=True
    )
    return [
        Leaf(c.part, c.number, c.leaf, c.max_points, tuple(c.levels), c.min_3, c.min_4, c.min_5)
        for c in criteria
    ]


def sheet_of(leaves: list[Leaf], total: int, fixed: dict[LeafKey, int]) -> dict[LeafKey, int]:
    """Points that add up to `total` with every minimum of 4 stars, but for the `fixed` ones."""
    reachable: dict[int, dict[LeafKey, int]] = {0: {}}
    for leaf in leaves:
        least = max(leaf.min_3 or 0, leaf.min_4 or 0)
        given = [fixed[leaf.key]] if leaf.key in fixed else [p for p in leaf.levels if p >= least]
        reachable = {
            so_far + points: {**chosen, leaf.key: points}
            for so_far, chosen in reachable.items()
            for points in given
            if so_far + points <= total
        }
    return reachable[total]


def one_below_its_minimum(leaves: list[Leaf]) -> tuple[Leaf, int]:
    """A leaf with a minimum for 4 stars, and a level that misses it but not that for 3."""
    for leaf in leaves:
        below = [p for p in leaf.levels if (leaf.min_3 or 0) <= p < (leaf.min_4 or 0)]
        if below:
            return leaf, max(below)
    raise AssertionError("the set has no minimum for 4 stars")


def fill_sheet(page: Page, points: dict[LeafKey, int], member: str = "") -> None:
    if member:
        page.locator("#member").fill(member)
    for (criterion, leaf), given in points.items():
        page.locator(f'input[name="points-{criterion}-{leaf}"][value="{given}"]').check(force=True)


def choose(page: Page, label: str, containing: str) -> None:
    """Choose from a long list by typing into the field above it."""
    page.get_by_label(f"Tìm trong: {label}", exact=False).fill(containing)
    expect(page.get_by_label(label, exact=False).last).not_to_have_value("")


def scan() -> dict[str, Any]:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = io.BytesIO()
    pdf.save(stream)
    return {
        "name": "Quyết định 12.pdf",
        "mimeType": "application/pdf",
        "buffer": stream.getvalue(),
    }


# --- The walk -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_dossier_from_paper_to_the_target(people: Any) -> None:
    leaves = leaves_of_the_set()
    officer, verifier = people("huyen844"), people("tinh")
    enter_product(officer, people.site)
    product_url = officer.url
    score_by_part_totals(officer, product_url)
    old_rating = officer.url
    score_by_criteria(officer, product_url, leaves)
    new_rating = officer.url
    recognise(officer, product_url)
    decision = officer.url
    attach_a_scan(officer)
    submit_all(officer, product_url)
    return_record(verifier, people.site)
    mend(officer, people.site)
    verify_all(verifier, people.site)
    the_target_has_moved(people("bancd"), people.site)
    each_change_has_one_row(verifier, product_url, old_rating, new_rating, decision)
    assert people.trouble == []


def enter_product(page: Page, site: str, name: str = PRODUCT, producer: str = PRODUCER) -> None:
    page.goto(f"{site}/my-work/")
    page.get_by_role("link", name="Thêm sản phẩm").click()
    page.get_by_label("Hoặc chủ thể mới").fill(producer)
    page.get_by_label("Loại hình của chủ thể mới").select_option("cooperative")
    page.locator("#id_name").fill(name)
    choose(page, "Xã, phường, thị trấn", "thi tran cang long")
    choose(page, "Bộ sản phẩm", "do an nhanh")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.locator(".unverified-records")).to_contain_text("Bản nháp")


def begin_rating(page: Page, product_url: str, day: str) -> None:
    page.goto(product_url)
    page.get_by_role("link", name="+ Đánh giá").click()
    page.locator("#id_level").select_option("district")
    page.locator("#id_session_on").fill(day)
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_role("link", name=re.compile("phiếu")).first.click()


def score_by_part_totals(page: Page, product_url: str) -> None:
    """Under the first scheme, in June 2022: 69,95 is 3 stars."""
    begin_rating(page, product_url, OLD_DAY)
    for place, total_c in enumerate(("24,85", "24,95", "25,05")):
        page.locator("#member").fill(MEMBERS[place])
        for part, points in (("A", "25"), ("B", "20"), ("C", total_c)):
            page.locator(f"#part-{part}").fill(points)
        next_sheet = "Lưu và" if place < 2 else "Lưu phiếu"
        page.get_by_role("button", name=re.compile(next_sheet)).first.click()
        page.wait_for_load_state()
    page.goto(re.sub(r"sheets/\d+/$", "", page.url))
    outcome = page.locator(".outcome-plain")
    expect(outcome).to_contain_text("69,95")
    expect(outcome).to_contain_text("3 sao")


def score_by_criteria(page: Page, product_url: str, leaves: list[Leaf]) -> None:
    """70 points: 3 stars while a minimum is missed, which is named; 4 stars without it."""
    leaf, low = one_below_its_minimum(leaves)
    begin_rating(page, product_url, SCHEME_DAY)
    for place, member in enumerate(MEMBERS):
        fill_sheet(page, sheet_of(leaves, 70, {leaf.key: low}), member)
        name = "Lưu và" if place < 2 else "Lưu phiếu"
        page.get_by_role("button", name=re.compile(name)).first.click()
        page.wait_for_load_state()
    rating_url = re.sub(r"sheets/\d+/$", "", page.url)
    page.goto(rating_url)
    outcome = page.locator(".outcome-plain")
    expect(outcome).to_contain_text("70")
    expect(outcome).to_contain_text("3 sao")
    expect(outcome).to_contain_text(f"{leaf.criterion}.{leaf.leaf}")
    for place in (1, 2, 3):
        page.goto(f"{rating_url}sheets/{place}/")
        fill_sheet(page, sheet_of(leaves, 70, {}))
        if place == 3:
            expect(page.locator("[data-outcome]")).to_contain_text("4 sao")
        page.get_by_role("button", name="Lưu phiếu").click()
        page.wait_for_load_state()
    page.goto(rating_url)
    expect(page.locator(".outcome-plain")).to_contain_text("4 sao")


def recognise(page: Page, product_url: str) -> None:
    page.goto(product_url)
    page.get_by_role("link", name="+ Công nhận").click()
    page.locator("#id_decision_number").fill("12/QĐ")
    page.locator("#id_decided_on").fill("2024-04-01")
    page.locator("#id_rank").select_option("40")
    expect(page.locator("#hints")).to_contain_text("01/04/2027")
    rating = page.locator("#id_rating")
    rating.select_option(index=1)
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.locator(".record-box")).to_contain_text("Bản nháp")


def attach_a_scan(page: Page) -> None:
    page.locator('input[type="file"]').set_input_files(scan())
    expect(page.locator("main")).to_contain_text("Quyết định 12.pdf", timeout=30_000)
    expect(page.locator('img[src*="/evidence/"]').first).to_be_visible(timeout=30_000)


def submit_all(page: Page, product_url: str) -> None:
    page.goto(product_url)
    page.get_by_role("button", name="Gửi duyệt các mục đã đánh dấu").click()
    expect(page.get_by_text("Đã gửi duyệt: 5")).to_be_visible()


def return_record(page: Page, site: str) -> None:
    page.goto(f"{site}/my-work/")
    page.get_by_role("link").filter(has_text="01/04/2024").click()
    expect(page.locator("main")).to_contain_text("Quyết định 12.pdf")
    expect(page.locator(".effect")).to_contain_text("2024: từ 0 thành 1")
    page.get_by_text("Trả lại kèm lý do").click()
    page.locator("#reason-decision_number").fill("Thiếu phần “-UBND” của số quyết định")
    page.get_by_role("button", name="Trả lại", exact=True).click()
    expect(page.get_by_text("Đã trả lại kèm lý do")).to_be_visible()


def mend(page: Page, site: str) -> None:
    page.goto(f"{site}/my-work/")
    returned = page.get_by_role("region", name=re.compile("Trả lại"))
    expect(returned).to_contain_text("Thiếu phần “-UBND”")
    returned.get_by_role("link").first.click()
    page.locator(".record-box").get_by_role("link", name="Sửa").click()
    expect(page.locator(".verifier-says")).to_contain_text("Thiếu phần “-UBND”")
    page.locator("#id_decision_number").fill("12/QĐ-UBND")
    page.get_by_role("button", name="Lưu nháp").click()
    page.locator(".record-box").get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_text("Đã gửi duyệt: 1")).to_be_visible()


def verify_all(page: Page, site: str) -> None:
    page.goto(f"{site}/my-work/")
    page.get_by_role("button", name="Đánh dấu tất cả").first.click()
    page.get_by_role("button", name=re.compile("Xem tác động")).click()
    expect(page.locator(".effect")).to_contain_text("2024: từ 0 thành 1")
    page.get_by_role("button", name="Duyệt (5)").click()
    expect(page.get_by_text("Đã duyệt: 5")).to_be_visible()


def the_target_has_moved(page: Page, site: str) -> None:
    page.goto(f"{site}/?as_of=2024-12-31")
    page.locator('a[href*="new_in=2024"]').first.click()
    expect(page.locator(".list-table")).to_contain_text(PRODUCT)
    page.get_by_role("link", name=PRODUCT).click()
    expect(page.locator("main")).to_contain_text("12/QĐ-UBND")
    expect(page.locator("main")).to_contain_text("4 sao")


def each_change_has_one_row(page: Page, *urls: str) -> None:
    """Product, first rating (3 sheets), second one (3 sheets, each changed once), decision."""
    sheets = ["Sửa"] * 3
    wanted = [
        ["Nhập mới", "Gửi duyệt", "Đã duyệt"],
        ["Nhập mới", *sheets, "Gửi duyệt", "Đã duyệt"],
        ["Nhập mới", *sheets, *sheets, "Gửi duyệt", "Đã duyệt"],
        ["Nhập mới", "Gửi duyệt", "Trả lại", "Sửa", "Gửi duyệt", "Đã duyệt"],
    ]
    for url, steps in zip(urls, wanted, strict=True):
        page.goto(url)
        page.get_by_role("link", name="Lịch sử hồ sơ").click()
        rows = page.locator(".history > li")
        expect(rows).to_have_count(len(steps))
        found = [row.locator("strong").first.inner_text() for row in rows.all()]
        assert list(reversed(found)) == steps, url
        for row in rows.all():
            shown_text = row.inner_text()
            assert re.search(r"Cán bộ (Huyện Càng Long|cấp tỉnh)", shown_text)
            assert re.search(r"\d\d/\d\d/\d{4}", shown_text) and "\n" in shown_text


# --- The scoring sheet by keyboard alone, and on a phone ----------------------------------------


@pytest.mark.slow
def test_a_sheet_is_filled_in_by_keyboard_alone(people: Any) -> None:
    page = people("huyen845")
    enter_by_keyboard_needs_a_sheet(page, people.site)
    page.locator("#member").focus()
    page.keyboard.type("Kim Thị Lan")
    groups = page.locator("fieldset.leaf").count()
    for _place in range(groups):
        move_to_next_group(page)
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-outcome]")).not_to_contain_text("còn", timeout=10_000)
    for _press in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("phiếu đã đủ điểm", exact=False)).to_be_visible()
    assert people.trouble == []


def enter_by_keyboard_needs_a_sheet(page: Page, site: str) -> None:
    page.goto(f"{site}/records/product/new/")
    page.locator("#id_new_producer").fill("Hộ kinh doanh Phím")
    page.locator("#id_new_producer_kind").select_option("household")
    page.locator("#id_name").fill("Bánh phím thử nghiệm")
    page.locator("#id_place").select_option(index=1)
    choose(page, "Bộ sản phẩm", "do an nhanh")
    page.get_by_role("button", name="Lưu nháp").click()
    begin_rating(page, page.url, SCHEME_DAY)


def move_to_next_group(page: Page) -> None:
    """Tab to the radio buttons of the next criterion, past nothing that traps the focus."""
    before = page.evaluate("document.activeElement.name")
    for _press in range(6):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name || ''")
        if name.startswith("points-") and name != before:
            return
    raise AssertionError(f"no next criterion after {before}")


@pytest.mark.slow
def test_what_is_typed_before_the_scripts_run_is_kept_and_answered(people: Any) -> None:
    page = people("huyen844")
    enter_product(page, people.site, "Kẹo gõ sớm thử nghiệm", "Hộ kinh doanh Gõ Sớm")
    held: list[Route] = []
    page.route(re.compile(r"/js/(form|lookups)"), lambda route: held.append(route))
    form = page.get_by_role("link", name="+ Công nhận").get_attribute("href")
    page.goto(f"{people.site}{form}", wait_until="commit")
    page.locator("#id_decided_on").fill("2024-04-01")
    page.locator("#id_rank").select_option("40")
    assert held
    for script in held:
        script.continue_()
    expect(page.locator("#hints")).to_contain_text("01/04/2027")
    expect(page.locator("[data-draft-state]")).to_contain_text(re.compile(r"\d\d:\d\d"))


@pytest.mark.slow
def test_a_sheet_fits_a_phone(people: Any) -> None:
    desk = people("huyen846")
    enter_by_keyboard_needs_a_sheet(desk, people.site)
    state = desk.context.storage_state()
    context = desk.context.browser.new_context(
        viewport=PHONE, locale="vi-VN", storage_state=state, has_touch=True
    )
    page = context.new_page()
    page.goto(desk.url)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for label in page.locator(".point:not(.is-none) label").all():
        box = label.bounding_box()
        assert box and box["height"] >= 40 and box["width"] >= 38
    point = page.locator(".point:not(.is-none) input").nth(3)
    # The result stays in sight at the foot of the page; a finger scrolls past it.
    point.evaluate("radio => radio.scrollIntoView({block: 'center'})")
    point.tap()
    expect(page.locator("[data-outcome]")).to_be_visible()
    context.close()
