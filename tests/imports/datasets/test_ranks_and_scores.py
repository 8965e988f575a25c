"""Ranks in all their spellings, and scores beside them."""

from decimal import Decimal

import pytest

from products.choices import Rank
from products.models import Recognition
from tests.imports.workbooks import places, product_row, recognitions
from tests.support.cases import every_case

pytestmark = pytest.mark.django_db
SPELLINGS = {
    Rank.THREE: [
        "3 sao",
        "OCOP 3 sao",
        "Đạt 3 sao",
        "03 sao",
        "3",
        3,
        "***",
        "3★",
        "★★★",
        "3 SAO",
        "Hạng 3 sao",
        "★★★☆☆",
        "☆☆☆",
    ],
    Rank.FOUR: ["4★", "04 sao", 4.0, "⭐️⭐️⭐️⭐️", "* * * *"],
    Rank.POTENTIAL_FIVE: ["tiềm năng 5 sao", "5 sao (tiềm năng)", "TN 5 sao", "5 sao tiềm năng"],
    Rank.FIVE: ["5 sao", "*****", "5"],
}
EACH = [(rank, spelling) for rank, spellings in SPELLINGS.items() for spelling in spellings]


def test_every_spelling_of_a_rank_is_read():
    rows = [product_row(f"Sản phẩm {n}", rank=text, score=None) for n, (_, text) in enumerate(EACH)]
    outcome = recognitions(*rows)
    assert places(outcome.errors) == []
    read = dict(Recognition.objects.values_list("product__name", "rank"))
    assert read == {f"Sản phẩm {n}": rank for n, (rank, _text) in enumerate(EACH)}


@every_case(
    "text",
    ["1 sao", "2 sao", "2", "**", "6 sao", "tiềm năng 4 sao", -3, "-3", "3,5", "đạt", "★☆☆☆☆"],
)
def test_what_is_no_rank_is_refused_with_the_choices(text):
    outcome = recognitions(product_row(rank=text))
    assert places(outcome.errors) == [("unknown_value", "F2")]
    assert "Tiềm năng 5 sao" in outcome.errors[0].message


@every_case(
    "written, score",
    [
        ("69,95", "69.95"),
        (69.95, "69.95"),
        ("69.95", "69.95"),
        (0, "0"),
        (100, "100"),
        ("50", "50"),
    ],
)
def test_scores_are_read_exactly(written, score):
    assert places(recognitions(product_row(score=written)).errors) == []
    assert Recognition.objects.get().score == Decimal(score)


@every_case(
    "written, code",
    [
        ("1.250", "invalid_number"),
        ("69.950", "invalid_number"),
        ("100,5", "out_of_range"),
        (100.001, "out_of_range"),
        (-1, "out_of_range"),
        ("-1", "out_of_range"),
        ("7O", "invalid_number"),
        (True, "invalid_number"),
        (69.99999, "invalid_number"),
        ("89,9996", "invalid_number"),
    ],
)
def test_scores_that_are_none_or_ambiguous_are_refused(written, code):
    assert places(recognitions(product_row(score=written)).errors) == [(code, "E2")]


@every_case(
    "rank, score, warned",
    [
        ("3 sao", "69,95", False),
        ("3 sao", 70, True),
        ("4 sao", "69,95", True),
        ("4 sao", 70, False),
        ("5 sao", 95, False),
        ("tiềm năng 5 sao", 90, False),
        ("tiềm năng 5 sao", "89,99", True),
        ("3 sao", 29, True),
    ],
)
def test_a_rank_the_score_does_not_give_is_warned_of_not_refused(rank, score, warned):
    outcome = recognitions(product_row(rank=rank, score=score))
    assert outcome.verdict == "accepted"
    assert places(outcome.warnings) == ([("conflict", "F2")] if warned else [])
