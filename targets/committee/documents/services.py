"""Documents and opinions entered; what rests on a document. Access is the caller's to check."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from targets.models import Assignment, Document, Meeting, MilestoneChange, Opinion, Plan, Target

FIELDS = ("number", "dated", "issuer", "title", "kind", "state", "note")


class DocumentConflict(Exception):
    """Somebody else changed the document since it was looked at."""


def enter(values: dict[str, Any], carries_out: Any) -> Document:
    """A new document; `values` by the names of FIELDS."""
    with transaction.atomic():
        document = Document.objects.create(**values)
        document.carries_out.set(carries_out)
    return document


def change(document: Document, values: dict[str, Any], carries_out: Any, version: int) -> None:
    """Write over the version seen; DocumentConflict where it is older."""
    with transaction.atomic():
        found = Document.objects.filter(pk=document.pk, version=version)
        if not found.update(**values, version=F("version") + 1):
            raise DocumentConflict
        document.carries_out.set(carries_out)


def enter_opinion(document: Document, values: dict[str, Any], user: Any) -> Opinion:
    return Opinion.objects.create(document=document, entered_by=user, **values)


@dataclass(frozen=True)
class RestingOn:
    """What rests on one document: the clauses that stand in it, the targets that carry it out."""

    targets: list[Target]
    served: list[Target]
    plans: list[Plan]
    milestones: list[MilestoneChange]
    meetings: list[Meeting]
    assignments: list[Assignment]


def resting_on(document: Document) -> RestingOn:
    """Everything on record that cites the document, of plans that stand; six queries."""
    targets = Target.objects.select_related("plan").order_by("plan", "position")
    milestones = MilestoneChange.objects.select_related("target").filter(cites=document)
    return RestingOn(
        targets=list(targets.filter(stands_in=document)),
        served=list(targets.filter(carries_out=document)),
        plans=list(Plan.objects.filter(documents=document)),
        milestones=list(milestones),
        meetings=list(Meeting.objects.filter(discussed=document).order_by("held_on")),
        assignments=list(document.assignments.select_related("agency").order_by("deadline", "pk")),
    )
