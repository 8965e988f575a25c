"""The quick checks of columns agree with Django's own, at every limit of every column."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from ocop.imports.columns.checks import ColumnChecks, checked_names
from ocop.imports.datasets.registry import DATASETS
from products.models import IPRight, Producer, Product, Recognition
from tests.support.cases import every_case

pytestmark = pytest.mark.database

MODELS = sorted(
    {resource._meta.model for resource in DATASETS.values()} | {Producer, Product},
    key=lambda model: model.__name__,
)
STRANGE = [
    *("", " ", "x", "3", None, 0, -1, 1, 100, 101, 30, 45, 2**31, 2**63, True, 0.5, "verified"),
    *(Decimal("100"), Decimal("100.001"), Decimal("99.9999"), Decimal("-0.1"), Decimal("NaN")),
    *(date(2022, 1, 1), "2022-01-01", "31/02/2022", [], {}, [1], b"x"),
]


def good(model: Any) -> Any:
    """A record whose checked columns are all allowed."""
    values: dict[type, dict[str, Any]] = {
        Recognition: {"decided_on": date(2022, 8, 22), "rank": 30},
        IPRight: {"kind": "trademark", "name": "A", "owner": "B"},
        Producer: {"name": "A"},
        Product: {"name": "A"},
    }
    record = model(**values.get(model, {}))
    for field in model._meta.fields:
        if field.name in checked_names(model) and getattr(record, field.attname) in (None, ""):
            if isinstance(field, models.DateField) and not field.null:
                setattr(record, field.attname, date(2022, 1, 1))
            elif isinstance(field, models.IntegerField) and not field.null:
                setattr(record, field.attname, 1)
            elif not field.blank:
                setattr(record, field.attname, "x")
    return record


def allowed(record: Any) -> bool:
    names = checked_names(type(record))
    exclude = [f.name for f in record._meta.fields if f.name not in names]
    try:
        record.clean_fields(exclude=exclude)
    except ValidationError:
        return False
    return True


@every_case("model", MODELS)
def test_a_good_record_passes(model: Any) -> None:
    record = good(model)
    assert allowed(record)
    assert ColumnChecks(model).passes(record)


@every_case("model", MODELS)
def test_nothing_passes_that_django_refuses_and_repeating_changes_nothing(model: Any) -> None:
    checks = ColumnChecks(model)
    for field in model._meta.fields:
        if field.name not in checked_names(model):
            continue
        longest = field.max_length or 10
        for value in [*STRANGE, "a" * longest, "a" * (longest + 1), "ấ" * (longest + 1)]:
            record = good(model)
            setattr(record, field.attname, value)
            first, second = checks.passes(record), checks.passes(record)
            assert first == second, (field.name, value)
            if first:
                assert allowed(record), (field.name, value)
