"""Papers as files. Know neither request nor database."""

from targets.reports.writers import excel, letters, word
from targets.reports.writers.document import (
    CENTRE,
    SUM,
    Annex,
    AnnexSheet,
    AnnexWorkbook,
    Block,
    ChartImage,
    DocumentSection,
    DocumentTable,
    Letterhead,
    Minutes,
    MinutesAssignment,
    MinutesTopic,
    Paragraph,
    ReportDocument,
    SheetColumn,
    Signature,
    TableColumn,
)
from targets.reports.writers.letters import BLANK, Letter, LetterProduct, Sender
from targets.reports.writers.minutes import write_minutes
