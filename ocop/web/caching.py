"""Django's cache, under keys that name everything an answer depends on.

The version of the data is in every key, so nothing is ever taken back by hand: what was worked
out from former data is asked for no more and falls out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language

from ocop.organisation import data_version
from ocop.organisation.scope import Scope, scope_of_request

if TYPE_CHECKING:
    from ocop.web.page_query import PageQuery

Answer = TypeVar("Answer")
Shared = Literal["all", "scope", "page"]
"""Who else gets a cached answer: everybody, those who may see the same, this page alone."""


@dataclass(frozen=True)
class Vary:
    """What separates the cached parts of one request from those of others, beside its query:
    the state of the data when the request began, what the person may see, the page's address."""

    version: data_version.VersionTokens
    scope: Scope
    address: str


def vary_of(request: HttpRequest) -> Vary | None:
    """None for a request that may change something: it works everything out anew."""
    if request.method not in {"GET", "HEAD"}:
        return None
    # The version comes first: data read after it may be newer, never older.
    version = data_version.current()
    return Vary(version, scope_of_request(request), request.get_full_path())


def cached(
    part: str,
    query: "PageQuery",
    compute: Callable[[], Answer],
    apps: tuple[str, ...] = data_version.WATCHED_APPS,
    shared: Shared = "page",
) -> Answer:
    """What `compute` answers, worked out once as long as the tables of `apps` stay as they are.

    It may depend on nothing but the query and the language; not on scope and address where
    `shared` by "all", not on the address where by all of one "scope". The answer is pickled.
    """
    vary = query.vary
    if vary is None:
        return compute()
    whose: tuple[Any, ...] = {
        "all": (),
        "scope": _plain(vary.scope),
        "page": (*_plain(vary.scope), vary.address),
    }[shared]
    key = (query.as_of, query.today, query.unit.pk, query.pending, get_language(), shared, *whose)
    return cached_table(part, vary, compute, apps, key)


def cached_table(
    part: str,
    vary: Vary | None,
    compute: Callable[[], Answer],
    apps: tuple[str, ...],
    key: tuple[Any, ...] = (),
) -> Answer:
    """What `compute` answers, worked out once for each `key`; it may depend on that and on the
    tables of `apps` alone. New every time where the state of one of the apps is not known."""
    if vary is None or not vary.version.keys() >= set(apps):
        return compute()
    whole = (part, key, [vary.version[app] for app in apps])
    name, missing = sha256(repr(whole).encode()).hexdigest(), object()
    answer: Any = cache.get(name, missing)
    if answer is missing:
        answer = compute()
        cache.set(name, answer)
    return answer  # type: ignore[no-any-return]


def _plain(scope: Scope) -> tuple[Any, ...]:
    """The scope in an order that is the same in every process."""
    sets = scope.district_ids, scope.commune_ids, scope.roles, scope.fields
    return (scope.everything, *(sorted(one) for one in sets))
