"""What a dataset is: its columns, how its rows find their records, how they are saved."""

from ocop.imports.datasets import batches, incomplete, registry, run_progress
from ocop.imports.datasets.day_questions import about_missing
from ocop.imports.datasets.exports import SHEET, ExportSelection, in_csv
from ocop.imports.datasets.importer import importer_for, importer_named, system_importer
from ocop.imports.datasets.library import ImportableResource, TableDataset
from ocop.imports.datasets.persistence import CHANGED_MEANWHILE, write
from ocop.imports.datasets.plans import RecordChange, TouchedRecord, WritePlan
from ocop.imports.datasets.preparation import CellDecision
from ocop.imports.datasets.registry import (
    DATASETS,
    all_headers,
    described,
    effects_of,
    register,
)
from ocop.imports.datasets.resource import (
    ConcurrentChange,
    ImportContext,
    ImportRow,
    specs,
)
from ocop.imports.datasets.run_progress import (
    NO_PROGRESS,
    CannotRun,
    RunProgress,
    mark_interrupted,
    mark_interrupted_at_start,
    under_way,
)
from ocop.imports.datasets.snapshots import differences, plain, snapshot
from ocop.imports.datasets.validation import CheckedTable, check, may_import, read_rows
