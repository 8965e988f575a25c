"""Which row and which record are one: without a database."""

from targets.reconciliation.matching import Named, same_and_near

CKE, CLO = 845, 844


def pairs(rows: list[Named], records: list[Named]) -> tuple[dict[int, int], dict[int, int]]:
    return same_and_near(rows, records)


def test_the_record_that_the_import_found_comes_before_equal_names() -> None:
    rows = [Named("Kẹo dừa", "HTX A", CLO, product_id=2)]
    records = [Named("Kẹo dừa", "HTX A", CLO, 1), Named("Kẹo dừa", "HTX A", CLO, 2)]
    assert pairs(rows, records) == ({0: 1}, {})


def test_typing_makes_no_difference_diacritics_do() -> None:
    records = [Named("Kẹo dừa", "Hộ Hòa", CLO, 1)]
    for name, producer, same in (
        ("KẸO  DỪA", "hộ Hoà", True),
        ("Kẹo dứa", "Hộ Hòa", False),
        ("Keo dua", "Ho Hoa", False),
    ):
        found, near = pairs([Named(name, producer, CLO)], records)
        assert bool(found) == same, name
        assert bool(near) != same, name


def test_another_district_is_a_difference_not_another_product() -> None:
    records = [Named("Kẹo dừa", "Hộ A", CLO, 1), Named("Kẹo dừa", "Hộ A", CKE, 2)]
    rows = [Named("Kẹo dừa", "Hộ A", 999), Named("Kẹo dừa", "Hộ A", CKE)]
    assert pairs(rows, records) == ({0: 0, 1: 1}, {})


def test_of_two_recognitions_of_a_day_that_of_the_rows_rank_is_taken() -> None:
    records = [Named("Kẹo", "Hộ A", CLO, 1, 30), Named("Kẹo", "Hộ A", CLO, 1, 45)]
    assert pairs([Named("Kẹo", "Hộ A", CLO, 1, 45)], records) == ({0: 1}, {})


def test_a_record_is_paired_once() -> None:
    rows = [Named("Kẹo dừa", "Hộ A", CLO), Named("Kẹo dừa", "Hộ A", CLO)]
    found, near = pairs(rows, [Named("Kẹo dừa", "Hộ A", CLO, 1)])
    assert (found, near) == ({0: 0}, {})


def test_near_is_a_slip_or_one_name_of_two_producers_in_a_district() -> None:
    record = Named("Mật hoa dừa sáp", "HTX Dừa sáp Hòa Tân", CKE, 1)
    for row, is_near in (
        (Named("Mật hoa dừa sap", "HTX Dừa sáp Hòa Tân", CKE), True),
        (Named("Mật hoa dừa sáp", "Công ty Khác Hẳn", CKE), True),
        (Named("Mật hoa dừa sáp", "Công ty Khác Hẳn", CLO), False),
        (Named("Gạo ST24", "HTX Dừa sáp Hòa Tân", CKE), False),
        (Named("", "HTX Dừa sáp Hòa Tân", CKE), False),
    ):
        found, near = pairs([row], [record])
        assert (found, bool(near)) == ({}, is_near), row
    assert pairs([Named("Gạo ST25", "Hộ A", CLO)], [Named("Gạo ST24", "Hộ A", CLO)]) == ({}, {})
