"""kill -9 in the middle of an import, twenty-five times: all rows or none, and the file kept.

Once the command line's import, once that of the pages, each time on a fresh copy of one database.
The moments are spread over the time that a whole import takes.
"""

import contextlib
import hashlib
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.campaigns.trials import (
    batch_states,
    copy_of,
    environment,
    found_after,
    holder_of_a_run,
    printed,
    workers_of,
)
from tests.imports.workbooks import RECOGNITIONS, make_book
from tests.support.database import ROOT, START
from tests.support.live_site import _free_port, _wait_until_up, own_database

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("OCOP_KILLS", "25"))
ROWS = int(os.environ.get("OCOP_KILLED_ROWS", "3000"))
SEED = os.environ.get("OCOP_SEED", "20-CT/TU")
DISTRICTS = ["Huyện Càng Long", "Huyện Cầu Kè", "Huyện Trà Cú", "TP. Trà Vinh"]
HAND_IN = """
import sys
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from ocop.imports.models import Upload
from ocop.organisation.models import User
client = Client(SERVER_NAME="localhost")
client.force_login(User.objects.get(username="quantri"),
    "django.contrib.auth.backends.ModelBackend")
file = Path(sys.argv[1])
client.post("/imports/files/", {"file": SimpleUploadedFile(file.name, file.read_bytes())})
upload = Upload.objects.get()
assert upload.findings["verdict"] == "accepted", upload.findings
print("upload", upload.pk, "preview", upload.preview, "session", client.cookies["sessionid"].value)
"""
CSRF = "c" * 32


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: Any) -> Path:
    rows = [
        [f"Sản phẩm {n:05d}", f"Cơ sở {n % 900:04d}", None, DISTRICTS[n % 4], 65, "3 sao",
         date(2022, 8, 22) + timedelta(days=n % 9)]
        for n in range(ROWS)
    ]  # fmt: skip
    path: Path = tmp_path_factory.mktemp("tep") / "phu-luc.xlsx"
    path.write_bytes(make_book([RECOGNITIONS, *rows]))
    return path


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: Any, workbook: Path) -> Iterator[tuple[str, str]]:
    """A database with the reference data, and with the file handed in by the administrator."""
    folder = tmp_path_factory.mktemp("goc")
    with own_database() as url:
        yield url, printed(START + HAND_IN, environment(url, folder), workbook)


@pytest.fixture(scope="module")
def plain() -> Iterator[str]:
    """A database with the reference data only."""
    with own_database() as url:
        yield url


def moments(whole: float) -> list[float]:
    """One at random in each of as many equal parts of the time a whole run takes."""
    chance = random.Random(SEED)
    return [whole * (part + chance.random()) / KILLS for part in range(KILLS)]


def judge(found: dict[str, Any], workbook: Path) -> str:
    """What the kill left: nothing, an interrupted import, or a finished one; never a part."""
    counts, states = found["counts"], found["marked_states"]
    assert "running" not in states, found
    digest = hashlib.sha256(workbook.read_bytes()).hexdigest()
    assert all(stored == named == digest for stored, named, _ in found["uploads"]), found
    if counts["Recognition"] == 0:
        assert set(counts.values()) == {0}, counts
        assert set(states) <= {"interrupted"}, states
        assert not states or found["uploads"], "on record, so the file is kept"
        assert {state for *_, state in found["uploads"]} <= {"open"}
    else:
        assert counts["Recognition"] == counts["Product"] == ROWS, counts
        assert counts["HistoricalRecognition"] == ROWS, counts
        assert "applied" in states, states
    again = found["again"]
    assert again["verdict"] == "accepted", again["errors"][:3]
    assert again["created"] + again["unchanged"] == ROWS
    assert again["created"] in (0, ROWS)
    assert found["counts_again"]["Recognition"] == ROWS
    if counts["Recognition"]:
        return "all rows"
    return "none, interrupted" if states else "none, not begun"


def tell(capsys: Any, what: str, whole: float, left: Counter[str]) -> None:
    with capsys.disabled():
        print(f"\n{what}, seed {SEED}: a run takes {whole:.1f} s; after {KILLS} kills {dict(left)}")


# --- The command line ----------------------------------------------------------------------------


@contextmanager
def command(url: str, folder: Path, workbook: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A running import_workbook; ended when the block ends."""
    words = ("manage.py", "import_workbook", str(workbook), "--dataset", "recognitions")
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment(url, folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until_begun(url: str, process: subprocess.Popen[bytes]) -> None:
    while not batch_states(url) and process.poll() is None:
        time.sleep(0.01)


def times_of_a_run(plain: str, workbook: Path, folder: Path) -> tuple[float, float]:
    """Seconds until the import is on record, and from then until it ends."""
    with copy_of(plain, folder) as url:
        started = time.monotonic()
        with command(url, folder, workbook) as process:
            wait_until_begun(url, process)
            begun = time.monotonic()
            assert process.wait() == 0
        return begun - started, time.monotonic() - begun


def test_a_killed_command_leaves_all_rows_or_none(
    plain: str, workbook: Path, tmp_path: Path, capsys: Any
) -> None:
    """Every fifth at any moment of the run, the others after the import is on record."""
    before, after = min(times_of_a_run(plain, workbook, tmp_path) for _ in range(2))
    left: Counter[str] = Counter()
    for number, moment in enumerate(moments(1)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with copy_of(plain, folder) as url:
            with command(url, folder, workbook) as process:
                if number % 5:
                    wait_until_begun(url, process)
                time.sleep(moment * (after if number % 5 else before + after))
            found = found_after(environment(url, folder), workbook)
            left[judge(found, workbook)] += 1
    tell(capsys, "command", before + after, left)
    assert left["none, interrupted"] >= KILLS // 4, "enough kills have to hit the import itself"


def test_the_next_start_says_which_import_was_interrupted(
    plain: str, workbook: Path, tmp_path: Path
) -> None:
    with copy_of(plain, tmp_path) as url:
        with command(url, tmp_path, workbook) as process:
            wait_until_begun(url, process)
            assert batch_states(url) == ["running"]
        starts = [_log_of_a_start(environment(url, tmp_path)) for _ in range(2)]
    assert starts[0].count("phu-luc.xlsx was interrupted") == 1
    assert "interrupted" not in starts[1]


def _log_of_a_start(env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "import ocop.wsgi"],
        cwd=ROOT,
        env=env,
        check=True,
        stderr=subprocess.PIPE,
        text=True,
    )
    return done.stderr


# --- The pages -----------------------------------------------------------------------------------


@dataclass
class Server:
    """A running gunicorn with two workers."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    def confirm(self, handed_in: str) -> int:
        """Press the button of the preview; the answer's status, 0 where none came."""
        upload, preview, session = _named(handed_in)
        fields = urlencode({"preview": preview, "csrfmiddlewaretoken": CSRF})
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("POST", f"/imports/files/{upload}/import/", fields, headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def kill_the_one_that_imports(self) -> None:
        """The worker that holds an import's lock; where none does just now, both."""
        holder = holder_of_a_run(self.folder)
        for pid in [holder] if holder else workers_of(self.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _named(handed_in: str) -> tuple[str, str, str]:
    match = re.search(r"upload (\S+) preview (\S+) session (\S+)", handed_in)
    assert match, handed_in
    return match[1], match[2], match[3]


@contextmanager
def serving(url: str, folder: Path) -> Iterator[Server]:
    port = _free_port()
    words = (
        "-m",
        "gunicorn",
        "ocop.wsgi",
        "--no-control-socket",
        "--workers",
        "2",
        "--bind",
        f"127.0.0.1:{port}",
    )
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment(url, folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_up(f"http://127.0.0.1:{port}", process)
        yield Server(process, port, folder)
    finally:
        process.terminate()
        process.wait(timeout=30)


def confirmed_and_killed(server: Server, handed_in: str, moment: float) -> None:
    asking = threading.Thread(target=server.confirm, args=(handed_in,))
    asking.start()
    time.sleep(moment)
    server.kill_the_one_that_imports()
    asking.join()


def none_runs_soon(url: str) -> bool:
    """Whether the worker that comes in the killed one's place marks what that one left."""
    for _attempt in range(150):
        if "running" not in batch_states(url):
            return True
        time.sleep(0.2)
    return False


def test_a_killed_worker_leaves_all_rows_or_none(
    prepared: tuple[str, str], workbook: Path, tmp_path: Path, capsys: Any
) -> None:
    base, handed_in = prepared
    with copy_of(base, tmp_path) as url, serving(url, tmp_path) as server:
        began = time.monotonic()
        assert server.confirm(handed_in) == 302
        whole = time.monotonic() - began
        assert batch_states(url) == ["applied"]
    left: Counter[str] = Counter()
    for number, moment in enumerate(moments(whole)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with copy_of(base, folder) as url:
            with serving(url, folder) as server:
                confirmed_and_killed(server, handed_in, moment)
                assert none_runs_soon(url)
            left[judge(found_after(environment(url, folder), workbook), workbook)] += 1
    tell(capsys, "pages", whole, left)
    assert left["none, interrupted"] >= KILLS // 8, "enough kills have to hit the import itself"
