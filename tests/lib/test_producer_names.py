"""Names of producers: legal forms spelt out, addresses and telephone numbers taken off."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ocop.lib.identity import identity_key
from ocop.lib.producer_names import SplitName, legal_form, producer_name_key, split_producer

ONE_PRODUCER = {
    "hợp tác xã mẫu an": [
        *("HTX Mẫu An", "H.T.X Mẫu An", "H T X Mẫu An", "htx. Mẫu An", "HTX: Mẫu An"),
        *("Hợp tác xã Mẫu An", "HỢP  TÁC XÃ MẪU AN", "Hop tac xa Mẫu An", "HTX – Mẫu An"),
        *("HTX Mẫu An, ĐT: 0912 345 678", "HTX Mẫu An – ấp Chợ, xã Hòa Tân"),
    ],
    "hợp tác xã nông nghiệp mẫu an": [
        *("HTXNN Mẫu An", "HTX NN Mẫu An", "HTX-NN Mẫu An", "H.T.X.N.N Mẫu An"),
        *("HTX nông nghiệp Mẫu An", "Hợp tác xã Nông nghiệp Mẫu An", "HTX nong nghiep Mẫu An"),
    ],
    "hợp tác xã dịch vụ nông nghiệp an": ["HTX DVNN An", "HTX DV NN An", "HTXDVNN An"],
    "tổ hợp tác an": ["THT An", "T.H.T An", "Tổ hợp tác An", "To hop tac An", "Tổ HT An"],
    "hộ kinh doanh ba": [
        *("HKD Ba", "H.K.D Ba", "Hộ KD Ba", "Hộ K.D Ba", "Hộ kinh doanh Ba", "Ho kinh doanh Ba"),
        *("HKD Ba (SĐT 0912345678)", "HKD Ba, khóm 2, phường 5, TP Trà Vinh"),
    ],
    "cơ sở sản xuất năm": [
        *("CSSX Năm", "CS SX Năm", "CS Năm", "Cơ sở Năm", "Cơ sở SX Năm", "Co so san xuat Năm"),
    ],
    "công ty cổ phần xanh": [
        *("CTCP Xanh", "Cty CP Xanh", "Công ty CP Xanh", "C.ty cổ phần Xanh", "CT CP Xanh"),
    ],
    "công ty trách nhiệm hữu hạn một thành viên xanh": [
        *("Công ty TNHH MTV Xanh", "Cty TNHH Một thành viên Xanh", "CT TNHH 1TV Xanh"),
        *("Cty T.N.H.H 1 TV Xanh", "Công ty trách nhiệm hữu hạn 1 thành viên Xanh"),
        *("CÔNG TY TNHH-MTV XANH", "Cty. TNHH MTV Xanh", "CtyTNHH MTV Xanh"),
    ],
    "doanh nghiệp tư nhân a": ["DNTN A", "D.N.T.N A", "DN tư nhân A", "DN TN A"],
    "công ty trách nhiệm hữu hạn sản xuất thương mại a": [
        *("Cty TNHH SX TM A", "Công ty TNHH SXTM A", "Công ty TNHH sản xuất - thương mại A"),
    ],
}
APART = [
    ("HTX An", "THT An"),
    ("HTX An", "HTXNN An"),
    ("HTX Kẹo Dừa", "HTX Kẹo Dứa"),
    ("Cty TNHH An", "Cty TNHH MTV An"),
    ("Hộ Ba", "Hồ Ba"),
    ("HTX An", "HTXAn"),
    ("HKD Ba", "HKD Bà"),
]
FORMS = {
    "HTX An": "hợp tác xã",
    "Liên hiệp HTX An": "liên hiệp hợp tác xã",
    "THT An": "tổ hợp tác",
    "Cty An": "công ty",
    "DNTN An": "doanh nghiệp",
    "HKD An": "hộ",
    "Hộ bà An": "hộ",
    "CSSX An": "cơ sở",
    "Hồ Văn An": "",
    "HO VAN AN": "",
    "Ca cao Cường": "",
    "Cs": "cơ sở",
    "CT An": "",
    "": "",
    "- .": "",
}
SPLIT = {
    "HTX An, ĐT: 0912 345 678": ("HTX An", "", "0912 345 678"),
    "HTX An - 0294.3855123": ("HTX An", "", "0294.3855123"),
    "HTX An (SĐT 0912345678)": ("HTX An", "", "0912345678"),
    "HTX An 0912345678": ("HTX An", "", "0912345678"),
    "Hộ Ba ĐT 0912 345 678 / 0987 654 321": ("Hộ Ba", "", "0912 345 678 / 0987 654 321"),
    "HTX An – ấp Chợ, xã Hòa Tân": ("HTX An", "ấp Chợ, xã Hòa Tân", ""),
    "HTX An; địa chỉ: 12 Nguyễn Đáng": ("HTX An", "12 Nguyễn Đáng", ""),
    "HTX An, khóm 2, phường 5, TP Trà Vinh": ("HTX An", "khóm 2, phường 5, TP Trà Vinh", ""),
    "HTX An (ấp 5, xã B)": ("HTX An", "ấp 5, xã B", ""),
    "HTX An\nấp 3, xã C": ("HTX An", "ấp 3, xã C", ""),
    "HTX An, xã B, Cầu Kè, Trà Vinh": ("HTX An", "xã B, Cầu Kè, Trà Vinh", ""),
    "HTX An, xã B, tỉnh Trà Vinh, ĐT 0912.345.678": (
        "HTX An",
        "xã B, tỉnh Trà Vinh",
        "0912.345.678",
    ),
}
WHOLE = [
    "HTX An (Bánh tét)",
    "Kẹo dừa – đường thốt nốt",
    "Công ty Rượu – Ấp Bắc",
    "Công ty An, Bình và cộng sự",
    "Công ty TNHH An - Chi nhánh Trà Vinh",
    "Công ty An – TT Thương mại",
    "Công ty Dịch vụ, xã hội",
    "Trà, Cà phê Năm",
    "THT - xã Hòa Tân",
    "Tổ hợp tác, xã Hòa Tân, huyện Cầu Kè",
    "HTX 30/4",
    "HTX 19-5",
    "Công ty CP Số 1",
    "Hộ kinh doanh 2468",
    "0912345678",
    "Mật ong - 100ml",
]


def test_a_legal_form_is_one_however_it_is_written() -> None:
    wrong = [
        (name, producer_name_key(name))
        for key, names in ONE_PRODUCER.items()
        for name in (*names, key, *(unicodedata.normalize("NFD", name) for name in names))
        if producer_name_key(name) != key
    ]
    assert wrong == []
    assert [p for p in APART if producer_name_key(p[0]) == producer_name_key(p[1])] == []


def test_a_name_says_its_legal_form_or_none() -> None:
    assert {name: legal_form(name) for name in FORMS} == FORMS


def test_only_what_is_clearly_an_address_or_telephone_number_is_taken_off_a_name() -> None:
    found = {text: split_producer(text) for text in SPLIT}
    assert found == {text: SplitName(*parts) for text, parts in SPLIT.items()}
    assert [text for text in WHOLE if split_producer(text) != SplitName(text)] == []


@given(st.text(alphabet="HTXhtx. ,-–(Đđ0123456789xãấp\n", max_size=40) | st.text(max_size=20))
def test_a_key_is_its_own_key_and_never_fails(text: str) -> None:
    key = producer_name_key(text)
    assert identity_key(key) == key
    name = split_producer(text).name
    assert producer_name_key(name) == key
