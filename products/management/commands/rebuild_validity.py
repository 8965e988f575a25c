"""Work the validity of all products out anew, or compare what is stored with what it should be."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.command_line import PlainCommand, refused
from products import validity
from products.models import Product

MAX_NAMED = 20


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="compare only, change nothing; exit 1 where a product differs",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            number = validity.rebuild_all()
            message = _("The validity of all products was worked out anew: %(number)d products.")
            self.stdout.write(message % {"number": number})
            return
        if differing := validity.differing_products():
            raise refused(_differences(differing))
        self.stdout.write(_("What is stored of every product's validity is what its records say."))


def _differences(products: list[Product]) -> str:
    """The first of them by name, producer and id, and how many there are."""
    lines = [_named(product) for product in products[:MAX_NAMED]]
    if rest := len(products) - MAX_NAMED:
        lines += [_("and %(number)d more") % {"number": rest}] if rest > 0 else []
    counted = ngettext(
        "What is stored of the validity of %(number)d product is not what its records say "
        "(rebuild_validity without --check works it out anew):",
        "What is stored of the validity of %(number)d products is not what their records say "
        "(rebuild_validity without --check works it out anew):",
        len(products),
    )
    return "\n".join([counted % {"number": len(products)}, *lines])


def _named(product: Product) -> str:
    words = {"name": product.name, "producer": product.producer, "id": product.pk}
    return _("%(name)s, %(producer)s (no. %(id)d)") % words
