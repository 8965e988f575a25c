"""Imports of workbooks. `DATASETS` gives the datasets by name, once the apps are loaded."""

from typing import Any


def __getattr__(name: str) -> Any:
    """DATASETS when it is asked for: models are not ready when this package is imported."""
    if name == "DATASETS":
        from ocop.imports.datasets import DATASETS

        return DATASETS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
