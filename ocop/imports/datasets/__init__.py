"""What a dataset is: its columns, how its rows find their records, how they are saved."""

from ocop.imports.datasets import registry, run_progress
from ocop.imports.datasets.day_questions import about_missing
from ocop.imports.datasets.importer import importer_for, importer_named, system_importer
from ocop.imports.datasets.registry import (
    DATASETS,
    all_headers,
    confirmed_among,
    described,
    effects_of,
    effects_worded,
    register,
)
from ocop.imports.datasets.resource import (
    ConcurrentChange,
    DatasetResource,
    ImportContext,
    ImportRow,
    RecordChange,
    TouchedRecord,
    WritePlan,
    answer_key,
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
