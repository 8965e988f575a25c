"""One test over the cases of one claim: every case is tried, and every failing one reported."""

import inspect
import reprlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from typing import Any

import pytest
from django.db import transaction

FAILURES = (Exception, BaseExceptionGroup, pytest.fail.Exception)
"""What a case may fail with; a group comes from a table within a table."""


@contextmanager
def taken_back() -> Iterator[None]:
    """What a case enters is taken back before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def every_case(names: str, cases: Iterable[Any]) -> Callable[[Callable[..., None]], Any]:
    """Like `pytest.mark.parametrize`, but one test that loops over `cases`.

    What fails is raised together at the end, each with a note that says in which case. The cases
    share the fixtures of the test; a test that needs each of them anew is parametrised.
    """
    arguments = [name.strip() for name in names.split(",")]
    given = list(cases)
    assert given, "no case"

    def looped(check: Callable[..., None]) -> Any:
        wanted = inspect.signature(check).parameters
        fixtures = [one for name, one in wanted.items() if name not in arguments]
        request = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY)

        @wraps(check)
        def test(request: pytest.FixtureRequest, **values: Any) -> None:
            if "request" in wanted:
                values["request"] = request
            isolated = taken_back if uses_the_database(request) else nullcontext
            failed: list[BaseException] = []
            for case in given:
                try:
                    with isolated():
                        check(**named(arguments, case), **values)
                except FAILURES as error:
                    error.add_note(f"in the case {names} = {reprlib.repr(case)}")
                    failed.append(error)
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(given)} cases fail", failed)

        stored = [one.replace(kind=request.kind) for one in fixtures if one.name != "request"]
        test.__signature__ = inspect.Signature([*stored, request])  # type: ignore[attr-defined]
        return test

    return looped


def named(arguments: list[str], case: Any) -> dict[str, Any]:
    return dict(zip(arguments, case if len(arguments) > 1 else [case], strict=True))


def uses_the_database(request: pytest.FixtureRequest) -> bool:
    return "db" in request.fixturenames or bool(request.node.get_closest_marker("django_db"))
