"""Hundreds of mistakes and questions: the page stays one, its queries few, its fields sent."""

import re
from typing import Any

import pytest

from tests.imports.workbooks import RECOGNITIONS, make_book, product_row
from tests.support.query_counts import MOST, queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("effects_untold")]


def test_four_hundred_mistakes_and_as_many_questions_take_few_queries(import_session: Any) -> None:
    admin = import_session()
    wrong = [product_row(f"Sai {n}", f"Hộ {n}", rank=f"{n} lá") for n in range(400)]
    asked = [product_row(f"Hỏi {n}", f"Hộ {n}", district=f"Cang Longg{n % 2}") for n in range(4)]
    pairs = [product_row(name, f"HTX {n}") for n in range(210) for name in ("Kẹo dừa", "Kẹo dứa")]
    upload = admin.hand_in(make_book([RECOGNITIONS, *wrong, *asked, *pairs]))
    address = f"/imports/files/{upload.pk}/"
    assert queries(lambda: admin.client.get(address)) <= MOST
    page = admin.client.get(address)
    assert (len(page.context["questions"]), page.context["questions_more"] > 0) == (150, True)
    groups = {group.kind: len(group.views) for group in page.context["question_groups"]}
    assert groups == {"district": 2, "near_name": 148}
    upload.refresh_from_db()
    fields = {f"d-{one.number}": one.choices[-1]["id"] for one in page.context["questions"]}
    cells = re.findall(r'name="(c-[^"]*)"\s+value="([^"]*)"', page.content.decode())
    assert 300 < len(cells) + 2 * 150 < 1000
    # As a browser without scripts sends them: unchanged.
    fields |= dict(cells)
    fields |= {"what": "questions", "preview": str(upload.preview), "do": "leave-errors"}
    page = admin.choose(upload, **fields)
    assert page.context["corrections"] == []
    assert (page.context["left_out"], page.context["could"]["errors"]) == (400, 0)
    assert len(page.context["questions"]) == 210 + 2 - 150
