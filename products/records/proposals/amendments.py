"""Changes of verified records: proposed beside the record, written to it when verified."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from products.choices import Action, Proposal, Status
from products.kinds import KINDS, RecordKind
from products.models import Amendment, EnteredRecord
from products.records.content import content_of, set_content, set_related
from products.records.districts import keep_commune
from products.records.history import create_record, update_record
from products.records.proposals.refusal import ProposalOvertaken


def unsettled_of(kind: RecordKind, record: EnteredRecord) -> Amendment | None:
    """The change of `record` that is proposed and not yet verified, or None."""
    return Amendment.objects.unsettled().filter(kind=kind.slug, record_id=record.pk).first()


def record_of(amendment: Amendment) -> Any:
    return KINDS[amendment.kind].model._default_manager.get(pk=amendment.record_id)


def propose(
    kind: RecordKind, record: Any, values: dict[str, Any], user: Any, reason: str
) -> Amendment:
    """A draft amendment of a verified record: the plain values that differ from the record's.

    Raises ValueError where nothing differs; the database refuses a second unsettled one.
    """
    now = content_of(record, kind.content)
    changed = {name: value for name, value in values.items() if now.get(name) != value}
    if not changed:
        raise ValueError("nothing differs")
    return draft(kind, record, user, reason, values=changed)


def draft(kind: RecordKind, record: Any, user: Any, reason: str, **proposed: Any) -> Amendment:
    """A new draft about `record`; `proposed` are the fields of Amendment that say what."""
    earlier = Amendment.history.filter(  # type: ignore[attr-defined]
        kind=kind.slug, record_id=record.pk
    )
    area = kind.area_of(record)
    amendment = Amendment(
        # Counted on from proposals discarded before: a form opened on one of them is told.
        version=1 + (earlier.aggregate(last=Max("version"))["last"] or 0),
        kind=kind.slug,
        record_id=record.pk,
        base_version=record.version,
        reason=reason,
        district_id=area.district,
        commune_id=area.commune,
        status=Status.DRAFT,
        created_by=user,
        **{"values": {}} | proposed,
    )
    create_record(amendment, user, reason)
    return amendment


def apply(amendment: Amendment, user: Any) -> None:
    """Write a verified amendment's values to its record, with one history row there.

    Raises ProposalOvertaken where the record is no longer the one it was made from.
    """
    kind = KINDS[amendment.kind]
    with transaction.atomic():
        record = locked_record(amendment)
        _refuse_missing(kind, amendment)
        fields = set_content(record, amendment.values)
        if "place" in fields:
            fields = list(dict.fromkeys([*fields, *keep_commune(record)]))
        details = details_of(amendment)
        related = set_related(record, amendment.values)
        update_record(
            record, fields, user, amendment.reason, Action.AMEND, details | {"related": related}
        )


def locked_record(amendment: Amendment) -> Any:
    """The record, locked until the transaction ends; ProposalOvertaken where it changed."""
    records = KINDS[amendment.kind].model._default_manager.select_for_update()
    record: Any = records.get(pk=amendment.record_id)
    if record.version != amendment.base_version:
        raise ProposalOvertaken(_("The record changed after this change was proposed."))
    return record


def details_of(amendment: Amendment) -> dict[str, Any]:
    """What the history row of the record says of the proposal behind it."""
    return {"amendment": amendment.pk, "proposed_by": str(amendment.created_by or "")}


def lock_record_of(amendment: Amendment) -> None:
    """Inside a transaction: nobody edits or decides the amendment until it ends.

    The record is locked, as products.records.editing does before it touches an amendment.
    """
    records = KINDS[amendment.kind].model._default_manager.select_for_update()
    records.filter(pk=amendment.record_id).first()


def related_in(kind: RecordKind, amendment: Amendment) -> dict[str, list[Any]]:
    """The records that the amendment's values refer to by id, by name of field; None if gone."""
    found: dict[str, list[Any]] = {}
    for name, value in amendment.values.items():
        field: Any = kind.model._meta.get_field(name)
        if field.is_relation and value:
            ids = value if field.many_to_many else [value]
            present = field.related_model._default_manager.in_bulk(ids)
            found[name] = [present.get(pk) for pk in ids]
    return found


def _refuse_missing(kind: RecordKind, amendment: Amendment) -> None:
    if any(None in records for records in related_in(kind, amendment).values()):
        raise ProposalOvertaken(_("A record that the change refers to is gone."))


def title_of(amendment: Amendment) -> str:
    """What it proposes, with places for %(kind)s and %(name)s of its record."""
    return {
        Proposal.CHANGE: _("Change of %(kind)s: %(name)s"),
        Proposal.CANCEL: _("Cancel %(kind)s: %(name)s"),
        Proposal.RESTORE: _("Bring back %(kind)s: %(name)s"),
        Proposal.MERGE: _("Merge %(kind)s: %(name)s"),
        Proposal.SEPARATE: _("Separate again %(kind)s: %(name)s"),
    }[Proposal(amendment.proposal)]
