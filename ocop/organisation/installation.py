"""Facts about this installation: what the site is called, whose it is, what was loaded into it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from ocop.organisation.models import Agency, InstallationFact

DEMONSTRATION = "demonstration-data"


@dataclass(frozen=True)
class Site:
    """What `fixtures/reference/site.json` says of the site, or what was entered here since.

    `name` stands in the head of every page, `title` says in a sentence what the site is for, in the
    language of the page; `unit` is the code of the province, `committee` that of the agency that
    steers. Texts are "" where nothing was loaded.
    """

    name: str = ""
    title: str = ""
    unit: str = ""
    committee: str = ""
    demonstration_data: bool = False


def read_site() -> Site:
    """The facts as recorded, in one query."""
    facts = dict(InstallationFact.objects.values_list("name", "value"))
    return Site(
        name=facts.get("site-name", ""),
        title=facts.get(f"site-title-{get_language()}") or facts.get("site-title", ""),
        unit=facts.get("site-unit", ""),
        committee=facts.get("site-committee", ""),
        demonstration_data=DEMONSTRATION in facts,
    )


def steering_committee() -> Agency | None:
    """The agency that the site's facts name as its steering committee; None where none is."""
    code = InstallationFact.objects.filter(name="site-committee").values("value")
    return Agency.objects.filter(code__in=code).first()


def holds_demonstration_data() -> bool:
    """True once demonstration data was loaded: every page then says so."""
    return InstallationFact.objects.filter(name=DEMONSTRATION).exists()


def mark_demonstration_data(version: str) -> None:
    InstallationFact.objects.update_or_create(name=DEMONSTRATION, defaults={"value": version})
