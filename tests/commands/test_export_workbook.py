"""The commands export_workbook and workbook_template: files, exit codes, sentences."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from tests.imports.export.generated import cells_of, rows_of
from tests.support.factories import district, make_product, make_recognition

pytestmark = pytest.mark.django_db
DAY = date(2022, 8, 22)


def run(command, *arguments):
    """(exit status, standard output, what goes to standard error)."""
    out = io.StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), ""


@pytest.fixture
def recognised():
    for code, day in (("844", DAY), ("848", date(2024, 3, 1))):
        make_recognition(make_product(district=district(code)), day)
    make_recognition(make_product(district=district("844")), DAY, status="submitted")


def exported(tmp_path, *options):
    path = tmp_path / "out.xlsx"
    status, out, err = run("export_workbook", "recognitions", "--out", path, *options)
    assert (status, err) == (0, ""), err
    assert str(path) in out
    return [row["Huyện"] for row in cells_of(path.read_bytes())]


def test_everything_verified_is_written(recognised, tmp_path):
    assert len(exported(tmp_path)) == 2


def test_options_choose_day_unit_pending_and_person(recognised, tmp_path):
    assert exported(tmp_path, "--as-of", "2022-12-31") == ["Huyện Càng Long"]
    assert len(exported(tmp_path, "--unit", "84")) == 2
    assert exported(tmp_path, "--unit", "848") == ["Huyện Cầu Ngang"]
    assert len(exported(tmp_path, "--pending")) == 3
    assert exported(tmp_path, "--user", "huyen848") == ["Huyện Cầu Ngang"]


def test_a_text_file_goes_by_its_ending(recognised, tmp_path):
    path = tmp_path / "out.CSV"
    assert run("export_workbook", "recognitions", "--out", path)[0] == 0
    assert path.read_bytes().startswith("\ufeffTên sản phẩm,".encode())


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense", "--out", "a.xlsx"],
        ["recognitions", "--out", "a.pdf"],
        ["recognitions", "--out", "a"],
        ["recognitions", "--out", "/nowhere/a.xlsx"],
        ["recognitions", "--out", "a.xlsx", "--user", "nobody"],
    ],
)
def test_what_cannot_be_used_exits_2_with_a_sentence(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, err = run("export_workbook", *arguments)
    assert (status, out) == (2, "")
    assert err.endswith(".") or err.rstrip("”.").strip()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options",
    [["--as-of", "31/12/2022"], ["--unit", "999"], ["--unit", "844", "--user", "huyen848"]],
)
def test_days_and_units_are_refused_as_in_the_other_commands(options, tmp_path):
    path = tmp_path / "a.xlsx"
    status, _out, err = run("export_workbook", "recognitions", "--out", path, *options)
    assert (status, path.exists()) == (2, False)
    assert err


def test_a_file_that_was_there_is_kept_where_writing_fails(tmp_path, monkeypatch):
    def fail(*_args):
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.xlsx"
    path.write_bytes(b"before")
    monkeypatch.setattr("ocop.imports.management.commands.export_workbook.write_export", fail)
    assert run("export_workbook", "recognitions", "--out", path)[0] == 2
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_template_is_written(tmp_path):
    path = tmp_path / "mau.xlsx"
    status, out, _err = run("workbook_template", "ecommerce", "--out", path)
    assert (status, str(path) in out) == (0, True)
    assert rows_of(path.read_bytes())[1][0] == "Tên sản phẩm"


@pytest.mark.parametrize(
    "arguments", [["nonsense", "--out", "a.xlsx"], ["ecommerce", "--out", "a.csv"]]
)
def test_a_template_of_nothing_or_in_another_form_is_refused(arguments):
    status, _out, err = run("workbook_template", *arguments)
    assert status == 2
    assert err
