"""Templates: empty to the import, with lists whose values it takes, and explained."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from ocop.imports.datasets import DATASETS as RESOURCES
from ocop.imports.export.templates import EXAMPLES_SHEET, template_file
from products.models import Product
from tests.imports.export.generated import DATASETS
from tests.imports.workbooks import imported_file
from tests.support.cases import every_case
from tests.support.factories import make_producer, make_product

pytestmark = pytest.mark.django_db


def template(dataset):
    return load_workbook(io.BytesIO(template_file(dataset)[1]))


def filled(dataset, rows):
    """The template with rows, each by key of column, typed under its header."""
    workbook = template(dataset)
    page = workbook.worksheets[0]
    for number, row in enumerate(rows, 3):
        for at, key in enumerate(RESOURCES[dataset]().columns(), 1):
            if key in row:
                page.cell(number, at, row[key])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def make_what_is_named(dataset, rows):
    for row in rows if dataset in ("traceability", "ecommerce") else ():
        if not Product.objects.filter(name=row["product"]).exists():
            make_product(row["product"], make_producer(row["producer"], unit_of(row)))


def unit_of(row):
    from ocop.organisation.models import Unit

    return Unit.objects.districts_of_plans().get(name=row.get("district", "Huyện Cầu Ngang"))


@every_case("dataset", DATASETS)
def test_an_empty_template_holds_no_rows(dataset):
    outcome = imported_file(dataset, template_file(dataset)[1])
    assert outcome.verdict == "rejected"
    assert [problem.code for problem in outcome.errors] == ["no_header"]
    assert (outcome.rows, outcome.header_row) == (0, 2)
    assert outcome.warnings == []


@every_case("dataset", DATASETS)
def test_its_examples_are_not_imported_but_would_be_accepted(dataset):
    examples = RESOURCES[dataset]().examples
    assert len(examples) == 2
    make_what_is_named(dataset, examples)
    outcome = imported_file(dataset, filled(dataset, examples))
    assert (outcome.verdict, outcome.rows) == ("accepted", 2), outcome.errors
    assert not [p for p in outcome.warnings if p.code not in ("conflict", "unknown_value")]


@every_case("dataset", DATASETS)
def test_headers_are_canonical_noted_and_frozen(dataset):
    page = template(dataset).worksheets[0]
    columns = RESOURCES[dataset]().columns()
    assert [cell.value for cell in page[2]] == [c.header for c in columns.values()]
    assert page.freeze_panes == "A3"
    for cell, column in zip(page[2], columns.values(), strict=True):
        assert cell.comment is not None
        assert (cell.fill.patternType == "solid") == column.required
        assert page.column_dimensions[cell.column_letter].width >= len(column.header)


@every_case("dataset", DATASETS)
def test_day_columns_show_days_and_code_columns_keep_texts(dataset):
    page = template(dataset).worksheets[0]
    for at, (key, column) in enumerate(RESOURCES[dataset]().columns().items(), 1):
        shown = page.column_dimensions[page.cell(2, at).column_letter].number_format
        if isinstance(RESOURCES[dataset]().examples[0].get(key), date):
            assert shown == "dd/mm/yyyy", column.header


@every_case("dataset", DATASETS)
def test_explanations_and_examples_stand_on_the_second_sheet(dataset):
    workbook = template(dataset)
    assert workbook.sheetnames[1] == EXAMPLES_SHEET
    lines = [row[0] for row in workbook[EXAMPLES_SHEET].iter_rows(min_row=3, values_only=True)]
    assert lines == [c.header for c in RESOURCES[dataset]().columns().values()]


LISTED = {
    "recognitions": {"kind", "commune", "district", "product_set", "rank"},
    "ip_rights": {"kind", "district", "supported"},
    "science_tasks": set(),
    "traceability": {"system", "district"},
    "ecommerce": {"floor", "district"},
    "allocations": {"code", "district", "year"},
}


@every_case("dataset", DATASETS)
def test_lists_reach_from_the_first_row_below_the_header(dataset):
    workbook = template(dataset)
    rules = workbook.worksheets[0].data_validations.dataValidation
    offered = RESOURCES[dataset]().offered()
    assert set(offered) == LISTED[dataset]
    assert all(offered.values())
    columns = list(RESOURCES[dataset]().columns())
    starts = {str(rule.sqref).split(":")[0] for rule in rules}
    page = workbook.worksheets[0]
    assert starts == {page.cell(3, columns.index(key) + 1).coordinate for key in offered}


def rows_of_choices(dataset, key):
    """A right row for every value that a list offers."""
    base = dict(RESOURCES[dataset]().examples[0])
    for number, value in enumerate(RESOURCES[dataset]().offered()[key]):
        row = {**base, key: value}
        for name in ("product", "name", "filing"):
            if name in row and dataset not in ("traceability", "ecommerce"):
                row[name] = f"{row[name]} {number}"
        if key == "rank":
            row["number"] = "2814/QĐ-BNN-VPĐP"
        if key == "kind" and dataset == "recognitions":
            row["producer"] = f"Cơ sở {number}"
        if dataset in ("traceability", "ecommerce") and key == "district":
            row["producer"] = f"Cơ sở {number}"
        if key == "district":
            row.pop("commune", None)
        yield row


@every_case(
    "dataset,key", [(d, k) for d, keys in LISTED.items() for k in sorted(keys) if k != "commune"]
)
def test_every_value_of_a_list_is_taken(dataset, key):
    rows = list(rows_of_choices(dataset, key))
    for row in rows if dataset in ("traceability", "ecommerce") else ():
        if not Product.objects.filter(producer__name=row["producer"]).exists():
            make_product(row["product"], make_producer(row["producer"], unit_of(row)))
    outcome = imported_file(dataset, filled(dataset, rows))
    assert (outcome.verdict, outcome.rows) == ("accepted", len(rows)), outcome.errors[:3]


def test_every_commune_of_the_list_is_taken_in_its_district():
    from ocop.organisation.models import Unit

    listed = set(RESOURCES["recognitions"]().offered()["commune"])
    communes = Unit.objects.filter(level="commune", parent__in=Unit.objects.districts_of_plans())
    base = RESOURCES["recognitions"]().examples[0]
    rows = [
        {
            **base,
            "product": f"Sản phẩm {n}",
            "producer": f"Cơ sở {n}",
            "kind": "",
            "commune": each.name,
            "district": each.parent.name,
        }
        for n, each in enumerate(communes.select_related("parent"))
    ]
    assert {row["commune"] for row in rows} < listed
    # Those of since the reform are listed too; none of outside the plan's area.
    assert {"Phường Trà Vinh", "Phường Nguyệt Hóa"} < listed and "Xã Mỏ Cày" not in listed
    outcome = imported_file("recognitions", filled("recognitions", rows))
    assert (outcome.verdict, outcome.created) == ("accepted", 106), outcome.errors[:3]


def test_words_are_vietnamese_in_every_language():
    from django.utils.translation import override

    with override("en"):
        english = template_file("recognitions")[1]
    page, other = load_workbook(io.BytesIO(english)).active, template("recognitions").active
    assert page["A2"].comment.text == other["A2"].comment.text
