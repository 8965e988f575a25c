"""Importing as a new user would, in a real browser: three clicks, mistakes read, taken back."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, sign_in
from tests.imports.workbooks import RECOGNITIONS, make_book, product_row

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
IMPORT = re.compile(r"/imports/\d+/$")
FILE = re.compile(r"/imports/files/[0-9a-f-]+/")


@pytest.fixture(scope="module")
def administrator(site: str, browser: Browser) -> Any:
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    sign_in(page, site, "quantri")
    expect(page.get_by_role("link", name="Nhập tệp")).to_be_visible()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def at_imports(opened: Any, administrator: Any) -> Any:
    """at_imports(PHONE) gives the administrator's page there."""
    return lambda size=DESK, **options: opened(
        "/imports/", size, storage_state=administrator, **options
    )


def workbook(folder: Path, name: str, rows: list[Any]) -> str:
    path = folder / name
    path.write_bytes(make_book([RECOGNITIONS, *rows]))
    return str(path)


def good(folder: Path, word: str) -> str:
    rows = [product_row(f"{word} {n}", f"Hộ kinh doanh {word}") for n in range(5)]
    return workbook(folder, f"{word}.xlsx", rows)


def hand_in(page: Page, path: str) -> None:
    page.get_by_label("Thả bảng tính vào đây, hoặc chọn tệp").set_input_files(path)
    expect(page).to_have_url(FILE)


def no_overflow(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"))


@pytest.mark.parametrize(
    "size", [DESK, pytest.param(PHONE, marks=pytest.mark.slow)], ids=["desk", "phone"]
)
def test_a_perfect_file_takes_three_clicks(at_imports: Any, tmp_path: Path, size: Any) -> None:
    word = f"Ba bước {size['width']}"
    page = at_imports(size)
    hand_in(page, good(tmp_path, word))
    expect(page.get_by_role("heading", name="Không có lỗi. Sẽ ghi 5 hồ sơ")).to_be_visible()
    assert no_overflow(page)
    page.get_by_role("button", name="Nhập 5 hồ sơ").click()
    expect(page).to_have_url(IMPORT)
    expect(page.get_by_text("Đã nhập: tạo mới 5, sửa 0.")).to_be_visible()
    assert no_overflow(page)
    assert page.trouble == []


def test_it_is_taken_back_and_the_way_there_needs_no_mouse(at_imports: Any, tmp_path: Path) -> None:
    page = at_imports()
    hand_in(page, good(tmp_path, "Bàn phím"))
    for name, role in (("Nhập 5 hồ sơ", "button"), ("Hoàn tác lần nhập này", "link")):
        page.get_by_role(role, name=name).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role(role, name=name)).to_have_count(0)
    expect(page.get_by_role("heading", name=re.compile("Hoàn tác lần nhập số"))).to_be_visible()
    page.get_by_role("button", name="Hoàn tác", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(IMPORT)
    expect(page.get_by_text(re.compile("Đã hoàn tác lần nhập số"))).to_be_visible()
    assert page.trouble == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_two_hundred_mistakes_stay_readable(at_imports: Any, tmp_path: Path, size: Any) -> None:
    wrong = {"day": "31/02/2023", "rank": "7 sao", "district": "Huyện Càng Lon", "score": "1.250"}
    names = list(wrong)
    rows = [
        product_row(f"Sai {n}", f"Hộ {n}", **{names[n % 4]: wrong[names[n % 4]]})
        for n in range(200)
    ]
    page = at_imports(size)
    hand_in(page, workbook(tmp_path, f"sai-{size['width']}.xlsx", rows))
    expect(page.get_by_role("heading", name="200 lỗi. Chưa ghi gì")).to_be_visible()
    assert page.locator(".finding-group").count() == 4
    # Each cause is one sentence with its cells, so that all of it is a page or two.
    assert page.evaluate("document.body.scrollHeight") < 4 * size["height"]
    assert no_overflow(page)
    page.get_by_label("Là Huyện Càng Long").check()
    page.get_by_role("button", name="Quyết định và kiểm tra lại").click()
    expect(page.get_by_role("heading", name="150 lỗi. Chưa ghi gì")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="Tệp đã đánh dấu lỗi").click()
    assert started.value.suggested_filename == f"sai-{size['width']} - cần sửa.xlsx"
    assert page.trouble == []


@pytest.mark.slow
def test_a_dropped_file_is_handed_in_and_two_at_once_are_not(
    at_imports: Any, tmp_path: Path
) -> None:
    page = at_imports()
    data = Path(good(tmp_path, "Kéo thả")).read_bytes()
    drop = """(files) => {
      const carried = new DataTransfer();
      for (const [name, bytes] of files) carried.items.add(new File([new Uint8Array(bytes)], name));
      document.querySelector("[data-drop]").dispatchEvent(
        new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(drop, [["a.xlsx", list(data)], ["b.xlsx", list(data)]])
    expect(page.get_by_text(re.compile("Mỗi lần một tệp"))).to_be_visible()
    page.evaluate(drop, [["keo-tha.xlsx", list(data)]])
    expect(page).to_have_url(FILE)
    assert page.trouble == []


@pytest.mark.slow
def test_a_double_click_imports_once_and_the_way_back_shows_that_it_is_done(
    at_imports: Any, tmp_path: Path
) -> None:
    page = at_imports()
    hand_in(page, good(tmp_path, "Hai lần"))
    page.get_by_role("button", name="Nhập 5 hồ sơ").dblclick()
    expect(page).to_have_url(IMPORT)
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="Tệp này đã được nhập")).to_be_visible()
    assert page.trouble == []


@pytest.mark.slow
def test_the_progress_of_a_large_import_moves(at_imports: Any, tmp_path: Path) -> None:
    rows = [product_row(f"Nhiều {n}", f"Hộ nhiều {n // 3}") for n in range(3000)]
    page = at_imports()
    hand_in(page, workbook(tmp_path, "nhieu.xlsx", rows))
    expect(page.get_by_role("button", name="Nhập 3.000 hồ sơ")).to_be_visible()
    page.get_by_role("button", name="Nhập 3.000 hồ sơ").click()
    words = page.locator("[data-import-progress] span")
    expect(words).to_have_text(re.compile("Đang (đọc|kiểm tra|ghi|tính)"), timeout=20_000)
    expect(page.locator("progress[value]")).to_be_visible()
    expect(page).to_have_url(IMPORT, timeout=30_000)
    assert page.trouble == []


@pytest.mark.slow
def test_without_its_script_everything_is_done_by_forms(at_imports: Any, tmp_path: Path) -> None:
    page = at_imports(java_script_enabled=False)
    page.get_by_label("Thả bảng tính vào đây, hoặc chọn tệp").set_input_files(
        good(tmp_path, "Không script")
    )
    page.get_by_role("button", name="Kiểm tra tệp").click()
    expect(page).to_have_url(FILE)
    page.get_by_role("button", name="Nhập 5 hồ sơ").click()
    expect(page).to_have_url(IMPORT)
