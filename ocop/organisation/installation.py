"""Facts about this installation."""

from ocop.organisation.models import InstallationFact

DEMONSTRATION = "demonstration-data"


def holds_demonstration_data() -> bool:
    """True once demonstration data was loaded: every page then says so."""
    return InstallationFact.objects.filter(name=DEMONSTRATION).exists()


def mark_demonstration_data(version: str) -> None:
    InstallationFact.objects.update_or_create(name=DEMONSTRATION, defaults={"value": version})
