"""What an import found or did: problems, questions and outcomes, and their sentences."""

from ocop.imports.findings import apart, messages
from ocop.imports.findings.messages import BECAUSE, TITLES, sentence
from ocop.imports.findings.outcome import (
    ACCEPTED,
    COUNTS,
    REJECTED,
    UNUSABLE,
    Importer,
    ImportOutcome,
    unusable_outcome,
)
from ocop.imports.findings.questions import (
    COLUMN,
    DAY,
    DECISION,
    DISTRICT,
    EVERY,
    FLOOR,
    IGNORE,
    KIND,
    NEAR_NAME,
    NEW,
    OUTSIDE,
    PLACE,
    RANK,
    SAME,
    SPLIT,
    SYSTEM,
    TABLE,
    TYPED,
    Choice,
    Question,
    UnknownChoice,
    answer_key,
    answered,
    new,
    questions,
    same,
    typed,
    with_choices,
)
from ocop.imports.findings.report import CellReference, Problem, ProblemReport, with_text
