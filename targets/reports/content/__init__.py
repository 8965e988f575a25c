"""What a paper says: rows, sentences and tables as plain data."""

from targets.reports.content import notice_letters, outline
from targets.reports.content.committee_report import report
from targets.reports.content.letterhead import build_letterhead, issuer
from targets.reports.content.sheets import workbook
