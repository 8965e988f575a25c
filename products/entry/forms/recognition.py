"""Ratings (their heading; sheets have pages of their own) and recognitions."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from products.certificates import (
    NO_DAY,
    NO_REASON,
    NOT_LATER,
    NOT_WHOLE,
    TOO_LONG,
    Prolongation,
    revocation_fault,
)
from products.choices import RECOGNISING, Authority
from products.entry.forms.base import IN_THE_FUTURE, RecordForm
from products.entry.forms.fields import DayField, NumberField
from products.models import Rating, Recognition, ScoringScheme
from products.scoring import schemes, wording


class RatingForm(RecordForm):
    """Council and session; the scheme follows from the day of the session."""

    slug = "rating"
    derived = ("scheme",)
    happened = ("lodged_on",)
    fieldsets = (
        (_("Session of the council"), ("level", "session_on", "note")),
        (_("Dossier"), ("lodged_on", "rerating")),
    )
    help = {
        "session_on": _("It decides which scoring scheme applies."),
        "rerating": _("Tick it for a re-rating; leave it for a first rating or an upgrade."),
    }
    session_on = DayField(label=_("Session of the council on"))
    lodged_on = DayField(label=_("Dossier lodged on"), required=False)

    class Meta:
        model = Rating
        fields = ["level", "session_on", "note", "lodged_on", "rerating"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lodged_on"].help_text = _lodging_help()

    def clean_session_on(self) -> Any:
        day = self.cleaned_data["session_on"]
        if day > self.day:
            raise forms.ValidationError(IN_THE_FUTURE)
        if schemes.scheme_at(day) is None:
            first = schemes.in_force_before_any()
            raise forms.ValidationError(
                _("No scoring scheme was in force on that day; the first one begins on %(day)s.")
                % {"day": date_format(first, "SHORT_DATE_FORMAT") if first else "–"}
            )
        return day

    def derive(self) -> None:
        given = self.cleaned_data.get
        day, lodged_on = given("session_on"), given("lodged_on")
        scheme = schemes.scheme_of_session(day, lodged_on, bool(given("rerating")))
        if scheme is None or day is None:
            return
        self._check_lodging(day, lodged_on)
        self._check_council(scheme, day)
        before = self.instance.scheme_id
        self.instance.scheme = scheme
        if self.instance.sheets and before != scheme.pk and _other_criteria(before, scheme):
            self.add_error(
                "session_on",
                _(
                    "On that day other criteria applied (%(document)s), and the sheets entered "
                    "here follow the present ones. Remove the sheets first, or mend the day."
                )
                % {"document": scheme.document},
            )

    def _check_lodging(self, day: date, lodged_on: date | None) -> None:
        if lodged_on is not None and lodged_on > day:
            self.add_error("lodged_on", _("The dossier was lodged after the council sat."))
        former = schemes.finishing_at(day)
        if former is not None and lodged_on is None and "lodged_on" not in self.errors:
            words = _(
                "On the day of this session two schemes hold: give the day the dossier was lodged. "
                "Lodged by %(day)s it follows %(document)s."
            )
            last = date_format(former.valid_to or day, "SHORT_DATE_FORMAT")
            self.add_error("lodged_on", words % {"day": last, "document": former.document})

    def _check_council(self, scheme: ScoringScheme, day: date) -> None:
        """A council that the law of the day does not know is refused, and the right one named."""
        level = self.cleaned_data.get("level")
        if not level or level in schemes.councils_of(scheme):
            return
        if level == scheme.proposed_by:
            words = _(
                "By %(document)s this level checks the dossier and proposes; it has no council and "
                "gives no stars. Right on %(day)s: %(councils)s."
            )
        else:
            words = _(
                "On %(day)s no council of this level gives stars (%(document)s). Right is: "
                "%(councils)s."
            )
        self.add_error(
            "level",
            words
            % {
                "day": date_format(day, "SHORT_DATE_FORMAT"),
                "document": scheme.document,
                "councils": wording.councils_in_words(scheme),
            },
        )


def _lodging_help() -> str:
    """When the day of the dossier is needed, as far as the schemes on file say."""
    sentence = gettext(
        "Needed for a session from %(first)s to %(last)s: then the day the dossier was lodged "
        "decides which scheme applies."
    )
    overlaps = ScoringScheme.objects.filter(first_until__gt=F("valid_to"))
    days: Any = overlaps.values_list("valid_to", "first_until")
    return " ".join(
        sentence
        % {
            "first": date_format(last_of_former + timedelta(days=1), "SHORT_DATE_FORMAT"),
            "last": date_format(finished_by, "SHORT_DATE_FORMAT"),
        }
        for last_of_former, finished_by in days
    )


def _other_criteria(before: int | None, scheme: ScoringScheme) -> bool:
    old = ScoringScheme.objects.filter(pk=before or 0).first()
    if old is None:
        return False
    parts = ("part_a", "part_b", "part_c")
    same_parts = all(getattr(old, part) == getattr(scheme, part) for part in parts)
    same = (old.criteria_of_id or old.pk) == (scheme.criteria_of_id or scheme.pk)
    return not (same and same_parts)


PAPER = ("prolongation_number", "prolonged_on", "prolonged_until")
LATER = (*PAPER, "revoked_on", "revocation_reason")
PROLONGATION_FAULTS = {
    NOT_WHOLE: _(
        "A certificate is prolonged by a paper: give its number, its day and the new last day."
    ),
    NOT_LATER: _("The certificate runs until %(end)s anyway: the new last day lies after it."),
    TOO_LONG: _("A certificate is prolonged by at most %(days)s days past its end of %(end)s."),
}


class RecognitionForm(RecordForm):
    """A decision. The end of the certificate and the kind follow; neither is typed."""

    slug = "recognition"
    happened = ("decided_on", "revoked_on", "prolonged_on")
    fieldsets = (
        (
            _("Decision"),
            ("decision_number", "decided_on", "rank", "authority", "score", "certificate_number"),
        ),
        (_("Basis"), ("rating", "difference_reason", "note")),
        (_("Prolongation"), ("prolongation_number", "prolonged_on", "prolonged_until")),
        (_("Revocation"), ("revoked_on", "revocation_reason")),
    )
    help = {
        "authority": _("Left empty, it is the one that the law of that day names for this rank."),
        "score": _("As the decision or its annex gives it, such as 69,95."),
        "rating": _("The council session that the decision rests on."),
        "difference_reason": _("Needed only where decision and rating give different stars."),
        "certificate_number": _("As the certificate itself gives it; it may stay empty."),
        "prolongation_number": _("Only where a paper lets the certificate run on past its end."),
        "prolonged_until": _("The last day by that paper; its copy belongs to the evidence."),
        "revoked_on": _("Only where the recognition was revoked by a decision."),
    }
    decided_on = DayField(label=_("Decided on"))
    prolonged_on = DayField(label=_("Paper of prolongation of"), required=False)
    prolonged_until = DayField(label=_("Prolonged until"), required=False)
    revoked_on = DayField(label=_("Revoked on"), required=False)
    score = NumberField(
        label=_("Score in the decision"),
        required=False,
        decimal_places=3,
        min_value=0,
        max_value=100,
    )
    authority = forms.ChoiceField(
        label=_("Authority"),
        choices=[("", _("As the law says")), *RECOGNISING],
        required=False,
    )

    class Meta:
        model = Recognition
        fields = [
            *("decision_number", "decided_on", "rank", "authority", "score", "rating"),
            *("difference_reason", "note", "revoked_on", "revocation_reason"),
            *("certificate_number", "prolongation_number", "prolonged_on", "prolonged_until"),
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("difference_reason", "note", "revocation_reason")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ratings: Any = self.fields["rating"]
        ratings.queryset = Rating.objects.filter(product=self.instance.product_id)
        ratings.label_from_instance = _rating_words
        ratings.empty_label = _("No rating on file")
        self.fields["decision_number"].required = True
        if not self.instance.pk:
            # A certificate is prolonged or revoked after it was recorded, by a change of its own.
            for name in LATER:
                del self.fields[name]

    def derive(self) -> None:
        """The authority of the law where none was chosen; the reasons that must be given."""
        scheme = schemes.scheme_at(self.cleaned_data.get("decided_on"))
        rank = self.cleaned_data.get("rank")
        if scheme is not None and rank and not self.cleaned_data.get("authority"):
            self.instance.authority = schemes.authority_for(scheme, rank)
        given = self.cleaned_data.get
        fault = revocation_fault(
            given("decided_on"), given("revoked_on"), given("revocation_reason") or ""
        )
        if fault == NO_REASON:
            self.add_error("revocation_reason", _("Say why the recognition was revoked."))
        elif fault == NO_DAY:
            self.add_error(
                "revoked_on", _("Give the day of the revocation, or take its reason out.")
            )
        self._check_prolongation()
        rating = self.cleaned_data.get("rating")
        if rating is None or not rank or schemes.agrees(rank, rating.stars):
            return
        if not (self.cleaned_data.get("difference_reason") or "").strip():
            words = {"stars": rating.stars, "rank": self.instance.get_rank_display()}
            self.add_error(
                "difference_reason",
                _(
                    "The rating came to %(stars)s stars, the decision says %(rank)s. Both stay as "
                    "they are; say why they differ."
                )
                % words,
            )

    def _check_prolongation(self) -> None:
        given, decided_on = self.cleaned_data.get, self.cleaned_data.get("decided_on")
        if decided_on is None or not {"prolonged_on", "prolonged_until"}.isdisjoint(self.errors):
            return
        paper = Prolongation(
            given("prolongation_number") or "", given("prolonged_on"), given("prolonged_until")
        )
        ends_on = Recognition(decided_on=decided_on).term_ends_on
        most, _known = schemes.most_prolonged_days(paper.on)
        fault = paper.fault(ends_on, most)
        words = {"end": date_format(ends_on, "SHORT_DATE_FORMAT"), "days": most}
        if fault:
            missing = [name for name in PAPER if fault == NOT_WHOLE and not given(name)]
            for name in missing or ["prolonged_until"]:
                self.add_error(name, PROLONGATION_FAULTS[fault] % words)

    def soft_checks(self) -> None:
        if (
            self.instance.prolonged_on
            and not schemes.most_prolonged_days(self.instance.prolonged_on)[1]
        ):
            self.warn("prolonged_on", _("No law in force on that day prolongs certificates."))
        day, rank = self.instance.decided_on, self.instance.rank
        scheme = schemes.scheme_at(day)
        if scheme is None:
            self.warn("decided_on", _("No OCOP scoring scheme was in force on that day."))
            return
        lawful = schemes.authority_for(scheme, rank)
        if self.instance.authority != lawful:
            words = {"authority": Authority(lawful).label, "document": scheme.document}
            self.warn(
                "authority",
                _("Under %(document)s this rank is decided by: %(authority)s.") % words,
            )
        rating = self.cleaned_data.get("rating")
        if rating is not None and rating.session_on > day:
            self.warn("rating", _("The council sat after the day of the decision."))


def _rating_words(rating: Rating) -> str:
    total = "–" if rating.total is None else f"{rating.total.normalize():f}".replace(".", ",")
    day = date_format(rating.session_on, "SHORT_DATE_FORMAT")
    return f"{rating.get_level_display()} · {day} · {total}"
