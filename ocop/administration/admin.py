"""Accounts with their roles, and the places and agencies they belong to."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth import admin as auth_admin  # noqa: F401 registers what is taken out
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin

from ocop.administration import accounts
from ocop.administration.filters import ActiveToday, ExistsToday
from ocop.administration.model_admin import (
    AdministratorsOnly,
    ReadOnlyInline,
    ReasonAdmin,
    ReferenceAdmin,
)
from ocop.administration.resources import AgencyResource, SpreadsheetPages, UnitResource
from ocop.organisation.choices import AccountEventKind
from ocop.organisation.models import AccountEvent, Agency, Membership, Unit, UnitSuccession, User

# Django's groups give nothing here: their page, which Django registers, is not offered.
admin.site.unregister(Group)


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = ("role", "unit", "agency", "fields", "starts_on", "ends_on")
    ordering = ("-starts_on", "-id")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("unit__parent", "agency", "user")


class EventInline(ReadOnlyInline):
    model = AccountEvent
    fk_name = "account"
    fields = ("at", "kind", "role", "details", "by", "reason")
    readonly_fields = ("at",)
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("by", "account")


@admin.register(User)
class AccountAdmin(ReasonAdmin):
    form = accounts.AccountChangeForm
    inlines = (MembershipInline, EventInline)
    list_display = ("username", "display_name", "roles", "email", "is_active", "last_login")
    list_filter = ("is_active", "memberships__role")
    search_fields = ("username", "display_name", "email")
    change_form_template = "admin/account_change_form.html"
    fixed_fields = ("username", "last_login")
    fieldsets = ((None, {"fields": ("username", "display_name", "email")}),)
    change_fields = ("username", "display_name", "email", "is_active", "last_login")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("memberships__unit__parent")

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, account: User) -> str:
        held = sorted(account.memberships.all(), key=lambda one: one.starts_on, reverse=True)
        return "; ".join(
            " · ".join(
                [str(one.get_role_display()), *([str(one.unit)] if one.unit is not None else [])]
            )
            for one in held
            if one.ends_on is None
        )

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = accounts.InvitationForm
        return super().get_form(request, obj, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            return [(None, {"fields": (*self.change_fields, "change_reason", "seen")})]
        role = ("role", "unit", "agency", "fields", "starts_on", "change_reason", "seen")
        return [
            (None, {"fields": ("username", "display_name", "email")}),
            (_("First role"), {"fields": role}),
        ]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj is not None else ()

    def write(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        reason = form.cleaned_data["change_reason"]
        if change:
            obj.save()
            self._note_change(request, obj, form.changed_values, reason)
            return
        obj.set_unusable_password()
        obj.save()
        form.membership.user = obj
        form.membership._change_reason = reason or None
        form.membership.save()
        accounts.note(obj, AccountEventKind.INVITED, request.user, reason)
        accounts.note_membership(form.membership, AccountEventKind.ROLE_GIVEN, request.user, reason)

    def _note_change(self, request: HttpRequest, account: User, changed: Any, reason: str) -> None:
        if "is_active" in changed:
            kind = AccountEventKind.ENABLED if account.is_active else AccountEventKind.DISABLED
            accounts.note(account, kind, request.user, reason)
        if rest := sorted(changed - {"is_active"}):
            details = ", ".join(rest)
            accounts.note(account, AccountEventKind.CHANGED, request.user, reason, details=details)

    # --- The link for a password ----------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.link_view))
        own = path("<int:pk>/link/", view, name="organisation_user_link")
        return [own, *super().get_urls()]

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new link for somebody who has none any more, or who forgot the password."""
        account = self.get_object(request, str(pk))
        if account is None or not account.is_active:
            raise PermissionDenied(_("A disabled account gets no link: enable it first."))
        with transaction.atomic():
            accounts.note(account, AccountEventKind.LINK, request.user)
        return self._link_page(request, account)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return self._link_page(request, obj)

    def _link_page(self, request: HttpRequest, account: User) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Link for a password"),
            "opts": self.opts,
            "link": accounts.send_link(request, account),
        }
        return TemplateResponse(request, "admin/account_link.html", context)


@admin.register(Membership)
class MembershipAdmin(ReferenceAdmin):
    form = accounts.MembershipForm
    list_display = ("user", "role", "unit", "agency", "starts_on", "ends_on")
    list_filter = (ActiveToday, "role")
    list_select_related = ("user", "unit__parent", "agency")
    search_fields = ("user__username", "user__display_name", "unit__name")
    autocomplete_fields = ("user", "unit", "agency")
    fixed_fields = ("user", "role")
    deciding_fields = frozenset({"unit"})
    fieldsets = (
        (
            None,
            {"fields": ("user", "role", "unit", "agency", "fields", "starts_on", "ends_on")},
        ),
    )

    def write(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = Membership.objects.get(pk=obj.pk) if change else None
        super().write(request, obj, form, change)
        kind = AccountEventKind.ROLE_GIVEN
        if before is not None:
            ends = obj.ends_on is not None and obj.ends_on != before.ends_on
            kind = AccountEventKind.ROLE_ENDED if ends else AccountEventKind.ROLE_CHANGED
        reason = form.cleaned_data["change_reason"]
        accounts.note_membership(obj, kind, request.user, reason)

    def further_effects(self, obj: Any) -> list[str]:
        before = obj.history.exclude(history_id=obj.history.first().history_id).first()
        words = {"person": obj.user, "new": obj.unit, "old": before.unit if before else "–"}
        return [
            _("%(person)s sees and enters the records of %(new)s, no longer those of %(old)s.")
            % words
        ]


@admin.register(AccountEvent)
class AccountEventAdmin(AdministratorsOnly, admin.ModelAdmin):
    may_add = may_change = False
    list_display = ("at", "account", "kind", "role", "details", "by", "reason")
    list_filter = ("kind", "role")
    list_select_related = ("account", "by")
    search_fields = ("account__username", "account__display_name", "by__username")
    date_hierarchy = None
    show_full_result_count = False


class SuccessionInline(AdministratorsOnly, admin.TabularInline):
    model = UnitSuccession
    fk_name = "predecessor"
    autocomplete_fields = ("successor",)
    extra = 0
    verbose_name_plural = gettext_lazy("succeeded by")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("predecessor", "successor__parent")


class PredecessorInline(ReadOnlyInline):
    model = UnitSuccession
    fk_name = "successor"
    fields = ("predecessor", "effective_on")
    show_change_link = False
    verbose_name_plural = gettext_lazy("came out of")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("predecessor__parent", "successor")


@admin.register(Unit)
class UnitAdmin(SpreadsheetPages, ImportExportMixin, ReferenceAdmin):
    resource_classes = (UnitResource,)
    inlines = (SuccessionInline, PredecessorInline)
    list_display = ("name", "code", "level", "parent", "valid_from", "valid_to")
    list_filter = (ExistsToday, "level")
    list_select_related = ("parent__parent",)
    search_fields = ("name_search", "code")
    autocomplete_fields = ("parent",)
    fixed_fields = ("code", "valid_from")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("code", "level", "name", "parent", "valid_from", "valid_to")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("parent__parent")


@admin.register(Agency)
class AgencyAdmin(SpreadsheetPages, ImportExportMixin, ReferenceAdmin):
    resource_classes = (AgencyResource,)
    list_display = ("name", "code", "kind", "unit")
    list_filter = ("kind",)
    list_select_related = ("unit__parent",)
    search_fields = ("name_search", "code")
    autocomplete_fields = ("unit",)
    fixed_fields = ("code",)
    fieldsets: ClassVar[Any] = ((None, {"fields": ("code", "name", "kind", "unit")}),)
