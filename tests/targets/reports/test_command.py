"""`write_report`: the file it writes, and refusals in one plain sentence with exit 2."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from openpyxl import load_workbook

from tests.support.cases import every_case
from tests.support.factories import make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_drawing_for_all")]
DAY = "2022-12-31"


def written(path: Path, *arguments: str, day: str = DAY) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(
        "write_report", "--as-of", day, "--out", str(path), *arguments, stdout=out, stderr=err
    )
    return out.getvalue(), err.getvalue()


def test_the_name_decides_between_a_word_file_and_a_workbook(tmp_path: Path) -> None:
    make_recognition(decided_on=date(2022, 8, 22))
    out, err = written(tmp_path / "bc.docx")
    assert str(tmp_path / "bc.docx") in out
    assert err == ""
    assert Document(str(tmp_path / "bc.docx")).tables
    written(tmp_path / "bc.xlsx")
    assert len(load_workbook(tmp_path / "bc.xlsx").worksheets) == 5


def test_a_districts_report_is_its_people_s_committees(tmp_path: Path) -> None:
    written(tmp_path / "bc.docx", "--unit", "844")
    document = Document(str(tmp_path / "bc.docx"))
    # The district is no more on the day it is written: the province that took over writes it.
    assert "TỈNH VĨNH LONG" in document.core_properties.author
    joined = " ".join(p.text for p in document.paragraphs)
    assert "Số liệu của huyện Càng Long, tỉnh Trà Vinh (trước ngày 01/07/2025)." in joined
    assert len(load_workbook_of(tmp_path, "--unit", "844").worksheets) == 4


def load_workbook_of(folder: Path, *arguments: str) -> Any:
    written(folder / "bc.xlsx", *arguments)
    return load_workbook(folder / "bc.xlsx")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_report_comes_in_the_language_asked_for(language: str, tmp_path: Path) -> None:
    _out, err = written(tmp_path / "bc.docx", "--language", language)
    assert err == ""
    assert Document(str(tmp_path / "bc.docx")).core_properties.language == language


def test_without_a_catalogue_the_paper_itself_says_in_which_language_it_is(
    tmp_path: Path,
) -> None:
    _out, err = written(tmp_path / "bc.docx", "--language", "km")
    document = Document(str(tmp_path / "bc.docx"))
    assert "km" in err
    assert document.core_properties.language == "vi"
    (note,) = [p for p in document.paragraphs if "km" in p.text]
    assert note.runs[0].font.italic


@every_case(
    "name,arguments,day",
    [
        ("bc.pdf", (), DAY),
        ("bc", (), DAY),
        ("nowhere/bc.docx", (), DAY),
        ("bc.docx", (), "31/12/2022"),
        ("bc.docx", (), "2022-02-30"),
        ("bc.docx", ("--unit", "999"), DAY),
        ("bc.docx", ("--unit", "29239"), DAY),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_written(
    name: str, arguments: tuple[str, ...], day: str, tmp_path: Path
) -> None:
    with pytest.raises(CommandError) as refusal:
        written(tmp_path / name, *arguments, day=day)
    assert refusal.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_there_stays_whole_when_writing_fails(
    tmp_path: Path, monkeypatch: Any
) -> None:
    stored = tmp_path / "bc.docx"
    stored.write_bytes(b"before")

    def fails(*_arguments: Any) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("targets.reports.files.word.write", fails)
    with pytest.raises(RuntimeError):
        written(stored)
    assert stored.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [stored]
