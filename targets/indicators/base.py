"""What an indicator is: how a target counts, what stands behind the figure, and its words.

`target.indicator` is asked everywhere; nothing outside this package branches on a measure. A new
indicator is a module with its class here and a line in the package's INDICATORS.
"""

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ocop.organisation.models import Unit
from ocop.web.formats import number
from targets.indicators.facts import FactsReader, Line, Measurement, Window
from targets.indicators.scope import Scope
from targets.indicators.validity import History
from targets.progress import Event


@dataclass(frozen=True)
class RecordsList:
    """A list of records: the name of its URL, and the query that picks them."""

    name: str
    query: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PipelineStage:
    """So many records have come so far and do not count yet; `listed` picks them, where it can."""

    code: str
    label: str
    number: int
    listed: RecordsList | None = None


DailyChanges = Counter[tuple[date, str]]
"""(day, "numerator" or "denominator") → by how much it changed; a count is its numerator."""


class Indicator(ABC):
    """`measure` is what targets store, `label` its name.

    `record_kind` is the kind (products.kinds) of the records that its events are about, `kinds` are
    those whose records decide the figure. `chart` is the overview's chart that shows it,
    `district_column` its column where districts stand beside each other; "" where none does.
    `listing` says of a share of the valid products what they are (TRACED, SOLD); "" of a count.
    """

    measure: ClassVar[str]
    label: ClassVar[Any]
    record_kind: ClassVar[str]
    kinds: ClassVar[tuple[str, ...]]
    list_name: ClassVar[str] = "product-list"
    chart: ClassVar[str] = ""
    district_column: ClassVar[str] = ""
    listing: ClassVar[str] = ""

    # --- Counting ---------------------------------------------------------------------------------

    @staticmethod
    @abstractmethod
    def collect(lines: list[Line], reader: FactsReader) -> Any:
        """Count for all units what `lines` need; indicators that share it are counted once."""

    @abstractmethod
    def read(self, found: Any, target: Any, window: Window, unit: Unit | None) -> Measurement:
        """One target's numbers out of what `collect` found."""

    @abstractmethod
    def daily_changes(self, target: Any, window: Window, history: History) -> DailyChanges:
        """By how much the figure changed on which day, as known on the history's day.

        Of a share also by what is certain of the days after it.
        """

    @abstractmethod
    def events(self, target: Any, window: Window, scope: Scope, since: date) -> list[Event]:
        """What moved the figure after `since` through the scope's day, record by record."""

    # --- Records ----------------------------------------------------------------------------------

    @abstractmethod
    def deciding_fields(self, target: Any) -> dict[str, tuple[str, ...]]:
        """By kind of record the columns that decide whether a record counts."""

    def decides(self, target: Any, window: Window, values: dict[str, Any]) -> bool:
        """True where a record with these column values counts for the target, or could."""
        return True

    @abstractmethod
    def counted(self, target: Any, window: Window) -> RecordsList:
        """The records counted; of a share those of the numerator."""

    def left_out(self, target: Any, window: Window, reason: str) -> RecordsList:
        """The records found and not counted for `reason`, a key of Measurement.left_out."""
        query = dict(self.counted(target, window).query) | {"left_out": reason}
        if reason == "waiting":
            query["pending"] = "1"
        return RecordsList(self.list_name, query)

    def stages(
        self, target: Any, window: Window, scope: Scope, reading: Measurement
    ) -> list[PipelineStage]:
        """Records on their way, stage by stage."""
        waiting = reading.left_out.get("waiting", 0)
        if not waiting:
            return []
        listed = self.left_out(target, window, "waiting")
        label = _("Recorded, awaiting verification")
        return [PipelineStage("waiting", label, waiting, listed)]

    def announced(self, window: Window, scope: Scope) -> int | None:
        """How many things to count are meant to come in the window and were not begun by the
        scope's day; None where nobody says so beforehand."""
        return None

    def first_step(self, target: Any) -> str:
        """The step that leads to what is counted ("filing", "session"); "" where none is known."""
        return ""

    # --- Words ------------------------------------------------------------------------------------

    reasons: ClassVar[dict[str, Any]] = {
        "again": gettext_lazy("recognised again"),
        "revoked": gettext_lazy("revoked"),
        "waiting": gettext_lazy("awaiting verification"),
        "expired": gettext_lazy("certificate expired"),
        "cancelled": gettext_lazy("cancelled, refused or withdrawn"),
        "unsupported": gettext_lazy("not supported under Resolution 80"),
    }
    formula: ClassVar[Any] = ""
    """What is counted, before its number; of a count only."""
    interpretation: ClassVar[Any] = ""
    """How an unclear clause is read; empty where the clause is clear."""

    @abstractmethod
    def definition(self, target: Any) -> str:
        """What exactly is counted, in plain words."""

    @abstractmethod
    def change_label(self, cause: str, target: Any) -> str:
        """What a group of changes is called, by its cause (targets.progress.events)."""

    def amount(self, n: int | Fraction | None) -> str:
        """ "131 products"."""
        whole = int(n or 0)
        return ngettext("%(n)s product", "%(n)s products", whole) % {"n": number(whole)}

    def missing(self, gap: int) -> str:
        """ "2 more products needed"."""
        text = ngettext("%(n)s more product needed", "%(n)s more products needed", gap)
        return text % {"n": number(gap)}

    def without_first_step(self) -> str:
        """What is said of how long it takes where no first step is known."""
        return _("counts on the day itself")
