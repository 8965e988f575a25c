"""What an import found or did: problems, questions and outcomes, and their sentences."""

from ocop.imports.findings import apart, kinds, messages
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
    EVERY,
    IGNORE,
    NEW,
    SAME,
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
