"""The one error of everything here that reads a typed value."""

from typing import Any


class ReadingError(ValueError):
    """A value that cannot be read: a stable code and what a message needs, never a sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
