"""Records that an import kept although they lack what counting needs."""

from django.urls import path

from ocop.imports.incomplete import views

urlpatterns = [
    path("", views.incomplete_records, name="incomplete-records"),
    path("<int:pk>/", views.incomplete_record, name="incomplete-record"),
    path("<int:pk>/discard/", views.incomplete_discard, name="incomplete-discard"),
]
