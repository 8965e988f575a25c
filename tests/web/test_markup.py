"""What every page owes to whoever hears it read aloud, as far as its markup alone can tell.

Colours, sizes and focus are judged in a browser (tests/browser/test_accessibility.py).
"""

from html.parser import HTMLParser
from typing import Any

import pytest

from targets.models import Assignment, Meeting
from tests.support.factories import make_product

pytestmark = pytest.mark.usefixtures("demonstration", "db")
DAY = "as_of=2025-06-30"
PAGES = [
    f"/?{DAY}",
    f"/targets/OCOP-NEW/?{DAY}",
    f"/targets/TRACE-SHARE/?{DAY}",
    f"/units/?{DAY}",
    f"/units/844/?{DAY}",
    f"/forecast/?{DAY}",
    f"/allocations/?{DAY}",
    "/allocations/milestones/?target=OCOP-NEW&year=2024",
    "/confirmations/",
    "/meetings/",
    "/meetings/new/",
    "/meetings/{meeting}/",
    "/meetings/{meeting}/screen/",
    "/assignments/",
    "/assignments/{assignment}/",
    "/activities/",
    "/attention/",
    "/views/",
    "/reports/",
    "/products/",
    "/products/{product}/",
    "/ip/",
    "/tasks/",
    "/my-work/",
    "/records/product/new/",
    "/imports/",
    "/accounts/password_change/",
]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNSEEN = {"hidden", "submit", "button"}


class Markup(HTMLParser):
    """The elements of a page that need a name, and whether they have one."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.headings = 0
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, Any]] = []
        self.faults: list[str] = []
        self._open: list[dict[str, Any]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        given = dict(attributes) | {"tag": tag, "text": ""}
        self.language = given.get("lang", "") if tag == "html" else self.language
        self.headings += tag == "h1"
        self.ids += [given["id"]] if "id" in given else []
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"])
        if tag in ("select", "textarea") or (tag == "input" and given.get("type") not in UNSEEN):
            inside = any(one["tag"] == "label" for one in self._open)
            self.fields.append(given | {"inside": inside})
        if tag == "img" and "alt" not in given:
            self.faults.append(f"a picture without words: {given}")
        if tag == "img" and self._open:
            self.handle_data(given.get("alt") or "")
        if tag not in VOID:
            self._open.append(given)

    def handle_startendtag(self, tag: str, attributes: Any) -> None:
        if tag in VOID:
            self.handle_starttag(tag, attributes)

    def handle_data(self, data: str) -> None:
        for one in self._open:
            one["text"] += data

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            closed = self._open.pop()
            if closed["tag"] in ("a", "button", "summary") and not named(closed):
                self.faults.append(f"nothing to read on {closed}")
            if closed["tag"] == tag:
                return

    def wrong(self) -> list[str]:
        twice = {one for one in self.ids if self.ids.count(one) > 1}
        nameless = [
            one
            for one in self.fields
            if not (one["inside"] or named(one) or one.get("id") in self.labelled)
        ]
        headings = [] if self.headings == 1 else [f"{self.headings} main headings"]
        return [*self.faults, *headings, *twice, *map(str, nameless)]


def named(element: dict[str, Any]) -> bool:
    words = (element.get("aria-label"), element.get("aria-labelledby"), element["text"].strip())
    return any(words)


def test_what_has_no_name_is_found() -> None:
    page = Markup(
        '<html lang="vi"><h1>A</h1><label for="a">A</label><input id="a"><label>B <select>'
        "</select></label><a href='/'><img src='x' alt='C'></a><button>D</button></html>"
    )
    assert (page.language, page.wrong()) == ("vi", [])
    page = Markup("<p id='a'></p><p id='a'></p><input name='b'><a href='/'><svg></svg></a><img>")
    assert len(page.wrong()) == 5


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_has_its_language_one_heading_and_a_name_for_all_that_is_pressed(
    language: str, signed_in: Any
) -> None:
    client = signed_in("provincial_officer")
    client.cookies["django_language"] = language
    keys = {
        "meeting": Meeting.objects.values_list("pk", flat=True)[0],
        "assignment": Assignment.objects.values_list("pk", flat=True)[0],
        "product": make_product().pk,
    }
    wrong = {}
    for path in PAGES:
        response = client.get(path.format(**keys))
        assert response.status_code == 200, path
        page = Markup(response.content.decode())
        wrong[path] = page.wrong()
        assert page.language == language, path
    assert wrong == {path: [] for path in PAGES}
