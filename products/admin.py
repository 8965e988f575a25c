"""Floors, traceability systems, product groups and sets, scoring schemes and their criteria.

Entered records (products, recognitions …) are not here: they have pages of their own.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ExportMixin, ImportExportMixin
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from ocop.administration.forms import LinesField, PointsField, ReasonForm
from ocop.administration.model_admin import AdministratorsOnly, ReadOnlyInline, ReferenceAdmin
from ocop.administration.resources import ReferenceResource, SpreadsheetPages
from products import channels
from products.models import (
    Criterion,
    EcommerceFloor,
    ProductGroup,
    ProductSet,
    ScoringScheme,
    ScoringSheet,
    TraceabilitySystem,
)
from products.scoring import LeafPoints, wrong_sums

# --- Floors and systems ---------------------------------------------------------------------------


class ChannelForm(ReasonForm):
    spellings = LinesField(
        label=capfirst(gettext_lazy("other spellings")),
        required=False,
        help_text=gettext_lazy("What people write for it besides its name, one a line."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        known = channels.KnownChannels.read(self._meta.model)
        for text in filter(None, [cleaned.get("name"), *cleaned.get("spellings", [])]):
            taken = known.find(text)
            if taken is not None and taken.pk != self.instance.pk:
                words = _("“%(name)s” is %(other)s already: write another, or use that one.")
                name = "name" if text == cleaned.get("name") else "spellings"
                self.add_error(name, words % {"name": text, "other": taken})
                break
        return cleaned


class ChannelAdmin(SpreadsheetPages, ExportMixin, ReferenceAdmin):
    """What is proposed is decided on the page of floors and systems, with its records in view."""

    form = ChannelForm
    kind: ClassVar[str]
    list_display = ("name", "code", "counted", "status", "valid_from", "valid_to")
    list_filter = ("status", "counted")
    search_fields = ("name_search", "code", "website")
    deciding_fields = frozenset({"counted"})
    fixed_fields = ("code",)
    facts: ClassVar[tuple[str, ...]] = ("website",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("created_by", "edited_by")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        names = ("code", "name", "spellings", *self.facts, "counted", "valid_from", "valid_to")
        shown = ("status", "decisions") if obj is not None else ()
        return [(None, {"fields": (*names, "note", *shown, "change_reason", "seen")})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ()
        undecided = () if obj.is_confirmed else ("counted", "name")
        return ("code", "status", "decisions", *undecided)

    @admin.display(description=gettext_lazy("decisions"))
    def decisions(self, channel: Any) -> str:
        """The way to the page where it is confirmed, taken for another, or looked into."""
        url = reverse("channel", args=[self.kind, channel.pk])
        return format_html('<a href="{}">{}</a>', url, _("Its records, and what is decided of it"))

    def write(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        reason = form.cleaned_data["change_reason"]
        if change:
            channels.edit(obj, form.changed_values, request.user, reason)
        else:
            channels.enter(obj, request.user, reason)


class FloorResource(ReferenceResource):
    class Meta:
        model = EcommerceFloor
        fields = ("code", "name", "website", "counted", "status", "valid_from", "valid_to", "note")


class SystemResource(ReferenceResource):
    class Meta:
        model = TraceabilitySystem
        fields = (*FloorResource._meta.fields, "operator")


@admin.register(EcommerceFloor)
class FloorAdmin(ChannelAdmin):
    kind = "floor"
    resource_classes = (FloorResource,)


@admin.register(TraceabilitySystem)
class SystemAdmin(ChannelAdmin):
    kind = "system"
    facts = ("website", "operator")
    resource_classes = (SystemResource,)


# --- Product groups and sets ----------------------------------------------------------------------


class GroupResource(ReferenceResource):
    class Meta:
        model = ProductGroup
        import_id_fields = ("code",)
        fields = ("code", "name", "name_en", "position")


class SetResource(ReferenceResource):
    group = Field("group", "group", widget=ForeignKeyWidget(ProductGroup, "code"))

    class Meta:
        model = ProductSet
        import_id_fields = ("number",)
        fields = ("number", "group", "branch", "name", "name_en")


@admin.register(ProductGroup)
class ProductGroupAdmin(SpreadsheetPages, ImportExportMixin, ReferenceAdmin):
    resource_classes = (GroupResource,)
    list_display = ("name", "code", "position")
    search_fields = ("name_search", "code")
    fixed_fields = ("code",)
    fieldsets: ClassVar[Any] = ((None, {"fields": ("code", "name", "name_en", "position")}),)


@admin.register(ProductSet)
class ProductSetAdmin(SpreadsheetPages, ImportExportMixin, ReferenceAdmin):
    resource_classes = (SetResource,)
    list_display = ("number", "name", "group")
    list_display_links = ("number", "name")
    list_filter = ("group",)
    list_select_related = ("group",)
    search_fields = ("name_search",)
    fixed_fields = ("number",)
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("number", "group", "branch", "name", "name_en")}),
    )


# --- Scoring schemes ------------------------------------------------------------------------------


class SheetInline(ReadOnlyInline):
    model = ScoringSheet
    fields = ("product_set", "checked")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("product_set", "scheme")


@admin.register(ScoringScheme)
class ScoringSchemeAdmin(ReferenceAdmin):
    inlines = (SheetInline,)
    list_display = ("document", "valid_from", "valid_to", "part_a", "part_b", "part_c")
    search_fields = ("document", "code")
    fixed_fields = ("code",)
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("code", "document", "valid_from", "valid_to", "criteria_of")}),
        (gettext_lazy("Points of the parts"), {"fields": (("part_a", "part_b", "part_c"),)}),
        (
            gettext_lazy("Who recognises"),
            {"fields": (("authority_3", "authority_4", "authority_5"),)},
        ),
    )


class CriterionForm(forms.ModelForm):
    """The most points follow from the points that may be given."""

    levels = PointsField(label=capfirst(gettext_lazy("points that may be given")))

    class Meta:
        widgets: ClassVar[Any] = {
            name: forms.Textarea(attrs={"rows": 2, "cols": 30}) for name in ("label", "leaf_label")
        }

    def clean_levels(self) -> list[int]:
        points: list[int] = self.cleaned_data["levels"]
        self.instance.max_points = points[-1]
        return points

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        minima = [cleaned.get(f"min_{stars}") for stars in (3, 4, 5)]
        given = [points for points in minima if points is not None]
        if given != sorted(given):
            self.add_error("min_3", _("The least points do not fall from 3 to 5 stars."))
        if given and cleaned.get("levels") and max(given) > cleaned["levels"][-1]:
            words = _("This criterion gives %(most)s points at most.")
            self.add_error("min_5", words % {"most": cleaned["levels"][-1]})
        return cleaned


class CriterionFormSet(forms.BaseInlineFormSet):
    """The criteria of a sheet that is scored leaf by leaf add up to the parts of its scheme."""

    def clean(self) -> None:
        super().clean()
        sheet = self.instance
        if any(self.errors) or not sheet.checked or sheet.scheme_id is None:
            return
        rows = [form.instance for form in self.forms if form.instance.max_points is not None]
        leaves = [LeafPoints(one.part, one.number, one.max_points, one.alternative) for one in rows]
        scheme = sheet.scheme
        limits = {"A": scheme.part_a, "B": scheme.part_b, "C": scheme.part_c}
        for wrong in wrong_sums(leaves, limits):
            words = _(
                "Part %(part)s adds up to %(found)s points and must give %(wanted)s: %(criteria)s."
            ) % {
                "part": wrong.part,
                "found": wrong.found,
                "wanted": wrong.wanted,
                "criteria": ", ".join(f"{wrong.part}.{n} = {p}" for n, p in wrong.criteria.items()),
            }
            changed = [
                form
                for form in self.forms
                if form.instance.part == wrong.part and "levels" in form.changed_data
            ]
            for form in changed:
                form.add_error("levels", words)
            if not changed:
                raise forms.ValidationError(words)


class CriterionInline(AdministratorsOnly, admin.StackedInline):
    model = Criterion
    form = CriterionForm
    formset = CriterionFormSet
    extra = 0
    fields = (
        ("position", "part", "number", "leaf", "alternative"),
        ("label", "leaf_label"),
        ("levels", "min_3", "min_4", "min_5"),
    )
    formfield_overrides: ClassVar[Any] = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})}
    }

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("sheet")


@admin.register(ScoringSheet)
class ScoringSheetAdmin(ReferenceAdmin):
    inlines = (CriterionInline,)
    list_display = ("product_set", "scheme", "checked")
    list_filter = ("scheme", "checked")
    list_select_related = ("product_set", "scheme")
    search_fields = ("product_set__name", "product_set__name_search")
    fixed_fields = ("scheme", "product_set")
    fieldsets: ClassVar[Any] = ((None, {"fields": ("scheme", "product_set", "checked")}),)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("product_set", "scheme")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A sheet edited here is not given anew by load_reference."""
        super().save_related(request, form, formsets, change)
        edited = form.changed_values or any(one.has_changed() for one in formsets)
        if edited and form.instance.loaded_digest:
            sheet = form.instance
            sheet.loaded_digest = ""
            sheet.save_without_historical_record(update_fields=["loaded_digest"])
