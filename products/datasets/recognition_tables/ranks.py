"""The rank's cell."""

from typing import Any

from ocop.imports.columns import SpellingWidget, TextWidget
from ocop.lib.errors import ReadingError
from products.choices import Rank
from products.datasets.spellings import is_not_rated, rank


class RankWidget(SpellingWidget):
    """A rank in one of its spellings; "Không đạt" means that there is none to record."""

    def __init__(self) -> None:
        super().__init__(rank, lambda: [each.label for each in Rank])

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if isinstance(value, str) and is_not_rated(TextWidget().clean(value)):
            raise ReadingError("required", reason="not_rated")
        return super().clean(value)
