"""Names that are probably one name written twice (pure)."""

from collections import defaultdict
from collections.abc import Iterable

# What offices shorten; both sides are compared written out.
WRITTEN_OUT = {
    "htx": "hop tac xa",
    "tht": "to hop tac",
    "cty": "cong ty",
    "hkd": "ho kinh doanh",
    "dn": "doanh nghiep",
    "dntn": "doanh nghiep tu nhan",
    "cs": "co so",
    "cssx": "co so san xuat",
    "sx": "san xuat",
    "tnhh": "trach nhiem huu han",
    "mtv": "mot thanh vien",
    "cp": "co phan",
}
MIN_CHARACTERS = 3
MIN_LENGTH_OF_ALL = 6


class SimilarNames:
    """Folded names, to be asked for one that differs by a slip, the order or an abbreviation.

    Different numbers make different names ("gao st24" and "gao st25"), and so do words of one or
    two letters ("ong a" and "ong b"). Asking takes no longer among many names than among few.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._same: dict[str, list[str]] = defaultdict(list)
        self._masked: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for key in keys:
            words = _words(key)
            for whole in {"".join(words), " ".join(sorted(words))}:
                self._same[whole].append(key)
            for masked, word in _masks(words):
                self._masked[masked].append((word, key))

    def near(self, key: str) -> str | None:
        """The first name that probably is `key` written otherwise; None where there is none."""
        words = _words(key)
        for whole in ("".join(words), " ".join(sorted(words))):
            for other in self._same.get(whole, ()):
                if other != key:
                    return other
        if len("".join(words)) < MIN_LENGTH_OF_ALL:
            return None
        for masked, word in _masks(words):
            for slipped, other in self._masked.get(masked, ()):
                if slipped != word and _is_slip(word, slipped):
                    return other
        return None


def _masks(words: list[str]) -> Iterable[tuple[tuple[str, ...], str]]:
    """The words with one of them left open, and that one."""
    for place, word in enumerate(words):
        yield (*words[:place], "", *words[place + 1 :]), word


def _words(key: str) -> list[str]:
    return [word for part in key.split() for word in WRITTEN_OUT.get(part, part).split()]


def _is_slip(one: str, other: str) -> bool:
    """One letter more, less, another or swapped; two in long words."""
    if min(len(one), len(other)) < MIN_CHARACTERS or _has_digit(one) or _has_digit(other):
        return False
    most = 2 if min(len(one), len(other)) >= 6 else 1
    return abs(len(one) - len(other)) <= most and _distance(one, other) <= most


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _distance(one: str, other: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
