"""Facts about this installation."""

from collections.abc import Iterable

from ocop import small_tables
from ocop.organisation.models import InstallationFact

DEMONSTRATION = "demonstration-data"


FACTS = "facts of the installation"
small_tables.offer(
    FACTS, small_tables.SmallTable(lambda: InstallationFact.objects.all(), of=("organisation",))
)


def holds_demonstration_data(facts: Iterable[InstallationFact] | None = None) -> bool:
    """True once demonstration data was loaded: every page then says so. One query, unless the
    facts are known."""
    if facts is None:
        return InstallationFact.objects.filter(name=DEMONSTRATION).exists()
    return any(fact.name == DEMONSTRATION for fact in facts)


def mark_demonstration_data(version: str) -> None:
    InstallationFact.objects.update_or_create(name=DEMONSTRATION, defaults={"value": version})
