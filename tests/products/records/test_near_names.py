"""Names that are probably one name written twice."""

from products.records.near_names import SimilarNames
from tests.support.cases import every_case

SAME = [
    ("mat ong hoa nhan", "mat ong hoa nhann"),
    ("mat ong rung", "matong rung"),
    ("keo dua sap", "sap keo dua"),
    ("htx ong vang", "hop tac xa ong vang"),
    ("cty tnhh mtv dua sap", "cong ty trach nhiem huu han mot thanh vien dua sap"),
    ("nuoc mam rach gia", "nuoc mam rahc gia"),
    ("tom kho vinh kim", "tom kho ving kim"),
]
APART = [
    ("gao st24", "gao st25"),
    ("ho ong a", "ho ong b"),
    ("keo dua", "mut dua"),
    ("san pham 1", "san pham 2"),
    ("bun", "bum"),
    ("htx ong vang", "tht ong vang"),
    ("mat ong hoa nhan", "mat ong hoa cafe"),
    ("mat ong", "mat ong rung"),
]


@every_case("one,other", SAME)
def test_a_slip_the_order_or_an_abbreviation_is_seen_both_ways(one: str, other: str) -> None:
    assert SimilarNames(["khac han", other]).near(one) == other
    assert SimilarNames(["khac han", one]).near(other) == one


@every_case("one,other", APART)
def test_other_names_are_left_alone(one: str, other: str) -> None:
    assert SimilarNames([other]).near(one) is None
    assert SimilarNames([one]).near(other) is None


def test_a_name_is_not_near_itself() -> None:
    assert SimilarNames(["mat ong rung"]).near("mat ong rung") is None


def test_nothing_is_near_nothing() -> None:
    assert SimilarNames([]).near("mat ong") is None
    assert SimilarNames(["", "x"]).near("") is None
