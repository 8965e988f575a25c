"""The edit session of one person: which record, which form, and saving what was entered.

Everything a form page needs that is neither HTTP nor HTML.
"""

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.http import QueryDict
from django.utils.translation import gettext as _

from ocop.organisation.scope import Scope
from ocop.web.errors import NotForYou
from products import channels
from products.choices import Status
from products.entry.forms import (
    EnrolmentForm,
    FloorListingForm,
    IPRightForm,
    ProducerForm,
    ProductForm,
    RatingForm,
    RecognitionForm,
    RecordForm,
    ScienceTaskForm,
    typed,
)
from products.kinds import KINDS, RecordKind, area_of
from products.models import FormDraft
from products.records import drafts, editing, permissions, url_of

FORMS: dict[str, type[RecordForm]] = {
    form.slug: form
    for form in (
        ProducerForm,
        ProductForm,
        RatingForm,
        RecognitionForm,
        EnrolmentForm,
        FloorListingForm,
        IPRightForm,
        ScienceTaskForm,
    )
}
OF_A_PRODUCT = {"rating", "recognition", "traceability", "listing"}
"""Kinds that are entered from the page of their product."""


@dataclass
class EditSession:
    """`record` is new and unsaved where it has no id. `place` names the form's unsaved content."""

    kind: RecordKind
    record: Any
    user: Any
    scope: Scope
    day: date
    place: str
    version: int = 0
    """What a form opened now carries. Read before any content: were somebody to save in between,
    the form would be found out as older than it is, never taken for newer."""

    @property
    def is_new(self) -> bool:
        return self.record.pk is None

    def draft(self) -> FormDraft | None:
        return drafts.get_draft(self.user, self.place)

    def form(self, data: QueryDict | None = None, start: dict[str, Any] | None = None) -> Any:
        """The form, bound to `data`, or started from the record and what was typed before.

        It works on a copy: what is typed does not show as if it were on record.
        """
        shown = None if self.is_new else editing.shown_content(self.kind, self.record)
        form = FORMS[self.kind.slug](
            data, instance=copy(self.record), scope=self.scope, day=self.day, shown=shown
        )
        for name, value in (start or {}).items():
            form.initial[name] = value
        if data is None and (draft := self.draft()):
            _apply_draft(form, draft)
            form.started()
        return form

    # --- Saving -------------------------------------------------------------------------------

    def save(self, form: Any, token: str, version: int) -> str | None:
        """Save a valid form once; returns where to go on, or None with the reason on the form.

        Raises editing.EditConflict where somebody else was first.
        """
        try:
            url = self._create(form, token) if self.is_new else self._change(form, token, version)
        except IntegrityError:
            form.add_error(
                None, _("Somebody else has just entered the same. Look at what is on record.")
            )
            return None
        except editing.NothingChanged:
            form.add_error(None, _("Nothing differs from the verified record."))
            return None
        except editing.NotChangeable:
            form.add_error(None, editing.not_changeable(self.kind, self.record))
            return None
        drafts.delete_draft(self.user, self.place)
        return url

    def _create(self, form: Any, token: str) -> str:
        with editing.saved_once_in_transaction(token, self.user) as saved:
            if saved is None:
                return editing.saved_url(token, self.user) or "/"
            reason = form.reason or _("entered by form")
            record = form.instance
            if (other := getattr(form, "new_record", None)) is not None:
                editing.create(other, {}, self.user, reason)
                record.producer = other
            if name := getattr(form, "proposed_name", ""):
                model = form.fields[form.channel].model
                setattr(record, form.channel, channels.propose(model, name, self.user, reason))
            editing.create(record, form.related_values, self.user, reason)
            saved.url = url_of(record)
        return saved.url

    def _change(self, form: Any, token: str, version: int) -> str:
        url = url_of(self.record)
        with editing.saved_once_in_transaction(token, self.user, url) as saved:
            if saved is not None:
                reason = form.reason or self.reason()
                values = form.plain_values()
                if name := getattr(form, "proposed_name", ""):
                    model = form.fields[form.channel].model
                    proposed = channels.propose(model, name, self.user, reason)
                    values[form.channel] = proposed.pk
                editing.change(self.kind, self.record, values, self.user, reason, version)
        return url

    def reason(self) -> str:
        """Why, where the person need not say: the state the record was in says it."""
        if self.record.status == Status.RETURNED:
            return _("mended after it was returned: %(why)s") % {"why": self.record.status_reason}
        if self.record.status == Status.SUBMITTED:
            return _("changed before verification")
        return _("draft continued")

    def field_conflicts(self, form: Any, version: int) -> list[editing.FieldConflict]:
        """What the form and the record as just read again disagree on."""
        names = tuple(name for name in self.kind.content if name in form.fields)
        return editing.field_conflicts(self.kind, self.record, form.plain_values(), version, names)

    def reload(self) -> None:
        """The record as stored now, with its version."""
        self.record = self.kind.model._default_manager.get(pk=self.record.pk)
        self.version = editing.shown_version(self.kind, self.record)

    def apply_choices(self, data: QueryDict) -> QueryDict:
        """The posted fields, with the stored value where the person chose the other's."""
        merged = data.copy()
        theirs = None if self.is_new else editing.shown_content(self.kind, self.record)
        form_class = FORMS[self.kind.slug]
        for name in self.kind.content:
            if theirs is None or merged.get(f"choose-{name}") != "theirs":
                continue
            column: Any = self.kind.model._meta.get_field(name)
            if name in form_class.base_fields:
                field = form_class.base_fields[name]
                merged.setlist(name, typed(field, theirs.get(name), column))
        return merged


def _apply_draft(form: Any, draft: FormDraft) -> None:
    """Start the form from what was typed before."""
    for name, field in form.fields.items():
        values = draft.content.get(name)
        if values is None:
            if name in form.initial and draft.content:
                form.initial[name] = [] if getattr(field, "queryset", None) is not None else None
            continue
        many = hasattr(field.widget, "allow_multiple_selected")
        several = many and field.widget.allow_multiple_selected
        form.initial[name] = values if several else (values[-1] if values else "")


def open_new_session(
    kind: RecordKind, product_id: str, user: Any, scope: Scope, day: date, place: str
) -> EditSession:
    """The session for a new record; of its product where the kind has one. NotForYou, 403."""
    permissions.require_may_enter_somewhere(scope, kind)
    record: Any = kind.model(status=Status.DRAFT)
    if kind.slug in OF_A_PRODUCT:
        record.product = _product(product_id, kind, scope)
    return EditSession(kind, record, user, scope, day, place)


def _product(product_id: str, kind: RecordKind, scope: Scope) -> Any:
    """The product that the address names, if the person enters this kind of record for it."""
    pk = int(product_id) if product_id.isascii() and product_id.isdigit() else 0
    if not 0 < pk < 2**63:
        raise NotForYou(_("Begin from the page of the product that this record belongs to."))
    product = permissions.get_visible_or_404(KINDS["product"], pk, scope)
    permissions.require_may_enter(scope, kind, area_of(product))
    if product.status == Status.CANCELLED:
        raise NotForYou(_("This product is cancelled: nothing is entered for it any more."))
    return product


def open_session(
    kind: RecordKind, pk: int, user: Any, scope: Scope, day: date, place: str
) -> EditSession:
    """The session for a stored record. NotForYou (404), PermissionDenied (403)."""
    record = permissions.get_editable_or_404(kind, pk, scope)
    return EditSession(kind, record, user, scope, day, place, editing.shown_version(kind, record))
