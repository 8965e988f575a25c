"""Choices of this app and their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TargetSection(models.TextChoices):
    IP_SUPPORT = "ip_support", _("Intellectual property supported under Resolution 80/2019/NQ-HĐND")
    SCIENCE_TASKS = "science_tasks", _("Science and technology developing intellectual property")
    RECOGNITION = "recognition", _("Recognition")
    MARKET = "market", _("Market")


class TargetType(models.TextChoices):
    COUNT = "count", _("Count")
    SHARE = "share", _("Share")


class Operator(models.TextChoices):
    AT_LEAST = ">=", _("at least")
    ABOVE = ">", _("above")


class Period(models.TextChoices):
    PLAN = "plan", _("whole plan")
    YEAR = "year", _("each year")
    LEVEL = "level", _("level reached by the plan's end")


class CountingEvent(models.TextChoices):
    """On which day an intellectual property right counts."""

    GRANTED = "granted", _("granted")
    FILED = "filed", _("filed")
    SUPPORTED = "supported", _("supported")


class State(models.TextChoices):
    """States of progress; their rules are in targets.progress.progress."""

    EXCEEDED = "exceeded", _("Exceeded")
    MET = "met", _("Met")
    ON_TRACK = "on_track", _("On track")
    ATTENTION = "attention", _("At risk of delay")
    BEHIND = "behind", _("Behind")
    SLIPPING = "slipping", _("About to be lost")
    MISSED = "missed", _("Missed")
    NOT_DUE = "not_due", _("Not yet due")
    NO_DATA = "no_data", _("No data yet")
    NO_TARGET = "no_target", _("No target assigned")


class ConfirmationState(models.TextChoices):
    """Where a district's quarter stands; the rules are in targets.confirmations.services."""

    ON_TIME = "on_time", _("Confirmed on time")
    LATE = "late", _("Confirmed late")
    EXCUSED = "excused", _("Excused")
    MISSING = "missing", _("Not confirmed")
    NOT_DUE = "not_due", _("Not due yet")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Under way")
    CLOSED = "closed", _("Closed")
    DISCARDED = "discarded", _("Discarded")


NEVER_OPENED = (MeetingState.PLANNED, MeetingState.DISCARDED)
"""The states of a meeting that was not held: nothing was shown there, nothing came out of it."""


class MeetingLogKind(models.TextChoices):
    PLANNED = "planned", _("planned")
    CHANGED = "changed", _("changed")
    OPENED = "opened", _("opened")
    ADDED = "added", _("topic added")
    CONCLUDED = "concluded", _("conclusion written")
    CLOSED = "closed", _("closed")
    DISCARDED = "discarded", _("discarded")


class AssignmentState(models.TextChoices):
    OPEN = "open", _("Being carried out")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class AssignmentLogKind(models.TextChoices):
    GIVEN = "given", _("given")
    REPORTED = "reported", _("reported")
    DONE = "done", _("reported done")
    DEADLINE = "deadline", _("deadline moved")
    CANCELLED = "cancelled", _("cancelled")
    REOPENED = "reopened", _("opened again")


class Priority(models.TextChoices):
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")


class ActivityKind(models.TextChoices):
    TRAINING = "training", _("Training")
    FAIR = "fair", _("Fair, trade promotion")
    SHOP = "shop", _("Shop, display point")
    AGREEMENT = "agreement", _("Cooperation agreement")
    COMMUNICATION = "communication", _("Communication")


class DocumentKind(models.TextChoices):
    DIRECTIVE = "directive", _("Directive")
    PROGRAMME = "programme", _("Programme")
    RESOLUTION = "resolution", _("Resolution")
    PLAN = "plan", _("Plan document")
    DECISION = "decision", _("Decision")
    REPORT = "report", _("Published report")
    OTHER = "other", _("Other document")


class DocumentState(models.TextChoices):
    DRAFT = "draft", _("Draft, out for opinions")
    ISSUED = "issued", _("Issued")


class CommitteeRole(models.TextChoices):
    """In the order in which a list of the committee names them."""

    HEAD = "head", _("Head")
    STANDING_DEPUTY = "standing_deputy", _("Standing deputy head")
    DEPUTY = "deputy", _("Deputy head")
    MEMBER = "member", _("Member")
    SUPPORT = "support", _("Supporting team")


class DismissalKind(models.TextChoices):
    DISMISSED = "put_aside", _("Put aside")
    RESTORED = "back", _("Brought back")


class Sharing(models.TextChoices):
    """Who sees the name and the address of a saved view."""

    NOBODY = "nobody", _("Only me")
    ROLE = "role", _("Everybody of my role")
    ALL = "all", _("Everybody")


class TotalScope(models.TextChoices):
    """What a published total counts; its day is the last of the period it was published for."""

    VALID = "valid", _("in force on the day")
    EVER = "ever", _("recognised at least once by the day")
    BATCH = "batch", _("decided on the day")
    PERIOD = "period", _("within the period")


class TotalMeasure(models.TextChoices):
    """What is counted; ranks and kinds of producers are named as everywhere (RANK_KEYS)."""

    PRODUCTS = "total", _("Products")
    RANK_3 = "rank_3", _("Products at 3 stars")
    RANK_4 = "rank_4", _("Products at 4 stars")
    POTENTIAL_5 = "potential_5", _("Products at potential 5 stars")
    RANK_5 = "rank_5", _("Products at 5 stars")
    NEW = "new", _("Products newly recognised")
    AGAIN = "again", _("Products recognised again")
    PRODUCERS = "producers", _("Producers")
    COOPERATIVE = "cooperative", _("Producers: cooperatives")
    COOPERATIVE_GROUP = "cooperative_group", _("Producers: cooperative groups")
    COMPANY = "company", _("Producers: companies")
    ENTERPRISE = "enterprise", _("Producers: enterprises")
    HOUSEHOLD = "household", _("Producers: household businesses")
    COLLECTIVE_MARK = "collective_mark", _("Collective marks")
    CERTIFICATION_MARK = "certification_mark", _("Certification marks")
    TRADEMARK = "trademark", _("Trademarks")
    INDUSTRIAL_DESIGN = "industrial_design", _("Industrial designs")
    INVENTION = "invention", _("Inventions")
    UTILITY_SOLUTION = "utility_solution", _("Utility solutions")
    GEOGRAPHICAL_INDICATION = "geographical_indication", _("Geographical indications")
    INTERNATIONAL_MARK = "international_mark", _("International marks (Madrid)")
    OTHER = "other", _("A figure that the record does not hold")


class TotalState(models.TextChoices):
    """How a published total stands beside the record's own figure."""

    MATCH = "match", _("Agrees")
    DIFFERS = "differs", _("Does not agree")
    NOT_COMPARABLE = "not_comparable", _("Not comparable")
