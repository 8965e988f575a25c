"""The systems or floors that are known, found by what people write for them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ocop.lib.identity import identity_key
from ocop.lib.name_candidates import candidates_among
from ocop.lib.text import folded
from products.models import Channel

MAX_NEAR = 5
MIN_INSIDE = 4
"""Letters of a name that is looked for inside another: shorter ones are in everything."""


class KnownChannels:
    """All channels of one model that a record can be in, read once.

    A text names a channel where its identity key is that of the channel's name, of its website or
    of one of its spellings, or where it is an address on that website. What two channels are spelt
    as names neither.
    """

    def __init__(self, channels: Iterable[Any]) -> None:
        self.channels = list(channels)
        self._names: dict[str, Any] = {identity_key(one.name): one for one in self.channels}
        self._spelt: dict[str, dict[int, Any]] = defaultdict(dict)
        for one in self.channels:
            for text in (one.website, *one.spellings):
                if text:
                    self._spelt[identity_key(text)][one.pk] = one
        self._folded: dict[str, dict[int, Any]] = defaultdict(dict)
        self._written: list[str] = []
        for one in self.channels:
            for text in (one.name, one.website, *one.spellings):
                self._folded[folded(text)][one.pk] = one
                self._written.append(text)

    @classmethod
    def read(cls, model: type[Channel]) -> "KnownChannels":
        return cls(model.objects.known().order_by("name_sort", "pk"))

    def find(self, text: str) -> Any | None:
        """The channel that `text` names; None where none does, or several do."""
        for key in (identity_key(text), identity_key(host_of(text))):
            if key in self._names:
                return self._names[key]
            if len(self._spelt.get(key, ())) == 1:
                return next(iter(self._spelt[key].values()))
        return None

    def near(self, text: str) -> list[Any]:
        """Those that `text` may mean, the likeliest first: spelt so by several, equal without
        diacritics, named within it ("Sàn Shopee"), or a slip apart."""
        key = folded(text)
        found: dict[int, Any] = dict(self._spelt.get(identity_key(text), {}))
        found |= self._folded.get(key, {})
        padded = f" {key} "
        for name, channels in self._folded.items():
            if len(name) >= MIN_INSIDE and f" {name} " in padded:
                found |= channels
        for name in candidates_among(text, self._written):
            found |= self._folded[folded(name)]
        return list(found.values())[:MAX_NEAR]


def host_of(text: str) -> str:
    """ "https://voso.vn/x" → "voso.vn": channels are also written as their address."""
    return text.lower().split("//")[-1].split("/")[0].strip().removeprefix("www.")
