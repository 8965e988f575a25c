"""Why a proposal cannot be applied."""

from typing import Any


class ProposalOvertaken(Exception):
    """The record, or one that the proposal refers to, is not what it was when proposed."""


class ProposalRefused(Exception):
    """Something stands in the way; `message` says what, for people."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message
