"""What leaves: exports in the import's own format, templates, marked copies."""

from ocop.imports.datasets import ExportSelection
from ocop.imports.export.exporter import FORMATS, export_file, write_export
from ocop.imports.export.files import check_target, check_writable, known_dataset, written
from ocop.imports.export.left_out import LeftOutOfSheet, left_out_workbook
from ocop.imports.export.marked_copies import are_all_stored, marked_copy, stored_problems
from ocop.imports.export.templates import template_file
