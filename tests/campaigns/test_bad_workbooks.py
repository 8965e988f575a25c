"""Ten thousand bad workbooks: each refused in words, nothing written, nothing raised.

OCOP_BAD_WORKBOOKS sets how many, OCOP_SEED which; a failure names both, so that it can be had
again.
"""

import json
import os
import re
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from ocop.imports.pipeline.pipeline import ACCEPTED, ImportOutcome
from ocop.lib import sandbox
from ocop.lib.fonts.legacy import VIETNAMESE
from ocop.lib.spreadsheets.reading import child
from ocop.organisation.models import DataVersionToken
from tests.campaigns.damages import Bad, bad_workbook
from tests.campaigns.good_workbooks import make_known_products
from tests.imports.workbooks import everything, imported_file

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SEED = os.environ.get("OCOP_SEED", "20-CT/TU")
WORKBOOKS = int(os.environ.get("OCOP_BAD_WORKBOOKS", "10000"))
SHARES = 20
IN_CHILD_EVERY = 20
WHOLE_FILE = {
    "missing_column", "no_header", "too_large", "unreadable", "legacy_encoding", "conflict",
}  # fmt: skip
CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")


def numbers_of_rows() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count()
        for label in ("organisation", "imports", "products", "targets")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model is not DataVersionToken
    }


def complaints(outcome: ImportOutcome) -> list[str]:
    """What is not as it should be about the words of a refusal."""
    found = [] if outcome.errors else ["no reason given"]
    for problem in outcome.errors:
        own = problem.message.replace(problem.value, "") if problem.value else problem.message
        if problem.cell is None and problem.code not in WHOLE_FILE:
            found.append(f"{problem.code} without a cell")
        if problem.cell is not None and not CELL.fullmatch(problem.cell):
            found.append(f"no cell: {problem.cell}")
        if "%(" in own or not VIETNAMESE & set(own.lower()):
            found.append(f"not in Vietnamese: {problem.message}")
        json.dumps(problem.as_json())
    return found


def is_whole_after_all(bad: Bad) -> bool:
    """Whether an accepted file reads exactly as the one that the damage was done to."""
    if bad.whole is None:
        return False
    return child.read_in_child(bad.data, bad.name) == child.read_in_child(bad.whole, bad.name)


def trouble_with(bad: Bad, before: dict[str, int]) -> list[str]:
    sid = transaction.savepoint()
    try:
        # Systems and floors that no record names yet are new ones: refused is what is damaged.
        outcome = imported_file(bad.dataset, bad.data, name=bad.name, answers={"*": "new"})
        if outcome.verdict != ACCEPTED:
            after = numbers_of_rows()
            return complaints(outcome) + [
                f"{name}: {before[name]} rows before, {after[name]} after"
                for name in before
                if before[name] != after[name]
            ]
        transaction.savepoint_rollback(sid)
        return [] if is_whole_after_all(bad) else ["accepted"]
    except Exception as error:
        return [f"raised {error!r}"]
    finally:
        if not transaction.get_connection().needs_rollback:
            transaction.savepoint_rollback(sid)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_bad_workbook_is_refused_in_words_and_leaves_nothing(share: int, capsys: Any) -> None:
    make_known_products()
    before, contents = numbers_of_rows(), everything()
    trouble = []
    for number in range(share, WORKBOOKS, SHARES):
        bad = bad_workbook(SEED, number)
        in_child = bad.in_child or number // SHARES % IN_CHILD_EVERY == 0
        with sandbox.inline(not in_child):
            found = trouble_with(bad, before)
        if found:
            trouble.append(f"seed {SEED} number {number} {bad.dataset} ({bad.what}): {found[:3]}")
    with capsys.disabled():
        print(f"\nseed {SEED}, share {share}: {len(trouble)} of {WORKBOOKS // SHARES} in trouble")
    assert trouble == []
    assert everything() == contents
