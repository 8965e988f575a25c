"""Lists that are of something else than products recognised now: certificates withdrawn, products
that are only registered or proposed. Their decision is never taken for one of recognition."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ocop.imports.columns import Column
from ocop.imports.datasets import ImportContext, ImportRow
from ocop.imports.findings import Choice, kinds, typed
from ocop.lib.text import folded

if TYPE_CHECKING:
    from products.datasets.recognition_tables.decisions import SheetDecisions

WITHDRAWN, PROPOSED = "withdrawn", "proposed"
WITHDRAWING = re.compile(r"\b(?:bi )?thu hoi\b")
PROPOSING = re.compile(r"\b(?:dang ky|du kien|de nghi|de xuat)\b")
RESULT = re.compile(r"\bket qua\b|\b(?:da|duoc) (?:duoc )?cong nhan\b")


def state_of_titles(titles: Sequence[tuple[str, str]]) -> str:
    """WITHDRAWN or PROPOSED where the titles say so, else ""."""
    said = folded(" ".join(text for _cell, text in titles))
    if WITHDRAWING.search(said):
        return WITHDRAWN
    return PROPOSED if PROPOSING.search(said) and not RESULT.search(said) else ""


def ask_about_withdrawal(
    rows: Iterable[ImportRow],
    decisions: "SheetDecisions",
    context: ImportContext,
    columns: Mapping[str, Column],
) -> None:
    """In a list of certificates withdrawn, whether those of its rows are, and from which day on:
    asked once. Rows that give the day themselves are not asked about."""
    if decisions.state != WITHDRAWN:
        return
    named = [one for one in decisions.titled if one.day]
    choices = [
        Choice(
            WITHDRAWN if len(named) == 1 else f"{WITHDRAWN}:{one.number}",
            _("The certificates were withdrawn on %(day)s by decision %(number)s")
            % {"day": f"{one.day:%d/%m/%Y}", "number": one.number},
            {
                "revoked": f"{one.day:%d/%m/%Y}",
                "revocation_reason": _("Decision %(number)s") % {"number": one.number},
            },
        )
        for one in named
    ]
    stands = Choice("stands", _("The certificates stand; nothing was withdrawn"))
    other = typed(
        ("revoked", "revocation_reason"), _("Write the day and the reason of the withdrawal")
    )
    for row in rows:
        given = row.record.values.get("revoked") not in (None, "")
        if not given and not context.is_settled(row, []):
            about = {"because": "withdrawn_by_title", "kind": kinds.TABLE}
            asked = [*choices, stands, other]
            context.error(row, columns["revoked"], "answer_needed", asked=asked, **about)
