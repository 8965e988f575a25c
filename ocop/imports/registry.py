"""Datasets that can be imported; apps enter theirs when they start."""

from typing import TypeVar

from ocop.imports.resource import DatasetResource

Resource = TypeVar("Resource", bound=type[DatasetResource])
DATASETS: dict[str, type[DatasetResource]] = {}


def register(resource: Resource) -> Resource:
    """Class decorator: makes a dataset known by its name."""
    DATASETS[resource.dataset] = resource
    return resource
