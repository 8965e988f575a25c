"""Documents, the committee's members and the meeting it began with, out of the reference files."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from ocop.db.reference_data import ReferenceLoader, read_fixture
from ocop.organisation.choices import AgencyKind, UnitLevel
from ocop.organisation.installation import steering_committee
from ocop.organisation.models import Agency, Unit
from targets.choices import MeetingState
from targets.committee.assignments import NewAssignment, services
from targets.figures import plan_at
from targets.models import CommitteeMember, Document, Meeting, Topic

DISTRICTS = "districts"
"""In a list of agencies: the people's committees of all districts."""


def load_documents(loader: ReferenceLoader) -> None:
    """Documents with what they carry out; agencies that only they name, where none is on record."""
    book = read_fixture("documents")
    for row in book["agencies"]:
        _add_agency(row)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    made: dict[str, Document] = {}
    for row in book["documents"]:
        carries_out = row.pop("carries_out")
        code, dated = row.pop("code"), row.pop("dated")
        issuer = agencies[row.pop("issuer")] if row["issuer"] else row.pop("issuer")
        values = row | {"dated": dated and date.fromisoformat(dated), "issuer": issuer}
        made[code] = loader.put(Document, {"code": code}, values)
        set_once(made[code].carries_out, [made[other] for other in carries_out])


def set_once(related: Any, records: Iterable[Any]) -> None:
    """Give a record its related ones, unless it has some."""
    if not related.exists():
        related.set(records)


def _add_agency(row: dict[str, Any]) -> None:
    if Agency.objects.filter(code=row["code"]).exists():
        return
    unit = Unit.objects.filter(code=row["unit"]).order_by("valid_from").first()
    Agency.objects.create(code=row["code"], name=row["name"], kind=row["kind"], unit=unit)


def load_committee(loader: ReferenceLoader) -> None:
    """The members whose names were published."""
    committee = steering_committee()
    if committee is None:
        return
    for row in read_fixture("committee"):
        ends_on = row["ends_on"] and date.fromisoformat(row["ends_on"])
        key = {"agency": committee, "name": row["name"], "role": row["role"]}
        values = {
            "position": row["position"],
            "starts_on": date.fromisoformat(row["starts_on"]),
            "ends_on": ends_on,
            "source": row["source"],
        }
        loader.put(CommitteeMember, key, values)


# --- Meetings held before the program was in use --------------------------------------------------


def load_meetings(loader: ReferenceLoader) -> None:
    """Each once; what became of it since is not touched."""
    for row in read_fixture("meetings"):
        source = Document.objects.get(code=row["source"])
        if Meeting.objects.filter(source=source).exists():
            loader.unchanged += 1
            continue
        _load_meeting(row, source)
        loader.created += 1


def _load_meeting(row: dict[str, Any], source: Document) -> None:
    held_on = date.fromisoformat(row["held_on"])
    held = timezone.make_aware(datetime.combine(held_on, time(14)))
    plan = plan_at(held_on)
    if plan is None:
        return
    meeting = Meeting.objects.create(
        plan=plan,
        title=row["title"],
        held_on=held_on,
        as_of=held_on,
        chair=row["chair"],
        attendees=row["attendees"],
        state=MeetingState.CLOSED,
        opened_at=held,
        closed_at=held,
        source=source,
    )
    meeting.discussed.set(Document.objects.filter(code__in=row["discussed"]))
    for position, topic_row in enumerate(row["topics"], start=1):
        topic = Topic.objects.create(
            meeting=meeting,
            position=position,
            title=topic_row["title"],
            conclusion=topic_row["conclusion"],
            conclusion_version=1,
            concluded_at=held,
        )
        cites = Document.objects.filter(code=topic_row.get("cites")).first()
        for given in topic_row["assignments"]:
            _give(given, topic, cites, row["no_deadline"])


def _give(row: dict[str, Any], topic: Topic, cites: Document | None, no_deadline: str) -> None:
    meeting = topic.meeting
    deadline = row["deadline"] and date.fromisoformat(row["deadline"])
    order = NewAssignment(
        text=row["text"],
        agency=Agency.objects.get(code=row["agency"]),
        deadline=deadline or meeting.plan.ends_on,
        cooperating=tuple(_agencies(row["cooperating"])),
        cites=cites,
    )
    word = "" if deadline else no_deadline
    services.create_assignment(order, meeting.held_on, None, topic=topic, word=word)


def _agencies(codes: list[str]) -> list[Agency]:
    found = list(Agency.objects.filter(code__in=codes))
    if DISTRICTS in codes:
        kind = AgencyKind.PEOPLES_COMMITTEE
        found += Agency.objects.filter(kind=kind, unit__level=UnitLevel.DISTRICT)
    return found
