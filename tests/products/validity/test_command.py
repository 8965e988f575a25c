"""`rebuild_validity`: all anew, or a comparison that names what differs."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from ocop.organisation import data_version
from products.models import ValiditySpan
from tests.support.factories import make_producer, make_product, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def run(*options: str) -> tuple[int, str, str]:
    """(exit status, standard output, what goes to standard error)."""
    out = io.StringIO()
    try:
        with override("en"):
            call_command("rebuild_validity", *options, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), ""


def test_a_comparison_that_finds_nothing_says_so() -> None:
    make_recognition()
    status, out, error = run("--check")
    assert (status, error) == (0, "")
    assert out == "What is stored of every product's validity is what its records say.\n"


def test_a_comparison_names_the_first_that_differ_and_changes_nothing() -> None:
    producer = make_producer("HTX Dừa")
    made = [make_product(f"Kẹo {n}", producer) for n in range(22)]
    for product in made:
        make_recognition(product)
    ValiditySpan.objects.all().delete()
    status, out, error = run("--check")
    lines = error.splitlines()
    assert (status, out, len(lines)) == (1, "", 22)
    assert "22 products" in lines[0]
    assert lines[1] == f"Kẹo 0, HTX Dừa (no. {made[0].pk})"
    assert lines[20] == f"Kẹo 19, HTX Dừa (no. {made[19].pk})"
    assert lines[21] == "and 2 more"
    assert not ValiditySpan.objects.exists()


def test_working_out_anew_puts_right_what_differs_and_makes_a_new_version_of_the_data() -> None:
    make_recognition()
    ValiditySpan.objects.all().delete()
    before = data_version.current()["products"]
    assert run() == (0, "The validity of all products was worked out anew: 1 products.\n", "")
    assert data_version.current()["products"] != before
    assert run("--check")[0] == 0
