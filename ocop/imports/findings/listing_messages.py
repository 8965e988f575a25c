"""Sentences about lists of traceability systems and floors, and about their links and codes."""

from typing import Any

from django.utils.translation import gettext_lazy

LISTING_TITLES: dict[str, Any] = {
    "which_floor": gettext_lazy("Floor not named"),
    "floor_of_link": gettext_lazy("Link of an unknown floor"),
    "no_address": gettext_lazy("Not the address of a web page"),
    "link_elsewhere": gettext_lazy("Link of another floor"),
    "damaged_code": gettext_lazy("Code damaged by a spreadsheet"),
    "no_code": gettext_lazy("Not a code"),
    "no_system": gettext_lazy("System not named"),
}
LISTINGS: dict[str, Any] = {
    "column_of_a_place": gettext_lazy(
        "The column “%(column)s” is not read, although listings may stand in it. Say what it is."
    ),
    "which_floor": gettext_lazy(
        "“%(value)s” says that the product is sold on a floor, and not on which one. Say which."
    ),
    "floor_of_link": gettext_lazy(
        "No floor is named, and none is known by the link “%(link)s”. Say which one it is."
    ),
    "in_a_floors_column": gettext_lazy(
        "“%(value)s” in the column of %(floor)s is neither a tick nor a link. Say whether the "
        "product is listed there."
    ),
    "no_address": gettext_lazy(
        "“%(value)s” is no address of a web page; the link was left empty. Write an address that "
        "begins with https://."
    ),
    "link_elsewhere": gettext_lazy(
        "The link “%(value)s” belongs to %(other)s, which is not the floor of this row. Check both."
    ),
    "links_elsewhere": gettext_lazy(
        "The row names %(floor)s, and its links belong to %(others)s as well. Say where the "
        "product is listed."
    ),
    "one_link": gettext_lazy(
        "The cell holds several links; “%(kept)s” was kept, for a listing has one."
    ),
    "twice_in_row": gettext_lazy(
        "The row names the same floor or system twice; “%(value)s” was left out."
    ),
    "damaged_code": gettext_lazy(
        "“%(value)s” is a code that a spreadsheet took for a number and cut short; it was left "
        "out. Format the column as text and type the code in again."
    ),
    "no_code": gettext_lazy("“%(value)s” is no code; the code was left empty."),
    "no_system": gettext_lazy(
        "“%(value)s” says that the product can be traced, and not in which system. Say which."
    ),
}
