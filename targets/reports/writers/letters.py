"""Notice letters as a Word file in the form of Decree 30/2020/NĐ-CP. Knows no request, no ORM.

A4, margins of 20, 20, 30 and 20 mm (top, bottom, left, right), Times New Roman. A letter is
a paper of a Vietnamese office to a producer: it is in Vietnamese whatever language the page is
read in, so its words are not in the catalogue. Number, day and signature are left to the clerk.
"""

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from targets.reports.writers.decree30 import drop_first_paragraphs, frame

FONT = "Times New Roman"
BODY, HEAD, CELL, COPIES = 14, 13, 12, 11
"""Sizes in points: prose; motto, number and day; cells and national title; recipients."""
FIRST_LINE = 12.7
SIDES = (66, 94)
"""Millimetres of the left and the right half of the letterhead."""
CENTRED, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
BLANK = "\u00a0" * 8
STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
PEOPLES_COMMITTEE = "ỦY BAN NHÂN DÂN"
SUBJECT = "V/v giấy chứng nhận sản phẩm OCOP sắp hết hiệu lực"
COLUMNS = (
    ("STT", 12),
    ("Tên sản phẩm", 42),
    ("Hạng", 20),
    ("Quyết định công nhận", 33),
    ("Hết hiệu lực sau ngày", 25),
    ("Thời gian nộp hồ sơ đánh giá lại", 28),
)
"""Heads of the table and their widths in millimetres."""
ALIGNED = ("center", "left", "center", "left", "center", "center")
# What XML cannot hold, and what would break the lines of a paper.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Sender:
    """Who writes. `superior` is empty for a body that names none above it.

    `number_code` follows the blank in "Số: …/"; `signs` are the lines over the blank for
    the hand, such as "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH".
    """

    superior: str
    agency: str
    number_code: str
    place_of_issue: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class LetterProduct:
    name: str
    rank: str
    decision_number: str
    decided_on: date
    valid_until: date
    file_from: date | None
    file_by: date


@dataclass(frozen=True)
class Letter:
    """To one producer; `copies` are the recipients besides the producer and the file.

    `months` is how long a certificate lasts, `lodged_with` who takes a dossier, in words.
    """

    producer: str
    place: str
    months: int
    lodged_with: str
    products: tuple[LetterProduct, ...]
    copies: tuple[str, ...]


def write(
    letters: Sequence[Letter], sender: Sender, as_of: date, target: BinaryIO, whose: str = ""
) -> None:
    """Write one letter a producer as .docx to a binary stream, each on pages of its own.

    `as_of` is the day of the records that the letters rest on, `whose` says of which unit they are
    where that is not the sender's. Raises ValueError for none.
    """
    if not letters:
        raise ValueError("there is no letter to write")
    document = _new_document(sender)
    _count_pages_from_1(document.sections[0])
    made: dict[Any, list[Any]] = {}
    for place, letter in enumerate(letters):
        if place:
            document.add_section(WD_SECTION.NEW_PAGE)
        _write_letter(document, made, letter, sender, " ".join(filter(None, [whose, _to(as_of)])))
    document.save(target)


def _once(document: Any, made: dict[Any, list[Any]], key: Any, add: Callable[[], None]) -> None:
    """A part that is the same in many letters: made by `add` the first time, copied after.

    Making a part takes twenty times as long as copying it.
    """
    body = document.element.body
    if key in made:
        for element in made[key]:
            body.insert_element_before(deepcopy(element), "w:sectPr")
        return
    before = len(body) - 1
    add()
    made[key] = list(body)[before:-1]


def _write_letter(
    document: Any, made: dict[Any, list[Any]], letter: Letter, sender: Sender, records: str
) -> None:
    """`records`: of which unit and day the records are."""
    _once(document, made, "head", lambda: _add_head(document, sender))
    address = f"Kính gửi: {letter.producer}"
    _line(document, address, BODY, before=14)
    _line(document, f"({letter.place})", BODY, after=10)
    _prose(
        document,
        f"Giấy chứng nhận sản phẩm OCOP có giá trị trong {letter.months} tháng kể từ ngày ban hành "
        f"quyết định công nhận. Theo hồ sơ quản lý {records}, Quý đơn vị có "
        f"{len(letter.products):02} sản phẩm sắp hết thời hạn như sau:",
    )
    _add_products(document, letter.products)
    to = letter.lodged_with
    _once(document, made, ("requests", to), lambda: _add_requests(document, to))
    _once(document, made, letter.copies, lambda: _add_signature(document, letter.copies, sender))


def _add_requests(document: Any, lodged_with: str) -> None:
    for text in (
        "Để việc sử dụng hạng sao và biểu trưng OCOP không bị gián đoạn, đề nghị Quý đơn vị:",
        "1. Rà soát điều kiện sản xuất, hồ sơ sản phẩm; nếu có nhu cầu công nhận lại thì lập "
        f"hồ sơ đề nghị đánh giá, phân hạng và gửi {lodged_with} nơi sản xuất trong thời gian nêu "
        "ở bảng trên.",
        "2. Không sử dụng hạng sao, biểu trưng OCOP trên sản phẩm, bao bì và phương tiện quảng "
        "bá sau ngày giấy chứng nhận hết hiệu lực nếu sản phẩm chưa được công nhận lại.",
        "Trường hợp không tiếp tục tham gia hoặc có vướng mắc, đề nghị Quý đơn vị phản hồi bằng "
        "văn bản để được hướng dẫn./.",
    ):
        _prose(document, text)


def _to(day: date) -> str:
    return f"đến ngày {_day(day)}"


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


# --- Set-up of the page ---------------------------------------------------------------------------


def _new_document(sender: Sender) -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRED
    _add_page_number(number)
    _set_type(document.styles["Normal"])
    about = document.core_properties
    about.title, about.author, about.comments = SUBJECT, _clean(sender.agency)[:255], ""
    about.language = "vi"
    return document


def _set_type(style: Any) -> None:
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(6), 1.1
    form.widow_control = True


def _count_pages_from_1(section: Any) -> None:
    """Each letter is a paper of its own: its first page bears no number, the next is page 2."""
    numbering = section._sectPr.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = OxmlElement("w:pgNumType")
        # The schema wants it right after the margins.
        section._sectPr.find(qn("w:pgMar")).addnext(numbering)
    numbering.set(qn("w:start"), "1")


def _add_page_number(paragraph: Any) -> None:
    run = _run(paragraph, "", BODY)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


# --- Parts of a letter ----------------------------------------------------------------------------


def _add_head(document: Any, sender: Sender) -> None:
    """Sender at the left, national title and motto at the right; under them number and day."""
    table = frame(document, SIDES, rows=2)
    who, nation = table.rows[0].cells
    for text in _name_lines(sender.superior):
        _line(who, text, CELL)
    for text in _name_lines(sender.agency):
        _line(who, text, CELL, bold=True)
    _rule(who, 24, SIDES[0])
    _line(nation, STATE, CELL, bold=True)
    _line(nation, MOTTO, HEAD, bold=True)
    _rule(nation, 60, SIDES[1])
    number, day = table.rows[1].cells
    _line(number, f"Số:{BLANK}/{sender.number_code}", HEAD, before=4)
    _line(number, SUBJECT, CELL, before=2)
    when = f"{sender.place_of_issue}, ngày{BLANK}tháng{BLANK}năm{BLANK}"
    _line(day, when, HEAD, italic=True, before=4)
    drop_first_paragraphs(table)


def _name_lines(name: str) -> list[str]:
    """A people's committee is written on two lines, its place on the second."""
    if name.startswith(f"{PEOPLES_COMMITTEE} "):
        return [PEOPLES_COMMITTEE, name.removeprefix(f"{PEOPLES_COMMITTEE} ")]
    return [name] if name else []


def _add_products(document: Any, products: Sequence[LetterProduct]) -> None:
    """A ruled table; the head is repeated on a further page and no row is torn."""
    rows = [_row([title for title, _width in COLUMNS], head=True)]
    for number, product in enumerate(products, 1):
        decision = " ngày ".join(filter(None, [product.decision_number, _day(product.decided_on)]))
        rows.append(
            _row(
                [
                    *(str(number), product.name, product.rank, decision),
                    *(_day(product.valid_until), _window(product)),
                ]
            )
        )
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for _title, width in COLUMNS)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    width = sum(_twips(width) for _title, width in COLUMNS)
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}'
        "</w:tbl>"
    )
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")
    _line(document, "", 4)


def _window(product: LetterProduct) -> str:
    """ "31/08/2026 đến 30/10/2026"; "chậm nhất 30/11/2025" where it opens on no day of its own."""
    if product.file_from is None:
        return f"chậm nhất {_day(product.file_by)}"
    return f"{_day(product.file_from)} đến {_day(product.file_by)}"


def _twips(millimetres: float) -> int:
    return round(millimetres * 56.7)


def _row(texts: Sequence[str], head: bool = False) -> str:
    """A row of the table as XML: a cell at a time takes ten times as long."""
    cells = ""
    for text, (_title, width), align in zip(texts, COLUMNS, ALIGNED, strict=True):
        cells += (
            f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
            '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>'
            f'<w:jc w:val="{"center" if head else align}"/></w:pPr><w:r><w:rPr>'
            f'{"<w:b/>" if head else ""}<w:sz w:val="{2 * CELL}"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(_clean(text))}</w:t></w:r></w:p></w:tc>'
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _add_signature(document: Any, others: Sequence[str], sender: Sender) -> None:
    """Recipients at the left in small type; at the right who signs, with room for the hand."""
    _line(document, "", 6, keep=True)
    table = frame(document, (80, 80), rows=1)
    copies, signs = table.rows[0].cells
    title = _line(copies, "", CELL, LEFT)
    _run(title, "Nơi nhận:", CELL, bold=True, italic=True)
    for name in ("Như trên", *others):
        _line(copies, f"- {name};", COPIES, LEFT)
    _line(copies, "- Lưu: VT.", COPIES, LEFT)
    for text in sender.signs:
        _line(signs, text, BODY, bold=True, keep=True)
    for _blank in range(4):
        _line(signs, "", BODY, keep=True)
    drop_first_paragraphs(table)


# --- Paragraphs and frames ------------------------------------------------------------------------


def _clean(text: str) -> str:
    """Without what no Word file can hold; breaks of a line become a space."""
    return CONTROL.sub("", re.sub(r"[\r\n\t]+", " ", text))


def _run(paragraph: Any, text: str, size: float, bold: bool = False, italic: bool = False) -> Any:
    run = paragraph.add_run(_clean(text))
    run.font.size = Pt(size)
    if bold:
        run.font.bold = True
    if italic:
        run.font.italic = True
    return run


def _plain_spacing(paragraph: Any, before: float = 0, after: float = 0) -> None:
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _line(
    place: Any, text: str, size: float, align: Any = CENTRED, bold: bool = False, **look: Any
) -> Any:
    """A line of the form, single spaced; `look`: italic, before, after, keep (with next)."""
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    _plain_spacing(paragraph, look.get("before", 0), look.get("after", 0))
    paragraph.paragraph_format.keep_with_next = look.get("keep", False)
    _run(paragraph, text, size, bold, look.get("italic", False))
    return paragraph


def _prose(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(FIRST_LINE)
    _run(paragraph, text, BODY)


def _rule(place: Any, width: float, max_width: float) -> None:
    """A thin line in the middle of `max_width` mm: the upper border of a low paragraph."""
    paragraph = _line(place, "", 2)
    form = paragraph.paragraph_format
    form.line_spacing = Pt(3)
    form.left_indent = form.right_indent = Mm((max_width - 4 - width) / 2)
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
        "</w:pBdr>"
    )
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
