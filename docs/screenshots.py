"""Make the pictures of docs/images from demonstration data: python -m docs.screenshots

Starts the program on a database of its own in a temporary folder, signs in as the committee
member and photographs pages in Vietnamese. Nothing of the working copy's data is touched.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from tests.chromium import ARGUMENTS, found

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PASSWORD = "Demo-20CT-TU"
DESK, PHONE, PAPER = (1366, 768), (390, 844), (794, 1123)


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
    Picture("so-huu-tri-tue", "/ip/?as_of=2025-06-30", whole=False),
]


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


def photograph(browser: Browser, address: str, upgraded: str) -> None:
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=username]", "bancd")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    signed_in = context.storage_state()
    for picture in PICTURES:
        width, height = picture.size
        context = browser.new_context(
            storage_state=signed_in,
            viewport={"width": width, "height": height},
            color_scheme=picture.scheme,
            locale="vi-VN",
        )
        page = context.new_page()
        page.emulate_media(media=picture.media)
        page.goto(address + picture.address.format(upgraded=upgraded))
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        path = IMAGES / f"{picture.name}.png"
        page.screenshot(path=path, full_page=picture.whole)
        context.close()
        print(path.relative_to(ROOT))


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/ocop.sqlite3"}
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
            with sync_playwright() as driver:
                browser = driver.chromium.launch(
                    executable_path=found(),
                    args=[*ARGUMENTS, "--lang=vi"],
                    env={**os.environ, "LANGUAGE": "vi"},
                )
                photograph(browser, address, upgraded)
                browser.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
