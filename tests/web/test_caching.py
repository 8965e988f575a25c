"""Answers are cached under everything they depend on, as long as the data stay as they are."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from ocop.environment import program_digest
from ocop.organisation.models import Unit, User
from ocop.organisation.scope import SYSTEM, Scope
from ocop.web.caching import Vary, cached, vary_of
from ocop.web.page_query import PageQuery, page_query
from tests.support.query_counts import cache_of_its_own

DAY = date(2024, 6, 30)
VARY = Vary({"organisation": 1, "products": 2, "targets": 3}, SYSTEM, "/?a=1")
QUERY = PageQuery(DAY, DAY, Unit(pk=1, code="84"), [], vary=VARY)
OFFICER = Scope(district_ids=frozenset({3, 4}), roles=frozenset({"local"}))


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    with cache_of_its_own():
        yield


def varied(**changes: Any) -> PageQuery:
    return replace(QUERY, vary=replace(VARY, **changes))


def test_an_answer_is_worked_out_once_none_is_one_and_an_error_is_not() -> None:
    number = count()
    assert [cached("a", QUERY, lambda: next(number)) for _ in range(3)] == [0, 0, 0]
    assert cached("none", QUERY, lambda: None) is None
    assert cached("none", QUERY, lambda: 1) is None
    with pytest.raises(ZeroDivisionError):
        cached("error", QUERY, lambda: 1 // 0)
    assert cached("error", QUERY, lambda: 2) == 2


def test_whatever_differs_has_an_answer_of_its_own() -> None:
    others = {
        "day": replace(QUERY, as_of=DAY - timedelta(days=1)),
        "today": replace(QUERY, today=DAY + timedelta(days=1)),
        "unit": replace(QUERY, unit=Unit(pk=2, code="844")),
        "pending": replace(QUERY, pending=True),
        "scope": varied(scope=OFFICER),
        "address": varied(address="/?a=2"),
        **{app: varied(version={**VARY.version, app: 9}) for app in VARY.version},
    }
    assert cached("a", QUERY, lambda: "first") == "first"
    found = {name: cached("a", other, lambda name=name: name) for name, other in others.items()}
    assert found == {name: name for name in others}
    assert cached("b", QUERY, lambda: "another part") == "another part"
    with override("en"):
        assert cached("a", QUERY, lambda: "another language") == "another language"
    assert cached("a", QUERY, lambda: "later") == "first"


def test_an_answer_is_shared_as_far_as_is_said_and_no_further() -> None:
    elsewhere, officer = varied(address="/?a=2"), varied(scope=OFFICER)
    for shared, for_elsewhere, for_officer in (
        ("page", "new", "new"),
        ("scope", "first", "new"),
        ("all", "first", "first"),
    ):
        part: Any = {"part": shared, "shared": shared}
        cached(query=QUERY, compute=lambda: "first", **part)
        assert cached(query=elsewhere, compute=lambda: "new", **part) == for_elsewhere, shared
        assert cached(query=officer, compute=lambda: "new", **part) == for_officer, shared
    other_products = varied(version={**VARY.version, "products": 9})
    cached("c", QUERY, lambda: "first", apps=("targets",))
    assert cached("c", other_products, lambda: "new", apps=("targets",)) == "first"


def test_nothing_is_cached_where_the_state_of_the_data_is_not_known() -> None:
    number = count()
    for query in (replace(QUERY, vary=None), varied(version={"products": 2, "targets": 3})):
        first, second = (cached("a", query, lambda: next(number)) for _ in range(2))
        assert first != second


@pytest.mark.django_db
def test_a_request_that_may_change_something_works_everything_out_anew() -> None:
    for method, cacheable in (("get", True), ("head", True), ("post", False)):
        request = getattr(RequestFactory(), method)("/?as_of=2024-06-30")
        request.user = User.objects.get(username="bancd")
        assert (vary_of(request) is not None) is cacheable, method
        assert (page_query(request).vary is not None) is cacheable, method


def test_another_release_has_keys_of_its_own(tmp_path: Any) -> None:
    page = tmp_path / "templates" / "a.html"
    page.parent.mkdir()
    page.write_text("1")
    before = program_digest(tmp_path)
    assert before == program_digest(tmp_path)
    page.write_text("2")
    assert before != program_digest(tmp_path)
