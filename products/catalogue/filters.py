"""Filters of the lists, kept in the address so that a list can be linked to."""

import re
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop.lib.text import folded
from ocop.web.errors import BadParameter
from ocop.web.page_query import PageQuery, read_day
from products.catalogue import contradictions, decisions
from products.choices import RANK_KEYS, IPKind, IPStage, ProducerKind, Rank, Status
from products.legal_terms import application, filing_key
from products.models import (
    FloorListing,
    IPRight,
    Producer,
    Product,
    ProductGroup,
    Recognition,
    ScienceTask,
    TraceabilityEnrolment,
    ValiditySpan,
)

YEAR = re.compile(r"20[0-9]{2}")
MAX_CHARACTERS = 100
"""Letters of a search: a longer one is no name, and each word is a condition of its own."""
YES_NO = [("1", _("Yes")), ("0", _("No"))]
RANK_CHOICES = [(key, Rank(rank).label) for rank, key in RANK_KEYS.items()]
RANK_OF = {key: rank for rank, key in RANK_KEYS.items()}
VALID, EVER = "valid", "ever"
CERTIFICATE_STATUSES = [
    (VALID, _("Valid")),
    ("lapsed", _("No longer valid")),
    (EVER, _("Recognised at some time")),
    ("never", _("Never recognised")),
]

CONTRADICTIONS = [
    (contradictions.RANK, _("rank unlike the rating, without a reason")),
    (contradictions.REVOKED, _("revoked and still on a floor")),
    (contradictions.EXPIRED, _("certificate expired and still on a floor")),
]


def left_out_filter(choices: list[tuple[str, Any]], method: str = "as_counted") -> Any:
    """Turns a figure's list into the list of what the figure left out, by reason."""
    return django_filters.ChoiceFilter(
        label=_("Not counted because"), choices=choices, method=method, widget=forms.HiddenInput
    )


class QueryFilterSet(django_filters.FilterSet):
    """A filter that knows the day, unit and pending switch of the page it belongs to."""

    searched: tuple[str, ...] = ()
    """Folded columns that hold a name: every word looked for is in one of them."""

    def __init__(self, *args: Any, query: PageQuery, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = query

    def chosen_or_refuse(self) -> QuerySet:
        """The filtered records; BadParameter names the first value that is not a choice."""
        if self.form.is_valid():
            return self.qs
        name = next(iter(self.form.errors))
        raise _not_usable(self.form.fields[name].label or name, self.data.get(name, ""))

    def span(self, name: str, value: str) -> tuple[date, date]:
        """Both days of `FIRST..LAST`."""
        first, _dots, last = value.partition("..")
        if not (first and last):
            raise _not_usable(self.form.fields[name].label, value)
        return read_day(first), read_day(last)

    @property
    def also(self) -> list[tuple[str, str]]:
        """(label, value) of filters in use that have no field on the page: a figure set them."""
        fields = [field for field in self.form.hidden_fields() if field.value()]
        return [(str(field.label), self._described(field)) for field in fields]

    @staticmethod
    def _described(field: Any) -> str:
        words = {str(value): str(label) for value, label in getattr(field.field, "choices", [])}
        value = str(field.value())
        return words[value] if value in words else _as_read(value)

    def left_out(self) -> str:
        """Which records beside the counted ones are asked for; "" for the counted ones."""
        return str(self.form.cleaned_data.get("left_out") or "")

    def by_words(self, found: Any, name: str, value: str) -> Any:
        for word in folded(value).split():
            found = found.filter(self.has_word(word))
        return found

    def has_word(self, word: str) -> Q:
        return reduce(or_, (Q(**{f"{column}__contains": word}) for column in self.searched))

    def as_counted(self, found: Any, name: str, value: str) -> Any:
        """`left_out` is read by the filter it goes with."""
        return found


def _not_usable(label: Any, value: str) -> BadParameter:
    words = {"name": label, "value": value[:40]}
    return BadParameter(gettext("“%(value)s” cannot be used for “%(name)s”.") % words)


def _as_read(value: str) -> str:
    """A day, a span of days (FIRST..LAST) or a year as people read it."""
    parts = value.split("..")
    return value if len(value) == 4 else " – ".join(_day_as_read(part) for part in parts)


def _day_as_read(text: str) -> str:
    return date_format(read_day(text), "SHORT_DATE_FORMAT")


class ProductFilter(QueryFilterSet):
    q = django_filters.CharFilter(
        label=_("Name or producer"), method="by_words", max_length=MAX_CHARACTERS
    )
    rank = django_filters.ChoiceFilter(
        label=_("Rank"), choices=RANK_CHOICES, method="by_rank", empty_label=_("All ranks")
    )
    group = django_filters.ModelChoiceFilter(
        label=_("Product group"),
        queryset=ProductGroup.objects.all(),
        to_field_name="code",
        field_name="product_set__group",
        empty_label=_("All groups"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of producer"),
        choices=ProducerKind.choices,
        field_name="producer__kind",
        empty_label=_("All kinds"),
    )
    standing = django_filters.ChoiceFilter(
        label=_("Certificate"),
        choices=CERTIFICATE_STATUSES,
        method="by_certificate_status",
        empty_label=_("All certificates"),
    )
    traced = django_filters.ChoiceFilter(
        label=_("Traceability"), choices=YES_NO, method="by_traced", empty_label=_("All")
    )
    sold = django_filters.ChoiceFilter(
        label=_("E-commerce floor"), choices=YES_NO, method="by_sold", empty_label=_("All")
    )
    new_in = django_filters.CharFilter(
        label=_("Newly recognised in"), method="by_new_in", widget=forms.HiddenInput
    )
    decided_on = django_filters.CharFilter(
        label=_("Decided on"), method="by_decided_on", widget=forms.HiddenInput
    )
    decision = django_filters.CharFilter(
        label=_("Decision number"), method="as_counted", widget=forms.HiddenInput
    )
    new_on = django_filters.ChoiceFilter(
        label=_("New by the decision"),
        choices=YES_NO,
        method="as_counted",
        widget=forms.HiddenInput,
    )
    ends_on = django_filters.CharFilter(
        label=_("Certificate ends on"), method="by_ends_on", widget=forms.HiddenInput
    )
    contradiction = django_filters.ChoiceFilter(
        label=_("Contradiction"),
        choices=CONTRADICTIONS,
        method="by_contradiction",
        widget=forms.HiddenInput,
    )
    left_out = left_out_filter(
        [
            ("again", _("recognised again")),
            ("expired", _("certificate expired")),
            ("revoked", _("revoked")),
            ("waiting", _("awaiting verification")),
        ],
        method="by_left_out",
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def _spans(self) -> Any:
        return ValiditySpan.objects.on_basis(self.query.pending)

    def by_words(self, found: Any, name: str, value: str) -> Any:
        return found.found_by(value)

    def by_contradiction(self, found: Any, name: str, value: str) -> Any:
        code = contradictions.condition(value, self.query.as_of, self.query.pending)
        return found.filter(code)

    def by_rank(self, found: Any, name: str, value: str) -> Any:
        ranked = self._spans().at(self.query.as_of).filter(rank=RANK_OF[value])
        return found.filter(pk__in=ranked.values("product_id"))

    def by_certificate_status(self, found: Any, name: str, value: str) -> Any:
        spans, day = self._spans(), self.query.as_of
        if value == "never":
            return found.exclude(pk__in=spans.filter(starts_on__lte=day).values("product_id"))
        if value == EVER:
            chosen = decisions.first_known(self.query)
        else:
            chosen = spans.at(day) if value == VALID else spans.lapsed_by(day)
        return found.filter(pk__in=chosen.values("product_id"))

    def _listed(self, found: Any, listings: Any, value: str) -> Any:
        active = listings.counted(self.query.pending).listed_at(self.query.as_of)
        on = Exists(active.filter(product_id=OuterRef("pk")))
        return found.filter(on) if value == "1" else found.filter(~on)

    def by_traced(self, found: Any, name: str, value: str) -> Any:
        return self._listed(found, TraceabilityEnrolment.objects.in_counting_channels(), value)

    def by_sold(self, found: Any, name: str, value: str) -> Any:
        return self._listed(found, FloorListing.objects.in_counting_channels(), value)

    def by_new_in(self, found: Any, name: str, value: str) -> Any:
        if not YEAR.fullmatch(value):
            raise _not_usable(self.form.fields[name].label, value)
        decided = decisions.new_or_left_out(self.query, self.left_out(), int(value))
        return found.filter(pk__in=decided.values("product_id"))

    def by_left_out(self, found: Any, name: str, value: str) -> Any:
        """Without a year: what is left out of the valid products, which shares are taken of."""
        if self.form.cleaned_data.get("new_in"):
            return found
        day = self.query.as_of
        if value == "waiting":
            waiting = Recognition.objects.filter(status=Status.SUBMITTED, decided_on__lte=day)
            return found.filter(pk__in=waiting.values("product_id"))
        if value == "again":
            raise _not_usable(self.form.fields[name].label, value)
        lapsed = self._spans().lapsed_by(day)
        # A span that was cut before its certificate's term was cut by a revocation.
        within_term = Q(certificate_ends__gte=day)
        chosen = lapsed.filter(within_term if value == "revoked" else ~within_term)
        return found.filter(pk__in=chosen.values("product_id"))

    def by_decided_on(self, found: Any, name: str, value: str) -> Any:
        """With `decision` by that number alone, with `new_on` what it made new, or did not."""
        asked = self.form.cleaned_data
        chosen = decisions.decided_on(self.query, read_day(value), asked.get("decision") or "")
        found = found.filter(Exists(chosen.filter(product_id=OuterRef("pk"))))
        if not (new_on := asked.get("new_on")):
            return found
        new = decisions.first_known(self.query).filter(decided_on=read_day(value))
        picked = Q(pk__in=new.values("product_id"))
        return found.filter(picked if new_on == "1" else ~picked)

    def by_ends_on(self, found: Any, name: str, value: str) -> Any:
        ending = self._spans().at(self.query.as_of).filter(certificate_ends=read_day(value))
        return found.filter(pk__in=ending.values("product_id"))


class ProducerFilter(QueryFilterSet):
    searched = ("name_search",)
    q = django_filters.CharFilter(label=_("Name"), method="by_words", max_length=MAX_CHARACTERS)
    kind = django_filters.ChoiceFilter(
        label=_("Kind of producer"), choices=ProducerKind.choices, empty_label=_("All kinds")
    )

    standing = django_filters.ChoiceFilter(
        label=_("Certificate"),
        choices=CERTIFICATE_STATUSES[:1],
        method="by_certificate",
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Producer
        fields: list[str] = []

    def by_certificate(self, found: Any, name: str, value: str) -> Any:
        """Those that hold a valid certificate on the day asked for."""
        spans = ValiditySpan.objects.on_basis(self.query.pending).at(self.query.as_of)
        return found.filter(pk__in=spans.values("producer_id"))


class IPRightFilter(QueryFilterSet):
    searched = ("name_search", "owner_search")
    q = django_filters.CharFilter(
        label=_("Name, owner or number"), method="by_words", max_length=MAX_CHARACTERS
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=IPKind.choices, widget=forms.SelectMultiple
    )
    stage = django_filters.ChoiceFilter(
        label=_("Stage"), choices=IPStage.choices, method="by_stage", empty_label=_("All stages")
    )
    supported = django_filters.ChoiceFilter(
        label=_("Supported under Resolution 80"), choices=YES_NO, empty_label=_("All")
    )
    granted_in = django_filters.CharFilter(
        label=_("Granted within"), method="by_span", widget=forms.HiddenInput
    )
    filed_in = django_filters.CharFilter(
        label=_("Filed within"), method="by_span", widget=forms.HiddenInput
    )
    supported_in = django_filters.CharFilter(
        label=_("Supported within"), method="by_span", widget=forms.HiddenInput
    )
    left_out = left_out_filter(
        [
            ("cancelled", _("cancelled, refused or withdrawn")),
            ("waiting", _("awaiting verification")),
        ]
    )

    class Meta:
        model = IPRight
        fields: list[str] = []

    def has_word(self, word: str) -> Q:
        number = Q(filing_number__icontains=word) | Q(certificate_number__icontains=word)
        return super().has_word(word) | number

    def by_words(self, found: Any, name: str, value: str) -> Any:
        words = super().by_words(found, name, value)
        # A number may be typed in another form than it is on record in.
        return words | found.filter(filing_key=filing_key(value)) if application(value) else words

    def by_stage(self, found: Any, name: str, value: str) -> Any:
        return found.in_stage_at(self.query.as_of, value)

    def by_span(self, found: Any, name: str, value: str) -> Any:
        """`FIRST..LAST`: rights whose event lies in the span and by the day, still standing.

        With `left_out` those of them that do not stand any more, or await verification.
        """
        first, last = self.span(name, value)
        path = f"{name.removesuffix('_in')}_on"
        span = Q(**{f"{path}__gte": first, f"{path}__lte": min(last, self.query.as_of)})
        if self.left_out() == "waiting":
            return found.filter(span, status=Status.SUBMITTED)
        found = found.counted(self.query.pending).filter(span)
        active = found.active_at(self.query.as_of)
        return found.exclude(pk__in=active.values("pk")) if self.left_out() else active


class ScienceTaskFilter(QueryFilterSet):
    searched = ("name_search", "lead_search")
    q = django_filters.CharFilter(
        label=_("Name or lead body"), method="by_words", max_length=MAX_CHARACTERS
    )
    approved = django_filters.CharFilter(
        label=_("Approved within"), method="by_approved", widget=forms.HiddenInput
    )
    left_out = left_out_filter(
        [("cancelled", _("cancelled")), ("waiting", _("awaiting verification"))]
    )

    class Meta:
        model = ScienceTask
        fields: list[str] = []

    def by_approved(self, found: Any, name: str, value: str) -> Any:
        """`FIRST..LAST`: tasks approved in the span and by the day asked for, not cancelled.

        With `left_out` those of them that are cancelled, or await verification.
        """
        first, last = self.span(name, value)
        approved = found.approved_between(first, min(last, self.query.as_of))
        if self.left_out() == "waiting":
            return approved.filter(status=Status.SUBMITTED)
        approved = approved.counted(self.query.pending)
        active = approved.not_cancelled_by(self.query.as_of)
        return approved.exclude(pk__in=active.values("pk")) if self.left_out() else active
