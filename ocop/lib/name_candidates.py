"""Names that may be one name written twice: whoever enters one of them is asked.

A candidate is equal without diacritics and with y read as i, or has the same words in another
order, or is one letter apart within a word of at least four (two within a word of twelve). Never
where the names differ in a digit, a Roman numeral, a one-letter word or a number word.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from sys import intern

from ocop.lib.identity import identity_key
from ocop.lib.producer_names import named_form
from ocop.lib.text import folded

NUMBER_WORDS = frozenset(
    ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười"]
)
PLAIN_NUMBER_WORDS = frozenset(map(folded, NUMBER_WORDS))
PART = re.compile(r"\d+|[^\W\d_]+")
ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
MIN_LETTERS, LETTERS_FOR_TWO = 4, 12
FEW = 16
"""Names that are compared one by one: quicker than finding out under what to keep them."""
MAX_ALIKE = 50
"""Names kept under one likeness: more of them no question could offer."""
TYPED_PLAIN, DIFFERING_IN_MARKS, IN_ANOTHER_ORDER, A_SLIP_APART = range(4)
"""How a candidate is like a name, the likeliest first."""


@dataclass(frozen=True, slots=True)
class ComparableName:
    """A name as it is compared: `key` by which it is the same, `words` with diacritics, `plain`
    without (y as i), `telling` those in which two names never differ, `typed_plain` where it
    carries no diacritics at all."""

    name: str
    key: str
    words: tuple[str, ...]
    plain: tuple[str, ...]
    telling: tuple[str, ...]
    typed_plain: bool


@lru_cache(maxsize=1024)
def comparable(name: str) -> ComparableName:
    """Any name but a producer's."""
    key = identity_key(name)
    return _comparable(name, key, key, key)


@lru_cache(maxsize=1024)
def comparable_producer(name: str) -> ComparableName:
    """A producer's name: its legal form spelt out wherever it stands."""
    own = named_form(name)
    shown = own if own.form else named_form(name, anywhere=True)
    return _comparable(name, own.key, shown.key, own.rest or own.key)


def _comparable(name: str, key: str, text: str, own: str) -> ComparableName:
    # Words repeat from name to name: one text for all of them.
    words = tuple(map(intern, PART.findall(text)))
    plain = tuple(map(_plain, words))
    telling = tuple(word for word in words if _tells(word))
    return ComparableName(name, key, words, plain, telling, own.isascii())


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    return intern(folded(word).replace("y", "i"))


def _tells(word: str) -> bool:
    numeral = word.isdigit() or ROMAN.fullmatch(word) is not None
    return numeral or len(word) == 1 or word in NUMBER_WORDS


def likeness(one: ComparableName, other: ComparableName) -> int | None:
    """How the two are candidates for each other; None where they are not, or are the same."""
    if one.key == other.key or not (one.plain and other.plain):
        return None
    marks_only = "".join(one.plain) == "".join(other.plain)
    if marks_only and one.typed_plain != other.typed_plain and _shows_plain_typing(one, other):
        return TYPED_PLAIN
    if one.telling != other.telling:
        return None
    if marks_only:
        return TYPED_PLAIN if one.typed_plain != other.typed_plain else DIFFERING_IN_MARKS
    if sorted(one.plain) == sorted(other.plain):
        return IN_ANOTHER_ORDER
    if len(one.plain) == len(other.plain):
        apart = [pair for pair in zip(one.plain, other.plain, strict=True) if pair[0] != pair[1]]
        if len(apart) == 1 and is_slip(*apart[0]):
            return A_SLIP_APART
    return None


def _shows_plain_typing(one: ComparableName, other: ComparableName) -> bool:
    """Whether words that tell nothing show that one side was typed without diacritics: then "ba"
    in it may be "bà". What is told by digits, numerals and single letters must agree still."""
    if len(one.words) != len(other.words):
        return False
    shows = False
    for mine, theirs in zip(one.words, other.words, strict=True):
        if mine == theirs:
            continue
        plain = folded(mine)
        if len(plain) == 1 or plain != folded(theirs):
            return False
        shows = shows or plain not in PLAIN_NUMBER_WORDS
    return shows


def is_slip(one: str, other: str) -> bool:
    """One letter more, less, another or swapped in words of at least four; two from twelve."""
    shorter = min(len(one), len(other))
    if shorter < MIN_LETTERS or one.isdigit() or other.isdigit():
        return False
    most = 2 if shorter >= LETTERS_FOR_TWO else 1
    return abs(len(one) - len(other)) <= most and _distance(one, other) <= most


class NameIndex:
    """Names to be asked for candidates of one. Asking takes no longer among many than among few:
    many names are found by what is left of them without a letter, not compared with one another."""

    def __init__(
        self,
        names: Iterable[str] = (),
        compare: Callable[[str], ComparableName] = comparable,
    ) -> None:
        self.compare = compare
        self._by_key: dict[str, ComparableName] = {}
        self._alike: dict[int, tuple[ComparableName, ...]] = {}
        """Of more than FEW names those that are kept under each place."""
        for name in names:
            self.add(name)

    def __len__(self) -> int:
        return len(self._by_key)

    def add(self, name: str) -> str:
        """The name's key. Of names with one key the first stays."""
        one = self.compare(name)
        if one.key not in self._by_key:
            self._by_key[one.key] = one
            if len(self._by_key) > FEW:
                for new in [one] if self._alike else self._by_key.values():
                    self._keep(new)
        return one.key

    def _keep(self, one: ComparableName) -> None:
        for place in _places(one.plain):
            alike = self._alike.get(place, ())
            if len(alike) < MAX_ALIKE:
                self._alike[place] = (*alike, one)

    def same(self, name: str) -> str | None:
        """The name that is this one, as it was added first."""
        found = self._by_key.get(self.compare(name).key)
        return found.name if found else None

    def candidates(self, name: str) -> list[str]:
        """The names that may be this one, the likeliest first; none that is the same."""
        if not self._by_key:
            return []
        one = self.compare(name)
        found: dict[str, tuple[int, str]] = {}
        for other in self._near(one):
            if other.key not in found and (how := likeness(one, other)) is not None:
                found[other.key] = how, other.name
        return [name for _how, name in sorted(found.values(), key=lambda each: each[0])]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The keys of each two names that are candidates for each other, some perhaps twice."""
        for names in self._alike.values() or [tuple(self._by_key.values())]:
            for one, other in combinations(names, 2):
                if likeness(one, other) is not None:
                    yield one.key, other.key

    def _near(self, one: ComparableName) -> Iterable[ComparableName]:
        """Those that are to be compared: every candidate is among them, some perhaps twice."""
        if not self._alike:
            return self._by_key.values()
        return (other for place in _places(one.plain) for other in self._alike.get(place, ()))


def candidates_among(
    name: str,
    names: Iterable[str],
    compare: Callable[[str], ComparableName] = comparable,
) -> list[str]:
    """The names that may be this one, the likeliest first: for one question only."""
    one = compare(name)
    found = [(likeness(one, compare(other)), other) for other in names]
    ordered = sorted((each for each in found if each[0] is not None), key=lambda each: each[0] or 0)
    return [other for _how, other in ordered]


def _places(plain: tuple[str, ...]) -> Iterator[int]:
    """Under what a name is kept: two candidates have one of these in common."""
    yield hash("".join(plain))
    yield hash(tuple(sorted(plain)))
    for place, word in enumerate(plain):
        if len(word) >= MIN_LETTERS and not word.isdigit():
            rest = (*plain[:place], "", *plain[place + 1 :])
            for left in _without_letters(word, 2 if len(word) >= LETTERS_FOR_TWO else 1):
                yield hash((rest, left))


def _without_letters(word: str, most: int) -> set[str]:
    left = {word}
    for _letter in range(most):
        left |= {each[:place] + each[place + 1 :] for each in left for place in range(len(each))}
    return left


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


# --- What is said on a label only -----------------------------------------------------------------

PACKAGING = re.compile(
    r"[\s,;–-]*[(\[]?\s*(?:"
    r"(?:(?:hộp|gói|túi|chai|hũ|lọ|bịch|bao|thùng|lon|khay|loại)\s*)?"
    r"\d+(?:[.,]\d+)?\s*(?:kg|gram|gr|g|ml|lít|l)(?:\s*/\s*[^\W\d_]+)?"
    r"|(?:(?:đạt|sản phẩm|chuẩn)\s+)*ocop(?:\s+(?:hạng\s+)?\d\s*(?:sao|\*))?"
    r"|\d\s*sao(?:\s+ocop)?"
    r")\s*[)\]]?\s*$",
    re.IGNORECASE,
)


def without_packaging(name: str) -> str:
    """A product's name without the weight and the stars that shops write behind it; as it is
    where nothing of that stands there."""
    shorter = name
    while (found := PACKAGING.search(shorter)) and found.start():
        shorter = shorter[: found.start()]
    return shorter.rstrip(" ,;–-") or name
