"""When two names are the same: the identity key."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ocop.lib.identity import identity_key
from ocop.lib.text import folded, vietnamese_sort_key
from products.legal_terms import filing_key

SAME = [
    ("Kẹo dừa", "KẸO  DỪA"),
    ("Kẹo dừa", unicodedata.normalize("NFD", "kẹo dừa")),
    ("Kẹo dừa", "Kẹo\u00a0dừa\u200b"),
    ("Đường thốt nốt", "Ðường thốt nốt"),
    ("HTX Đại Mẫu", "htx ðại mẫu"),
    ("HTX Đại Mẫu", "HTX Ɖại Mẫu"),
    ("Hoà Tân", "Hòa Tân"),
    ("Thuý Khoẻ Uỷ", "Thúy Khỏe Ủy"),
    ("Quý qúy", "Qúy quý"),
    ("Của quà", "Cuả qùa"),
    ("Mật ong – 100ml", "Mật ong ‑ 100ml"),
    ("“Ong vàng”", '"Ong vàng"'),
]
APART = [
    ("Kẹo dừa", "Kẹo dứa"),
    ("Mắm cá", "Mắm cà"),
    ("Kẹo dừa", "Keo dua"),
    ("Đường", "Dường"),
    ("Gạo ST24", "Gạo ST25"),
    ("Trà 1-2", "Trà 12"),
    ("Qui", "Quy"),
]
ONE_APPLICATION = [
    "4-2022-12345",
    "VN-4-2022-12345",
    "VN 4-2022-12345",
    "vn-4-2022-12345",
    "4202212345",
    "VN4202212345",
    "4‑2022‑12345",
    " 4 - 2022 - 12345 ",
    "4-2022-12345 (cấp ngày 10/01/2024)",
    "4-2022-12345 (cấp …)",
]
OTHER_APPLICATIONS = ["4-2022-12346", "4-2021-12345", "3-2022-12345", "SG-4-2022-12345", "1234567"]


def test_spellings_of_one_name_have_one_key_and_of_two_names_two() -> None:
    wrong = [pair for pair in SAME if identity_key(pair[0]) != identity_key(pair[1])]
    wrong += [pair for pair in APART if identity_key(pair[0]) == identity_key(pair[1])]
    assert wrong == []


def test_search_and_order_read_eth_as_d_with_stroke() -> None:
    assert folded("Ðường ðại Ɖ ɖ") == "duong dai d d"
    assert vietnamese_sort_key("Ðường") == vietnamese_sort_key("Đường")


def test_an_application_number_is_one_however_it_is_written() -> None:
    assert {filing_key(number) for number in ONE_APPLICATION} == {"vn-4-2022-12345"}
    others = [filing_key(number) for number in OTHER_APPLICATIONS]
    assert len({"vn-4-2022-12345", *others}) == len(others) + 1
    assert filing_key("") == ""


@given(st.text())
def test_a_key_is_its_own_key_and_no_composition_changes_it(text: str) -> None:
    key = identity_key(text)
    assert identity_key(key) == key
    assert identity_key(unicodedata.normalize("NFD", text)) == key


@given(st.text(st.sampled_from("aăâeêioôơuưyàáảãạằếợúỷđðcnghqmt")))
def test_names_of_one_identity_are_found_by_one_search(text: str) -> None:
    assert folded(identity_key(text)) == folded(text)
