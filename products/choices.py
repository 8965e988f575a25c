"""Choices of this app and their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an entered record stands between the one who enters and the one who verifies.

    A cancelled record was verified, and should never have been: it counts on no day.
    """

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Awaiting verification")
    RETURNED = "returned", _("Returned")
    VERIFIED = "verified", _("Verified")
    CANCELLED = "cancelled", _("Cancelled")


class Proposal(models.TextChoices):
    """What an amendment proposes to do with its verified (or cancelled) record."""

    CHANGE = "change", _("Proposed change")
    CANCEL = "cancel", _("Proposal to cancel")
    RESTORE = "restore", _("Proposal to bring back")
    MERGE = "merge", _("Proposal to merge")
    SEPARATE = "separate", _("Proposal to separate again")


class ChannelStatus(models.TextChoices):
    """Whether an administrator has decided about a traceability system or an e-commerce floor."""

    PROPOSED = "proposed", _("Awaiting confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    MERGED = "merged", _("Taken for another")


class Basis(models.TextChoices):
    """Which records a row that is worked out rests on; not shown to people.

    BOTH: verified records alone and with submitted ones give the same.
    """

    VERIFIED = "verified"
    PENDING = "pending"
    BOTH = "both"


class Action(models.TextChoices):
    """What a row of a record's history records."""

    CREATE = "create", _("Entered")
    EDIT = "edit", _("Changed")
    SUBMIT = "submit", _("Submitted")
    VERIFY = "verify", _("Verified")
    RETURN = "return", _("Returned")
    AMEND = "amend", _("Change verified")
    DELETE = "delete", _("Draft discarded")
    UNDO = "undo", _("Import undone")
    CANCEL = "cancel", _("Cancelled as entered by mistake")
    RESTORE = "restore", _("Brought back")
    MERGE = "merge", _("Merged")
    SEPARATE = "separate", _("Separated again")


class ProducerKind(models.TextChoices):
    """Tables of the province count companies and other enterprises apart."""

    COOPERATIVE = "cooperative", _("Cooperative")
    COOPERATIVE_GROUP = "cooperative_group", _("Cooperative group")
    COMPANY = "company", _("Company")
    ENTERPRISE = "enterprise", _("Enterprise")
    HOUSEHOLD = "household", _("Household business")


class Rank(models.IntegerChoices):
    """Ranks of a recognition, in their order.

    Potential 5 (scored 90 or more by the province, waiting for the centre) stands between 4
    and 5 and is a class of its own.
    """

    THREE = 30, _("3 stars")
    FOUR = 40, _("4 stars")
    POTENTIAL_FIVE = 45, _("Potential 5 stars")
    FIVE = 50, _("5 stars")


RANK_KEYS = {
    Rank.THREE: "rank_3",
    Rank.FOUR: "rank_4",
    Rank.POTENTIAL_FIVE: "potential_5",
    Rank.FIVE: "rank_5",
}
"""Names of the ranks in JSON, charts and exports."""


class RecognitionKind(models.TextChoices):
    """Worked out from the product's history, never typed."""

    NEW = "new", _("New")
    RENEWED = "renewed", _("Recognised again")
    UPGRADED = "upgraded", _("Upgraded")
    DOWNGRADED = "downgraded", _("Downgraded")


class Authority(models.TextChoices):
    """Levels of administration as a scheme names them. The commune's checks and proposes; it never
    recognises nor has a council."""

    COMMUNE = "commune", _("Commune")
    DISTRICT = "district", _("District")
    PROVINCE = "province", _("Province")
    MINISTRY = "ministry", _("Ministry")


RECOGNISING = [choice for choice in Authority.choices if choice[0] != Authority.COMMUNE]
"""The choices of who decides about a recognition."""


class ScoringPart(models.TextChoices):
    A = "A", _("Part A: the product and the community's strength")
    B = "B", _("Part B: marketing")
    C = "C", _("Part C: product quality")


class IPKind(models.TextChoices):
    COLLECTIVE_MARK = "collective_mark", _("Collective mark")
    CERTIFICATION_MARK = "certification_mark", _("Certification mark")
    TRADEMARK = "trademark", _("Trademark")
    INDUSTRIAL_DESIGN = "industrial_design", _("Industrial design")
    INVENTION = "invention", _("Invention")
    UTILITY_SOLUTION = "utility_solution", _("Utility solution")
    GEOGRAPHICAL_INDICATION = "geographical_indication", _("Geographical indication")
    INTERNATIONAL_MARK = "international_mark", _("International mark (Madrid)")


class IPStage(models.TextChoices):
    """The stage of a right's life, derived from its dates."""

    PREPARED = "prepared", _("In preparation")
    FILED = "filed", _("Filed")
    ACCEPTED = "accepted", _("Formally accepted")
    PUBLISHED = "published", _("Published")
    GRANTED = "granted", _("Granted")
    ENDED = "ended", _("Ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")
