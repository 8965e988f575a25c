"""Answers kept in this process as long as what they were worked out from stays the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Kept:
    """The last `most` answers by key. A key names everything that the answer depends on, the
    version of the data among it, so nothing is ever taken back: old answers fall out."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """The answer kept under `key`, else a new one. Two who ask at once may both work it out;
        an error is raised anew every time."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]  # type: ignore[no-any-return]
        answer = work_out()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self.most:
                self._answers.popitem(last=False)
        return answer

    def __contains__(self, key: Hashable) -> bool:
        return key in self._answers

    def forget(self) -> None:
        """Start anew: for measuring; what is kept never needs it."""
        with self._lock:
            self._answers.clear()

    def __len__(self) -> int:
        return len(self._answers)
