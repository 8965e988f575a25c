"""Fifty people change one record at once, ten times each, through the real server.

Everybody adds a word of their own to the record's note. Whoever is second sees the other's
version and puts the word to that. In the end every word is there, each with one history row.
"""

import html
import http.client
import random
import re
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.support.live_site import running_site

EDITORS, EDITS = 50, 10
THREADS = ("--worker-class", "gthread", "--threads", "4")
GUNICORN = (
    "-m",
    "gunicorn",
    "ocop.wsgi",
    "--no-control-socket",
    "--workers",
    "2",
    *THREADS,
    "--bind",
    "127.0.0.1:{port}",
)
PREPARE = """
from datetime import date
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from ocop.organisation.models import Membership, Unit, User
from products.records.history import create_all
from products.models import Product, Recognition

unit = Unit.objects.get(code="844", level="district")
product = Product.objects.filter(district=unit).first()
record = Recognition(product=product, decided_on=date(2024, 9, 9), rank=30, authority="district",
    decision_number="99/QĐ", status="draft")
create_all([record], User.objects.get(username="huyen844"), "thử")
print("record", record.pk)
for number in range(50):
    user = User.objects.create_user(f"canbo{number}")
    Membership.objects.create(user=user, role="local", unit=unit, starts_on=date(2022, 1, 1))
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print("session", session.session_key)
"""


class Editor:
    """One browser without a screen."""

    def __init__(self, site: str, path: str, session: str, name: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=120)
        self.path, self.name = path, name
        self.cookies = {"sessionid": session}
        self.seen: Counter[int] = Counter()

    def _ask(self, method: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(fields)
        self.connection.request(method, self.path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.cookies["csrftoken"] = value.split(";")[0].partition("=")[2]
        self.seen[answer.status] += 1
        return answer.status, page

    def add(self, word: str) -> None:
        """Add `word` to the note, whatever the others do meanwhile."""
        _status, page = self._ask("GET")
        note = _field(page, r'<textarea name="note"[^>]*>\s*(.*?)</textarea>')
        token = _field(page, r'name="token" value="([^"]*)"')
        while True:
            status, answer = self._ask(
                "POST",
                {
                    "csrfmiddlewaretoken": self.cookies["csrftoken"],
                    "version": _field(page, r'name="version" value="([^"]*)"'),
                    "token": token,
                    "decision_number": "99/QĐ",
                    "decided_on": "2024-09-09",
                    "rank": "30",
                    "authority": "district",
                    "note": f"{note} {word}".strip(),
                },
            )
            if status == 302:
                return
            assert status == 409, f"{status}: {answer[:2000]}"
            # Both versions are on the page: the other's note is kept, the own word added to it.
            note = _field(
                answer, r'value="theirs"[^>]*> <span><span[^>]*>[^<]*</span> (.*?)</span></label>'
            )
            note = "" if note == "–" else note
            page = answer
            time.sleep(random.uniform(0, 1.5))


def _field(page: str, pattern: str) -> str:
    found = re.search(pattern, page, re.S)
    assert found, page[:3000]
    return html.unescape(found[1]).strip()


def work(editor: Editor, trouble: list[str]) -> None:
    try:
        for number in range(EDITS):
            editor.add(f"{editor.name}-{number}")
            time.sleep(random.uniform(0, 1))
    except Exception as error:
        trouble.append(f"{editor.name}: {error!r}")


@pytest.mark.slow
def test_fifty_editors_of_one_record_lose_nothing(tmp_path: Path, capsys: Any) -> None:
    site_of_all = running_site(tmp_path, "demonstration", GUNICORN, PREPARE, HTTPS="0")
    with site_of_all as (site, printed):
        record = re.search(r"record (\d+)", printed)
        assert record
        path = f"/records/recognition/{record[1]}/edit/"
        sessions = re.findall(r"session (\w+)", printed)
        editors = [Editor(site, path, key, f"e{place}") for place, key in enumerate(sessions)]
        trouble: list[str] = []
        began = time.monotonic()
        threads = [threading.Thread(target=work, args=(one, trouble)) for one in editors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - began
        _status, page = editors[0]._ask("GET")
        note = _field(page, r'<textarea name="note"[^>]*>\s*(.*?)</textarea>')
        editors[0].path = f"/records/recognition/{record[1]}/history/"
        _status, history = editors[0]._ask("GET")
    seen = sum((one.seen for one in editors), Counter())
    with capsys.disabled():
        print(f"\n{EDITORS} editors, {EDITS} edits each: {dict(seen)} in {took:.0f} s")
    assert trouble == []
    assert sorted(note.split()) == sorted(
        f"e{place}-{number}" for place in range(EDITORS) for number in range(EDITS)
    )
    assert set(seen) <= {200, 302, 409}
    assert seen[302] == EDITORS * EDITS
    assert history.count("<strong>Sửa</strong>") == EDITORS * EDITS
