"""A paper as a Word file in the form of Decree 30. Knows no request and no database."""

import io
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from targets.reports.writers import decree30 as form
from targets.reports.writers.chart_images import draw_chart
from targets.reports.writers.document import (
    Annex,
    Block,
    ChartImage,
    DocumentTable,
    Paragraph,
    ReportDocument,
)

TWIPS = 56.7
"""Twentieths of a point in a millimetre."""
PICTURE_WIDTH = 158


def write(report: ReportDocument, target: BinaryIO) -> None:
    """Write `report` as .docx to a binary stream."""
    document = form.new_document(
        f"{report.kind}: {report.subject}", report.head.agency, report.language
    )
    form.add_letterhead(document, report.head)
    form.add_title(document, report.kind, report.subject)
    if report.note:
        form.add_prose(document, "", report.note, italic=True)
    for paragraph in report.opening:
        _add(document, paragraph)
    for section in report.sections:
        document.add_heading(form.clean(section.heading), section.level)
        for block in section.blocks:
            _add(document, block)
    form.add_prose(document, "", report.closing.text, keep=True)
    form.add_signature(document, report.signature)
    for annex in report.annexes:
        _add_annex(document, annex)
    document.save(target)


def _add(document: Any, block: Block) -> None:
    if isinstance(block, Paragraph):
        # A heading of its own line stays with what follows it.
        form.add_prose(document, block.lead, block.text, block.italic, keep=not block.text)
    elif isinstance(block, DocumentTable):
        form.add_line(document, block.caption, 13, bold=True, before=6, after=4, keep=True)
        add_table(document, block)
        form.add_line(document, "", 6, after=4)
    else:
        _add_picture(document, block)


def _add_picture(document: Any, picture: ChartImage) -> None:
    paragraph = form.add_line(document, "", form.BODY, before=4, keep=True)
    shape = paragraph.add_run().add_picture(
        io.BytesIO(draw_chart(picture.payload)), Mm(PICTURE_WIDTH)
    )
    about = shape._inline.docPr
    about.set("descr", form.clean(picture.alt))
    about.set("title", form.clean(picture.caption))
    form.add_line(document, picture.caption, 13, italic=True, after=8)


def _add_annex(document: Any, annex: Annex) -> None:
    form.new_numbering(document)
    form.add_line(document, annex.number, form.BODY, bold=True, keep=True)
    for line in form.balanced(annex.title, form.BODY, form.TEXT_WIDTH - 6):
        form.add_line(document, line, form.BODY, bold=True, keep=True)
    form.add_line(document, annex.goes_with, 13, italic=True, keep=True)
    form.add_rule(document, 40, form.TEXT_WIDTH, after=8, before=8)
    add_table(document, annex.table)
    # Word wants a paragraph behind the last table.
    form.add_line(document, "", 2)
    if annex.note:
        form.add_prose(document, "", annex.note, italic=True)


# --- Tables: written as XML, since a cell at a time takes seconds for 400 rows --------------------


def add_table(document: Any, table: DocumentTable) -> None:
    """A ruled table whose header row is repeated on every page; no row is torn over two pages."""
    widths = [round(column.width * TWIPS) for column in table.columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_row(table, widths, [column.title for column in table.columns], head=True)]
    rows += [
        _row(table, widths, cells, strong=place in table.strong)
        for place, cells in enumerate(table.rows)
    ]
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _row(
    table: DocumentTable,
    widths: list[int],
    cells: list[str],
    head: bool = False,
    strong: bool = False,
) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    shown = "".join(
        _cell(text, width, "center" if head else column.align, head or strong, head)
        for text, width, column in zip(cells, widths, table.columns, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{shown}</w:tr>"


def _cell(text: str, width: int, align: str, bold: bool, head: bool) -> str:
    size = 2 * (form.TABLE_HEAD if head else form.TABLE)
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E9EFEB"/>' if head else ""
    keep = "<w:keepNext/>" if head else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/>'
        f'</w:tcPr><w:p><w:pPr>{keep}<w:spacing w:before="20" w:after="20" w:line="240"'
        f' w:lineRule="auto"/><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>'
        f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(form.clean(text))}</w:t></w:r></w:p></w:tc>'
    )
