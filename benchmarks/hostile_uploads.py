"""How long the site is held up by files that nobody should send, and by the largest that may be.

Usage: python -m benchmarks.hostile_uploads [--workers N] [--threads N] [PART OF A NAME …]
(DATABASE_URL names a PostgreSQL server; SQLite otherwise)

The server is started as deploy/ocop.service starts it, on a database of its own. Each file is
handed in by two people at once while a third asks /healthz every 20 ms; printed are the seconds
until both have their answer, and the median, 95th percentile and maximum of the milliseconds that
/healthz took.
Goals: a refusal in under a second, /healthz never above 200 ms.
"""

import argparse
import http.client
import re
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.support.hostile_files import ALLOWED, HOSTILE, Sent
from tests.support.live_site import running_site

EVERY = 0.02
SAID = re.compile(
    r'<section class="verdict(.*?)</section>|<p class="message error[^>]*>(.*?)</p>', re.S
)
TAG = re.compile(r"^[^>]*>|<[^>]*>")
MORE = """
from targets.demonstration.demo_accounts import PASSWORD
call_command("collectstatic", interactive=False, verbosity=0)
print(PASSWORD)
"""
SETTINGS = {
    "DEBUG": "0",
    "HTTPS": "0",
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECRET_KEY": "0123456789" * 6,
}


class Person:
    """Somebody signed in, one connection a request, as a browser that never keeps one open."""

    def __init__(self, address: str, name: str, password: str) -> None:
        self.host = urlsplit(address).netloc
        self.cookies: dict[str, str] = {}
        self.fetch("GET", "/accounts/login/")
        self.posted("/accounts/login/", {"username": name, "password": password})
        assert "sessionid" in self.cookies, "the sign-in was refused"

    def fetch(
        self, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> tuple[int, str, bytes]:
        """Status, where it leads to, and the page."""
        connection = http.client.HTTPConnection(self.host, timeout=120)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "X-CSRFToken": self.cookies.get("csrftoken", "")}
        connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
        answer = connection.getresponse()
        for cookie in answer.msg.get_all("Set-Cookie", []):
            name, _is, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        page = answer.read()
        connection.close()
        return answer.status, answer.headers.get("Location", ""), page

    def posted(self, path: str, fields: dict[str, str]) -> tuple[int, str, bytes]:
        return self.fetch(
            "POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded"
        )

    def handed_in(self, sent: Sent) -> str:
        """What the site says to it: the refusal on the page that it leads to, or the status."""
        if sent.path:
            status, _leads_to, page = self.fetch("POST", sent.path, sent.data, sent.kind)
            return f"{status} {_message(page)}"
        boundary = uuid.uuid4().hex
        # Other bytes each time: a file that was looked at before is known.
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename='
            f'"{uuid.uuid4().hex}-{sent.name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        )
        body = head.encode() + sent.data + f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        status, leads_to, page = self.fetch("POST", "/imports/files/", body, kind)
        if leads_to:
            status, _none, page = self.fetch("GET", leads_to)
        return f"{status} {_message(page)}"


def _message(page: bytes) -> str:
    """The verdict on the page, or what is said instead of one."""
    found = SAID.search(page.decode(errors="replace"))
    return (
        " ".join(TAG.sub(" ", found[1] or found[2]).split())[:150]
        if found
        else page[:80].decode(errors="replace")
    )


class Watch:
    """Asks /healthz every 20 ms until it is closed; how long each answer took."""

    def __init__(self, address: str) -> None:
        self.host, self.took, self.ends = urlsplit(address).netloc, list[float](), False
        self.thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "Watch":
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.ends = True
        self.thread.join()

    def _watch(self) -> None:
        while not self.ends:
            begun = time.perf_counter()
            connection = http.client.HTTPConnection(self.host, timeout=120)
            connection.request("GET", "/healthz")
            assert connection.getresponse().status == 200
            connection.close()
            self.took.append(1000 * (time.perf_counter() - begun))
            time.sleep(EVERY)


def both(people: list[Person], sent: Sent) -> tuple[float, list[str]]:
    """Seconds until both have their answer, and the answers."""
    answers: list[str] = []
    hands = [
        threading.Thread(target=lambda one=one: answers.append(one.handed_in(sent)))  # type: ignore[misc]
        for one in people
    ]
    begun = time.perf_counter()
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return time.perf_counter() - begun, answers


def measured(address: str, password: str, names: list[str]) -> Iterator[str]:
    people = [Person(address, name, password) for name in ("quantri", "tinh")]
    both(people, next(iter(HOSTILE.values()))())  # What a new process loads once is not the file's.
    both(people, next(iter(HOSTILE.values()))())
    for name, make in {**HOSTILE, **ALLOWED}.items():
        if names and not any(part in name for part in names):
            continue
        sent = make()
        with Watch(address) as watch:
            time.sleep(5 * EVERY)
            seconds, answers = both(people, sent)
        took = sorted(watch.took)
        yield (
            f"{name:34} {len(sent.data) / 1024:7.0f} {seconds:8.2f} {statistics.median(took):7.1f} "
            f"{took[int(0.95 * (len(took) - 1))]:7.1f} {took[-1]:8.1f}  {answers[0]}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile_uploads")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4, help="0: sync workers")
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    words = [
        "-m",
        "gunicorn",
        "ocop.wsgi:application",
        "--no-control-socket",
        "--bind",
        "127.0.0.1:{port}",
    ]
    words += ["--workers", str(given.workers), "--timeout", "120"]
    if given.threads:
        words += ["--worker-class", "gthread", "--threads", str(given.threads)]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "run", "site")
        place.mkdir(parents=True)
        with running_site(place, "reference", words, then=MORE, **SETTINGS) as (address, printed):
            print(f"{'file':34} {'KiB':>7} {'seconds':>8} {'median':>7} {'p95':>7} {'max ms':>8}")
            for line in measured(address, printed.split()[-1], given.names):
                print(line, flush=True)


if __name__ == "__main__":
    main()
