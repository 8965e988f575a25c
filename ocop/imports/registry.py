"""What other rooms enter here when they start: datasets, and who can tell what an import does."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

from ocop.imports.outcome import Importer
from ocop.imports.resource import DatasetResource
from ocop.lib.text import folded
from ocop.organisation.scope import Scope

Resource = TypeVar("Resource", bound=type[DatasetResource])
Act = Callable[[], None]
DATASETS: dict[str, type[DatasetResource]] = {}
Touching = tuple[Any, dict[str, Any] | None]
_confirmed: list[Callable[[Iterable[Touching], bool], list[str]]] = []
_within: list[Callable[[Any, Scope], Any]] = []
_effects: list[Callable[[Act, Importer], list[dict[str, Any]]]] = []
_worded: list[Callable[[list[dict[str, Any]]], list[dict[str, Any]]]] = []


def register(resource: Resource) -> Resource:
    """Class decorator: makes a dataset known by its name."""
    DATASETS[resource.dataset] = resource
    return resource


@cache
def described(dataset: str) -> DatasetResource:
    """The dataset to ask about itself: its columns, who may import it. Never one to import with,
    which keeps what it has read; making one takes longer than the question."""
    return DATASETS[dataset]()


@cache
def all_headers() -> frozenset[str]:
    """Every header of every dataset, folded: a row of several is the head of some table."""
    columns = [column for name in DATASETS for column in described(name).columns().values()]
    return frozenset(folded(text) for column in columns for text in (column.header, *column.also))


def tell_effects_by(
    function: Callable[[Act, Importer], list[dict[str, Any]]],
    worded: Callable[[list[dict[str, Any]]], list[dict[str, Any]]],
) -> None:
    """`function(act, importer)` runs `act` and tells what it did to the targets, in no language;
    `worded(effects)` gives each its sentence when it is shown."""
    _effects[:], _worded[:] = [function], [worded]


def tell_confirmed_by(function: Callable[[Iterable[Touching], bool], list[str]]) -> None:
    """`function([(record, what it was before or None)], arriving)` names the confirmed periods
    touched; with `arriving` those that an import of new records is asked about."""
    _confirmed[:] = [function]


def confirmed_among(touching: Iterable[Touching], arriving: bool = False) -> list[str]:
    """Names of periods that somebody confirmed and that the changes reach into; [] for none."""
    return _confirmed[0](touching, arriving) if _confirmed else []


def tell_batches_within_by(function: Callable[[Any, Scope], Any]) -> None:
    """`function(queryset of imports, scope)` keeps those that touched what the scope sees."""
    _within[:] = [function]


def batches_within(batches: Any, scope: Scope) -> Any:
    """The imports that the scope may know of, out of a queryset of them."""
    return _within[0](batches, scope) if _within else batches


def effects_of(act: Act, importer: Importer) -> list[dict[str, Any]]:
    """Run `act`; returns {"unit", "newly_met", "no_longer_met", …} of what it moved, to be kept."""
    if not _effects:
        act()
        return []
    return _effects[0](act, importer)


def effects_worded(effects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Effects as kept, each with its "sentence" in the active language."""
    return _worded[0](effects) if _worded else effects
