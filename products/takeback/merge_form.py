"""What the form of a merge asks: which record survives, which values, and what both have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from products.kinds import RecordKind
from products.records import content_of, in_words, label_of, merging, read_whole

OWN, OTHER, BOTH = merging.SURVIVORS, merging.OTHERS, "both"
TOGETHER = {"place": ("place", "district", "commune"), "district": ("district", "commune")}
"""Values that follow from one another are taken over together."""


@dataclass(frozen=True)
class FieldChoice:
    """One value that the two give differently: `options` are (code, words, chosen)."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class MergeForm:
    """Two records of one kind and what somebody chose about them in `data`."""

    kind: RecordKind
    record: Any
    other: Any
    data: Mapping[str, str]

    @property
    def survivor(self) -> Any:
        """The record whose page this is, unless the other one was chosen."""
        chosen = read_whole(self.data.get("survivor", ""))
        return self.other if chosen == self.other.pk else self.record

    @property
    def going(self) -> Any:
        return self.record if self.survivor is self.other else self.other

    def choices(self) -> list[FieldChoice]:
        """Every value that the two give differently, with what is chosen of it."""
        ours, theirs = self._contents()
        return [self._choice(name, ours, theirs) for name in self._names() if self._differs(name)]

    def merge(self) -> merging.Merge:
        """What merging would do, by what is chosen."""
        ours, theirs = self._contents()
        values: dict[str, Any] = {}
        for name in self._names():
            taken = self._taken(name, ours, theirs) if self._differs(name) else OWN
            for one in TOGETHER.get(name, (name,)):
                if taken == OTHER:
                    values[one] = theirs[one]
                elif taken == BOTH:
                    values[one] = sorted({*ours[one], *theirs[one]})
        keep = {
            name.removeprefix("keep-"): value
            for name, value in self.data.items()
            if name.startswith("keep-")
        }
        return merging.merge_of(self.kind, self.going, self.survivor, values, keep)

    def _contents(self) -> tuple[dict[str, Any], dict[str, Any]]:
        names = self.kind.content
        return content_of(self.survivor, names), content_of(self.going, names)

    def _names(self) -> list[str]:
        content = self.kind.content
        followers = {
            one for name, its in TOGETHER.items() if name in content for one in its if one != name
        }
        return [one for one in content if one not in followers]

    def _differs(self, name: str) -> bool:
        ours, theirs = self._contents()
        return any(ours[one] != theirs[one] for one in TOGETHER.get(name, (name,)))

    def _choice(self, name: str, ours: dict[str, Any], theirs: dict[str, Any]) -> FieldChoice:
        taken = self._taken(name, ours, theirs)
        options = [(OWN, ours[name]), (OTHER, theirs[name])]
        words = [(code, in_words(self.kind, name, value)) for code, value in options]
        if self._many(name):
            words.append((BOTH, _("both together")))
        return FieldChoice(
            name, label_of(self.kind, name), [(*one, one[0] == taken) for one in words]
        )

    def _taken(self, name: str, ours: dict[str, Any], theirs: dict[str, Any]) -> str:
        """What was chosen; where nothing was yet, the value that there is, the survivor's first."""
        chosen = self.data.get(f"value-{name}", "")
        if chosen in (OWN, OTHER) or (chosen == BOTH and self._many(name)):
            return chosen
        if self._many(name):
            return BOTH
        return OTHER if ours[name] in (None, "") and theirs[name] not in (None, "") else OWN

    def _many(self, name: str) -> bool:
        return bool(self.kind.model._meta.get_field(name).many_to_many)
