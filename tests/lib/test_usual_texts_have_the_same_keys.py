"""Folded keys and sort keys of usual texts come from tables; other texts go by character."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from ocop.lib import text
from ocop.lib.text import USUAL, folded, folded_by_character, nfc, vietnamese_sort_key

TEXTS = st.text(st.sampled_from(USUAL + USUAL.upper() + "\u0301\u0323\u200bķßİﬀ½٣")) | st.text()


@given(TEXTS)
@example("Hòa  Tân\u2013Cầu")
@example("A\u0301nh")
@example("e\u0323\u0302")
@example("\x1c a\x85b")
def test_the_matching_key_by_table_is_the_key_by_character(shown_text):
    assert folded(shown_text) == folded_by_character(shown_text)


@given(TEXTS)
@example("Ấp  Chợ")
@example("a-b")
@example("\u0301a")
def test_the_sort_key_by_table_is_the_key_by_character(shown_text):
    small = unicodedata.normalize("NFC", nfc(shown_text).translate(text.STROKED_D).lower())
    assert vietnamese_sort_key(shown_text) == text._sort_key_by_character(small)


def test_names_of_products_are_found_in_the_table():
    name = "Mật ong Rừng đước, Duyên Hải 100ml"
    assert name.translate(text.USUAL_FOLDS).isascii()
    assert set(name.lower()) - {","} <= set(map(chr, text.USUAL_TONES))
