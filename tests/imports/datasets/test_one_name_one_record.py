"""However names are typed, an import makes the same records; names that mean others are asked."""

import unicodedata
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from ocop.lib.identity import identity_key
from ocop.lib.name_candidates import NameIndex
from ocop.lib.text import TONES
from products.models import Producer, Product, Recognition
from tests.imports.workbooks import imported, places
from tests.support.cases import taken_back
from tests.support.factories import district, make_producer, make_product

pytestmark = pytest.mark.django_db
HEAD = ["Tên sản phẩm", "Chủ thể", "Huyện", "Hạng sao", "Ngày quyết định"]
KIND_HEAD = [*HEAD, "Loại hình"]
FORMS = {
    "Hợp tác xã": ["HTX", "H.T.X", "htx", "Hop tac xa", "HTX."],
    "Hợp tác xã nông nghiệp": ["HTXNN", "HTX NN", "HTX-NN", "HTX nông nghiệp"],
    "Tổ hợp tác": ["THT", "T.H.T"],
    "Hộ kinh doanh": ["HKD", "Hộ KD", "H.K.D", "HỘ KINH DOANH"],
    "Cơ sở sản xuất": ["CSSX", "CS SX", "Cơ sở"],
    "Công ty TNHH Một thành viên": ["Cty TNHH MTV", "Công ty TNHH 1TV", "CT T.N.H.H MTV"],
    "Công ty cổ phần": ["CTCP", "Cty CP", "C.ty cổ phần"],
    "Doanh nghiệp tư nhân": ["DNTN", "DN tư nhân"],
}
OWN_NAMES = ["Hòa Thúy", "Đại Phước", "Mẫu Xanh", "Quý Thủy", "Rạch Lọp"]
PRODUCTS = ["Đường thốt nốt", "Kẹo dừa", "Mắm cá lóc", "Khoai lang sấy", "Rượu quê Đôn Xuân"]
BEHIND = [
    *("", "", ", ĐT: 0912 345 678", " - 0294.3855123", " (SĐT 0987654321)"),
    *(" – ấp Chợ, xã An Trường", "; địa chỉ: ấp 5"),
]
TYPED = [
    str,
    str.upper,
    str.lower,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace("Đ", "Ð").replace("đ", "ð"),
    lambda text: text.replace("òa", "oà").replace("úy", "uý").replace("ủy", "uỷ"),
    lambda text: text.replace(" ", "\u00a0 "),
]


def rows_of(products: list[tuple[str, str]]) -> list[list[Any]]:
    return [[name, owner, "Càng Long", "3 sao", "22/8/2022"] for name, owner in products]


@st.composite
def worlds(draw: Any) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(product, producer) as the register has them, and the same as somebody types them."""
    names = draw(st.permutations(OWN_NAMES))[: draw(st.integers(3, 5))]
    owners = [(draw(st.sampled_from(sorted(FORMS))), name) for name in names]
    made = [(name, owner) for owner in owners for name in draw(st.permutations(PRODUCTS))[:2]]
    any_typing, any_end = st.sampled_from(TYPED), st.sampled_from(BEHIND)
    plain = [(name, " ".join(owner)) for name, owner in made]
    typed = [
        (
            draw(any_typing)(name),
            draw(st.sampled_from([form, *FORMS[form]]))
            + " "
            + draw(any_typing)(own)
            + draw(any_end),
        )
        for name, (form, own) in made
    ]
    return plain, typed


def counts() -> tuple[int, int, int]:
    return Producer.objects.count(), Product.objects.count(), Recognition.objects.count()


@hypothesis.settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(world=worlds())
def test_a_world_typed_in_every_way_makes_the_same_records(world: Any) -> None:
    plain, typed = ([HEAD, *rows_of(products)] for products in world)
    with taken_back():
        assert imported("recognitions", plain).questions == []
        wanted = counts()
        kinds = sorted(Producer.objects.values_list("kind", flat=True))
    with taken_back():
        outcome = imported("recognitions", typed)
        assert (outcome.verdict, counts()) == ("accepted", wanted), outcome.errors
        assert sorted(Producer.objects.values_list("kind", flat=True)) == kinds
        again = imported("recognitions", plain)
        assert (again.unchanged, again.created, again.updated) == (len(world[0]), 0, 0)
        assert (again.questions, counts()) == ([], wanted)


WORDS = ["Kẹo", "dừa", "Mắm", "cá", "Bánh", "tét", "Trà", "Cuôn", "Rượu", "Đường", "thốt", "nốt"]


@given(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True),
    st.sampled_from(sorted(TONES)),
)
def test_a_name_with_another_tone_is_another_name_and_a_candidate(words: Any, tone: str) -> None:
    letters = unicodedata.normalize("NFD", words[-1])
    marked = next((letter for letter in letters if letter in TONES), "")
    if not marked or marked == tone:
        return
    other = unicodedata.normalize("NFC", letters.replace(marked, tone))
    name, near = " ".join(words), " ".join([*words[:-1], other])
    assert identity_key(name) != identity_key(near)
    assert NameIndex([name]).candidates(near) == [name]


def test_names_that_differ_in_one_diacritic_are_asked_about_and_never_merged() -> None:
    pairs = [("Kẹo dừa", "Kẹo dứa"), ("Mắm cá", "Mắm cà"), ("Bánh tét", "Bánh tết")]
    products = [(name, f"HTX Số {n}") for n, pair in enumerate(pairs) for name in pair]
    outcome = imported("recognitions", [HEAD, *rows_of(products)])
    assert places(outcome.errors) == [("answer_needed", f"A{row}") for row in (3, 5, 7)]
    assert counts() == (0, 0, 0)
    rows = [HEAD, *rows_of(products)]
    assert imported("recognitions", rows, answers={"*": "new"}).created == 6
    assert imported("recognitions", rows).unchanged == 6


def test_two_spellings_of_one_producer_near_another_are_one_question() -> None:
    owners = ["HTX Mẫu Qui", "HTX Mẫu Quy", "HTX Mẫu Quy", "Hợp tác xã Mẫu Quy"]
    names = ["Măng cụt", "Mứt chuối", "Măng cụt", "Chôm chôm"]
    rows = [HEAD, *rows_of(list(zip(names, owners, strict=True)))]
    outcome = imported("recognitions", rows)
    (question,) = outcome.questions
    assert (question.id, question.cells) == ("near_name:chu-the:htx mẫu quy", ["B3", "B4", "B5"])
    assert [one["label"] for one in question.choices] == [
        *("Là HTX Mẫu Qui (dòng 2)", "Là chủ thể khác"),
    ]
    with taken_back():
        assert imported("recognitions", rows, answers={question.id: "new"}).created == 4
        assert counts() == (2, 4, 4)
        assert imported("recognitions", rows).unchanged == 4
    same = imported("recognitions", rows, answers={question.id: "same:HTX Mẫu Qui"})
    assert places(same.errors) == [("duplicate_row", "A4")]


def test_a_product_of_a_producer_that_may_be_another_is_asked_about() -> None:
    make_product("Tôm khô", make_producer("HTX Mẫu Qui", district("844")))
    make_producer("HTX Mẫu Quy", district("844"))
    rows = [HEAD, *rows_of([("Tôm khô", "Hợp tác xã Mẫu Quy")])]
    outcome = imported("recognitions", rows)
    assert places(outcome.errors) == [("answer_needed", "A2")]
    (question,) = outcome.questions
    answer = {question.id: "same:Tôm khô – HTX Mẫu Qui"}
    assert imported("recognitions", rows, answers=answer).created == 1
    assert Product.objects.get().recognitions.count() == 1


def test_producers_of_a_number_a_letter_or_a_number_word_apart_are_not_asked_about() -> None:
    owners = ["Hộ Ông A", "Hộ Ông B", "Hộ Ba Nam", "Hộ Bà Năm", "HTX Lô I", "HTX Lô II"]
    rows = [HEAD, *rows_of([("Gạo ST24", owner) for owner in owners])]
    rows += rows_of([("Gạo ST25", owner) for owner in owners])
    assert imported("recognitions", rows).created == 12


def test_the_form_gives_the_kind_and_a_column_that_contradicts_it_is_said() -> None:
    stated = {
        "HKD Ba Mẫu": (None, "household", False),
        "Cty TNHH Xanh": ("Doanh nghiệp", "enterprise", False),
        "HTX Đại Phước": ("Công ty", "company", True),
        "Hồ Văn Sáu": ("Hộ kinh doanh", "household", False),
        "Hồ Văn Tám": (None, "", False),
    }
    rows = [
        [*row, kind]
        for row, (kind, *_rest) in zip(
            rows_of([("Kẹo", name) for name in stated]), stated.values(), strict=True
        )
    ]
    outcome = imported("recognitions", [KIND_HEAD, *rows])
    found = dict(Producer.objects.values_list("name", "kind"))
    assert found == {name: kind for name, (_said, kind, _warned) in stated.items()}
    warned = [one.value for one in outcome.warnings if one.cause == "kind_by_name"]
    assert warned == [said for said, _kind, is_warned in stated.values() if is_warned]


def test_an_address_behind_the_producers_name_gives_the_place_and_is_said() -> None:
    head = [*HEAD[:2], *HEAD[3:]]
    row = ["Kẹo", "HTX Mẫu, xã An Trường, huyện Càng Long, ĐT 0912345678", "3 sao", "22/8/2022"]
    outcome = imported("recognitions", [head, row])
    assert outcome.verdict == "accepted", outcome.errors
    producer = Producer.objects.get()
    assert (producer.name, producer.place.name, producer.district.code) == (
        *("HTX Mẫu", "Xã An Trường", "844"),
    )
    assert [(one.cell, one.cause) for one in outcome.warnings] == [("B2", "cut_from_name")]
