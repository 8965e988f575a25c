"""The own account, and the link with which a password is set."""

from django.urls import path

from ocop.administration.accounts import views

urlpatterns = [
    path("account/", views.Account.as_view(), name="account"),
    path(
        "accounts/set-password/<uidb64>/<token>/",
        views.SetPassword.as_view(),
        name="set-password",
    ),
]
