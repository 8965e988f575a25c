"""Places outside the plans' area, by the names people write; no database."""

from datetime import date

from ocop.organisation.models import Unit
from ocop.organisation.outside import PlacesOutside
from tests.support.cases import every_case

OLD, NEW = date(2015, 5, 15), date(2025, 7, 1)
EVE = date(2025, 6, 30)


def outside() -> PlacesOutside:
    units = [
        Unit(name="Huyện Mang Thít", level="district", valid_from=OLD, valid_to=EVE),
        Unit(name="Phường 8", level="commune", valid_from=OLD, valid_to=EVE),
        Unit(name="Xã An Quy", level="commune", valid_from=OLD, valid_to=EVE),
        Unit(name="Xã Thạnh Phú", level="commune", valid_from=NEW),
        Unit(name="Phường Long Châu", level="commune", valid_from=NEW),
    ]
    return PlacesOutside(units, ["Tỉnh Trà Vinh", "Tỉnh Vĩnh Long"])


@every_case(
    "text, is_outside",
    [
        ("Phường Long Châu", True),
        ("P. Long Châu, tỉnh Vĩnh Long", True),
        ("Ấp 1, xã Bình Phước, H. Mang Thít", True),
        ("Mang Thít", True),
        ("xã An Qui", True),
        ("xã Nào Đó, tỉnh Bến Tre", True),
        ("xã Nào Đó, tỉnh Trà Vinh", False),
        ("xã Nào Đó, tỉnh Trà Vinh (cũ)", False),
        ("xã Nào Đó", False),
        # A number says nothing without its town; a bare name within an address is a hamlet's.
        ("Phường 8", False),
        ("Long Châu, xã Nào Đó", False),
        ("", False),
    ],
)
def test_a_text_names_a_place_outside(text: str, is_outside: bool) -> None:
    assert outside().named_by(text) is is_outside


@every_case(
    "text, day, found",
    [
        ("Xã Thạnh Phú", NEW, True),
        ("thạnh phú", NEW, True),
        ("Xã Thạnh Phú", EVE, False),
        ("Phường Thạnh Phú", NEW, False),
        ("Mang Thít", EVE, False),
    ],
)
def test_a_commune_of_a_day_has_the_name(text: str, day: date, found: bool) -> None:
    assert outside().has_commune(text, day) is found
