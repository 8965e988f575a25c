"""Addresses of the site. Sign-in is required by default; a public view says so itself."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from ocop.web.health import healthz
from products.entry.views.sign_in import SignIn

handler400 = "ocop.web.errors.bad_request"
handler403 = "ocop.web.errors.permission_denied"
handler404 = "ocop.web.errors.page_not_found"
handler500 = "ocop.web.errors.server_error"

urlpatterns = [
    path("accounts/login/", SignIn.as_view(), name="login"),
    path("accounts/logout/", auth_views.LogoutView.as_view(), name="logout"),
    path(
        "accounts/password_change/",
        auth_views.PasswordChangeView.as_view(),
        name="password_change",
    ),
    path(
        "accounts/password_change/done/",
        auth_views.PasswordChangeDoneView.as_view(),
        name="password_change_done",
    ),
    path("language/", login_not_required(set_language), name="set_language"),
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("", include("ocop.administration.urls")),
    path("imports/", include("ocop.imports.urls")),
    path("records/incomplete/", include("ocop.imports.incomplete.urls")),
    path("", include("products.urls")),
    path("", include("targets.urls")),
]
