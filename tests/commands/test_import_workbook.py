"""The command import_workbook: exit codes, JSON, options."""

import io
import json
import os

import pytest
from django.core.management import CommandError, call_command

from products.datasets.recognitions import Recognitions
from products.models import Recognition
from tests.corpus.files import csv_in_tcvn3
from tests.imports.uploads.test_lock_conflicts import give_way
from tests.imports.workbooks import (
    RECOGNITIONS,
    everything,
    make_book,
    make_books,
    product_row,
)
from tests.lib.fonts.test_old_fonts_to_unicode import in_tcvn3, in_vni

pytestmark = pytest.mark.django_db
GOOD = product_row()
BAD = product_row(day="31/02/2023")


@pytest.fixture
def workbook(tmp_path):
    def write(*rows, sheets=None):
        path = tmp_path / "thu.xlsx"
        path.write_bytes(make_books(sheets) if sheets else make_book([RECOGNITIONS, *rows]))
        return path

    return write


def run(path, *options, dataset="recognitions"):
    """(exit status, standard output, what goes to standard error)."""
    out = io.StringIO()
    try:
        call_command("import_workbook", str(path), f"--dataset={dataset}", *options, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), ""


def test_an_accepted_file_exits_0_and_says_what_it_did(workbook):
    status, out, err = run(workbook(GOOD))
    assert (status, err) == (0, "")
    assert "1" in out
    assert Recognition.objects.get().status == "verified"


def test_a_refused_file_exits_1_and_leaves_the_database_as_it_was(workbook):
    before = everything()
    status, out, err = run(workbook(GOOD, BAD))
    assert (status, out) == (1, "")
    assert "G3" in err
    assert everything() == before


def test_json_of_an_accepted_file(workbook):
    status, out, _ = run(workbook(GOOD), "--json")
    answer = json.loads(out)
    assert status == 0
    assert list(answer) == [
        *("dataset", "sheet", "header_row", "verdict", "batch", "rows", "created", "updated"),
        *("unchanged", "skipped", "errors", "warnings", "questions"),
    ]
    assert isinstance(answer.pop("batch"), int)
    assert answer == {
        "dataset": "recognitions",
        "sheet": "Danh sách",
        "header_row": 1,
        "verdict": "accepted",
        "rows": 1,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "skipped": 0,
        "errors": [],
        "warnings": [],
        "questions": [],
    }


def test_json_of_a_refused_file(workbook):
    status, out, _ = run(workbook(BAD), "--json")
    answer = json.loads(out)
    assert (status, answer["verdict"], answer["batch"]) == (1, "rejected", None)
    error = answer["errors"][0]
    assert list(error) == ["sheet", "cell", "column", "value", "code", "message"]
    assert error.pop("message")
    assert error == {
        "sheet": "Danh sách",
        "cell": "G2",
        "column": "Ngày quyết định",
        "value": "31/02/2023",
        "code": "invalid_date",
    }


def test_json_of_an_unusable_file(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"%PDF-1.4")
    status, out, _ = run(path, "--json")
    answer = json.loads(out)
    assert (status, answer["verdict"], answer["header_row"]) == (2, "unusable", None)
    assert (answer["errors"][0]["code"], answer["errors"][0]["cell"]) == ("unreadable", None)


def test_a_missing_column_has_no_cell(workbook):
    path = workbook(sheets={"A": [RECOGNITIONS[:5], GOOD[:5]]})
    status, out, _ = run(path, "--json")
    errors = json.loads(out)["errors"]
    assert status == 1
    assert [(e["code"], e["cell"], e["column"]) for e in errors] == [
        ("missing_column", None, "Hạng sao"),
        ("missing_column", None, "Ngày quyết định"),
    ]


def test_a_dry_run_writes_nothing(workbook):
    before = everything()
    status, out, _ = run(workbook(GOOD), "--dry-run", "--json")
    answer = json.loads(out)
    assert (status, answer["verdict"], answer["created"]) == (0, "accepted", 1)
    assert answer["batch"] is None
    assert everything() == before


def test_the_second_import_of_a_file_has_no_batch(workbook):
    path = workbook(GOOD)
    run(path)
    _, out, _ = run(path, "--json")
    answer = json.loads(out)
    assert (answer["unchanged"], answer["batch"]) == (1, None)


def test_a_sheet_is_chosen_by_name(workbook):
    sheets = {name: [RECOGNITIONS, product_row(f"Ở {name}")] for name in ("A", "B")}
    assert run(workbook(sheets=sheets), "--sheet=B")[0] == 0
    assert Recognition.objects.get().product.name == "Ở B"
    status, _, err = run(workbook(sheets=sheets), "--sheet=C")
    assert status == 2
    assert "C" in err


def test_an_officer_enters_the_own_district_and_no_other(workbook):
    assert run(workbook(GOOD), "--user=huyen844")[0] == 0
    assert Recognition.objects.get().status == "submitted"
    before = everything()
    path = workbook(product_row("B"), product_row("C", district="Cầu Kè"))
    status, out, _ = run(path, "--user=huyen844", "--json")
    errors = json.loads(out)["errors"]
    assert status == 1
    assert [(error["code"], error["cell"]) for error in errors] == [("not_permitted", "D3")]
    assert everything() == before


def test_a_committee_member_imports_nothing(workbook):
    status, out, _ = run(workbook(GOOD), "--user=bancd", "--json")
    assert (status, json.loads(out)["errors"][0]["code"]) == (1, "not_permitted")


@pytest.mark.parametrize(
    "options", [{"user": "khongco"}, {"dataset": "khongco"}, {"file": "/khong/co.xlsx"}]
)
def test_what_does_not_exist_exits_2(workbook, options):
    path = options.get("file") or workbook(GOOD)
    more = [f"--user={options['user']}"] if "user" in options else []
    status, _, err = run(path, *more, dataset=options.get("dataset", "recognitions"))
    assert status == 2
    assert "Traceback" not in err
    assert 0 < len(err.splitlines()) <= 3


def test_a_folder_and_a_closed_file_exit_2(tmp_path, workbook):
    assert run(tmp_path)[0] == 2
    path = workbook(GOOD)
    path.chmod(0)
    if not os.access(path, os.R_OK):
        assert run(path)[0] == 2


def test_many_errors_are_shown_in_part_and_counted_in_whole(workbook):
    status, _, err = run(workbook(*[product_row(f"SP {n}", day="x") for n in range(80)]))
    assert status == 1
    assert "80" in err.splitlines()[0]
    assert len(err.splitlines()) == 52


def test_a_marked_copy_that_cannot_be_written_stops_the_import_before_it_begins(workbook, tmp_path):
    path, before = workbook(GOOD), everything()
    for target in (tmp_path / "none" / "x.xlsx", tmp_path, path / "x.xlsx"):
        status, out, err = run(path, f"--annotated={target}")
        assert (status, out) == (2, "")
        assert str(target) in err
        assert "No such file" not in err and "Is a directory" not in err
        assert everything() == before


def test_somebody_else_at_the_same_records_refuses_the_file_in_a_sentence(workbook, monkeypatch):
    path, before = workbook(GOOD), everything()
    monkeypatch.setattr(Recognitions, "save", lambda *args, **options: give_way())
    status, out, err = run(path)
    assert (status, out, len(err.splitlines())) == (1, "", 2)
    assert everything() == before


@pytest.mark.parametrize(("kind", "typed"), [("tcvn3", in_tcvn3), ("vni", in_vni)])
def test_text_in_an_old_font_is_converted_where_the_switch_says_so(workbook, kind, typed):
    rows = [RECOGNITIONS, product_row("Mật ong rừng đước")]
    path = workbook(
        sheets={"A": [[typed(c) if isinstance(c, str) else c for c in row] for row in rows]}
    )
    status, _out, err = run(path)
    assert status != 0
    assert f"--old-font {kind}" in err.splitlines()[-1]
    assert run(path, f"--old-font={kind}", "--dry-run")[0] == 0
    assert run(path, f"--old-font={kind}")[0] == 0
    assert Recognition.objects.get().product.name == "Mật ong rừng đước"


def test_one_cell_in_an_old_font_names_the_switch_as_well(workbook):
    path = workbook(product_row(in_tcvn3("Mật ong rừng đước")))
    status, _out, err = run(path)
    assert status == 1
    assert "--old-font tcvn3" in err.splitlines()[-1]
    assert run(path, "--old-font=tcvn3")[0] == 0
    assert Recognition.objects.get().product.name == "Mật ong rừng đước"


def test_a_text_file_in_an_old_font_is_converted_too(tmp_path):
    path = tmp_path / "cu.csv"
    path.write_bytes(csv_in_tcvn3())
    status, out, err = run(path, "--json")
    assert (status, json.loads(out)["errors"][0]["code"]) == (2, "legacy_encoding")
    assert "--old-font tcvn3" in err
    assert run(path, "--old-font=tcvn3", "--dry-run")[0] != 2


def test_an_old_font_of_another_name_is_refused(workbook):
    with pytest.raises(CommandError) as refused:
        call_command(
            "import_workbook", str(workbook(GOOD)), "--dataset=recognitions", "--old-font=x"
        )
    assert "tcvn3" in str(refused.value)
