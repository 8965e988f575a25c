"""One person's work, and the verifier's decisions."""

from django.urls import path

from targets.verification import channel_views, views

urlpatterns = [
    path("floors-and-systems/", channel_views.channel_list, name="channel-list"),
    path(
        "floors-and-systems/<slug:kind>/<int:pk>/",
        channel_views.channel_page,
        name="channel",
    ),
    path("my-work/", views.my_work_page, name="my-work"),
    path("verification/", views.verification_effect, name="verification-effect"),
    path("verification/verify/", views.verify, name="verify"),
    path("verification/return/", views.return_record, name="return"),
    path("verification/<slug:kind>/<int:pk>/", views.verification_page, name="verification"),
]
