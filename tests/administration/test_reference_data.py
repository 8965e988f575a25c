"""Reference data: refused with its remedy, shown with its effect, kept from being given anew."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from ocop.organisation.models import Unit, UnitSuccession
from products.models import (
    Criterion,
    EcommerceFloor,
    ProductSet,
    ScoringSheet,
    TraceabilitySystem,
    ValiditySpan,
)
from products.scoring import LeafPoints, wrong_sums
from targets.models import Target, TargetValue
from tests.administration.conftest import errors_of, typed
from tests.support.factories import make_enrolment, make_recognition, system

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WHY = {"change_reason": "Công văn 12"}


def confirm(client: Client, address: str, page: Any) -> Any:
    return client.post(address, dict(page.context["typed"]) | {"_confirmed": "1"})


def test_a_value_by_a_later_document_is_shown_with_its_effect_then_saved(quantri: Client) -> None:
    for _number in range(3):
        make_recognition(decided_on=date(2024, 3, 1))
    target = Target.objects.get(code="OCOP-NEW")
    address = "/admin/targets/targetvalue/add/"
    sent = {"target": target.pk, "year": 2024, "effective_from": "01/01/2024", "threshold": "3",
            "aim": "", "document": "KH 5/KH-UBND"}  # fmt: skip
    page = quantri.post(address, sent)
    sentences = [one.sentence for one in page.context["effects"]]
    assert any("mức từ 25–30 thành 3" in one for one in sentences), sentences
    assert TargetValue.objects.filter(target=target, year=2024).count() == 1
    assert confirm(quantri, address, page).status_code == 302
    assert TargetValue.objects.filter(target=target, year=2024).count() == 2
    row = TargetValue.objects.get(target=target, year=2024, threshold=3).history.get()
    assert row.history_user.username == "quantri"
    again = errors_of(quantri.post(address, sent))
    assert "đã có mức" in str(again) or "từ ngày đó" in str(again), again
    wrong = []
    cases: list[tuple[dict[str, Any], str]] = [
        ({"year": ""}, "2022"),
        ({"year": 2031}, "2025"),
        ({"threshold": "-1"}, ""),
        ({"threshold": "40", "aim": "30", "effective_from": "02/01/2024"}, "phấn đấu"),
    ]
    for change, words in cases:
        errors = errors_of(quantri.post(address, sent | change))
        if not errors or words not in str(errors):
            wrong.append((change, errors))
    assert wrong == []


def test_a_system_that_counts_no_more_is_shown_and_its_products_counted_anew(
    quantri: Client,
) -> None:
    product = make_recognition(decided_on=date(2025, 8, 1)).product
    channel = system()
    make_enrolment(product, date(2025, 9, 1), system=channel)
    assert ValiditySpan.objects.filter(product=product, traced_until__isnull=False).exists()
    address = f"/admin/products/traceabilitysystem/{channel.pk}/change/"
    sent = typed(quantri, address) | WHY
    sent.pop("counted")
    page = quantri.post(address, sent)
    assert any(one.figures["target"] == "TRACE-SHARE" for one in page.context["effects"])
    assert "thành công" not in page.content.decode()
    assert TraceabilitySystem.objects.get(pk=channel.pk).counted
    assert confirm(quantri, address, page).status_code == 302
    assert not TraceabilitySystem.objects.get(pk=channel.pk).counted
    # Said once, of what was saved, and not of what was tried.
    assert quantri.get("/admin/").content.decode().count("thành công") == 1
    assert not ValiditySpan.objects.filter(product=product, traced_until__isnull=False).exists()
    call_command("rebuild_validity", "--check", stdout=StringIO())
    row = channel.history.first()
    assert (row.history_user.username, row.history_change_reason) == ("quantri", "Công văn 12")


def test_a_floor_is_entered_and_a_name_that_is_known_refused(quantri: Client) -> None:
    address = "/admin/products/ecommercefloor/add/"
    sent = {"code": "san-moi", "name": "Sàn Mới", "counted": "on", "spellings": "sanmoi\nSàn M."}
    assert quantri.post(address, sent).status_code == 302
    made = EcommerceFloor.objects.get(code="san-moi")
    assert (made.spellings, made.counts) == (["sanmoi", "Sàn M."], True)
    assert made.history.get().action == "create"
    errors = errors_of(quantri.post(address, sent | {"code": "khac", "name": "SANMOI"}))
    assert "Sàn Mới" in str(errors["name"])
    renamed = typed(quantri, f"/admin/products/ecommercefloor/{made.pk}/change/") | WHY
    renamed["name"] = "Sàn Mới Trà Vinh"
    quantri.post(f"/admin/products/ecommercefloor/{made.pk}/change/", renamed)
    made.refresh_from_db()
    assert made.name == "Sàn Mới Trà Vinh" and "Sàn Mới" in made.spellings


def test_criteria_that_do_not_add_up_are_refused_by_name(quantri: Client) -> None:
    sheet = ScoringSheet.objects.filter(checked=True).first()
    assert sheet is not None
    address = f"/admin/products/scoringsheet/{sheet.pk}/change/"
    sent = typed(quantri, address) | WHY
    first = sheet.criteria.first()
    assert first is not None
    more = [*first.levels[:-1], first.levels[-1] + 1]
    answer = quantri.post(address, sent | {"criteria-0-levels": ", ".join(map(str, more))})
    (formset,) = answer.context["inline_admin_formsets"]
    words = str(formset.formset.errors[0]["levels"])
    assert "Phần A cộng được 41 điểm, phải là 40" in words and "A.1 =" in words
    assert (
        "levels"
        in quantri.post(address, sent | {"criteria-0-levels": "5, 3"})
        .context["inline_admin_formsets"][0]
        .formset.errors[0]
    )
    assert quantri.post(address, sent | {"criteria-0-leaf_label": "Chữ khác"}).status_code == 302
    changed = Criterion.objects.get(pk=first.pk)
    assert (changed.leaf_label, changed.levels) == ("Chữ khác", first.levels)
    assert changed.history.first().history_change_reason == "Công văn 12"


def test_sums_take_the_fuller_of_two_cases() -> None:
    limits = {"A": 5, "B": 2}
    leaves = [LeafPoints("A", 1, 2), LeafPoints("A", 2, 3, 1), LeafPoints("A", 2, 1, 2)]
    assert wrong_sums([*leaves, LeafPoints("B", 3, 2)], limits) == []
    ((part, found, wanted, criteria),) = wrong_sums(leaves, limits)
    assert (part, found, wanted, criteria) == ("B", 0, 2, {})


def test_what_was_changed_here_is_not_given_anew_by_the_files(quantri: Client) -> None:
    commune = Unit.objects.filter(level="commune", valid_to=None).first()
    sheet = ScoringSheet.objects.filter(checked=True).first()
    assert commune is not None and sheet is not None
    for address, change in (
        (f"/admin/organisation/unit/{commune.pk}/change/", {"name": "Xã Tên Sửa"}),
        (f"/admin/products/scoringsheet/{sheet.pk}/change/", {"criteria-0-leaf_label": "Sửa"}),
    ):
        assert quantri.post(address, typed(quantri, address) | WHY | change).status_code == 302
    succession = UnitSuccession.objects.first()
    assert succession is not None
    other = Unit.objects.filter(level="commune", valid_to=None).exclude(
        succeeds__predecessor=succession.predecessor
    )
    succession.successor = other.first()  # type: ignore[assignment]
    succession.save()
    said = StringIO()
    call_command("load_reference", stdout=said)
    assert "Xã Tên Sửa" in said.getvalue() and str(sheet.product_set) in said.getvalue()
    assert Unit.objects.get(pk=commune.pk).name == "Xã Tên Sửa"
    assert sheet.criteria.first().leaf_label == "Sửa"  # type: ignore[union-attr]
    assert succession.predecessor.succeeded_by.count() == 1


def test_units_that_cannot_be_are_refused(quantri: Client) -> None:
    province = Unit.objects.get(code="86", valid_to=None)
    known = Unit.objects.filter(level="commune", valid_to=None).first()
    assert known is not None
    new = {"code": "99999", "level": "commune", "name": "Xã Mới", "parent": province.pk,
           "valid_from": "01/01/2026", "valid_to": "", "succeeded_by-TOTAL_FORMS": 0,
           "succeeded_by-INITIAL_FORMS": 0, "succeeds-TOTAL_FORMS": 0,
           "succeeds-INITIAL_FORMS": 0}  # fmt: skip
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"code": known.code}, "__all__", known.name),
        ({"valid_to": "31/12/2025"}, "__all__", "kết thúc"),
        ({"parent": ""}, "parent", "cấp trên"),
        ({"level": "province"}, "parent", "để trống"),
        ({"name": ""}, "name", ""),
    ]
    wrong = []
    for change, field, words in cases:
        errors = errors_of(quantri.post("/admin/organisation/unit/add/", new | change))
        if field not in errors or words not in str(errors[field]):
            wrong.append((change, errors))
    assert wrong == []
    itself = {"succeeded_by-TOTAL_FORMS": 1, "succeeded_by-0-predecessor": known.pk,
              "succeeded_by-0-successor": known.pk,
              "succeeded_by-0-effective_on": "01/01/2026"}  # fmt: skip
    address = f"/admin/organisation/unit/{known.pk}/change/"
    answer = quantri.post(address, typed(quantri, address) | WHY | itself)
    assert "không thể kế tiếp chính nó" in answer.content.decode()
    assert not UnitSuccession.objects.filter(predecessor=known).exists()


def test_a_table_out_of_a_file_is_looked_at_then_written_whole_with_its_history(
    quantri: Client,
) -> None:
    exported = quantri.post(
        "/admin/products/productset/export/", {"resource": "", "format": "1"}
    ).content.decode("utf-8-sig")
    first = ProductSet.objects.get(number=1)
    assert first.name in exported
    address = "/admin/products/productset/import/"

    def sent(text: str, encoding: str = "utf-8-sig") -> Any:
        file = SimpleUploadedFile("bo.csv", text.encode(encoding))
        return quantri.post(address, {"import_file": file, "format": "1", "resource": "", **WHY})

    bad = exported.replace(first.name, "Tên mới", 1) + '99,khong-co,"x","y","z"\r\n'
    assert "confirm_form" not in sent(bad).context
    page = sent(exported.replace(first.name, "Tên mới", 1))
    form = page.context["confirm_form"]
    assert ProductSet.objects.get(number=1).name == first.name
    given = {name: form[name].value() for name in form.fields}
    done = quantri.post("/admin/products/productset/process_import/", given)
    assert done.status_code == 302
    changed = ProductSet.objects.get(number=1)
    assert changed.name == "Tên mới"
    row = changed.history.first()
    assert (row.history_user.username, row.history_change_reason) == ("quantri", "Công văn 12")
    # Rows that stay as they are get no row of history.
    assert ProductSet.objects.get(number=2).history.count() == 1
    page = sent("PK\x03\x04 no workbook", "latin-1")
    assert "Không đọc được tệp" in page.content.decode()
