"""What an office answered once is not asked again, and everybody is told so."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.imports.models import RememberedAnswer, Upload
from products.models import Product, Recognition
from tests.imports.workbooks import RECOGNITIONS, as_user, make_book, product_row, recognitions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("effects_untold")]

ODD = "Cang Longg"
ANSWER = {"district:huyen:cang longg": "same:Huyện Càng Long"}


def of_office(name: str, row: Any, **options: Any) -> Any:
    return recognitions(row, importer=as_user(name), **options)


def causes(outcome: Any) -> list[str]:
    return [one.cause for one in outcome.warnings]


def test_an_answer_holds_for_the_office_from_the_import_on() -> None:
    row = product_row("A", district=ODD)
    of_office("huyen844", row, answers=ANSWER, dry_run=True)
    assert not RememberedAnswer.objects.exists()
    assert of_office("huyen844", row, answers=ANSWER).verdict == "accepted"
    again = of_office("huyen844", product_row("B", district=ODD))
    assert (again.verdict, causes(again)) == ("accepted", ["as_before"])
    assert "Càng Long" in again.warnings[0].text
    assert of_office("tinh", product_row("C", district=ODD)).verdict == "rejected"
    assert recognitions(product_row("C", district=ODD)).verdict == "rejected"


def test_the_system_has_no_memory() -> None:
    assert recognitions(product_row("A", district=ODD), answers=ANSWER).verdict == "accepted"
    assert not RememberedAnswer.objects.exists()


def test_a_later_answer_replaces_an_earlier_one() -> None:
    of_office("quantri", product_row("A", district=ODD), answers=ANSWER)
    RememberedAnswer.objects.update(choice="same:Huyện Không Còn")
    outcome = of_office("quantri", product_row("B", district=ODD))
    assert (outcome.verdict, len(outcome.questions)) == ("rejected", 1)
    of_office("quantri", product_row("B", district=ODD), answers=ANSWER)
    assert RememberedAnswer.objects.get().choice == "same:Huyện Càng Long"


def test_a_product_meant_is_remembered_while_it_is_on_record() -> None:
    recognitions(product_row("Kẹo dừa"))
    row = product_row("Kẹo dứa", day="5/6/2023")
    (question,) = of_office("quantri", row).questions
    answers = {question.id: "same:Kẹo dừa"}
    assert of_office("quantri", row, answers=answers).created == 1
    outcome = of_office("quantri", product_row("Kẹo dứa", day="5/6/2024"))
    assert (outcome.verdict, causes(outcome)) == ("accepted", ["as_before"])
    assert Recognition.objects.filter(product__name="Kẹo dừa").count() == 3
    elsewhere = of_office("quantri", product_row("Kẹo dứa", "HTX Khác"))
    assert causes(elsewhere) == []
    Product.objects.filter(name="Kẹo dừa").update(
        name="Bánh", name_key="bánh", name_search="banh", name_sort="banh"
    )
    outcome = of_office("quantri", product_row("Kẹo dứa", day="5/6/2025"))
    assert causes(outcome) == []


def test_what_is_said_of_two_rows_of_a_file_is_not_remembered() -> None:
    rows = [product_row("Kẹo dừa"), product_row("Kẹo dứa")]
    importer = as_user("quantri")
    outcome = recognitions(*rows, importer=importer, answers={"*": "new"})
    assert (outcome.verdict, RememberedAnswer.objects.count()) == ("accepted", 0)


def handed_in(client: Any, row: Any, name: str) -> Upload:
    file = SimpleUploadedFile(name, make_book([RECOGNITIONS, row]))
    answer = client.post("/imports/files/", {"file": file})
    return Upload.objects.get(pk=answer["Location"].split("/")[-2])


def test_on_the_page_it_is_said_asked_again_and_forgotten(signed_in: Any) -> None:
    of_office("quantri", product_row("A", district=ODD), answers=ANSWER)
    client = signed_in("administrator")
    upload = handed_in(client, product_row("B", district=ODD), "b.xlsx")
    address = f"/imports/files/{upload.pk}/"
    page = client.get(address)
    (known,) = page.context["as_before"]
    assert (known["shown"], page.context["rows_to_import"]) == (ODD, 1)
    assert "Như lần trước" in page.content.decode()
    fields = {"what": "questions", "preview": str(upload.preview), "do": f"again:{known['id']}"}
    client.post(f"{address}choose/", fields)
    page = client.get(address)
    assert (page.context["as_before"], page.context["to_decide"]) == ([], 1)
    listed = client.get("/imports/remembered/").content.decode()
    assert ODD in listed
    others = signed_in("officer_of_844")
    assert ODD not in others.get("/imports/remembered/").content.decode()
    others.post("/imports/remembered/forget/", {"answer": [known["id"]]})
    assert RememberedAnswer.objects.count() == 1
    signed_in("administrator").post("/imports/remembered/forget/", {"answer": [known["id"], "x"]})
    assert not RememberedAnswer.objects.exists()


def test_an_import_on_the_page_does_what_its_preview_took_from_the_memory(signed_in: Any) -> None:
    of_office("quantri", product_row("A", district=ODD), answers=ANSWER)
    client = signed_in("administrator")
    upload = handed_in(client, product_row("B", district=ODD), "b.xlsx")
    RememberedAnswer.objects.all().delete()
    client.post(f"/imports/files/{upload.pk}/import/", {"preview": str(upload.preview)})
    assert Product.objects.get(name="B").district.code == "844"
