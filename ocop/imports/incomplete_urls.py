"""Records that an import kept although they lack what counting needs."""

from django.urls import path

from ocop.imports.views import incomplete

urlpatterns = [
    path("", incomplete.incomplete_records, name="incomplete-records"),
    path("<int:pk>/", incomplete.incomplete_record, name="incomplete-record"),
    path("<int:pk>/discard/", incomplete.incomplete_discard, name="incomplete-discard"),
]
