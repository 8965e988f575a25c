"""The datasets by name, as programs outside ask for them."""

import pytest
from import_export.resources import ModelResource

from ocop import imports


def test_the_datasets_are_given_by_the_package_itself() -> None:
    assert set(imports.DATASETS) == {
        *("recognitions", "ip_rights", "science_tasks", "traceability", "ecommerce", "allocations")
    }
    assert all(issubclass(dataset, ModelResource) for dataset in imports.DATASETS.values())


def test_nothing_else_is_given_by_it() -> None:
    with pytest.raises(AttributeError, match="DATASET"):
        imports.DATASET  # noqa: B018
