"""Make the pictures of docs/images from demonstration data: python -m docs.screenshots

Starts the program on a database of its own in a temporary folder. First it photographs what the
committee sees, then it enters a dossier in the browser as officers do, up to the verifier's
page, and photographs the way. Nothing of the working copy's data is touched.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from docs.screenshots_of_imports import what_administrators_see
from tests.support.chromium import ARGUMENTS, found

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PASSWORD = "Demo-20CT-TU"
DESK, PHONE, PAPER = (1366, 768), (390, 844), (794, 1123)
MEMBERS = ("Nguyễn Văn An (minh họa)", "Trần Thị Bình (minh họa)", "Thạch Sô Phia (minh họa)")
PRODUCT = "Mật hoa dừa minh họa 999"
THE_MOST = ({8}, {1, 2, 3, 8}, {8, 9})
"""Criteria on which each member gives the most points; on the others one level less."""
DECISION = """<body style="font: 34px serif; padding: 40px"><p>ỦY BAN NHÂN DÂN HUYỆN</p>
<h2 align="center">QUYẾT ĐỊNH (minh họa)</h2><p>Về việc công nhận sản phẩm OCOP đạt 3 sao</p>
<p>Điều 1. Công nhận Mật hoa dừa minh họa 999.</p><p>Điều 2. Quyết định có hiệu lực từ ngày ký.</p>
"""


class Picture(NamedTuple):
    name: str
    address: str
    size: tuple[int, int] = DESK
    scheme: str = "light"
    media: str = "screen"
    whole: bool = True


PICTURES = [
    Picture("tong-quan", "/?as_of=2025-06-30"),
    Picture("tong-quan-toi", "/?as_of=2025-06-30", scheme="dark"),
    Picture("tong-quan-dien-thoai", "/?as_of=2025-06-30", PHONE),
    Picture("tong-quan-in", "/?as_of=2025-06-30", PAPER, media="print"),
    Picture("san-pham", "/products/?as_of=2025-06-30&q=dua", whole=False),
    Picture("san-pham-chi-tiet", "/products/{upgraded}/?as_of=2025-06-30"),
    Picture("chi-tieu", "/targets/TRACE-SHARE/?as_of=2025-06-30"),
    Picture("du-bao", "/forecast/?as_of=2025-10-01", whole=False),
    Picture("cac-huyen", "/units/?as_of=2025-06-30"),
    Picture("mot-huyen", "/units/844/?as_of=2025-06-30", whole=False),
    Picture("phien-hop", "/meetings/1/", whole=False),
    Picture("trinh-chieu", "/meetings/1/screen/", (1920, 1080), whole=False),
    Picture("nhiem-vu", "/assignments/", whole=False),
    Picture("phan-bo", "/allocations/?as_of=2025-06-30", whole=False),
    Picture("xac-nhan-quy", "/confirmations/?as_of=2025-12-31", whole=False),
    Picture("bao-cao", "/reports/?as_of=2022-12-31", whole=False),
    Picture("so-huu-tri-tue", "/ip/?as_of=2025-06-30", whole=False),
]


# --- The program --------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def wait_for(address: str) -> None:
    for _attempt in range(100):
        try:
            with urlopen(f"{address}/healthz"):
                return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError("the program did not start")


@contextmanager
def running() -> Iterator[tuple[str, str]]:
    """(address, id of an upgraded product) of the program with demonstration data."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/ocop.sqlite3"
        environment = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": database}
        for step in ("migrate", "load_reference", "load_demo"):
            manage(environment, step)
        query = (
            "from products.models import Recognition as R;"
            "print(R.objects.filter(rank=50).first().product_id)"
        )
        upgraded = manage(environment, "shell", "-v", "0", "-c", query).strip()
        server = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(address)
            yield address, upgraded
        finally:
            server.terminate()
            server.wait()


# --- Photographing ------------------------------------------------------------------------------


def signed_in(browser: Browser, address: str, name: str) -> Page:
    width, height = DESK
    context = browser.new_context(locale="vi-VN", viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    return page


def photograph(page: Page, name: str, whole: bool = True) -> None:
    page.wait_for_load_state()
    page.wait_for_timeout(1000)  # charts are drawn, drafts are kept
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path, full_page=whole)
    # 256 colours are enough for a page, and a third of the bytes.
    with Image.open(path) as picture:
        smaller = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    smaller.save(path, optimize=True)
    print(path.relative_to(ROOT))


def what_the_committee_sees(browser: Browser, address: str, upgraded: str) -> None:
    state = signed_in(browser, address, "bancd").context.storage_state()
    for picture in PICTURES:
        width, height = picture.size
        context = browser.new_context(
            storage_state=state,
            viewport={"width": width, "height": height},
            color_scheme=picture.scheme,
            locale="vi-VN",
        )
        page = context.new_page()
        page.emulate_media(media=picture.media)
        page.goto(address + picture.address.format(upgraded=upgraded))
        photograph(page, picture.name, picture.whole)
        context.close()


# --- One dossier's way --------------------------------------------------------------------------


def choose(page: Page, label: str, containing: str) -> None:
    """Choose from a long list by typing into the field above it."""
    page.get_by_label(f"Tìm trong: {label}", exact=False).fill(containing)
    page.wait_for_timeout(300)


def enter_product(page: Page) -> str:
    page.get_by_role("link", name="Việc của tôi").first.click()
    page.get_by_role("link", name="Thêm sản phẩm").click()
    choose(page, "Chủ thể", "htx nong nghiep minh hoa so 02")
    page.locator("#id_name").fill(PRODUCT)
    choose(page, "Xã, phường, thị trấn", "thi tran cang long")
    choose(page, "Bộ sản phẩm", "do an nhanh")
    page.locator("#similar li").first.wait_for()
    photograph(page, "bieu-mau-san-pham")
    page.get_by_role("button", name="Lưu nháp").click()
    page.wait_for_url(re.compile(r"/products/\d+/"))
    return page.url


def give_points(page: Page, the_most: set[int], leave_out: int = 0) -> None:
    """Points on every criterion but the last few."""
    names: dict[str, list[str]] = {}
    for radio in page.locator('input[name^="points-"]').all():
        name, value = radio.get_attribute("name") or "", radio.get_attribute("value")
        names.setdefault(name, []).extend([value] if value else [])
    for name, values in list(names.items())[: len(names) - leave_out]:
        place = -1 if int(name.split("-")[1]) in the_most else -2
        chosen = sorted(values, key=int)[place]
        page.locator(f'input[name="{name}"][value="{chosen}"]').check(force=True)


def score(page: Page, product_url: str) -> None:
    page.goto(product_url)
    page.get_by_role("link", name="+ Đánh giá").click()
    page.locator("#id_level").select_option("district")
    page.locator("#id_session_on").fill("2025-06-02")
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_role("link", name="Nhập phiếu chấm đầu tiên").click()
    for member, the_most in zip(MEMBERS[:2], THE_MOST[:2], strict=True):
        page.locator("#member").fill(member)
        give_points(page, the_most)
        page.get_by_role("button", name="Lưu và sang phiếu tiếp").click()
        page.wait_for_load_state()
    page.locator("#member").fill(MEMBERS[2])
    give_points(page, THE_MOST[2], leave_out=2)
    page.wait_for_timeout(1500)
    photograph_the_sheet(page)
    give_points(page, THE_MOST[2])
    page.get_by_role("button", name="Lưu phiếu").click()
    page.wait_for_load_state()
    photograph(page, "lan-danh-gia")


def photograph_the_sheet(page: Page) -> None:
    for name, (width, height) in (("phieu-cham", DESK), ("phieu-cham-dien-thoai", PHONE)):
        page.set_viewport_size({"width": width, "height": height})
        page.locator("#part-A-title").evaluate("heading => heading.scrollIntoView()")
        photograph(page, name, whole=False)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})


def recognise(page: Page, product_url: str) -> str:
    scan = page.context.browser.new_page()  # type: ignore[union-attr]
    scan.set_content(DECISION)
    decision = scan.pdf(format="A4")
    scan.close()
    page.goto(product_url)
    page.get_by_role("link", name="+ Công nhận").click()
    page.locator("#id_decision_number").fill("9099/QĐ-UBND")
    page.locator("#id_decided_on").fill("2025-06-20")
    page.locator("#id_rank").select_option("30")
    page.locator("#id_rating").select_option(index=1)
    page.get_by_role("button", name="Lưu nháp").click()
    # The demonstration's district has confirmed that quarter: a reason is asked for.
    page.locator("#id_warning_reason").fill("Quyết định đến sau ngày huyện xác nhận số liệu")
    page.get_by_role("button", name="Lưu nháp").click()
    page.locator(".record-box").wait_for()
    url = page.url
    page.locator('input[type="file"]').set_input_files(
        {"name": "Quyết định 9099.pdf", "mimeType": "application/pdf", "buffer": decision}
    )
    page.locator('img[src*="/evidence/"]').first.wait_for()
    return url


def submit_all(page: Page, product_url: str) -> None:
    page.goto(product_url)
    page.get_by_role("button", name="Gửi duyệt các mục đã đánh dấu").click()
    page.get_by_text("Đã gửi duyệt").wait_for()


def return_one(page: Page, address: str) -> None:
    """One of the records that the demonstration data leaves waiting goes back to its officer."""
    page.goto(f"{address}/my-work/")
    page.get_by_role("link").filter(has_text="Gạo thơm minh họa chờ duyệt 03 · 3 sao").click()
    page.get_by_text("Trả lại kèm lý do").click()
    page.locator("#reason-decision_number").fill("Số quyết định không khớp bản quét (minh họa)")
    page.get_by_role("button", name="Trả lại", exact=True).click()
    page.get_by_text("Đã trả lại kèm lý do").wait_for()


def what_officers_see(browser: Browser, address: str) -> None:
    officer = signed_in(browser, address, "huyen844")
    verifier = signed_in(browser, address, "tinh")
    product_url = enter_product(officer)
    score(officer, product_url)
    decision_url = recognise(officer, product_url)
    return_one(verifier, address)
    officer.goto(f"{address}/my-work/")
    photograph(officer, "viec-cua-toi", whole=False)
    submit_all(officer, product_url)
    verifier.goto(decision_url)
    verifier.get_by_role("link", name="Xem và duyệt").click()
    photograph(verifier, "duyet")


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with running() as (address, upgraded), sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=found(),
            args=[*ARGUMENTS, "--lang=vi"],
            env={**os.environ, "LANGUAGE": "vi"},
        )
        what_the_committee_sees(browser, address, upgraded)
        what_officers_see(browser, address)
        what_administrators_see(signed_in(browser, address, "quantri"), address, photograph)
        browser.close()


if __name__ == "__main__":
    main()
