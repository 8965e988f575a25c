"""LibreOffice opens marked copies and keeps the marks through a save; then they are taken back."""

import pytest

from tests.lib.writing.office_annex import fill_of, make_annex, note_of, opened
from tests.lib.writing.test_marked_copies import MARKS_SHEET, copy, is_marked, listed, mark
from tests.support import libreoffice

pytestmark = pytest.mark.slow
CELLS = ["E17", "G17", "B6", "D22", "K70"]
SHOWN = ["E17", "G17", "B6", "D20", "K70"]


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory):
    """(the annex saved by LibreOffice, its marked copy saved by LibreOffice)."""
    folder = tmp_path_factory.mktemp("libreoffice")
    annex = make_annex(60)
    found = []
    for name, data in (("annex", annex), ("marked", copy(annex, *[mark(cell) for cell in CELLS]))):
        path = folder / f"{name}.xlsx"
        path.write_bytes(data)
        found.append(libreoffice.resaved(path, folder / "out").read_bytes())
    return found


def test_it_opens_with_all_marks_notes_and_links(saved_again):
    _annex, marked = saved_again
    workbook = opened(marked)
    assert workbook.sheetnames == [MARKS_SHEET, "Phụ lục", "Bìa", "Ẩn"]
    page = workbook["Phụ lục"]
    for cell in SHOWN:
        assert is_marked(page[cell]), cell
        assert "Sai ngày" in note_of(page[cell]), cell
    assert note_of(page["B6"]).startswith("Hỏi lại xã")
    assert note_of(page["B7"]) == "Giữ nguyên"
    assert page["I5"].value in ("=SUM(1,2)", "=SUM(1, 2)")
    link = workbook[MARKS_SHEET]["C4"].hyperlink
    assert "E17" in (link.location or link.target)


def test_all_other_cells_are_those_of_the_unmarked_file(saved_again):
    annex, marked = (opened(data) for data in saved_again)
    for name in annex.sheetnames:
        for row in annex[name]:
            for cell in row:
                now = marked[name][cell.coordinate]
                assert cell.value == now.value
                if name != "Phụ lục" or cell.coordinate not in SHOWN:
                    assert fill_of(cell) == fill_of(now), cell.coordinate
        for column, dimension in annex[name].column_dimensions.items():
            assert marked[name].column_dimensions[column].width == dimension.width


def test_after_a_save_in_libreoffice_the_marks_are_taken_back(saved_again):
    annex, marked = saved_again
    again = copy(marked, mark("G18"))
    assert len(listed(again)) == 1
    before, after = opened(annex)["Phụ lục"], opened(again)["Phụ lục"]
    for cell in SHOWN:
        assert not is_marked(after[cell]), cell
        assert fill_of(before[cell]) == fill_of(after[cell]), cell
        assert note_of(after[cell]) == note_of(before[cell]), cell
    assert is_marked(after["G18"])


def test_a_file_marked_again_opens_as_well(saved_again, tmp_path):
    path = tmp_path / "again.xlsx"
    path.write_bytes(copy(saved_again[1], mark("G18"), mark("B7")))
    page = opened(libreoffice.resaved(path, tmp_path / "out").read_bytes())["Phụ lục"]
    assert is_marked(page["G18"]) and note_of(page["B7"]).startswith("Giữ nguyên")


def test_5000_marks_open(tmp_path):
    path = tmp_path / "many.xlsx"
    marks = [mark(f"{'ABCDEFG'[n % 7]}{4 + n // 3}") for n in range(5000)]
    path.write_bytes(copy(make_annex(2000), *marks))
    after = libreoffice.resaved(path, tmp_path / "out").read_bytes()
    assert len(listed(after)) == 5000
