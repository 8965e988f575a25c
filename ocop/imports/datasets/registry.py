"""The datasets, and what imports ask of other apps."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from ocop.hooks import hook
from ocop.imports.findings import Importer
from ocop.lib.text import folded
from ocop.organisation.scope import Scope

if TYPE_CHECKING:
    from ocop.imports.datasets.library import ImportableResource

Resource = TypeVar("Resource", bound="type[ImportableResource]")
Act = Callable[[], None]
DATASETS: "dict[str, type[ImportableResource]]" = {}
Touching = tuple[Any, dict[str, Any] | None]


def register(resource: Resource) -> Resource:
    """Class decorator: makes a dataset known by its name."""
    DATASETS[resource.dataset] = resource
    return resource


@cache
def described(dataset: str) -> "ImportableResource":
    """The dataset to ask about itself: its columns, who may import it. Never one to import with,
    which keeps what it has read; making one takes longer than the question."""
    return DATASETS[dataset]()


@cache
def all_headers() -> frozenset[str]:
    """Every header of every dataset, folded: a row of several is the head of some table."""
    columns = [column for name in DATASETS for column in described(name).columns().values()]
    return frozenset(folded(text) for column in columns for text in (column.header, *column.also))


def confirmed_among(touching: Iterable[Touching], arriving: bool = False) -> list[str]:
    """Names of periods that somebody confirmed and that changes [(record, what it was before or
    None)] reach into; with `arriving` those that an import of new records is asked about."""
    return hook("confirmed_among")(touching, arriving)  # type: ignore[no-any-return]


def batches_within(batches: Any, scope: Scope) -> Any:
    """The imports that the scope may know of, out of a queryset of them."""
    return hook("imports_within")(batches, scope)


def effects_of(act: Act, importer: Importer) -> list[dict[str, Any]]:
    """Run `act`; returns {"unit", "newly_met", "no_longer_met", …} of what it moved, in no
    language, to be kept."""
    return hook("import_effects")(act, importer)  # type: ignore[no-any-return]


def effects_worded(effects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Effects as kept, each with its "sentence" in the active language."""
    return hook("import_effects_worded")(effects)  # type: ignore[no-any-return]
