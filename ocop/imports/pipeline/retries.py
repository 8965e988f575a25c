"""Lock conflicts between transactions: recognising the database's errors, and retrying.

PostgreSQL ends one of two transactions that wait for each other (deadlock), SQLite gives up
after its timeout because somebody else is writing. Either way nothing was written, and trying
again is right; that the database is away is something else.
"""

import sqlite3
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from ocop.imports.datasets import CannotRun
from ocop.imports.findings import BECAUSE

T = TypeVar("T")
LOCK_ERROR_CODES = {"40P01", "40001", "55P03"}
"""SQLSTATE of a deadlock, a serialization failure, a lock not given in time."""
ATTEMPTS = 3


def is_lock_error(error: BaseException | None) -> bool:
    """True for errors caused by another transaction's locks, which pass by themselves."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.OperationalError):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(cause, "pgcode", None) in LOCK_ERROR_CODES


def retry_on_lock(act: Callable[[], T]) -> T:
    """The result of `act` (which writes nothing where it fails), after at most ATTEMPTS attempts.

    The last failure is raised.
    """
    for _attempt in range(ATTEMPTS - 1):
        try:
            return act()
        except OperationalError as error:
            # SQLite has waited for its whole timeout already.
            if not is_lock_error(error) or isinstance(error.__cause__, sqlite3.OperationalError):
                raise
    return act()


def busy_message() -> str:
    return str(BECAUSE["busy"])


def redirect_on_lock(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, with a sentence on the list of imports where it was kept from its work.

    By somebody else at the same records, or by a folder that cannot be written.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except CannotRun as error:
            messages.error(request, str(error))
        except OperationalError as error:
            if not is_lock_error(error):
                raise
            messages.error(request, busy_message())
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse({"url": reverse("import-list")})
        return redirect("import-list")

    return answered
