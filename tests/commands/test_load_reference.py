"""`load_reference`: again changes nothing, a changed file updates, an edit is left alone."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ocop.db import reference_data
from ocop.organisation.models import Agency, Unit, UnitSuccession
from products import channels
from products.models import (
    Criterion,
    EcommerceFloor,
    Product,
    ProductSet,
    ScoringScheme,
    ScoringSheet,
    TraceabilitySystem,
    ValiditySpan,
)
from products.reference import SCHEMES_AT_FIRST, SETS_AT_FIRST
from products.validity import differing_products
from targets.models import Activity, Plan, Target, TargetValue
from tests.support.cases import every_case
from tests.support.factories import make_enrolment, make_product, make_recognition

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ON_FILE = reference_data.FIXTURES


def load() -> str:
    out = StringIO()
    call_command("load_reference", stdout=out)
    return out.getvalue()


def numbers(text: str) -> list[int]:
    """Created, changed, as before."""
    return [int(number) for number in re.findall(r"\d+", text.splitlines()[0])]


def counts() -> list[int]:
    models: list[Any] = [Unit, UnitSuccession, Plan, Target, TargetValue, Criterion, EcommerceFloor]
    return [model.objects.count() for model in models]


@pytest.fixture(autouse=True)
def _all_is_loaded(db: Any) -> None:
    """The meeting of 2022 too, which the tests' reference data is without."""
    load()


@pytest.fixture
def fixtures(tmp_path: Path, monkeypatch: Any) -> Path:
    copy = tmp_path / "reference"
    shutil.copytree(reference_data.FIXTURES, copy)
    monkeypatch.setattr(reference_data, "FIXTURES", copy)
    return copy


def change(folder: Path, name: str, act: Any) -> None:
    path = folder / f"{name}.json"
    book = json.loads(path.read_text(encoding="utf-8"))
    act(book)
    path.write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")


def test_loading_again_creates_and_changes_nothing() -> None:
    before = counts()
    created, changed, stored = numbers(load())
    assert (created, changed) == (0, 0)
    assert stored > 200
    assert counts() == before


def test_a_changed_file_updates_what_nobody_edited(fixtures: Path) -> None:
    change(fixtures, "plan-2022-2025", lambda book: book["targets"][0].update(threshold="12"))
    assert numbers(load())[:2] == [0, 1]
    code = Target.objects.order_by("position")[0].code
    assert TargetValue.objects.get(target__code=code).threshold == 12
    assert numbers(load())[:2] == [0, 0]


def test_a_changed_name_of_a_floor_is_taken_over(fixtures: Path) -> None:
    change(fixtures, "floors", lambda rows: rows[0].update(name="Sàn đổi tên"))
    load()
    assert EcommerceFloor.objects.filter(name="Sàn đổi tên").count() == 1


def test_a_new_row_is_added(fixtures: Path) -> None:
    change(fixtures, "floors", lambda rows: rows.append({**rows[0], "code": "moi", "name": "Mới"}))
    assert numbers(load())[:2] == [1, 0]
    assert EcommerceFloor.objects.filter(code="moi").exists()


def test_an_edited_record_is_kept_and_named(fixtures: Path) -> None:
    floor = EcommerceFloor.objects.first()
    assert floor is not None
    floor.name = "Tên do cán bộ sửa"
    floor.save()
    change(fixtures, "floors", lambda rows: [row.update(name=f"Mới {row['name']}") for row in rows])
    shown_text = load()
    floor.refresh_from_db()
    assert floor.name == "Tên do cán bộ sửa"
    assert "Tên do cán bộ sửa" in shown_text


def test_a_name_corrected_in_the_file_reaches_a_database_that_was_loaded_before(
    fixtures: Path,
) -> None:
    """As it was loaded before the correction; nobody edited it, but for one."""

    def as_it_was(book: dict[str, Any]) -> None:
        for row in (row for part in book["districts"] for row in part["communes"]):
            row[1] = {"29320": "Xã Hoà Tân", "29431": "Xã Vĩnh Kim"}.get(row[0], row[1])

    change(fixtures, "units", as_it_was)
    change(fixtures, "agencies", lambda rows: rows[0].update(name="Ban Chỉ đạo thực hiện Chỉ thị"))
    change(fixtures, "agencies", lambda rows: rows[1].update(name="UBND tỉnh"))
    load()
    Agency.objects.filter(code="ubnd-tinh").update(name="UBND tỉnh Trà Vinh, sửa tại chỗ")
    shutil.copytree(ON_FILE, fixtures, dirs_exist_ok=True)
    shown_text = load()
    assert numbers(shown_text)[:2] == [0, 3]
    names = dict(Unit.objects.filter(level="commune").values_list("code", "name"))
    assert (names["29320"], names["29431"]) == ("Xã Hòa Tân", "Xã Vinh Kim")
    assert Agency.objects.get(code="ban-chi-dao").name.startswith("Ban Chỉ đạo xây dựng")
    assert Unit.objects.get(code="29431", parent__code="848").name_sort
    assert "sửa tại chỗ" in shown_text


@every_case(
    "name, old, new, told",
    [
        ("units-2025", '["29236", "29263"]', '["29236", "29263"', "units-2025.json, dòng 4"),
        ("units-2025", '["29236", "29263"]', '["29236", "11111"]', "units-2025.json, dòng 4"),
        ("units-2025", '"29272", "29275"', '"29272"', "units-2025.json"),
        ("units-83", '"28759", "Phường 8"', '"28757", "Phường 8"', "units-83.json, dòng 8"),
        ("units-86", '"29542", "Phường 9"', '"29542", ""', "units-86.json"),
    ],
)
def test_bad_data_is_refused_with_file_and_line_and_changes_nothing(
    fixtures: Path, name: str, old: str, new: str, told: str
) -> None:
    path = fixtures / f"{name}.json"
    before, text = counts(), path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        with pytest.raises(CommandError) as refused:
            load()
    finally:
        path.write_text(text, encoding="utf-8")
    assert refused.value.returncode == 1
    assert told in str(refused.value)
    assert counts() == before


def test_records_follow_successions_that_changed_and_their_history_stays(fixtures: Path) -> None:
    old = Unit.objects.get(code="29281", parent__code="844")
    product = make_recognition(make_product(place=old, district=old.parent)).product
    producer, rows = product.producer, product.history.count()
    Product.objects.filter(pk=product.pk).update(commune=None)
    ended = Unit.objects.get(code="29275", parent__code="844")
    activity = Activity.objects.create(
        name="Tập huấn",
        kind="training",
        starts_on=date(2025, 8, 1),
        ends_on=date(2025, 8, 2),
        district=old.parent,
        commune=ended,
        agency=Agency.objects.earliest("pk"),
    )
    assert "3 hồ sơ" in load()
    product.refresh_from_db()
    producer.refresh_from_db()
    activity.refresh_from_db()
    assert (product.commune.name, activity.commune.name) == ("Xã Tân An", "Xã An Trường")
    assert (product.history.count(), product.version, str(producer.commune)) == (
        rows,
        1,
        "Xã Tân An, Tỉnh Vĩnh Long",
    )
    span = ValiditySpan.objects.filter(product=product).first()
    assert span is not None and span.commune == product.commune
    assert differing_products() == [] and "hồ sơ" not in load()
    # The resolution read otherwise: the former commune went to another one.

    def elsewhere(book: dict[str, Any]) -> None:
        rows = {row["code"]: row["from"] for row in book["reform"]["communes"]}
        rows["29278"].remove("29281")
        rows["29275"].append("29281")

    change(fixtures, "units-2025", elsewhere)
    assert "2 hồ sơ" in load()
    product.refresh_from_db()
    assert (product.commune.name, product.place) == ("Xã An Trường", old)
    assert differing_products() == [] and "hồ sơ" not in load()


def test_an_edited_limit_survives_loading(fixtures: Path) -> None:
    TargetValue.objects.filter(target__code="IP-GI").update(threshold=4)
    load()
    assert TargetValue.objects.get(target__code="IP-GI").threshold == 4


def test_changed_criteria_replace_the_sheets_and_leave_no_others(fixtures: Path) -> None:
    before = Criterion.objects.count()

    def shorten(book: dict[str, Any]) -> None:
        book["sheets"][0]["criteria"][0]["leaves"].pop()
        book["sheets"][0]["checked"] = False

    change(fixtures, "scoring-148", shorten)
    load()
    assert Criterion.objects.count() == before - 1
    sheet = ScoringSheet.objects.order_by("pk")[0]
    positions = list(sheet.criteria.values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))


def test_a_leaf_keeps_its_identity_when_those_before_it_change(fixtures: Path) -> None:
    def leaves() -> dict[str, int]:
        sheet = ScoringSheet.objects.order_by("pk")[0]
        return {f"{c.number}.{c.leaf} {c.leaf_label}": c.pk for c in sheet.criteria.all()}

    before = leaves()

    def shorten(book: dict[str, Any]) -> None:
        book["sheets"][0]["criteria"][0]["leaves"].pop()
        book["sheets"][0]["checked"] = False

    change(fixtures, "scoring-148", shorten)
    load()
    after = leaves()
    assert after.items() < before.items()


def test_the_reference_holds_26_sets_in_six_groups_and_eleven_targets() -> None:
    assert ProductSet.objects.count() == 26
    assert ProductSet.objects.values("group").distinct().count() == 6
    assert Target.objects.count() == 11
    assert TargetValue.objects.filter(target__code="OCOP-NEW").count() == 4


def test_every_target_quotes_its_clause_word_for_word() -> None:
    assert dict(Target.objects.values_list("code", "quote")) == {
        "IP-COLLECTIVE": "10 nhãn hiệu tập thể",
        "IP-TRADEMARK": "50 nhãn hiệu thông thường",
        "IP-DESIGN": "10 kiểu dáng công nghiệp",
        "IP-PATENT": "05 sáng chế/giải pháp hữu ích",
        "IP-MADRID": "05 nhãn hiệu được đăng ký quốc tế",
        "ST-TASKS": ("ít nhất 15 nhiệm vụ khoa học và công nghệ phát triển tài sản trí tuệ"),
        "IP-CERTIFICATION": "13 nhãn hiệu chứng nhận",
        "IP-GI": "02 chỉ dẫn địa lý",
        "OCOP-NEW": (
            "Hàng năm, toàn tỉnh có thêm từ 25 - 30 sản phẩm trở lên được công nhận sản phẩm "
            "OCOP đạt hạng 3 sao trở lên"
        ),
        "TRACE-SHARE": "trên 50% sản phẩm OCOP từ 3 sao trở lên",
        "ECOM-SHARE": "trên 70% sản phẩm OCOP từ 3 sao trở lên",
    }


def test_systems_and_floors_are_loaded_with_what_counts_and_what_is_open() -> None:
    for code, counts in (("vnpt-check", True), ("gs1-vn", False), ("qr-own", False)):
        assert TraceabilitySystem.objects.get(code=code).counts == counts, code
    for code, status, counts in (
        ("shopee", "confirmed", True),
        ("facebook", "confirmed", False),
        ("alibaba", "proposed", False),
    ):
        floor = EcommerceFloor.objects.get(code=code)
        assert (floor.status, floor.counts) == (status, counts), code


def test_what_an_administrator_decided_stays() -> None:
    floor = EcommerceFloor.objects.get(code="alibaba")
    channels.confirm(floor, True, None, "thử", floor.version)
    assert "Alibaba.com" in load()
    floor.refresh_from_db()
    assert floor.counts


def test_one_proposed_under_a_name_of_the_file_becomes_that_one_and_counts(
    fixtures: Path,
) -> None:
    proposed = channels.propose(TraceabilitySystem, "Truy xuất mới", None, "thử")
    product = make_recognition().product
    make_enrolment(product, date(2022, 9, 1), system=proposed)
    row = {"code": "moi", "name": "Hệ thống mới", "spellings": ["truy xuất mới"]}
    change(fixtures, "systems", lambda rows: rows.append({**rows[0], **row, "valid_from": None}))
    load()
    proposed.refresh_from_db()
    assert (proposed.code, proposed.name, proposed.counts) == ("moi", "Hệ thống mới", True)
    assert ValiditySpan.objects.filter(traced_until__isnull=False).exists()
    assert differing_products() == []
    assert numbers(load())[:2] == [0, 0]


def test_floors_loaded_when_the_file_said_less_are_brought_up_to_date() -> None:
    floor = EcommerceFloor.objects.get(code="voso")
    EcommerceFloor.objects.filter(pk=floor.pk).update(valid_to=None, note="")
    floor.refresh_from_db()
    names = ("name", "website", "spellings", "counted")
    former = reference_data.ReferenceLoader.digest_of_record(floor, dict.fromkeys(names))
    EcommerceFloor.objects.filter(pk=floor.pk).update(loaded_digest=former)
    assert "Voso" not in load()
    floor.refresh_from_db()
    assert floor.valid_to == date(2023, 12, 31)


def _unreadable(folder: Path) -> None:
    path = folder / "schemes.json"
    path.write_text(path.read_text("utf-8").replace('"part_a": 40', '"part_a": ', 1), "utf-8")


def _on_line(name: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / f"{name}.json"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return spoil


@every_case(
    "spoil,where",
    [
        (_unreadable, "schemes.json, dòng 6:"),
        (_on_line("schemes", "2026-05-22", "22/5/2026"), "schemes.json, dòng 17: “22/5/2026”"),
        (_on_line("schemes", '"proposed_by": "commune"', '"proposed_by": "xã"'), "dòng 17:"),
        (_on_line("schemes", '"code": "qd-26"', '"kode": "qd-26"'), "“code”"),
        (_on_line("schemes", '"prolonged_days"', '"prolongd_days"'), "prolongd_days"),
        (_on_line("scoring-26", '"levels": [1, 2, 3]', '"levels": [1, 2, 9]'), "dòng 4: Phần A"),
        (_on_line("scoring-26", '"levels": [1, 2, 3]', '"levels": [3, 2, 1]'), "dòng 6:"),
        (_on_line("scoring-26", '"scheme": "qd-26"', '"scheme": "qd-27"'), "“qd-27”"),
        (_on_line("product-sets", '"group": "herbal"', '"group": "herbs"'), "“herbs”"),
        (_on_line("product-sets", '"from": "2026-05-22"', '"from": "sau"'), "dòng 17:"),
        (_on_line("agencies", '"kind": "committee"', '"kind": "ban"'), "agencies.json, dòng 2:"),
        (_on_line("plan-2022-2025", '"lead_agency": "so-', '"lead_agency": "xo-'), "“xo-"),
    ],
)
def test_bad_data_is_named_by_file_and_line_and_changes_nothing(
    fixtures: Path, spoil: Callable[[Path], None], where: str
) -> None:
    shutil.copytree(ON_FILE, fixtures, dirs_exist_ok=True)
    change(fixtures, "floors", lambda rows: rows.append({**rows[0], "code": "moi", "name": "Mới"}))
    spoil(fixtures)
    before = counts()
    with pytest.raises(CommandError) as refused:
        load()
    assert where in str(refused.value) and "dòng " in str(refused.value), refused.value
    assert counts() == before


def test_schemes_and_sets_loaded_when_the_file_said_less_are_brought_up_to_date() -> None:
    """As an installation has them that was loaded before 22/5/2026; one was edited there."""
    loader = reference_data.ReferenceLoader()
    scheme = ScoringScheme.objects.get(code="qd-148-1489")
    scheme.valid_to, scheme.note, scheme.first_until = None, "", None
    scheme.loaded_digest = loader.digest_of_record(scheme, SCHEMES_AT_FIRST)
    scheme.save()
    first, edited = ProductSet.objects.filter(number__in=(19, 20)).order_by("number")
    for one in (first, edited):
        one.renamed = []
        one.loaded_digest = loader.digest_of_record(one, SETS_AT_FIRST)
        one.save()
    ProductSet.objects.filter(pk=edited.pk).update(name="Sửa tại chỗ")
    assert numbers(load())[1] == 2
    scheme.refresh_from_db()
    assert (scheme.valid_to, scheme.first_until) == (date(2026, 5, 21), date(2026, 7, 21))
    assert ProductSet.objects.get(number=19).renamed
    assert ProductSet.objects.get(number=20).name == "Sửa tại chỗ"
