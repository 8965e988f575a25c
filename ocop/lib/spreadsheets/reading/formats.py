"""From bytes to sheets in this very process: only for the child, and for tests of its parts."""

from ocop.lib.spreadsheets.reading.cells import SheetContent
from ocop.lib.spreadsheets.reading.guard import judge


def read_bytes(data: bytes, name: str, legacy: str = "") -> list[SheetContent]:
    """`name` is the sheet name of a text file, `legacy` the kind of its font (tcvn3, vni)."""
    judged = judge(data)
    if judged.kind == "xlsx":
        from ocop.lib.spreadsheets.reading.excel import read_xlsx

        return read_xlsx(data, judged)
    if judged.kind == "xls":
        from ocop.lib.spreadsheets.reading.excel import read_xls

        return read_xls(data)
    if judged.kind == "ods":
        from ocop.lib.spreadsheets.reading.opendocument import read_ods

        return read_ods(judged.parts["content.xml"], judged.parts.get("styles.xml", b""))
    from ocop.lib.spreadsheets.reading.delimited import read_text

    return read_text(data, name, legacy)
