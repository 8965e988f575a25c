"""The decision a list belongs to, as named in the lines above its header or below its rows."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ocop.lib.spreadsheets.reading import parse_cell_name
from ocop.lib.spreadsheets.tables.decision_texts import (
    DecisionText,
    day_after,
    decisions_in,
    gaps,
    plain_text,
)
from ocop.lib.text import folded

ATTACHED, NAMED, REASON = "attached", "named", "reason"
LEADS = {"kem theo": ATTACHED, "can cu": REASON, "thay the": REASON, "bai bo": REASON}
SPLIT = re.compile(r"\W*(?:[^\W\d][\w .]{0,40},)?\s*(?:ng[àa]y\b.*|\(?\s*\d{1,2}\s*[/.-].*)", re.I)
"""A line that goes on with a decision's day, perhaps after the place where it was signed."""
RECOGNISES = ("cong nhan", "phan hang", "xep hang")
NEVER_RECOGNISES = ("-TTG", "-CP")
"""What the Prime Minister and the Government decide are rules, never a list of products."""


@dataclass(frozen=True, slots=True)
class DecisionReference:
    """`cell` is where the number stands; `day` is None where the text gives no full day. `said`:
    the text around the number, which may say whose decision it is."""

    number: str
    day: date | None
    cell: str
    said: str = ""


def find_decision(titles: Sequence[tuple[str, str]]) -> DecisionReference | None:
    """The decision the titles (cell name, text) say the list is attached to; None where they name
    none or several."""
    found = find_decisions(titles)
    return found[0] if len(found) == 1 else None


def find_decisions(
    titles: Sequence[tuple[str, str]], below: Sequence[tuple[str, str]] = ()
) -> list[DecisionReference]:
    """The decisions that a list may belong to, each once: one of them for certain, several where
    the titles contradict each other.

    What is "kèm theo" comes before any other; of a further table's titles its own come before
    those of the sheet, and what stands above the header before what stands below the rows. Lines
    that give reasons ("Căn cứ …") name other decisions and do not count, but below the rows the
    one that recognises does.
    """
    for texts in [*_runs(titles), below]:
        named = _named(texts)
        for weight in (ATTACHED, NAMED):
            if found := _distinct([one for kind, one in named if kind == weight]):
                return found
    reasons = [one for _kind, one in _named(below)]
    return _distinct([one for one in reasons if any(w in folded(one.said) for w in RECOGNISES)])


def names_decision(texts: Sequence[str]) -> bool:
    """Whether texts between the rows name the decision of the rows that follow."""
    return any(kind != REASON for kind, _one in _named([("", text) for text in texts]))


def _runs(titles: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The titles in runs of growing row numbers: a further table's own, then the sheet's."""
    runs: list[list[tuple[str, str]]] = []
    last = 0
    for cell, text in titles:
        place = parse_cell_name(cell)
        row = place[0] if place else last
        if not runs or row < last:
            runs.append([])
        runs[-1].append((cell, text))
        last = row
    return runs


def _named(texts: Sequence[tuple[str, str]]) -> list[tuple[str, DecisionReference]]:
    """Every decision that the texts, read on one after the other, name; with its weight."""
    plains = [plain_text(text) for _cell, text in texts]
    joined = " ".join(plains)
    if "/" not in joined and "ng" not in joined.lower():
        return []
    starts, at = [], 0
    for plain in plains:
        starts.append(at)
        at += len(plain) + 1
    found = decisions_in(joined)
    named: list[tuple[str, DecisionReference]] = []
    last_token, weight = -1, NAMED
    for one, before in zip(found, gaps(joined, found), strict=True):
        token = bisect_right(starts, one.start) - 1
        weight = _weight(before, weight if token == last_token else NAMED)
        last_token = token
        if not one.number.endswith(NEVER_RECOGNISES):
            day = _day(joined, one, starts, plains, token)
            said = joined[max(0, one.start - 120) : min(one.after, one.end + 160)]
            named.append((weight, DecisionReference(one.number, day, texts[token][0], said)))
    return named


def _weight(before: str, otherwise: str) -> str:
    """By the last word that leads to the number."""
    key = folded(before)
    places = {kind: key.rfind(lead) for lead, kind in LEADS.items() if lead in key}
    return max(places, key=lambda kind: places[kind]) if places else otherwise


def _day(
    joined: str, one: DecisionText, starts: list[int], plains: list[str], token: int
) -> date | None:
    """The day in the number's own line, or one that the next lines go on with."""
    last = token
    while last + 1 < len(plains) and last < token + 2 and starts[last + 1] < one.after:
        if not SPLIT.fullmatch(plains[last + 1]) and not plains[last + 1].lower().startswith("năm"):
            break
        last += 1
    end = min(one.after, starts[last] + len(plains[last]))
    return day_after(joined[one.end : end])


def _distinct(found: list[DecisionReference]) -> list[DecisionReference]:
    """Each decision once; the mention that gives its day stands for the others."""
    kept: dict[tuple[str, date | None], DecisionReference] = {}
    dated = {one.number for one in found if one.day}
    for one in found:
        if one.day or one.number not in dated:
            kept.setdefault((one.number, one.day), replace(one))
    return list(kept.values())
