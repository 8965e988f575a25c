"""Registrations entered, changed, withdrawn, and tied to the dossier they have become.

Access is the caller's to check; every change is made over the version seen.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from ocop.organisation.scope import Scope
from products.kinds import KINDS, area_of
from products.models import Product, ProductRegistration, Rating, Recognition
from products.records import permissions

FIELDS = (
    *("name", "idea", "producer", "owner", "place", "product_set", "aimed_rank", "year"),
    "registered_on",
)
AREA = ("district", "commune")
"""They follow from the place, or are asked for."""


class RegistrationConflict(Exception):
    """Somebody else changed the registration since it was looked at."""


class RegistrationRefused(ValueError):
    """The step cannot be taken; the message says why."""


def before_rating(registrations: Any, day: date) -> Any:
    """Those that stand on `day` and whose product was neither rated nor recognised by then.

    Ratings and recognitions that await verification count: they are told of further on.
    """
    of_product = {"product_id": OuterRef("product_id")}
    rated = Rating.objects.counted(True).filter(**of_product, session_on__lte=day)
    recognised = Recognition.objects.counted(True).filter(**of_product, decided_on__lte=day)
    later = Q(product__isnull=True) | ~Exists(rated) & ~Exists(recognised)
    return registrations.standing_at(day).filter(later)


def may_change(registration: ProductRegistration, scope: Scope) -> bool:
    return permissions.may_enter(scope, KINDS["product"], area_of(registration))


def enter(values: dict[str, Any], user: Any) -> ProductRegistration:
    """A new registration; `values` by the names of FIELDS and AREA."""
    return ProductRegistration.objects.create(**values, entered_by=user)


def change(registration: ProductRegistration, values: dict[str, Any], version: int) -> None:
    with transaction.atomic():
        _seen(registration, version)
        for name, value in values.items():
            setattr(registration, name, value)
        # A save, not an update: the keys of the name are derived on saving.
        registration.save()


def withdraw(registration: ProductRegistration, on: date, reason: str, version: int) -> None:
    """It stays on record with its day and reason. RegistrationRefused where it is a dossier."""
    with transaction.atomic():
        _seen(registration, version)
        if registration.product_id:
            raise RegistrationRefused(_("The registration has become a dossier: work on that."))
        found = ProductRegistration.objects.filter(pk=registration.pk)
        found.update(withdrawn_on=on, withdrawal_reason=reason)


def link(registration: ProductRegistration, product: Product | None, version: int) -> None:
    """Tie it to the dossier it has become; None takes the tie away."""
    with transaction.atomic():
        _seen(registration, version)
        if registration.withdrawn_on and product is not None:
            raise RegistrationRefused(_("The registration is withdrawn: enter it anew."))
        ProductRegistration.objects.filter(pk=registration.pk).update(product=product)


def _seen(registration: ProductRegistration, version: int) -> None:
    found = ProductRegistration.objects.filter(pk=registration.pk, version=version)
    if not found.update(version=F("version") + 1):
        raise RegistrationConflict
    registration.refresh_from_db()
