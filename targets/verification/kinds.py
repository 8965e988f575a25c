"""Kinds of records of this app that wait in the same queue to be verified."""

from django.utils.translation import gettext_lazy as _

from products.kinds import RecordKind
from targets.models import Allocation

KINDS = (
    RecordKind(
        "allocation",
        Allocation,
        _("Quota"),
        field="",
        content=("target", "unit", "year", "value", "document"),
        district_enters=False,
    ),
)
