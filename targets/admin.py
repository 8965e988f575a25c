"""Plans, their targets, and the values that documents give them."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ExportMixin
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from ocop.administration.forms import ReasonForm
from ocop.administration.model_admin import ReadOnlyInline, ReferenceAdmin
from ocop.administration.resources import ReferenceResource, SpreadsheetPages
from products.choices import IPKind
from targets.models import Milestone, Plan, Target, TargetValue


class TargetInline(ReadOnlyInline):
    model = Target
    fields = ("code", "short_name", "kind", "operator", "period", "lead_agency")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("lead_agency", "plan")


@admin.register(Plan)
class PlanAdmin(ReferenceAdmin):
    inlines = (TargetInline,)
    list_display = ("name", "code", "starts_on", "ends_on", "unit")
    list_select_related = ("unit__parent",)
    search_fields = ("name", "code", "document")
    autocomplete_fields = ("unit",)
    fixed_fields = ("code",)
    deciding_fields = frozenset({"starts_on", "ends_on", "unit", "attention_percent"})
    fieldsets: ClassVar[Any] = (
        (
            None,
            {
                "fields": (
                    *("code", "name", "name_en", "document", "document_date"),
                    *("starts_on", "ends_on", "unit", "sub_unit_level"),
                )
            },
        ),
        (
            gettext_lazy("When attention is asked for"),
            {"fields": ("attention_percent", "confirmation_days", "confirming_from")},
        ),
    )

    def effect_plan(self, obj: Any) -> Any:
        return Plan.objects.select_related("unit").get(pk=obj.pk)


class TargetForm(ReasonForm):
    ip_kinds = forms.MultipleChoiceField(
        label=capfirst(gettext_lazy("kinds of right")),
        choices=IPKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ValueInline(ReadOnlyInline):
    model = TargetValue
    fields = ("year", "effective_from", "threshold", "aim", "document")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("target")


class MilestoneInline(ReadOnlyInline):
    model = Milestone
    fields = ("year", "due_on", "value", "document")
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("target")


class TargetResource(ReferenceResource):
    plan = Field("plan", "plan", widget=ForeignKeyWidget(Plan, "code"))
    lead_agency = Field("lead_agency__code", "lead_agency")

    class Meta:
        model = Target
        fields = (
            *("plan", "code", "name", "name_en", "short_name", "quote", "document"),
            *("document_date", "lead_agency", "measure", "kind", "operator", "period"),
            "unit_label",
        )


@admin.register(Target)
class TargetAdmin(SpreadsheetPages, ExportMixin, ReferenceAdmin):
    form = TargetForm
    resource_classes = (TargetResource,)
    inlines = (ValueInline, MilestoneInline)
    change_form_template = "admin/target_change_form.html"
    list_display = ("short_name", "code", "plan", "kind", "operator", "period", "lead_agency")
    list_filter = ("plan",)
    list_select_related = ("plan", "lead_agency")
    search_fields = ("name", "short_name", "code")
    autocomplete_fields = ("plan", "lead_agency")
    readonly_fields = ("milestone_page",)
    fixed_fields = ("plan", "code")
    deciding_fields = frozenset(
        {"measure", "ip_kinds", "supported_only", "counting_event", "kind", "operator", "period"}
    )
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("plan", "code", "position", "section", "lead_agency")}),
        (
            gettext_lazy("Wording"),
            {
                "fields": (
                    *("name", "name_en", "short_name", "short_name_en", "unit_label"),
                    *("quote", "document", "document_date"),
                )
            },
        ),
        (
            gettext_lazy("How it counts"),
            {
                "fields": (
                    *("measure", "ip_kinds", "supported_only", "counting_event"),
                    *("kind", "operator", "period", "milestone_page"),
                )
            },
        ),
    )

    def effect_plan(self, obj: Any) -> Any:
        return Plan.objects.select_related("unit").get(pk=obj.plan_id)

    @admin.display(description=gettext_lazy("milestones"))
    def milestone_page(self, target: Target) -> str:
        """The way to the page where milestones are entered with their document."""
        if target.pk is None:
            return ""
        query = {"target": target.code, "year": target.plan.starts_on.year}
        url = reverse("milestones", query=query)
        return format_html('<a href="{}">{}</a>', url, _("Entered by provincial officers here"))


class TargetValueResource(ReferenceResource):
    target = Field("target__code", "target")

    class Meta:
        model = TargetValue
        fields = ("target", "year", "effective_from", "threshold", "aim", "document")


@admin.register(TargetValue)
class TargetValueAdmin(SpreadsheetPages, ExportMixin, ReferenceAdmin):
    resource_classes = (TargetValueResource,)
    list_display = ("target", "year", "effective_from", "threshold", "aim", "document")
    list_filter = ("target__plan", "year")
    list_select_related = ("target",)
    search_fields = ("target__code", "target__name", "document")
    autocomplete_fields = ("target",)
    fixed_fields = ("target", "year", "effective_from")
    deciding_fields = frozenset({"threshold", "aim"})
    new_ones_decide = True
    fieldsets: ClassVar[Any] = (
        (
            None,
            {"fields": ("target", "year", "effective_from", "threshold", "aim", "document")},
        ),
    )

    def effect_day(self, obj: Any) -> Any:
        """The day from which it holds where that lies ahead."""
        return max(timezone.localdate(), obj.effective_from)

    def effect_plan(self, obj: Any) -> Any:
        return Plan.objects.select_related("unit").get(pk=obj.target.plan_id)
