"""Spelling, matching and sorting of Vietnamese text."""

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ocop.lib.identity import identity_key
from ocop.lib.text import folded, nfc, vietnamese_sort_key, without_invisible
from tests.support.cases import every_case

VIETNAMESE_TEXT = st.text(
    st.one_of(
        st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéíóúýệộợựĐÂĂÊÔƠƯ .-/"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


@every_case(
    "written, stored",
    [
        ("  Dừa   sáp ", "Dừa sáp"),
        ("Dừa\u00a0sáp", "Dừa sáp"),
        ("Dừa\r\nsáp", "Dừa sáp"),
        ("Dừa\u200b sáp\ufeff", "Dừa sáp"),
        ("Du\u031b\u0300a", "Dừa"),
        ("a\x00b", "a b"),
        ("\u200b \u00a0", ""),
        ("abc", "abc"),
    ],
)
def test_stored_text_is_composed_and_trimmed(written: str, stored: str) -> None:
    assert nfc(written) == stored


@every_case(
    "one, other",
    [
        ("Dừa sáp", "dua sap"),
        ("ĐẶC SẢN", "đặc sản"),
        ("Đường", "duong"),
        ("TX. Duyên  Hải", "tx duyên hải"),
        ("Nhiệm vụ KH&CN", "nhiem vu kh cn"),
        ("Số\nquyết định*", "so quyet dinh"),
        ("Xã/phường/thị trấn", "xa phuong thi tran"),
        (unicodedata.normalize("NFD", "Huyện Càng Long"), "HUYỆN CÀNG LONG"),
    ],
)
def test_spellings_of_one_name_fold_to_one_key(one: str, other: str) -> None:
    assert folded(one) == folded(other)


DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
NEVER_SEEN = DIRECTIONS + "\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164\U000e0041"


def test_nothing_invisible_stays_in_a_name_or_a_text() -> None:
    kept = [sign for sign in NEVER_SEEN if nfc(f"Kẹo{sign} dừa{sign}") != "Kẹo dừa"]
    assert kept == []
    assert without_invisible(f"một\r\n{NEVER_SEEN}hai\tba") == "một\r\nhai\tba"


def test_khmer_keeps_its_word_breaks_and_joiners_between_letters_only() -> None:
    khmer = "ភាសា\u200bខ្មែរ\u200cក\u200dខ"
    assert nfc(khmer) == without_invisible(khmer) == khmer
    assert nfc("\u200bភាសា\u200b\u200b ខ្មែរ\u200b a\u200bb") == "ភាសា ខ្មែរ ab"
    assert nfc("ក\u200b\u200bខ\u202e") == "ក\u200bខ"


def test_names_that_only_invisible_characters_tell_apart_have_one_key() -> None:
    plain = "ភាសាខ្មែរ dừa"
    other = f"ភាសា\u200bខ្មែ\u200dរ {NEVER_SEEN}dừa"
    for key in (identity_key, folded, vietnamese_sort_key):
        assert key(other) == key(plain), key


def test_both_places_of_the_tone_fold_to_one_key() -> None:
    assert folded("Lương Hoà") == folded("Lương Hòa") == "luong hoa"


def test_khmer_vowel_signs_are_kept_by_folding() -> None:
    assert folded("ភាសា") == "ភាសា"
    assert folded("ភាសា") != folded("ភសា")


@given(VIETNAMESE_TEXT)
def test_folding_does_not_depend_on_composition(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert folded(composed) == folded(unicodedata.normalize("NFD", text))


@given(VIETNAMESE_TEXT)
def test_folding_and_storing_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert nfc(nfc(text)) == nfc(text)
    assert folded(nfc(text)) == folded(text) or not text.isprintable()


IN_ORDER = [
    "",
    "3 Sao",
    "An",
    "An Phú",
    "An Trường",
    "ANH",
    "Ăn",
    "Ấn",
    "Bánh tét",
    "Ca",
    "Cà",
    "Cả",
    "Cã",
    "Cá",
    "Cạ",
    "Cà Mau",
    "Càng Long",
    "Cầu Kè",
    "Cầu Ngang",
    "Châu Thành",
    "Da",
    "Dừa",
    "Đa Lộc",
    "Đường",
    "E",
    "Ê",
    "Ga",
    "Ô",
    "Ơ",
    "P",
    "Tiểu Cần",
    "Trà",
    "Trà Cú",
    "Tra Vinh",
    "Trà Vinh",
    "Tu",
    "Tư",
    "Vinh",
    "Xã",
    "Y",
]


def test_names_sort_as_in_a_vietnamese_dictionary() -> None:
    shuffled = IN_ORDER[:]
    random.Random(20).shuffle(shuffled)
    assert sorted(shuffled, key=lambda name: vietnamese_sort_key(name).encode()) == IN_ORDER


def test_the_sort_key_does_not_depend_on_case_or_composition() -> None:
    decomposed = unicodedata.normalize("NFD", "Tiểu Cần")
    assert vietnamese_sort_key("TIỂU  CẦN") == vietnamese_sort_key(decomposed)


@given(VIETNAMESE_TEXT)
def test_byte_order_and_text_order_of_sort_keys_agree_and_fit_the_column(text: str) -> None:
    key = vietnamese_sort_key(text)
    assert "\x00" not in key
    assert len(key) <= 2 * len(nfc(text).lower()) + 1
