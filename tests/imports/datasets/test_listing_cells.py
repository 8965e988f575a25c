"""Cells of lists of floors and systems: names, links, ticks, codes. Nothing is guessed."""

from typing import Any

from products.datasets.cells.listing_cells import (
    PlaceNames,
    is_damaged_code,
    is_none,
    is_tick,
    links_in,
    names_no_system,
    paired,
)
from tests.support.cases import every_case

FLOORS = PlaceNames(
    {
        "Postmart": ["postmart.vn", "buudien.vn", "nông sản bưu điện"],
        "Voso": ["voso.vn", "vỏ sò"],
        "Shopee": ["shopee.vn"],
        "Lazada": ["lazada.vn"],
        "TikTok Shop": ["tiktok.com", "tiktok"],
    }
)


@every_case(
    "text, name",
    [
        ("Postmart", "Postmart"), ("POSTMART", "Postmart"), ("Sàn Postmart", "Postmart"),
        ("Sàn TMĐT Postmart", "Postmart"), ("Sàn Voso (Viettel Post)", "Voso"),
        ("Gian hàng trên sàn Shopee", "Shopee"), ("nongsan.buudien.vn", "Postmart"),
        ("https://shopee.vn/shop/123", "Shopee"), ("www.lazada.vn", "Lazada"),
        ("shop.tiktok.com/x", "TikTok Shop"), ("Vỏ Sò", "Voso"),
        ("Chợ Tốt", ""), ("Shopee Mall", ""), ("notshopee.vn", ""), ("shopee.vn.lua-dao.com", ""),
        ("Postmart, Voso", ""), ("Sàn", ""), ("", ""), ("x" * 9999, ""),
    ],
)  # fmt: skip
def test_a_text_names_a_floor_only_by_its_spellings(text: str, name: str) -> None:
    assert FLOORS.of(text) == name


@every_case(
    "text, parts",
    [
        ("Postmart, Voso", ["Postmart", "Voso"]), ("Shopee/Lazada", ["Shopee", "Lazada"]),
        ("Postmart; Shopee và Voso", ["Postmart", "Shopee", "Voso"]),
        ("Postmart\nVoso", ["Postmart", "Voso"]), ("Postmart + sàn Vỏ Sò", ["Postmart", "Voso"]),
        ("- Postmart\n- Voso", ["Postmart", "Voso"]), ("Postmart, postmart.vn", ["Postmart"]),
        ("Lazada/Buyo", ["Lazada", "Buyo"]), ("Chợ Tốt, Foodmap", ["Chợ Tốt, Foodmap"]),
        ("https://shopee.vn/a https://voso.vn/b", ["Shopee", "Voso"]),
        ("https://shopee.vn/a/b", ["https://shopee.vn/a/b"]), ("Buyo", ["Buyo"]),
    ],
)  # fmt: skip
def test_a_cell_lists_several_floors_where_one_is_known(text: str, parts: list[str]) -> None:
    assert FLOORS.parted(text, all_known=False) == parts


def test_where_all_must_be_known_one_stranger_keeps_the_cell_whole() -> None:
    assert FLOORS.parted("Lazada/Buyo", all_known=True) == ["Lazada/Buyo"]
    assert FLOORS.parted("Lazada/Voso", all_known=True) == ["Lazada", "Voso"]


@every_case(
    "names, links, pairs",
    [
        (["Voso", "Shopee"], ["https://shopee.vn/a"],
         [("Voso", ""), ("Shopee", "https://shopee.vn/a")]),
        (["Voso", "Buyo"], ["https://buyo.vn/a"], None),
        (["Voso", "Buyo"], ["https://voso.vn/b", "https://buyo.vn/a"],
         [("Voso", "https://voso.vn/b"), ("Buyo", "https://buyo.vn/a")]),
        (["Voso"], ["https://shopee.vn/a"], None),
        (["Voso"], ["https://voso.vn/a", "https://voso.vn/b"], None),
        (["Voso"], [], [("Voso", "")]),
    ],
)  # fmt: skip
def test_a_link_goes_to_the_floor_of_its_site(names: Any, links: Any, pairs: Any) -> None:
    assert paired(names, links, FLOORS) == pairs


@every_case(
    "text, links",
    [
        ("https://a.vn/x", ["https://a.vn/x"]), ("a.vn/x, b.vn/y", ["a.vn/x", "b.vn/y"]),
        ("Postmart: https://postmart.vn/a\nVoso: https://voso.vn/b",
         ["https://postmart.vn/a", "https://voso.vn/b"]),
        ("https://a.vn/?q=1,2;3", ["https://a.vn/?q=1,2;3"]), ("Xem tại đây", []),
        ("javascript:alert(1)", []), ("abc@gmail.com", []), ("=cmd|' /C calc'!A0", []),
        ("https://a.vn/" + "x" * 100_000, ["https://a.vn/" + "x" * 100_000]),
        ("a. " * 30_000, []), ("", []),
    ],
)  # fmt: skip
def test_links_are_found_among_words(text: str, links: list[str]) -> None:
    assert links_in(text) == links


def test_ticks_none_and_codes_are_told_apart() -> None:
    for value in ("x", "X", "✓", "có", 1, True, "Đã tham gia", "o"):
        assert is_tick(value) and not is_none(value), value
    for value in ("-", "không", "Không.", 0, "", None, False, "chưa", "–"):
        assert is_none(value) and not is_tick(value), value
    for value in ("x", "Tem QR", "QR code", "Có", "mã QR"):
        assert names_no_system(value), value
    for value in ("VNPT Check", "iCheck", "Tem QR VNPT", "xCheck"):
        assert not names_no_system(value), value
    for value in ("8,9385E+12", "8.9385e+12", 8938500000017120, 12.5):
        assert is_damaged_code(value), value
    for value in ("8938500000017", 8938500000017, "84-1", "E12", "8938500000017120", True):
        assert not is_damaged_code(value), value
