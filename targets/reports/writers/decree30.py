"""The form of administrative papers: Decree 30/2020/NĐ-CP, Annex I, in python-docx.

Sizes and places are those of the annex: A4 with margins of 20, 20, 30 and 20 mm, Times New Roman,
national title and motto at the top right, the issuing body at the top left, the signature at the
bottom right and the recipients at the bottom left, page numbers centred at the top from page 2.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from targets.reports.writers.document import Letterhead, Signature

FONT = "Times New Roman"
BODY, SMALL, TABLE, TABLE_HEAD = 14, 12, 11, 10
"""Sizes in points: prose (13–14), "recipients" and head of the paper (12), cells, their heads."""
TEXT_WIDTH = 160
"""Millimetres between the margins."""
LETTERHEAD = (66, 94)
FIRST_LINE = 12.7
DOTS = "…" * 20
"""What the clerk fills in by hand."""
CENTRED = WD_ALIGN_PARAGRAPH.CENTER
# What XML cannot hold, and what would break the lines of a paper.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Without characters that no Word file can hold; line breaks and tabs become a space."""
    return CONTROL.sub("", text.replace("\r", " ").replace("\n", " ").replace("\t", " "))


def new_document(title: str, author: str, language: str) -> Any:
    """An empty A4 document with the decree's margins and type; page 1 carries no number."""
    document = Document()
    _set_page(document.sections[0])
    _set_type(document.styles, language)
    about = document.core_properties
    about.title, about.author, about.comments = clean(title)[:255], clean(author)[:255], ""
    about.language = language
    # The library's template brings its own: a paper is made when it is written.
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    about.last_modified_by = about.author
    return document


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRED
    _add_field(paragraph, "PAGE")


def new_numbering(document: Any) -> None:
    """A new page whose pages are counted from 1 again: each annex has its own."""
    section = document.add_section()
    numbering = section._sectPr.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = OxmlElement("w:pgNumType")
        # The schema wants it right after the margins.
        section._sectPr.find(qn("w:pgMar")).addnext(numbering)
    numbering.set(qn("w:start"), "1")


def _add_field(paragraph: Any, instruction: str) -> None:
    run = add_run(paragraph, "", BODY)
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = text
        run._r.append(part)


def _set_type(styles: Any, language: str) -> None:
    normal = styles["Normal"]
    _set_font(normal, BODY, bold=False)
    spacing = normal.paragraph_format
    spacing.space_before, spacing.space_after = Pt(0), Pt(6)
    spacing.line_spacing = 1.1
    spacing.widow_control = True
    for level in (1, 2, 3):
        heading = styles[f"Heading {level}"]
        _set_font(heading, BODY, bold=True, italic=level == 3)
        form = heading.paragraph_format
        form.space_before, form.space_after = Pt(8 if level == 1 else 6), Pt(6)
        form.first_line_indent = Mm(FIRST_LINE)
        form.keep_with_next = True
    tag = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        tag.set(qn(name), {"vi": "vi-VN", "en": "en-GB", "km": "km-KH"}[language])
    properties = normal.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(tag)


def _set_font(style: Any, size: int, bold: bool, italic: bool = False) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


# --- Paragraphs -----------------------------------------------------------------------------------


def add_run(
    paragraph: Any, text: str, size: float, bold: bool = False, italic: bool = False
) -> Any:
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic
    return run


def add_line(
    place: Any, text: str, size: float, align: Any = CENTRED, bold: bool = False, **look: Any
) -> Any:
    """A line of the form (title, letterhead, signature): no indent, single spacing.

    `look` may hold `italic`, `after` (points behind the line), `before` and `keep` (with next).
    """
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    form.keep_with_next = look.get("keep", False)
    add_run(paragraph, text, size, bold, look.get("italic", False))
    return paragraph


def add_prose(document: Any, lead: str, text: str, italic: bool = False, keep: bool = False) -> Any:
    """A justified paragraph with its first line indented; `lead` before it in bold.

    `keep` holds it on one page with what follows: a signature never stands alone.
    """
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.paragraph_format.keep_together = keep
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(FIRST_LINE)
    if lead:
        add_run(paragraph, f"{lead} ", BODY, bold=True)
    add_run(paragraph, text, BODY, italic=italic)
    return paragraph


def add_rule(
    place: Any, width: float, max_width: float, after: float = 0, before: float = 3
) -> None:
    """A thin line `width` mm long in the middle of `max_width` mm: a paragraph's upper border."""
    paragraph = add_line(place, "", 2, after=after, before=before)
    paragraph.paragraph_format.line_spacing = Pt(3)
    side = Mm(max(0.0, (max_width - width) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
        "</w:pBdr>"
    )
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def wide(text: str, size: float) -> float:
    """About how many mm a line of Times takes: capitals are wider than small letters."""
    points = sum(0.70 if letter.isupper() else 0.27 if letter == " " else 0.48 for letter in text)
    return points * size * 0.3528


def balanced(text: str, size: float, max_width: float) -> list[str]:
    """`text` on as many lines as it takes in `max_width` mm, about equally long.

    Of breaks in two that differ little the one with more on the first line. A word is never
    broken.
    """
    words = text.split()
    lines = filled(words, size, max_width)
    slack = 1.12 if len(lines) == 2 else 1
    runs = [" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)]
    for width in sorted({wide(run, size) for run in runs}):
        if len(filled(words, size, width)) <= len(lines):
            return filled(words, size, min(max_width, slack * width))
    return lines


def filled(words: Sequence[str], size: float, max_width: float) -> list[str]:
    """Words on lines of at most `max_width` mm, each as full as it gets."""
    lines: list[str] = []
    for word in words:
        if lines and wide(f"{lines[-1]} {word}", size) <= max_width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


# --- Head, signature ------------------------------------------------------------------------------


def add_letterhead(document: Any, head: Letterhead, with_day: bool = True) -> None:
    """Issuing body at the left, national title and motto at the right, number and day below.

    Minutes have no day there (`with_day` False): it stands in their text.
    """
    left, right = LETTERHEAD
    table = frame(document, LETTERHEAD)
    who, nation = table.rows[0].cells
    for line in balanced(head.superior, SMALL, left - 4):
        add_line(who, line, SMALL)
    agency = balanced(head.agency, SMALL, left - 4)
    for line in agency:
        add_line(who, line, SMALL, bold=True)
    add_rule(who, wide(agency[-1], SMALL) * 0.45, left - 4)
    add_line(nation, head.state, SMALL, bold=True)
    add_line(nation, head.motto, 13, bold=True)
    add_rule(nation, wide(head.motto, 13), right - 4)
    number, day = table.rows[1].cells
    add_line(number, head.number, 13, before=4)
    if with_day:
        add_line(day, head.place_and_day, 13, italic=True, before=4)
    drop_first_paragraphs(table)


def add_title(document: Any, kind: str, subject: str) -> None:
    """The kind of paper over its subject, and the short rule under them."""
    add_line(document, kind, BODY, bold=True, before=14, keep=True)
    for line in balanced(subject, BODY, TEXT_WIDTH + 8):
        add_line(document, line, BODY, bold=True, keep=True)
    add_rule(document, 44, TEXT_WIDTH, after=10, before=5)


def add_signature(document: Any, signature: Signature) -> None:
    """Recipients at the left in small type; at the right who signs, with room for the hand."""
    add_line(document, "", 6, keep=True)
    table = frame(document, (TEXT_WIDTH // 2, TEXT_WIDTH // 2), rows=1)
    copies, signs = table.rows[0].cells
    left = WD_ALIGN_PARAGRAPH.LEFT
    title = add_line(copies, "", SMALL, left)
    add_run(title, signature.recipients_title, SMALL, bold=True, italic=True)
    for line in signature.recipients:
        add_line(copies, line, 11, left)
    for line in signature.lines:
        add_line(signs, line, BODY, bold=True, keep=True)
    for _blank in range(4):
        add_line(signs, "", BODY, keep=True)
    drop_first_paragraphs(table)


def add_two_signatures(document: Any, left: Sequence[str], right: Sequence[str]) -> None:
    """Two who sign, side by side: office, note under it, room for the hand, then the name."""
    add_line(document, "", 6, keep=True)
    table = frame(document, (TEXT_WIDTH // 2, TEXT_WIDTH // 2), rows=1)
    for cell, (office, note, name) in zip(table.rows[0].cells, (left, right), strict=True):
        add_line(cell, office, BODY, bold=True, keep=True)
        add_line(cell, note, 13, italic=True, keep=True)
        for _blank in range(4):
            add_line(cell, "", BODY, keep=True)
        add_line(cell, name, BODY, bold=True)
    drop_first_paragraphs(table)


def frame(document: Any, widths: tuple[float, ...], rows: int = 2) -> Any:
    """A table without lines that holds parts of the form side by side; rows are not torn."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    # LibreOffice goes by the columns, Word by the cells.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def drop_first_paragraphs(table: Any) -> None:
    """A new cell begins with an empty paragraph; where others follow it is only a gap."""
    for row in table.rows:
        for cell in row.cells:
            if len(cell.paragraphs) > 1:
                cell._tc.remove(cell.paragraphs[0]._p)
