"""Every page asks the database as often for 4,000 products as for 400, 25 times at most."""

from typing import Any

import pytest

from benchmarks.overview import fill
from tests.support.query_counts import MOST, Asking, asked_by
from tests.targets.committee.made import opened_meeting
from tests.web.test_query_counts import FILES, PAGES, grow

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OF_DISTRICTS = ["/confirmations/844/2024/2/", "/meetings/{meeting}/", "/meetings/{meeting}/screen/"]
MORE_WHERE_A_SHARE_SLIPS = {path for path in PAGES if path.startswith("/attention/")}
"""The day on which a share is lost is read from certificates and listings, where one slips."""


def test_every_page(signed_in: Any) -> None:
    client = signed_in("committee_member")
    fill(400)
    grow(20)
    meeting = opened_meeting().pk
    pages = [*PAGES, *OF_DISTRICTS]

    def counted() -> dict[str, Asking]:
        return {
            path: asked_by(lambda path=path: client.get(path.format(meeting=meeting)))
            for path in pages
        }

    few = counted()
    fill(3_600, first=400)
    grow(20)
    many = counted()
    assert {path: many[path] for path in pages if path not in MORE_WHERE_A_SHARE_SLIPS} == {
        path: few[path] for path in pages if path not in MORE_WHERE_A_SHARE_SLIPS
    }
    print()
    for path, asking in many.items():
        print(f"{asking.new:3} {asking.changed:3} {asking.again:3}  {path}")
    too_many = {
        path: asking
        for path, asking in [*few.items(), *many.items()]
        if max(asking) > MOST and not path.startswith(FILES)
    }
    assert too_many == {}
