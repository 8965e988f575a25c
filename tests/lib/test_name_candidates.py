"""Names that may be one name written twice."""

from itertools import permutations

from ocop.lib.name_candidates import (
    NameIndex,
    candidates_among,
    comparable,
    comparable_producer,
    without_packaging,
)

MAY_BE_ONE = [
    ("Kẹo dừa", "Kẹo dứa"),
    ("Mắm cá", "Mắm cà"),
    ("Mẫu Qui", "Mẫu Quy"),
    ("Mỹ nghệ", "Mĩ nghệ"),
    ("Đường thốt nốt", "Dường thốt nốt"),
    ("BANH TET", "Bánh tét"),
    ("BANH TET BA LUA", "Bánh tét Bà Lụa"),
    ("Kẹo dừa 500g", "Kẹo dừa 500 g"),
    ("Mật ong rừng", "Matong rừng"),
    ("Mật ong hoa nhãn", "Mật ong hoa nhãnn"),
    ("Tôm khô Vinh Kim", "Tôm khô Ving Kim"),
    ("Nước mắm Rạch Giá", "Nước mắm Rahc Giá"),
    ("Trà Internationale", "Trà Internatoinali"),
    ("Dừa sáp sấy", "Sấy dừa sáp"),
]
ARE_APART = [
    ("Kẹo dừa", "Kẹo dừa"),
    ("Kẹo dừa", "KẸO DỪA"),
    ("Kẹo dừa", "Mứt dừa"),
    ("Kẹo dừa", "Kẹo dừa thơm"),
    ("Gạo ST24", "Gạo ST25"),
    ("Kẹo 500g", "Kẹo 400g"),
    ("Trà 1-2", "Trà 2-1"),
    ("Trà 1-2", "Trà 12"),
    ("Ông A", "Ông B"),
    ("Ông Y", "Ông I"),
    ("Ba Nam", "Bà Năm"),
    ("Hộ Ba Nam", "Hộ Bà Năm"),
    ("Lô I", "Lô II"),
    ("Khu VIII", "Khu VII"),
    ("Số hai", "Số ba"),
    ("Muối ớt", "Mười ớt"),
    ("Bún", "Bún"),
    ("Bún khô", "Bũng khô"),
    ("Gạo nếp", "Gạo nép cái"),
]
PRODUCERS_MAY_BE_ONE = [
    ("HTX Mẫu Qui", "Hợp tác xã Mẫu Quy"),
    ("HTX Ong Vàng", "Ong Vàng HTX"),
    ("Bánh Mẫu (HKD)", "Hộ kinh doanh Mẫu Bánh"),
    ("Công ty TNHH MTV An", "Công ty một thành viên TNHH An"),
    ("HKD MAU QUY", "Hộ KD Mẫu Quý"),
]
PRODUCERS_ARE_APART = [
    ("HTX An Mẫu", "THT An Mẫu"),
    ("HTX An Mẫu", "Hợp tác xã An Mẫu"),
    ("HKD Ba Nam", "Hộ kinh doanh Bà Năm"),
    ("HTX số 1", "HTX số 2"),
    ("Cty TNHH An", "Cty TNHH MTV An"),
]
CASES = [(MAY_BE_ONE, ARE_APART, comparable)]
CASES += [(PRODUCERS_MAY_BE_ONE, PRODUCERS_ARE_APART, comparable_producer)]


def test_candidates_are_found_both_ways_in_an_index_and_one_by_one() -> None:
    wrong = []
    for near, apart, compare in CASES:
        for pairs, wanted in ((near, True), (apart, False)):
            for one, other in (pair for two in pairs for pair in permutations(two)):
                index = NameIndex(["Khác hẳn", other], compare)
                expected = [other] if wanted else []
                if index.candidates(one) != expected:
                    wrong.append((one, other, "index"))
                if candidates_among(one, ["Khác hẳn", other], compare) != expected:
                    wrong.append((one, other, "one by one"))
    assert wrong == []


def test_of_several_the_one_typed_without_diacritics_stands_first() -> None:
    names = ["Dừa kẹo", "Kẹo dứa", "Keo dua"]
    assert NameIndex(names).candidates("Kẹo dừa") == ["Keo dua", "Kẹo dứa", "Dừa kẹo"]
    assert candidates_among("Kẹo dừa", names) == ["Keo dua", "Kẹo dứa", "Dừa kẹo"]
    assert NameIndex(["Kẹo dừa", "Kẹo dứa"]).candidates("KEO DUA") == ["Kẹo dừa", "Kẹo dứa"]


def test_a_name_itself_is_no_candidate_and_of_nothing_there_is_none() -> None:
    assert NameIndex(["Mật ong"]).same("MẬT  ONG") == "Mật ong"
    assert NameIndex().candidates("Mật ong") == []
    assert NameIndex(["", "x", "***"]).candidates("") == []


def test_a_weight_or_stars_are_no_part_of_a_products_name_and_numbers_are() -> None:
    cases = {
        "Bánh tét 002 (500g)": "Bánh tét 002",
        "Bánh tét 023 OCOP 3 sao": "Bánh tét 023",
        "Bánh – hộp 0,5 kg, OCOP 4 sao": "Bánh",
        "Nước mắm chai 500 ml": "Nước mắm",
        "Gạo ST25": "Gạo ST25",
        "Trà 30": "Trà 30",
        "500g": "500g",
    }
    assert {name: without_packaging(name) for name in cases} == cases


def test_all_pairs_are_the_candidates_of_each_name_among_few_and_among_many() -> None:
    few = ["Kẹo dừa", "Kẹo dứa", "Dừa kẹo", "Mật ong", "Kẹo dừa 2"]
    for names in ([], few[:1], few, [*few, *(f"Rượu nếp số {n}" for n in range(60)), "Rươu nếp"]):
        index = NameIndex(names)
        keys = {name: comparable(name).key for name in names}
        asked = {frozenset((keys[n], keys[c])) for n in names for c in index.candidates(n)}
        assert set(map(frozenset, index.pairs())) == asked
        assert len(asked) == (3 if len(names) >= len(few) else 0)
