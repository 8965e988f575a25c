"""Imports taken back."""

from ocop.imports.undo import services
from ocop.imports.undo.reasons import StoredReason, stored_reason
from ocop.imports.undo.services import DELETE, RECREATE, RESTORE, UndoStep
