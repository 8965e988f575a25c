"""The edit session of one sheet of a rating: initial content, saving, removing, merging."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from products.choices import Status
from products.kinds import KINDS
from products.models import FormDraft, Rating
from products.ratings.conflicts import apply_choices, initial_of
from products.ratings.forms import SheetForm
from products.records import amendments, as_plain, drafts, editing, set_content
from products.scoring import Criteria, Merged, Sheet
from products.scoring import sheets as scoring_sheets

ATTEMPTS = 5
"""Two people who save different sheets at the same moment: the second tries again."""


class SheetConflict(Exception):
    """Somebody else changed this very sheet since it was opened."""

    def __init__(self, merged: Merged) -> None:
        super().__init__()
        self.merged = merged


@dataclass
class SheetSession:
    """`number` counts sheets from 1; one more than there are is a new sheet."""

    rating: Rating
    user: Any
    number: int
    sheets: list[Sheet] = field(init=False)
    version: int = field(init=False)
    criteria: Criteria = field(init=False)

    def __post_init__(self) -> None:
        self.kind = KINDS["rating"]
        self._read()

    def _read(self) -> None:
        """The rating as its form shows it: with the change that is proposed laid over it."""
        # The version before the content: a save in between makes the form too old, never too new.
        self.version = editing.shown_version(self.kind, self.rating)
        shown = editing.shown_content(self.kind, self.rating)
        set_content(self.rating, shown)
        self.sheets = list(shown["sheets"])
        self.criteria = scoring_sheets.criteria_for(self.rating, self.sheets)

    @property
    def verified(self) -> bool:
        return bool(self.rating.status == Status.VERIFIED)

    @property
    def is_new(self) -> bool:
        return self.number > len(self.sheets)

    @property
    def stored(self) -> Sheet | None:
        return None if self.is_new else self.sheets[self.number - 1]

    @property
    def address(self) -> str:
        return self.address_of(self.number)

    def address_of(self, number: int) -> str:
        return reverse("rating-sheet", args=[self.rating.pk, number])

    @property
    def blocking_reason(self) -> str:
        """Why no sheet can be filled in here, in a sentence; "" where one can."""
        if problem := editing.not_changeable(self.kind, self.rating):
            return problem
        if self.criteria.blocking_reason or not self.is_new:
            return self.criteria.blocking_reason
        return scoring_sheets.mismatch([*self.sheets, {"member": "\0"}], len(self.sheets))

    # --- The form -----------------------------------------------------------------------------

    def form(self, data: Any = None) -> SheetForm:
        initial = initial_of(self.criteria, self.stored)
        if data is None and (draft := self.draft()):
            typed = {name: values[-1] for name, values in draft.content.items() if values}
            initial = {**typed, "summary": "summary" in typed}
        others = len(self.sheets) - (0 if self.is_new else 1)
        return SheetForm(
            data,
            criteria=self.criteria,
            alone=others == 0,
            verified=self.verified,
            initial=initial,
        )

    def draft(self) -> FormDraft | None:
        return drafts.get_draft(self.user, self.address)

    def apply_choices(self, data: Any) -> Any:
        return apply_choices(data, self.criteria, self.stored)

    def with_sheet(self, mine: Sheet) -> tuple[list[Sheet], int]:
        """All sheets with this one in its place, and the place (from 0)."""
        if self.is_new:
            return [*self.sheets, mine], len(self.sheets)
        place = self.number - 1
        return [*self.sheets[:place], mine, *self.sheets[place + 1 :]], place

    # --- Saving -------------------------------------------------------------------------------

    def save(self, form: SheetForm, token: str, version: int, *, go_on: bool) -> str | None:
        """Save a valid form once; returns where to go on, or None with the reason on the form.

        Changes of other sheets since `version` stay. Raises SheetConflict where this sheet was
        changed by somebody else.
        """
        for _attempt in range(ATTEMPTS):
            merged = self._merged(form.sheet(), version)
            if merged.theirs is not None:
                raise SheetConflict(merged)
            if problem := scoring_sheets.mismatch(merged.sheets, merged.place):
                form.add_error("member", problem)
                return None
            url = self._next(merged, go_on)
            reason = form.cleaned_data.get("change_reason", "") or self._reason(form.sheet())
            try:
                return self._write(merged.sheets, token, reason, url)
            except editing.EditConflict:
                self._reload()
            except editing.NotChangeable:
                form.add_error(None, editing.not_changeable(self.kind, self.rating))
                return None
            except editing.NothingChanged:
                form.add_error(None, _("Nothing differs from the verified record."))
                return None
        form.add_error(None, _("Others are saving sheets at this moment. Save once more."))
        return None

    def _merged(self, mine: Sheet, version: int) -> Merged:
        base = self.sheets
        if version != self.version:
            base = editing.content_at(self.kind, self.rating, version).get("sheets", [])
        return scoring_sheets.merged(base, self.sheets, mine, self.number - 1)

    def _reload(self) -> None:
        self.rating = Rating.objects.select_related("product__product_set", "scheme").get(
            pk=self.rating.pk
        )
        self._read()

    def _next(self, merged: Merged, go_on: bool) -> str:
        if go_on and not scoring_sheets.is_summary(merged.sheets[merged.place]):
            return self.address_of(merged.place + 2)
        return reverse("rating-detail", args=[self.rating.pk])

    def _write(self, sheets: list[Sheet], token: str, reason: str, url: str) -> str:
        with editing.saved_once_in_transaction(token, self.user, url) as saved:
            if saved is None:
                return editing.saved_url(token, self.user) or url
            total, stars = scoring_sheets.stored_result(self.criteria, sheets)
            values = {"sheets": sheets, "total": as_plain(total), "stars": stars}
            editing.change(self.kind, self.rating, values, self.user, reason, self.version)
        drafts.delete_draft(self.user, self.address)
        return url

    def _reason(self, sheet: Sheet) -> str:
        if self.rating.status == Status.RETURNED:
            words = _("mended after it was returned: %(why)s")
            return words % {"why": self.rating.status_reason}
        if scoring_sheets.is_summary(sheet):
            return _("summary sheet of the council")
        return _("scoring sheet of %(member)s") % {"member": sheet["member"]}

    # --- Removing -----------------------------------------------------------------------------

    def remove(self, token: str, version: int, reason: str) -> str:
        """Take the sheet out; returns "" or why it could not be, in a sentence."""
        if version != self.version:
            return _("The sheets changed meanwhile. Look at them again, then remove it if need be.")
        if self.verified and not reason.strip():
            return _("The rating is verified: say why the sheet is removed.")
        if self.verified and len(self.sheets) == 1:
            return _("A verified rating keeps at least one sheet. Enter the other one first.")
        left = [sheet for place, sheet in enumerate(self.sheets, 1) if place != self.number]
        member = self.sheets[self.number - 1]
        why = reason.strip()[:500] or _("sheet removed; %(what)s") % {"what": self._reason(member)}
        try:
            self._write(left, token, why, reverse("rating-detail", args=[self.rating.pk]))
        except (editing.EditConflict, editing.NothingChanged, editing.NotChangeable):
            return _("The sheets changed meanwhile. Look at them again, then remove it if need be.")
        return ""

    def last_saved(self) -> Model:
        """The record that holds the sheets as shown: with who changed it last, and when."""
        return amendments.unsettled_of(self.kind, self.rating) or self.rating
