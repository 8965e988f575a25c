"""What the forms of proposals say."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from products.choices import Proposal


@dataclass(frozen=True)
class ProposalWords:
    """The title of the form, what it is for, the label of its reason, and its button."""

    title: Any
    purpose: Any
    ask: Any
    button: Any


WORDS = {
    Proposal.CANCEL: ProposalWords(
        _("Propose to cancel a record"),
        _(
            "Only for a record that was entered by mistake and should never have been there. Once "
            "somebody else has verified this, it counts on no day; it stays to be read, with its "
            "history, and can be brought back the same way. What was true and has ended is not "
            "cancelled: give it its last day, or a revocation, instead."
        ),
        _("Why was it entered by mistake?"),
        _("Propose to cancel"),
    ),
    Proposal.RESTORE: ProposalWords(
        _("Propose to bring a record back"),
        _(
            "The record stands again as it stood before it was cancelled, once somebody else has "
            "verified this."
        ),
        _("Why does it stand after all?"),
        _("Propose to bring back"),
    ),
    Proposal.SEPARATE: ProposalWords(
        _("Propose to separate a merged record again"),
        _(
            "Both records stand again as they stood before the merge, each with its own values, "
            "records and files, once somebody else has verified this."
        ),
        _("Why are they two after all?"),
        _("Propose to separate again"),
    ),
}
