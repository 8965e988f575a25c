"""What every page of the administration has in common: who may, with what reason, to what effect.

Nothing is deleted here: what is referenced ends instead, and stays readable.
"""

from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from ocop.administration.forms import GO_BACK, OWN_FIELDS, ReasonForm
from ocop.hooks import hook
from ocop.lib.text import folded

CONFIRMED = "_confirmed"


class AdministratorsOnly:
    """The site lets in nobody but administrators (ocop.administration.site): they see, add and
    change whatever is offered here, and delete nothing."""

    may_add: ClassVar[bool] = True
    may_change: ClassVar[bool] = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_add

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(AdministratorsOnly, admin.TabularInline):
    """Rows that are looked at here and changed on their own page."""

    extra = 0
    may_add = False
    may_change = False
    show_change_link = True


class ReasonAdmin(AdministratorsOnly, admin.ModelAdmin):
    """`fixed_fields` cannot be changed once entered: by them the reference files and other records
    know the row. `deciding_fields`: a change of one is first shown with what it does to the
    figures, and saved when confirmed."""

    form = ReasonForm
    fixed_fields: ClassVar[tuple[str, ...]] = ()
    deciding_fields: ClassVar[frozenset[str]] = frozenset()
    new_ones_decide: ClassVar[bool] = False
    show_full_result_count = False
    save_as = False
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.readonly_fields, *(self.fixed_fields if obj else ()))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Those of the class, with the reason at the end."""
        if not self.fieldsets:
            return super().get_fieldsets(request, obj)
        return [*self.fieldsets, (None, {"fields": ("change_reason", "seen")})]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        changed = set(form.changed_data) - OWN_FIELDS
        request.decided = (  # type: ignore[attr-defined]
            (obj, bool(changed & self.deciding_fields) if change else self.new_ones_decide)
        )
        if change and not changed:
            return
        obj._change_reason = form.cleaned_data.get("change_reason") or None
        self.write(request, obj, form, change)

    def write(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the record, its reason set."""
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for record in formset.save(commit=False):
            record._change_reason = form.cleaned_data.get("change_reason") or None
            record.save()
        formset.save_m2m()

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Names are found with and without diacritics, as on the other pages."""
        if "name_search" in self.search_fields:
            search_term = folded(search_term)
        return super().get_search_results(request, queryset, search_term)

    # --- Effects before saving ------------------------------------------------------------------

    def effect_day(self, obj: Any) -> date:
        """As of which day the figures are compared."""
        return timezone.localdate()

    def effect_plan(self, obj: Any) -> Any:
        """The plan whose figures are compared; None for the one of the day."""
        return None

    def further_effects(self, obj: Any) -> list[str]:
        """What else the change does, in sentences; read before the change is taken back."""
        return []

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django's; what decides figures is tried, taken back, and shown before it is saved."""

        def act() -> HttpResponse:
            return super(ReasonAdmin, self).changeform_view(
                request, object_id, form_url, extra_context
            )

        if request.method != "POST" or CONFIRMED in request.POST:
            return act()
        said: list[Any] = []
        request.said = said  # type: ignore[attr-defined]
        with transaction.atomic():
            response = act()
            record, decides = getattr(request, "decided", (None, False))
            if decides:
                more = self.further_effects(record)
                transaction.set_rollback(True)
        if decides:
            day, plan = self.effect_day(record), self.effect_plan(record)
            effects = hook("administration_effects")(act, day, plan)
            return self._confirmation(request, record, day, effects, more)
        del request.said  # type: ignore[attr-defined]
        for words, options in said:
            self.message_user(request, *words, **options)
        return response

    def message_user(self, request: HttpRequest, *words: Any, **options: Any) -> None:
        """Of what is only tried nothing is said: it waits until it is kept."""
        if (said := getattr(request, "said", None)) is not None:
            said.append((words, options))
        else:
            super().message_user(request, *words, **options)

    def _confirmation(
        self, request: HttpRequest, record: Any, day: date, effects: list[Any], more: list[str]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("What this change does"),
            "opts": self.opts,
            "record": record,
            "day": day,
            "effects": effects,
            "further": more,
            "typed": [
                (name, value)
                for name, values in request.POST.lists()
                if name != "csrfmiddlewaretoken"
                for value in values
            ],
            "confirmed": CONFIRMED,
            "go_back": GO_BACK,
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/confirm_change.html", context)


class ReferenceAdmin(ReasonAdmin, SimpleHistoryAdmin):
    """Of reference data with a history (django-simple-history)."""

    history_list_per_page = 500

    def get_urls(self) -> list[Any]:
        """Without the page that brings a former state back: that is a change, with its reason."""
        urls = super().get_urls()
        return [one for one in urls if not str(one.name).endswith("_simple_history")]

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def set_history_delta_changes(
        self, request: HttpRequest, records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        """What differs between each row and the one before, without columns nobody types."""
        for newer, older in pairwise(records):
            unseen = {field.name for field in newer.tracked_fields if not field.editable}
            delta = newer.diff_against(
                older, excluded_fields=unseen, foreign_keys_are_objs=foreign_keys_are_objs
            )
            helper = self.get_historical_record_context_helper(request, newer)
            newer.history_delta_changes = helper.context_for_delta_changes(delta)
