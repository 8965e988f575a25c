"""Letters of TCVN3 and VNI fonts back to Unicode, and nothing else taken for them."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.lib.fonts.legacy import VIETNAMESE, legacy_kind, looks_like, to_unicode
from ocop.lib.fonts.syllables import is_syllable
from tests.support.cases import every_case

# Codes of TCVN 5712:1993 (VN3) by letter, written out one by one.
TCVN3_CODES = """
àB5 ảB6 ãB7 áB8 ạB9 ăA8 ằBB ẳBC ẵBD ắBE ặC6 âA9
ầC7 ẩC8 ẫC9 ấCA ậCB đAE èCC ẻCE ẽCF éD0 ẹD1 êAA
ềD2 ểD3 ễD4 ếD5 ệD6 ìD7 ỉD8 ĩDC íDD ịDE òDF ỏE1
õE2 óE3 ọE4 ôAB ồE5 ổE6 ỗE7 ốE8 ộE9 ơAC ờEA ởEB
ỡEC ớED ợEE ùEF ủF1 ũF2 úF3 ụF4 ưAD ừF5 ửF6 ữF7
ứF8 ựF9 ỳFA ỷFB ỹFC ýFD ỵFE ĂA1 ÂA2 ÊA3 ÔA4 ƠA5
ƯA6 ĐA7
"""
TCVN3 = {pair[0]: int(pair[1:], 16) for pair in TCVN3_CODES.split()}
# Rows of the VNI keyboard table: plain, sắc, huyền, hỏi, ngã, nặng.
VNI_ROWS = """
a á à ả ã ạ = a aù aø aû aõ aï
â ấ ầ ẩ ẫ ậ = aâ aá aà aå aã aä
ă ắ ằ ẳ ẵ ặ = aê aé aè aú aü aë
e é è ẻ ẽ ẹ = e eù eø eû eõ eï
ê ế ề ể ễ ệ = eâ eá eà eå eã eä
o ó ò ỏ õ ọ = o où oø oû oõ oï
ô ố ồ ổ ỗ ộ = oâ oá oà oå oã oä
ơ ớ ờ ở ỡ ợ = ô ôù ôø ôû ôõ ôï
u ú ù ủ ũ ụ = u uù uø uû uõ uï
ư ứ ừ ử ữ ự = ö öù öø öû öõ öï
i í ì ỉ ĩ ị = i í ì æ ó ò
y ý ỳ ỷ ỹ ỵ = y yù yø yû yõ î
đ = ñ
"""
VNI: dict[str, str] = {}
for line in VNI_ROWS.strip().splitlines():
    letters, typed = line.split(" = ")
    for letter, codes in zip(letters.split(), typed.split(), strict=True):
        VNI[letter], VNI[letter.upper()] = codes, codes.upper()
SENTENCES = [
    "Quyết định phê duyệt kết quả đánh giá, phân hạng sản phẩm OCOP đợt 1 năm 2022",
    "Hợp tác xã Nông nghiệp Hòa Tân, ấp Chông Nô 2, xã Hòa Tân, huyện Cầu Kè, tỉnh Trà Vinh",
    "Cơ sở sản xuất nước mắm rươi Ba Động – thị xã Duyên Hải",
    "Chả hoa Năm Thụy; bánh tét Hai Lý; rượu Xuân Thạnh; cốm dẹp Ba So",
    "Đường kính ngoẵng, khuỷu tay, thuở xưa, quýt quỳnh, giếng, gì, yếu, ỷ lại, kỹ",
    "Tên sản phẩm, Chủ thể, Địa chỉ",
    "Gạo Hạt Ngọc Rồng",
]
REFERENCE = Path(__file__).parents[3] / "fixtures/reference"


def in_tcvn3(text: str) -> str:
    """As .VnTime leaves it: capitals it has none for are typed as lower-case letters."""
    return "".join(
        chr(TCVN3[letter])
        if letter in TCVN3
        else chr(TCVN3[letter.lower()])
        if letter.lower() in TCVN3
        else letter
        for letter in text
    )


def in_vni(text: str) -> str:
    return "".join(VNI.get(letter, letter) for letter in text)


def test_every_letter_has_a_code_of_its_own() -> None:
    small = {letter for letter in VIETNAMESE if letter.islower()}
    assert small <= TCVN3.keys() and len(set(TCVN3.values())) == len(TCVN3) == 74
    assert VNI.keys() >= VIETNAMESE and len({VNI[letter] for letter in VIETNAMESE}) == 134


@every_case("letter", sorted(VIETNAMESE))
def test_every_letter_comes_back(letter: str) -> None:
    assert to_unicode(in_vni(letter), "vni") == letter
    assert to_unicode(in_tcvn3(letter), "tcvn3-capitals") == letter.upper()
    if letter in TCVN3:
        assert to_unicode(in_tcvn3(letter), "tcvn3") == letter


@every_case("sentence", SENTENCES)
def test_sentences_come_back_and_their_kind_is_seen(sentence: str) -> None:
    assert to_unicode(in_vni(sentence), "vni") == sentence
    assert to_unicode(in_vni(sentence.upper()), "vni") == sentence.upper()
    assert to_unicode(in_tcvn3(sentence), "tcvn3") == sentence
    assert to_unicode(in_tcvn3(sentence.lower()), "tcvn3-capitals") == sentence.upper()
    assert legacy_kind(in_tcvn3(sentence)) == "tcvn3"
    assert legacy_kind(in_vni(sentence)) == "vni"
    assert legacy_kind(in_vni(sentence.upper())) == "vni"


@given(st.text(alphabet=[*sorted(VIETNAMESE), *"abcdefghijklmnopqrstuvwxyz 0123,.-"]))
def test_vni_is_read_in_one_way_only(text: str) -> None:
    assert to_unicode(in_vni(text), "vni") == text


def test_a_mark_typed_in_the_other_case_is_the_same_mark() -> None:
    assert to_unicode("Ùt AÙ Aù Oâ ÑAÕ Ñaõ", "vni") == "Ùt Á Á Ô ĐÃ Đã"


def test_what_is_no_letter_of_the_font_stays() -> None:
    assert to_unicode("100 % – “a” ợ", "tcvn3") == "100 % – “a” ợ"
    with pytest.raises(ValueError, match="viscii"):
        to_unicode("a", "viscii")


@every_case(
    "text",
    [
        *SENTENCES,
        *[sentence.upper() for sentence in SENTENCES],
        *[unicodedata.normalize("NFD", sentence) for sentence in SENTENCES],
        "Decision on the OCOP products of Trà Vinh",
        "Société Générale, São Paulo, Müller & Söhne, Café Crème à la carte, naïve, Ångström",
        "Công ty TNHH SX-TM-DV Đại Phú® (Ø 5 mm, 20 ± 2 °C, 5 µm, 3 m², ½ kg, §3, ©)",
        "5 µm",
        "® ©",
        "Hòa Tân, Trà Cú, Hòa Lạc",
        "HÒA TÂN",
        "Hòa Tân",
        "Trà Vinh - Cà Mau - Hà Tiên - Bà Rịa",
        "Sóc Trăng, Ô Môn, Đắk Lắk, Kon Tum, Bắc Kạn, Pleiku",
        "Thạch Sà Rây, Kim Thị Sô Phát, Sơn Phịa",
        "ក្រុមប្រឹក្សា",
        "",
        "abc",
    ],
)
def test_correct_text_is_never_taken_for_an_old_font(text: str) -> None:
    assert legacy_kind(text) == ""


def reference_texts() -> list[str]:
    """Every text of the reference data: units, product sets, criteria and their levels."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            for inner in value:
                collect(inner)
        elif isinstance(value, str):
            found.append(value)

    for path in REFERENCE.glob("*.json"):
        collect(json.loads(path.read_text()))
    return sorted(set(found))


def test_texts_of_the_reference_data_are_told_right_in_every_dress() -> None:
    texts = reference_texts()
    assert len(texts) > 300
    assert [text for text in texts if legacy_kind(text)] == []
    # Abbreviations ("QĐ 1048/QĐ-TTg") are no words in any font.
    accented = [text for text in texts if sum(c in VIETNAMESE and c.islower() for c in text) > 3]
    for dress, kind in ((in_tcvn3, "tcvn3"), (in_vni, "vni")):
        assert [text for text in accented if legacy_kind(dress(text)) != kind] == []


@every_case(
    "text, kind, answer",
    [
        ("G¹o", "tcvn3", True),
        ("Dõa", "tcvn3", None),
        ("Gạo", "tcvn3", False),
        ("Dừa sáp", "tcvn3", False),
        ("Teân", "vni", True),
        ("Hòa", "vni", None),
        ("Trà", "vni", False),
        ("Vinh", "vni", None),
        ("Société Générale", "tcvn3", None),
    ],
)
def test_among_others_of_a_kind_a_short_text_is_judged_too(
    text: str, kind: str, answer: bool | None
) -> None:
    assert looks_like(text, kind) is answer


@every_case("word", ["nghe", "quýt", "khuya", "gì", "giếng", "TRÀ", "uỷ", "hoà"])
def test_vietnamese_words_are_syllables(word: str) -> None:
    assert is_syllable(word)


@every_case("word", ["teân", "kòa", "ngi", "bàt", "jos", "", "àá", "cafe", "ghan"])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)
