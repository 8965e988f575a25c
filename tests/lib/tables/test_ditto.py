"""Which texts refer to the cell above, and which are mere dashes."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from ocop.lib.spreadsheets.tables.ditto import is_dash, may_stand_for_another, means_same_as_above
from tests.support.cases import every_case

SAME = [
    *["nt", "NT", "Nt", "n.t", "n.t.", "N/T", "n/t", "n t", "-nt-", "- nt -", "(nt)", '"nt"'],
    *["như trên", "Như trên", "NHƯ TRÊN", "nhu tren", "-như trên-", "Như  trên.", "như\ntrên"],
    *[
        "″",
        '"',
        "''",
        "’’",
        "′′",
        "//",
        "〃",
        "”",
        "“",
        '""',
        '" "',
        "-//-",
        "- // -",
        '-"-',
        "-”-",
    ],
    *["tương tự", "Tương tự", "tuong tu", "tương tự như trên", "cùng như trên", "như dòng trên"],
    *[unicodedata.normalize("NFD", "như trên"), "\u00a0nt\u00a0", "ditto"],
]
OTHER = [
    *["", " ", "-", "–", "—", "--", "/", "'", ".", "...", "n", "t", "ntn", "Nt 5", "NTM", "nhựt"],
    *["như trên núi", "Như Trên Quán", "tương", "trên", "Dừa sáp", "0", "x", "không", "chưa có"],
    *["Nguyễn T", "N.T.H", "nt" * 20, "https://a.vn//b"],
]


@every_case("text", SAME)
def test_it_means_the_same_as_above(text: str) -> None:
    assert means_same_as_above(text)
    assert not is_dash(text)


@every_case("text", OTHER)
def test_it_does_not_mean_the_same_as_above(text: str) -> None:
    assert not means_same_as_above(text)


@every_case("text", ["-", "–", "—", "--", " - ", "- -", "−", "―", "---"])
def test_a_dash_is_a_dash(text: str) -> None:
    assert is_dash(text)
    assert not means_same_as_above(text)


@every_case("value", ["", " ", "-5", "a-b", "nt", "----", "_", 0, -1, None, True, 2.5])
def test_other_values_are_no_dashes(value: object) -> None:
    assert not is_dash(value)


@every_case("value", [None, 0, 3.5, True])
def test_only_text_can_mean_the_same_as_above(value: object) -> None:
    assert not means_same_as_above(value)


@given(st.one_of(st.text(), st.text(st.sampled_from("nhưtrênNTcùngdo.-–— /\"'”()"), max_size=31)))
@example("-")
@example("\u2060nt")
def test_the_quick_look_passes_over_nothing_that_refers(text: str) -> None:
    if means_same_as_above(text) or is_dash(text):
        assert may_stand_for_another(text)


@every_case("text", SAME)
def test_the_quick_look_lets_through_what_refers(text: str) -> None:
    assert may_stand_for_another(text)


def test_the_quick_look_rules_out_names_and_numbers() -> None:
    assert not any(map(may_stand_for_another, ["Sản phẩm 1", "Hộ Ba", "4 sao", "1693/QĐ-UBND"]))
