"""The command undo_import: exit codes, and somebody else at the same records."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from ocop.imports.models import ImportBatch
from products.datasets.recognitions import Recognitions
from products.models import Recognition
from tests.imports.undo.test_undo import records
from tests.imports.uploads.test_lock_conflicts import give_way
from tests.imports.workbooks import product_row, recognitions

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("effects_untold"),
    pytest.mark.database,
]


def run(number: Any, *options: str) -> tuple[int, str, str]:
    """(exit status, standard output, what goes to standard error)."""
    out = io.StringIO()
    try:
        call_command("undo_import", str(number), *options, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), ""


@pytest.fixture
def in_the_way(monkeypatch):
    """in_the_way(times): so often somebody else holds what is to be taken back."""
    tries: list[int] = []

    def stand(times: int) -> list[int]:
        take_back = Recognitions.apply_undo

        def tried(*args: Any, **options: Any) -> None:
            tries.append(1)
            take_back(*args, **options)
            if len(tries) <= times:
                give_way()

        monkeypatch.setattr(Recognitions, "apply_undo", tried)
        return tries

    return stand


def test_an_import_is_taken_back():
    number = recognitions(product_row("A")).batch
    status, out, err = run(number, "--json")
    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert (answer["batch"], answer["verdict"], answer["deleted"]) == (number, "undone", 3)
    assert run(number)[0] == 1
    assert run(number + 100)[0] == 2


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has waited already")
def test_it_is_tried_again_where_somebody_else_was_first(in_the_way):
    number = recognitions(product_row("A")).batch
    tries = in_the_way(2)
    assert run(number)[0] == 0
    assert (len(tries), Recognition.objects.count()) == (3, 0)


def test_it_gives_way_in_a_sentence_with_nothing_taken_back(in_the_way):
    number = recognitions(product_row("A"), product_row("B")).batch
    before = records()
    in_the_way(9)
    status, out, err = run(number)
    assert (status, out, len(err.splitlines())) == (1, "", 1)
    assert "database" not in err
    assert records() == before
    assert not ImportBatch.objects.filter(undoes=number).exists()
    status, out, _err = run(number, "--json")
    assert (status, json.loads(out)["verdict"]) == (1, "refused")


def test_a_database_that_is_away_is_not_taken_for_that(monkeypatch):
    number = recognitions(product_row("A")).batch

    def away(*args: Any, **options: Any) -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(Recognitions, "apply_undo", away)
    assert run(number)[0] == 2
    assert Recognition.objects.count() == 1
